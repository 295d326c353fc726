using System.Net;
using System.Text;

namespace Httpx;

/// <summary>A transport in the place of a handler, for <see cref="HttpClient"/> and its kind (<see cref="Transport.AsHandler"/>).</summary>
internal sealed class TransportHandler(Transport transport, bool disposeTransport) : HttpMessageHandler
{
    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var asked = Read(request);
        try
        {
            return Write(request, asked, transport.Send(asked, cancellationToken), blocking: true);
        }
        catch (HttpxException exception)
        {
            exception.Request ??= asked;
            throw;
        }
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var asked = Read(request);
        try
        {
            var response = await transport.SendAsync(asked, cancellationToken).ConfigureAwait(false);
            return Write(request, asked, response, blocking: false);
        }
        catch (HttpxException exception)
        {
            exception.Request ??= asked;
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && disposeTransport)
        {
            transport.Dispose();
        }

        base.Dispose(disposing);
    }

    private static Request Read(HttpRequestMessage message)
    {
        if (message.RequestUri is not { IsAbsoluteUri: true } uri)
        {
            throw new InvalidOperationException("The request's RequestUri is missing or relative: a handler needs an absolute one.");
        }

        var url = new Url(uri);
        var headers = new Headers();
        if (message.Headers.Host is null)
        {
            headers.Add("Host", url.Authority);
        }

        // Asking for the length makes the content put it into its headers, where it knows it.
        var content = message.Content;
        var length = content?.Headers.ContentLength;
        var isChunked = message.Headers.TransferEncodingChunked == true;
        Append(headers, message.Headers, "");
        if (content is not null)
        {
            Append(headers, content.Headers, isChunked ? "Content-Length" : "");
            if (length is null && !isChunked)
            {
                headers.Add("Transfer-Encoding", "chunked");
            }
        }
        else if (message.Method.Method is "POST" or "PUT" or "PATCH")
        {
            headers.Add("Content-Length", "0");
        }

        var body = content is null ? null : new MessageContent(content, length, isChunked);
        var request = new Request(message.Method.Method, url, headers, body);

        // What an HttpClient waits for is limited by its own Timeout. Whoever wants ours says so in the options.
        var extensions = request.Extensions;
        foreach (var (name, value) in message.Options)
        {
            extensions[name] = value;
        }

        if (request.Timeouts is null)
        {
            request.Timeouts = Timeouts.None;
        }

        return request;
    }

    // Several values of one name go into one field, as SocketsHttpHandler sends them: joined by what the header wants between them.
    private static void Append(Headers headers, System.Net.Http.Headers.HttpHeaders fields, string except)
    {
        foreach (var (name, values) in fields.NonValidated)
        {
            if (name.Equals(except, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            try
            {
                headers.Add(name, values.ToString());
            }
            catch (ArgumentException exception)
            {
                throw new LocalProtocolException(exception.Message, inner: exception);
            }
        }
    }

    private static HttpResponseMessage Write(HttpRequestMessage request, Request asked, Response? response, bool blocking)
    {
        if (response is null)
        {
            throw new InvalidOperationException("The transport returned null in place of a response.");
        }

        if (response.RequestOrNull is null)
        {
            response.Request = asked;
        }

        var message = new HttpResponseMessage((HttpStatusCode)response.StatusCode)
        {
            RequestMessage = request,
            Version = VersionOf(response.HttpVersion),
        };
        try
        {
            var phrase = response.ReasonPhrase;
            message.ReasonPhrase = phrase.AsSpan().ContainsAny('\r', '\n') ? null : phrase;

            // The body of a response made by hand may be decoded already: then its coding and its length say nothing true any more.
            var raw = response.TakeRaw(blocking);
            var isDecoded = raw is null && !response.Content.IsEmpty && response.Headers.Contains("content-encoding"u8);
            message.Content = raw is null
                ? new ReadOnlyMemoryContent(response.Content)
                : new TransportContent(message, asked, raw, blocking);
            foreach (var field in response.Headers.RawFields())
            {
                if (isDecoded
                    && (Ascii.EqualsIgnoreCase(field.Name, "content-encoding"u8) || Ascii.EqualsIgnoreCase(field.Name, "content-length"u8)))
                {
                    continue;
                }

                // One character a byte, as SocketsHttpHandler has them.
                var (name, value) = (Encoding.Latin1.GetString(field.Name), Encoding.Latin1.GetString(field.Value));
                if (!message.Headers.TryAddWithoutValidation(name, value))
                {
                    message.Content.Headers.TryAddWithoutValidation(name, value);
                }
            }

            return message;
        }
        catch
        {
            message.Dispose();
            response.Dispose();
            throw;
        }
    }

    private static Version VersionOf(string text) => text switch
    {
        "HTTP/1.1" => HttpVersion.Version11,
        "HTTP/2" => HttpVersion.Version20,
        "HTTP/3" => HttpVersion.Version30,
        "HTTP/1.0" => HttpVersion.Version10,
        _ => HttpVersion.Unknown,
    };
}
