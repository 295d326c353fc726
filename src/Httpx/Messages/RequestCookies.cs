namespace Httpx;

/// <summary>The Cookie header of a request, taken apart (RFC 6265 4.2.1): <c>name=value; other=value</c>.</summary>
internal static class RequestCookies
{
    /// <summary>The pairs of all Cookie fields; what is no pair is skipped, and of two with one name the first counts.</summary>
    internal static Cookies Parse(Headers headers)
    {
        var cookies = new Cookies();
        foreach (var field in headers.GetList("Cookie"))
        {
            foreach (var range in field.AsSpan().Split(';'))
            {
                var pair = field.AsSpan(range);
                var equals = pair.IndexOf('=');
                var name = equals < 0 ? "" : pair[..equals].Trim(" \t").ToString();
                var value = pair[(equals + 1)..].Trim(" \t").ToString();
                if (name.Length > 0 && StoredCookie.FlawOf(name, value) is null && !cookies.ContainsKey(name))
                {
                    cookies.Set(name, value);
                }
            }
        }

        return cookies;
    }
}
