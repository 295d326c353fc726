using System.Buffers;

namespace Httpx;

/// <summary>What a url's scheme says about the rest of it.</summary>
/// <param name="IsWeb">
/// Whether it is one whose urls have a host and a path (http, https, ws, wss, ftp), or there is none yet: then the url will be joined
/// to one that is.
/// </param>
/// <param name="DefaultPort">The port that need not be written; -1 where there is none.</param>
internal readonly record struct UrlScheme(bool IsWeb, int DefaultPort)
{
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");

    /// <summary>The scheme of that name, which is in lower case.</summary>
    internal static UrlScheme Of(ReadOnlySpan<char> name) => name switch
    {
        "http" or "ws" => new(true, 80),
        "https" or "wss" => new(true, 443),
        "ftp" => new(true, 21),
        "" => new(true, -1),
        _ => new(false, -1),
    };

    /// <summary>Whether text follows the grammar of RFC 3986 3.1.</summary>
    internal static bool IsValid(ReadOnlySpan<char> name) =>
        !name.IsEmpty && char.IsAsciiLetter(name[0]) && !name.ContainsAnyExcept(Allowed);
}
