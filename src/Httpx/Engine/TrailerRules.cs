using System.Text;

namespace Httpx.Engine;

/// <summary>Which fields may come after a body (RFC 9110 6.5.1).</summary>
internal static class TrailerRules
{
    // Whatever says how the message is framed, routed, authenticated, cached or decoded has to be known before the body. Coming after
    // it, such a field was put there by somebody who hopes that some reader believes it.
    private static readonly byte[][] Forbidden =
    [
        .. new[]
        {
            "transfer-encoding", "content-length", "connection", "keep-alive", "upgrade", "te", "trailer", "proxy-connection",
            "host", "expect", "max-forwards", "cache-control", "pragma", "range",
            "if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-range",
            "authorization", "www-authenticate", "proxy-authorization", "proxy-authenticate", "set-cookie", "set-cookie2", "cookie",
            "content-encoding", "content-type", "content-range",
            "age", "date", "expires", "location", "retry-after", "vary", "warning",
        }.Select(Encoding.ASCII.GetBytes),
    ];

    /// <summary>Whether a field of that name may be told from a trailer; the case of the name does not matter.</summary>
    internal static bool Allow(ReadOnlySpan<byte> name)
    {
        foreach (var forbidden in Forbidden)
        {
            if (forbidden.Length == name.Length && Ascii.EqualsIgnoreCase(forbidden, name))
            {
                return false;
            }
        }

        return true;
    }
}
