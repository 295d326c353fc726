using System.Text;

namespace Httpx;

/// <summary>The rules by which a cookie of a response is taken or ignored, whatever is stored already (RFC 6265bis 5.7).</summary>
internal static class ReceivedCookie
{
    // No server may ask to be remembered for longer (RFC 6265bis 5.5).
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(400);

    /// <summary>The cookie to be stored; null where it is to be ignored.</summary>
    internal static StoredCookie? Make(in SetCookie received, in CookieOrigin origin, DateTimeOffset now)
    {
        // An insecure connection cannot vouch for a secure cookie, and one for all sites has to be secure.
        if ((received.Secure && !origin.IsSecure) || (received.SameSite == SameSite.None && !received.Secure))
        {
            return null;
        }

        if (!TryFindDomain(received.Domain, origin.Host, out var domain))
        {
            return null;
        }

        var path = !received.Path.IsEmpty ? PathOf(received.Path) : origin.DefaultPath is "/" ? "/" : new string(origin.DefaultPath);
        if (!KeepsPromise(received, isHostOnly: domain is null, path))
        {
            return null;
        }

        return new StoredCookie(received.Name, received.Value, domain ?? new string(origin.Host), isHostOnly: domain is null, path)
        {
            Expires = Expiry(received, now),
            Secure = received.Secure,
            HttpOnly = received.HttpOnly,
            SameSite = received.SameSite,
        };
    }

    private static string PathOf(ReadOnlySpan<byte> attribute) => attribute is [(byte)'/'] ? "/" : StoredCookie.Decode(attribute);

    // False where the cookie is to be ignored; null means the origin's host and nothing beneath it.
    private static bool TryFindDomain(ReadOnlySpan<byte> attribute, ReadOnlySpan<char> host, out string? domain)
    {
        domain = null;
        if (attribute.IsEmpty)
        {
            return true;
        }

        if (attribute.Length > CookieOrigin.MaxHostLength || !Ascii.IsValid(attribute))
        {
            return false;
        }

        Span<char> name = stackalloc char[attribute.Length];
        Ascii.ToLower(attribute, name, out _);
        if (host.SequenceEqual(name) && (!CookieOrigin.HasParents(host) || host.EndsWith('.') || PublicSuffixes.Contains(name)))
        {
            // A public suffix is a host too, and may keep cookies for itself. So may an address, and a name that ends in the root's dot.
            return true;
        }

        // The list knows no names that end in a dot, so "co.uk." would pass it by.
        if (name[^1] == '.' || !CookieOrigin.DomainMatches(host, name) || PublicSuffixes.Contains(name))
        {
            return false;
        }

        domain = new string(name);
        return true;
    }

    // What the prefixes of RFC 6265bis 4.1.3 promise to servers. A value without a name may not look like such a name.
    private static bool KeepsPromise(in SetCookie received, bool isHostOnly, string path)
    {
        var shown = received.Name.IsEmpty ? received.Value : received.Name;
        var isSecurePrefix = StartsWith(shown, "__Secure-"u8);
        var isHostPrefix = StartsWith(shown, "__Host-"u8);
        if (!isSecurePrefix && !isHostPrefix)
        {
            return true;
        }

        return !received.Name.IsEmpty && received.Secure && (isSecurePrefix || (isHostOnly && received.HasPath && path == "/"));
    }

    private static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> prefix) =>
        text.Length >= prefix.Length && Ascii.EqualsIgnoreCase(text[..prefix.Length], prefix);

    private static DateTimeOffset? Expiry(in SetCookie received, DateTimeOffset now)
    {
        var latest = now + MaxAge;
        if (received.MaxAge is { } seconds)
        {
            return seconds <= 0 ? DateTimeOffset.MinValue : now + TimeSpan.FromSeconds(Math.Min(seconds, (long)MaxAge.TotalSeconds));
        }

        return received.Expires > latest ? latest : received.Expires;
    }
}
