using System.Buffers;

namespace Httpx;

/// <summary>What a url tells the cookie rules: which host, which path, and whether the connection is secure.</summary>
/// <remarks>
/// Ports play no part (RFC 6265bis 8.5). Secure are <c>https</c> and <c>wss</c>; no host is excepted, not even localhost.
/// </remarks>
internal readonly ref struct CookieOrigin
{
    /// <summary>No DNS name is longer; a longer host is only ever compared whole, so that many labels cost nothing.</summary>
    internal const int MaxHostLength = 255;

    private static readonly SearchValues<char> NotPath = SearchValues.Create("?#");

    internal CookieOrigin(Url url)
        : this(url.RawHostSpan, url.FullPathSpan, url.SchemeSpan is "https" or "wss")
    {
    }

    /// <param name="host">The host in lower case and ASCII, without brackets and port.</param>
    /// <param name="fullPath">The path as sent; what follows a "?" is left out.</param>
    /// <param name="isSecure">Whether it is the scheme of a secure protocol.</param>
    internal CookieOrigin(ReadOnlySpan<char> host, ReadOnlySpan<char> fullPath, bool isSecure)
    {
        Host = host;
        var end = fullPath.IndexOfAny(NotPath);
        var path = end < 0 ? fullPath : fullPath[..end];
        Path = path.StartsWith('/') ? path : "/";
        IsSecure = isSecure;
    }

    internal ReadOnlySpan<char> Host { get; }

    internal ReadOnlySpan<char> Path { get; }

    internal bool IsSecure { get; }

    /// <summary>The path of a cookie that names none (RFC 6265bis 5.1.4): this one up to its last "/".</summary>
    internal ReadOnlySpan<char> DefaultPath => Path.LastIndexOf('/') is var slash and > 0 ? Path[..slash] : "/";

    /// <summary>Whether a host has parents: it is a name, and no IP address (RFC 6265bis 5.1.3).</summary>
    internal static bool HasParents(ReadOnlySpan<char> host)
    {
        // As in urls, a host whose last label is a number can only be an IPv4 address; a colon makes it an IPv6 one.
        if (host.Length > MaxHostLength || host.Contains(':'))
        {
            return false;
        }

        foreach (var c in host[(host.LastIndexOf('.') + 1)..])
        {
            if (!char.IsAsciiDigit(c))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a host is a domain or lies in it (RFC 6265bis 5.1.3).</summary>
    internal static bool DomainMatches(ReadOnlySpan<char> host, ReadOnlySpan<char> domain) =>
        host.SequenceEqual(domain)
        || (host.Length > domain.Length && host[^(domain.Length + 1)] == '.' && host.EndsWith(domain) && HasParents(host));

    /// <summary>Whether a path is a cookie's path or lies beneath it (RFC 6265bis 5.1.4).</summary>
    internal static bool PathMatches(ReadOnlySpan<char> path, ReadOnlySpan<char> cookiePath) =>
        path.StartsWith(cookiePath)
        && (path.Length == cookiePath.Length || cookiePath[^1] == '/' || path[cookiePath.Length] == '/');
}
