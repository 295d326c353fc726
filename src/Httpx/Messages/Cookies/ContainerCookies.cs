using System.Net;

namespace Httpx;

/// <summary>Cookies from and for <see cref="CookieContainer"/>.</summary>
internal static class ContainerCookies
{
    internal static List<StoredCookie> Read(CookieContainer container)
    {
        var cookies = new List<StoredCookie>();
        foreach (Cookie cookie in container.GetAllCookies())
        {
            var domain = StoredCookie.ReadDomain(cookie.Domain);
            if (!string.IsNullOrEmpty(domain) && StoredCookie.FlawOf(cookie.Name, cookie.Value) is null)
            {
                cookies.Add(new StoredCookie(cookie.Name, cookie.Value)
                {
                    Domain = domain,
                    IsHostOnly = IsHostOnly(container, cookie, domain),
                    Path = StoredCookie.IsPath(cookie.Path) ? cookie.Path : "/",
                    Expires = cookie.Expires == DateTime.MinValue ? null : new DateTimeOffset(cookie.Expires.ToUniversalTime()),
                    Secure = cookie.Secure,
                    HttpOnly = cookie.HttpOnly,
                    CreatedAt = new DateTimeOffset(cookie.TimeStamp.ToUniversalTime()),
                });
            }
        }

        return cookies;
    }

    internal static CookieContainer Write(List<StoredCookie> cookies)
    {
        // A cookie may have 4096 bytes, and the container counts characters of the value alone.
        var container = new CookieContainer(CookieStore.MaxCookies, CookieStore.MaxCookiesPerDomain, SetCookie.MaxPairLength);
        foreach (var cookie in cookies)
        {
            if (cookie.Domain.Length > 0)
            {
                Add(container, cookie);
            }
        }

        return container;
    }

    // The container does not tell whether a domain without a dot in front came from the response's host or from an attribute, but it
    // knows: it sends the one kind of cookie to hosts beneath, and the other not.
    private static bool IsHostOnly(CookieContainer container, Cookie cookie, string domain)
    {
        if (cookie.Domain.StartsWith('.'))
        {
            return false;
        }

        if (!CookieOrigin.HasParents(domain) || !Uri.TryCreate($"https://beneath.{domain}{cookie.Path}", UriKind.Absolute, out var beneath))
        {
            return true;
        }

        foreach (Cookie other in container.GetCookies(beneath))
        {
            if (cookie.Equals(other))
            {
                return false;
            }
        }

        return true;
    }

    private static void Add(CookieContainer container, StoredCookie cookie)
    {
        try
        {
            var copy = new Cookie(cookie.Name, cookie.Value, cookie.Path)
            {
                Secure = cookie.Secure,
                HttpOnly = cookie.HttpOnly,
                Expires = cookie.Expires?.UtcDateTime ?? DateTime.MinValue,
            };
            if (!cookie.IsHostOnly)
            {
                copy.Domain = "." + cookie.Domain;
                container.Add(copy);
                return;
            }

            // Only a cookie without a domain of its own stays with its host alone.
            var host = cookie.Domain.Contains(':') ? $"[{cookie.Domain}]" : cookie.Domain;
            container.Add(new Uri($"{(cookie.Secure ? "https" : "http")}://{host}{cookie.Path}"), copy);
        }
        catch (Exception exception) when (exception is CookieException or UriFormatException or ArgumentException)
        {
            // There is no other way to ask whether it can hold the cookie; what it cannot is left out.
        }
    }
}
