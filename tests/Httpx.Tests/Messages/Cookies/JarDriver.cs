using System.Text;

namespace Httpx.Tests.Messages;

/// <summary>Drives a jar as a client does: by urls and fields.</summary>
internal static class JarDriver
{
    /// <summary>Stores the cookies of some Set-Cookie fields, written in ISO-8859-1.</summary>
    internal static void Receive(this CookieJar jar, string url, params string[] fields)
    {
        foreach (var field in fields)
        {
            jar.Receive(Encoding.Latin1.GetBytes(field), Origin(url));
        }
    }

    internal static string? HeaderFor(this CookieJar jar, string url) => jar.HeaderFor(Origin(url));

    internal static CookieOrigin Origin(string url) => new(new Url(url));
}
