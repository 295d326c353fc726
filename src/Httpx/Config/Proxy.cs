using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Httpx;

/// <summary>A proxy: where it is, who is asking, and what it is told besides. Immutable.</summary>
/// <remarks>
/// <para>The scheme of its url tells how it is spoken to: <c>http</c> and <c>https</c> are HTTP proxies (the second over TLS),
/// <c>socks5</c> and <c>socks5h</c> are SOCKS proxies, which are always given the name of the host and never its address. To an HTTP
/// proxy, requests for http urls are forwarded; those for https go through a tunnel (CONNECT), and none of what is said to the proxy goes
/// through it.</para>
/// <para>See <see href="https://www.python-httpx.org/advanced/proxies/"/>, RFC 9110 9.3.6 and RFC 1928.</para>
/// </remarks>
public sealed class Proxy
{
    /// <summary>Names a proxy.</summary>
    /// <param name="url">Its url; a user name and password in it are its credentials, and are taken out of <see cref="Url"/>.</param>
    /// <param name="auth">Its credentials, in place of those in the url: <see cref="BasicAuth"/>, or a pair of user name and
    /// password.</param>
    /// <param name="headers">Headers that the proxy gets, and the origin does not. Default none.</param>
    /// <param name="verify">How the certificate of an https proxy is checked; default as those of origins are.</param>
    /// <exception cref="ArgumentException">The url is none of a proxy, or the authentication is no user name and password.</exception>
    public Proxy(Url url, Auth? auth = null, Headers? headers = null, Verify? verify = null)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (url.Scheme is not ("http" or "https" or "socks5" or "socks5h"))
        {
            throw new ArgumentException(
                $"The proxy url '{url.ToLogString()}' has an unknown scheme: http, https, socks5 and socks5h are known.", nameof(url));
        }

        if (url.RawHostSpan.IsEmpty)
        {
            throw new ArgumentException($"The proxy url '{url.ToLogString()}' names no host.", nameof(url));
        }

        if (auth is not (null or BasicAuth) && !ReferenceEquals(auth, Auth.None))
        {
            throw new ArgumentException("A proxy is told a user name and a password: give a pair of them, or a BasicAuth.", nameof(auth));
        }

        Auth = auth ?? (url.HasUserInfo ? new BasicAuth(url.Username, url.Password) : null);
        Url = url.HasUserInfo ? url.CopyWith(userInfo: "") : url;
        Headers = headers?.Copy() ?? new Headers();
        Verify = verify;
    }

    /// <summary>Where it is, without credentials.</summary>
    public Url Url { get; }

    /// <summary>Its credentials; null for none.</summary>
    public Auth? Auth { get; }

    /// <summary>Headers that it gets, and the origin does not.</summary>
    public Headers Headers { get; }

    /// <summary>How the certificate of an https proxy is checked; null for as those of origins are.</summary>
    public Verify? Verify { get; }

    /// <summary>Whether it speaks SOCKS.</summary>
    internal bool IsSocks => Url.SchemeSpan.StartsWith("socks", StringComparison.Ordinal);

    /// <summary>Its port, the usual one of its kind where the url names none.</summary>
    internal int Port => IsSocks && Url.ExplicitPort is null ? 1080 : Url.Port;

    /// <summary>User name and password; null for none.</summary>
    internal BasicAuth? Credentials => Auth as BasicAuth;

    /// <summary>A proxy by its url. Null stays null.</summary>
    /// <param name="url">The url, perhaps with credentials.</param>
    [return: NotNullIfNotNull(nameof(url))]
    public static implicit operator Proxy?(string? url) => url is null ? null : new Proxy(url);

    /// <summary>The url; credentials and headers are not shown.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("Proxy('").Append(Url).Append('\'');
        return text.Append(Credentials is null ? "" : ", auth: [secure]").Append(')').ToString();
    }

    /// <summary>What an HTTP proxy is told beside the request itself: its own headers, and its credentials.</summary>
    internal Headers HeadersForProxy()
    {
        var headers = Headers.Copy();
        if (Credentials is { } credentials && !headers.Contains("proxy-authorization"u8))
        {
            headers.Add("Proxy-Authorization", credentials.Header);
        }

        return headers;
    }
}
