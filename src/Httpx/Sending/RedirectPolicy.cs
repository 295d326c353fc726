using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Httpx;

/// <summary>Which request follows a redirect (RFC 9110 15.4), decided from request and response alone: nothing is sent here.</summary>
/// <remarks>
/// Credentials stay with the origin for which they were meant: where scheme, host or port change, Authorization and
/// Proxy-Authorization are dropped, but for the step from http to https on the same host and the default ports. Each hop is made
/// from the one before, so what was dropped never comes back. Other headers that may be secret (X-Api-Key, say) go along, as in HTTPX; a
/// request hook, which runs on every hop, can remove them.
/// </remarks>
internal static class RedirectPolicy
{
    // What describes a body goes where the body goes.
    private static readonly string[] BodyHeaders =
    [
        "Content-Length", "Transfer-Encoding", "Content-Type", "Content-Encoding", "Content-Language", "Content-Location", "Content-Range",
        "Content-Digest", "Content-MD5", "Digest", "Repr-Digest", "Expect", "Trailer",
    ];

    /// <summary>The request that follows; null where the response is no redirect.</summary>
    /// <param name="request">What was answered.</param>
    /// <param name="response">The answer; only status and headers count.</param>
    /// <param name="cookies">The client's cookies, from which the next request's are chosen.</param>
    /// <exception cref="RemoteProtocolException">The Location is no url.</exception>
    internal static Request? Next(Request request, Response response, Cookies cookies)
    {
        if (response.StatusCode is not (301 or 302 or 303 or 307 or 308) || !response.Headers.TryGetRaw("Location"u8, out var location))
        {
            return null;
        }

        ThrowIfContradicted(request, response, location);
        var url = Resolve(request, location);
        var method = MethodOf(request.Method, response.StatusCode);
        var keepsBody = method == request.Method || method != "GET";
        var headers = HeadersOf(request, url, keepsBody, cookies);
        return request.Following(method, url, headers, keepsBody ? request.Body : null);
    }

    // As browsers do, despite the standard: 302 turns into GET like 303, 301 only where it answers a POST.
    internal static string MethodOf(string method, int status) => status switch
    {
        303 or 302 when method != "HEAD" => "GET",
        301 when method == "POST" => "GET",
        _ => method,
    };

    internal static Url Resolve(Request request, ReadOnlySpan<byte> location)
    {
        var text = Decode(request, location);
        try
        {
            var url = WithHost(new Url(text, allowRelative: true), request.Url);
            url = url.SchemeSpan.IsEmpty ? request.Url.Join(url) : url;
            return url.Fragment.Length == 0 && request.Url.Fragment is { Length: > 0 } fragment ? url.CopyWith(fragment: fragment) : url;
        }
        catch (InvalidUrlException exception)
        {
            throw new RemoteProtocolException($"Invalid URL in location header: {exception.Message}", request, exception);
        }
    }

    private static Headers HeadersOf(Request request, Url url, bool keepsBody, Cookies cookies)
    {
        var from = request.Url;
        var headers = request.Headers.Copy();
        if (!from.IsSameOrigin(url))
        {
            if (!IsUpgrade(from, url))
            {
                headers.Remove("Authorization");
            }

            headers.Remove("Proxy-Authorization");
            headers.Remove("Host");
            if (!url.AuthoritySpan.IsEmpty)
            {
                headers.Prepend("Host", url.Authority);
            }

            if (from.IsSsl && !url.IsSsl)
            {
                headers.Remove("Referer");
            }
        }

        if (!keepsBody)
        {
            foreach (var name in BodyHeaders)
            {
                headers.Remove(name);
            }
        }

        // Cookies were chosen for the old url, and the response may have set others.
        headers.Remove("Cookie");
        cookies.AddHeader(url, headers);

        return headers;
    }

    private static bool IsUpgrade(Url from, Url to) =>
        from.SchemeSpan is "http" && from.Port == 80 && to.SchemeSpan is "https" && to.Port == 443
        && from.RawHostSpan.SequenceEqual(to.RawHostSpan);

    // A scheme without a host ("https:/x", "https://:8443/x") means the host that was asked, as browsers take it.
    private static Url WithHost(Url url, Url from)
    {
        if (url.SchemeSpan is not ("http" or "https") || !url.RawHostSpan.IsEmpty)
        {
            return url;
        }

        var port = url.ExplicitPort ?? (url.SchemeSpan.SequenceEqual(from.SchemeSpan) ? from.ExplicitPort : null);
        var path = url.FullPathSpan;
        var slash = path.StartsWith('/') ? "" : "/";
        var fragment = url.Fragment.Length == 0 ? "" : "#" + url.Fragment;
        var host = from.RawHostSpan.Contains(':') ? $"[{from.RawHost}]" : from.RawHost;
        var portText = port is { } number ? string.Create(CultureInfo.InvariantCulture, $":{number}") : "";
        return new Url($"{url.Scheme}://{host}{portText}{slash}{path}{fragment}");
    }

    // Two Locations that agree are one. Two that do not are an attack or a broken server, and there is no telling which one to believe.
    private static void ThrowIfContradicted(Request request, Response response, ReadOnlySpan<byte> location)
    {
        foreach (var other in response.Headers.RawValues("Location"u8))
        {
            if (!other.SequenceEqual(location))
            {
                throw new RemoteProtocolException("The response has several location headers, and they differ.", request);
            }
        }
    }

    // The field should be ASCII. Raw UTF-8 is read as such; bytes that are not are percent-encoded, so that they go back as they came.
    private static string Decode(Request request, ReadOnlySpan<byte> location)
    {
        location = location.Trim(" \t"u8);
        foreach (var value in location)
        {
            if (value is < 0x20 or 0x7F)
            {
                throw new RemoteProtocolException("Invalid URL in location header: it has a control character.", request);
            }
        }

        if (Utf8.IsValid(location))
        {
            return Encoding.UTF8.GetString(location);
        }

        var text = new StringBuilder(location.Length + 16);
        foreach (var value in location)
        {
            _ = value < 0x80 ? text.Append((char)value) : text.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
        }

        return text.ToString();
    }
}
