using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Httpx;

/// <summary>The library's requests in the platform's types, and the platform's responses in the library's.</summary>
internal static class HandlerMessages
{
    private static readonly SearchValues<char> NotInValues = SearchValues.Create("\r\n\0");

    /// <summary>A request as a handler takes it.</summary>
    /// <exception cref="UnsupportedProtocolException">The url is relative.</exception>
    /// <exception cref="LocalProtocolException">The length of the body is not what the headers say.</exception>
    internal static HttpRequestMessage Write(Request request, HandlerExchange exchange)
    {
        var message = new HttpRequestMessage(HttpMethod.Parse(request.Method), Address(request));
        var isChunked = request.Headers.Contains("transfer-encoding"u8);
        HttpContent? content = request.Body is not null || isChunked ? new HandlerContent(exchange, isChunked) : null;
        foreach (var field in request.Headers.RawFields())
        {
            // A Host that says nothing new is left out: a handler that follows redirects would take it along.
            if (Ascii.EqualsIgnoreCase(field.Name, "host"u8) && Ascii.Equals(field.Value, request.Url.AuthoritySpan))
            {
                continue;
            }

            var name = Encoding.Latin1.GetString(field.Name);
            var value = request.Headers.Decode(field.Value);
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                content ??= new HandlerContent(exchange, isChunked);
                content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        message.Content = content;
        IDictionary<string, object?> options = message.Options;
        foreach (var (name, value) in request.Extensions)
        {
            options[name] = value;
        }

        return message;
    }

    /// <summary>A handler's answer as a response, its body still to be read.</summary>
    internal static Response Read(HttpResponseMessage answer, Stream stream, HandlerExchange exchange)
    {
        var headers = new Headers();
        Append(headers, answer.Headers);
        Append(headers, answer.Content.Headers);
        var status = (int)answer.StatusCode;
        var hasBody = exchange.Request.Method != "HEAD" && status is not (204 or 304);
        var body = new HandlerBody(answer, stream, hasBody ? LengthOf(headers) : null, exchange);
        return new Response(status, VersionText(answer.Version), answer.ReasonPhrase, headers, body);
    }

    /// <summary>Adds the fields as they came, each value for itself.</summary>
    internal static void Append(Headers headers, HttpHeaders fields)
    {
        foreach (var (name, values) in fields.NonValidated)
        {
            var nameBytes = Encoding.Latin1.GetBytes(name);
            foreach (var value in values)
            {
                headers.AddRaw(nameBytes, Bytes(value));
            }
        }
    }

    // Uri undoes escapes that it finds needless, and resolves dots that were escaped. Where it would, it is told to leave the url alone;
    // only there, because such a Uri refuses to be taken apart, which test servers do.
    private static Uri Address(Request request)
    {
        var url = request.Url;
        if (!url.IsAbsoluteUrl)
        {
            throw new UnsupportedProtocolException(
                $"The url '{url.ToLogString()}' is not absolute: it needs a scheme and a host.", request);
        }

        var text = string.Concat(url.SchemeSpan, "://", url.AuthoritySpan, url.FullPathSpan);
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.PathAndQuery.AsSpan().SequenceEqual(url.FullPathSpan))
        {
            return uri;
        }

        return Uri.TryCreate(text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }, out var asItIs)
            ? asItIs
            : throw new UnsupportedProtocolException(
                $"System.Uri, which handlers take, cannot hold the url '{url.ToLogString()}'.", request);
    }

    private static long? LengthOf(Headers headers) =>
        headers.TryGetRaw("content-length"u8, out var text)
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;

    private static string VersionText(Version version) => version switch
    {
        { Major: 1, Minor: 1 } => "HTTP/1.1",
        { Major: 2, Minor: 0 } => "HTTP/2",
        { Major: 3, Minor: 0 } => "HTTP/3",
        _ => $"HTTP/{version}",
    };

    // Handlers make one character of each byte unless they are told another encoding, so this gives the bytes back. Of what cannot stand in
    // a value RFC 9110 5.5 makes spaces.
    private static byte[] Bytes(string value)
    {
        var text = value.AsSpan().Trim(" \t");
        if (text.ContainsAny(NotInValues))
        {
            text = value.Replace('\r', ' ').Replace('\n', ' ').Replace('\0', ' ').AsSpan().Trim(" \t");
        }

        var encoding = text.ContainsAnyExceptInRange('\0', '\u00FF') ? Encoding.UTF8 : Encoding.Latin1;
        var bytes = new byte[encoding.GetByteCount(text)];
        encoding.GetBytes(text, bytes);
        return bytes;
    }
}
