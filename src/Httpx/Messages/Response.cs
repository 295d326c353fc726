using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Httpx;

/// <summary>A response: status, headers and body. Dispose of one that is streamed; one whose body was read holds nothing any
/// more.</summary>
/// <remarks>
/// The body is in memory (<see cref="Content"/>, <see cref="Text"/>, <see cref="Json{T}"/>) unless it was asked for as a stream; then it is
/// read once, by the face of the client that it came from: <see cref="Read"/>, one of the <c>Iter</c> methods, <see cref="CopyTo"/> or
/// <see cref="AsStream"/>. See <see href="https://www.python-httpx.org/api/#response"/>. What is read may be read by several threads; a
/// second reader of a stream meets <see cref="StreamConsumedException"/>.
/// </remarks>
public sealed partial class Response : IDisposable, IAsyncDisposable
{
    private Request? _request;
    private readonly string? _reasonPhrase;
    private IReadOnlyList<Response> _history = [];
    private Redirect? _redirect;
    private Encoding? _encoding;
    private string? _text;
    private Cookies? _cookies;
    private IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>? _links;
    private long _startedAt;
    private long _endedAt;

    /// <summary>Makes a response by hand, for tests and for transports of one's own.</summary>
    /// <remarks>
    /// A body in memory is read at once, and decoded if the headers name a Content-Encoding; a stream is left to be read. Of the bodies
    /// <paramref name="content"/> goes before <paramref name="text"/>, before <paramref name="html"/>, before <paramref name="json"/>.
    /// Content-Length (or Transfer-Encoding) and Content-Type are set where the headers have none.
    /// </remarks>
    /// <param name="statusCode">The status code, 100 to 999.</param>
    /// <param name="headers">The headers; they are copied.</param>
    /// <param name="content">The body as it is, coded as the headers say.</param>
    /// <param name="text">A body of text, in UTF-8 (text/plain).</param>
    /// <param name="html">A body of HTML, in UTF-8 (text/html).</param>
    /// <param name="json">A value that is written as JSON (application/json); null for none.</param>
    /// <param name="request">The request that it answers; a client sets it.</param>
    /// <param name="httpVersion">The version, "HTTP/1.1" or "HTTP/2".</param>
    /// <param name="reasonPhrase">The phrase; null for the usual one.</param>
    /// <exception cref="ArgumentException">The status code is out of range, or the value has no JSON.</exception>
    /// <exception cref="DecodingException">The body is not coded as the headers say.</exception>
    public Response(
        int statusCode,
        Headers? headers = null,
        RequestContent? content = null,
        string? text = null,
        string? html = null,
        object? json = null,
        Request? request = null,
        string httpVersion = "HTTP/1.1",
        string? reasonPhrase = null)
        : this(statusCode, httpVersion, reasonPhrase, headers?.Copy() ?? new Headers(), ReadOnlyMemory<byte>.Empty)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, 999);
        ArgumentNullException.ThrowIfNull(httpVersion);
        _request = request;
        var (body, contentType) = ResponseContent.FromArguments(content, text, html, json);
        ResponseContent.AddHeaders(Headers, body, contentType);
        TakeContent(body);
    }

    /// <summary>A response whose body is still to come, as it is on the wire (transfer coding removed, content coding not).</summary>
    internal Response(int statusCode, string httpVersion, string? reasonPhrase, Headers headers, ByteStream body)
    {
        StatusCode = statusCode;
        HttpVersion = httpVersion;
        _reasonPhrase = reasonPhrase;
        Headers = headers;
        _body = new ResponseBody(this, body);
    }

    /// <summary>A response whose whole body arrived with its head; content coding not removed. The connection is free already.</summary>
    internal Response(int statusCode, string httpVersion, string? reasonPhrase, Headers headers, ReadOnlyMemory<byte> body)
    {
        StatusCode = statusCode;
        HttpVersion = httpVersion;
        _reasonPhrase = reasonPhrase;
        Headers = headers;
        _content = body;
    }

    /// <summary>The status code: 200, 404. <see cref="Codes"/> has their names.</summary>
    public int StatusCode { get; }

    /// <summary>The phrase beside the status code, as the server sent it (HTTP/1.1) or as is usual (HTTP/2); empty where there is
    /// none.</summary>
    public string ReasonPhrase => _reasonPhrase ?? Codes.GetReasonPhrase(StatusCode);

    /// <summary>What the server spoke: "HTTP/1.1", "HTTP/2" or "HTTP/1.0".</summary>
    public string HttpVersion { get; }

    /// <summary>The url that was asked, after redirects the last one.</summary>
    /// <exception cref="InvalidOperationException">The response was made by hand, without a request.</exception>
    public Url Url => Request.Url;

    /// <summary>The headers.</summary>
    public Headers Headers { get; }

    /// <summary>The request that this answers, after redirects the last one.</summary>
    /// <exception cref="InvalidOperationException">The response was made by hand, without a request.</exception>
    public Request Request
    {
        get => _request ?? throw new InvalidOperationException(
            "The response has no request: it was made by hand and never sent through a client.");
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _request = value;
        }
    }

    /// <summary>The request that a redirect leads to, where redirects are not followed; null for other responses. <see cref="Next"/> sends
    /// it.</summary>
    public Request? NextRequest => _redirect?.Request;

    /// <summary>The responses that led here, redirects and authentication, the first one first.</summary>
    public IReadOnlyList<Response> History => _history;

    /// <summary>The body decoded to text by <see cref="Encoding"/>, bytes that make no character replaced by U+FFFD, without a byte order
    /// mark.</summary>
    /// <exception cref="ResponseNotReadException">The body was not read.</exception>
    public string Text => _text ??= TextDecoder.DecodeAll(Encoding, Content.Span);

    /// <summary>
    /// The encoding of the text: what was set; else the charset of Content-Type, if it is known; else what the client's
    /// <see cref="ClientOptions.DetectEncoding"/> makes of the content, once it is read; else the client's default; else UTF-8.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is set after <see cref="Text"/> was used.</exception>
    public Encoding Encoding
    {
        get
        {
            if (_encoding is not null)
            {
                return _encoding;
            }

            var encoding = Charset() ?? (_isKept ? Defaults.DetectEncoding?.Invoke(_content) : null) ?? Defaults.Encoding ?? Encoding.UTF8;

            // Before the content is there nothing can be guessed from it, so the answer may be another one afterwards.
            return _isKept ? _encoding = encoding : encoding;
        }

        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (_text is not null)
            {
                throw new InvalidOperationException(
                    "The encoding cannot be set any more: the text has been decoded already. Set it before Text.");
            }

            _encoding = value;
        }
    }

    /// <summary>The cookies that this response sets.</summary>
    /// <exception cref="InvalidOperationException">The response was made by hand, without a request.</exception>
    public Cookies Cookies
    {
        get
        {
            if (_cookies is null)
            {
                var url = Url;
                var cookies = new Cookies();
                cookies.Extract(url, Headers);
                _cookies = cookies;
            }

            return _cookies;
        }
    }

    /// <summary>
    /// The links of the Link headers (RFC 8288): each with its target, as written, under "url", and its parameters beside it. They are
    /// found by their relation type, "next" say, or by their target where they have none.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Links => _links ??= Httpx.Links.Parse(Headers);

    /// <summary>From the sending of the request to the end of the body or the closing; zero for a response that was never sent.</summary>
    /// <exception cref="InvalidOperationException">The body was neither read nor closed.</exception>
    public TimeSpan Elapsed
    {
        get
        {
            if (!IsClosed)
            {
                throw new InvalidOperationException("The time is not over yet: Elapsed is there after the body has been read or closed.");
            }

            return _startedAt == 0 ? TimeSpan.Zero : TimeProvider.System.GetElapsedTime(_startedAt, _endedAt);
        }
    }

    /// <summary>Whether the status is 100 to 199.</summary>
    public bool IsInformational => Codes.IsInformational(StatusCode);

    /// <summary>Whether the status is 200 to 299.</summary>
    public bool IsSuccess => Codes.IsSuccess(StatusCode);

    /// <summary>Whether the status is 400 to 499.</summary>
    public bool IsClientError => Codes.IsClientError(StatusCode);

    /// <summary>Whether the status is 500 to 599.</summary>
    public bool IsServerError => Codes.IsServerError(StatusCode);

    /// <summary>Whether the status is 400 to 599.</summary>
    public bool IsError => Codes.IsError(StatusCode);

    /// <summary>Whether this is a redirect that can be followed: 301, 302, 303, 307 or 308 with a Location.</summary>
    /// <remarks>HTTPX has called this <c>has_redirect_location</c> since 0.20.</remarks>
    public bool IsRedirect => StatusCode is 301 or 302 or 303 or 307 or 308 && Headers.Contains("location"u8);

    /// <inheritdoc cref="IsRedirect"/>
    public bool HasRedirectLocation => IsRedirect;

    /// <summary><c>TimeProvider.System.GetTimestamp()</c> just before the transport was called.</summary>
    internal long StartedAt
    {
        set
        {
            _startedAt = value;
            if (IsClosed)
            {
                StopClock();
            }
        }
    }

    /// <summary>How its text and JSON are read, and how much of its body.</summary>
    internal ResponseDefaults Defaults { private get; set; } = ResponseDefaults.None;

    /// <summary>The request, null where there is none.</summary>
    internal Request? RequestOrNull => _request;

    /// <summary>This response, unless its status is an error.</summary>
    /// <remarks>As in HTTPX up to 0.19, other statuses than 4xx and 5xx pass.</remarks>
    /// <exception cref="HttpStatusException">The status is 400 to 599.</exception>
    /// <exception cref="InvalidOperationException">The status is an error, and the response was made by hand, without a
    /// request.</exception>
    public Response RaiseForStatus()
    {
        if (!IsError)
        {
            return this;
        }

        var kind = IsClientError ? "Client error" : "Server error";
        var status = StatusCode.ToString(CultureInfo.InvariantCulture);
        var phrase = ReasonPhrase.Length == 0 ? "" : " " + ReasonPhrase;
        throw new HttpStatusException(
            $"{kind} '{status}{phrase}' for url '{Url.ToLogString()}'\n"
            + $"For more information check: https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/{status}",
            Request,
            this);
    }

    /// <summary>Reads the body as JSON into an object. UTF-8, UTF-16 and UTF-32 are told apart by the bytes, whatever the
    /// charset.</summary>
    /// <remarks>Through the client's JsonOptions; without them names are taken as written. A body "null" is null.</remarks>
    /// <typeparam name="T">The type to read.</typeparam>
    /// <exception cref="JsonException">The body is no JSON, empty say, or does not fit the type.</exception>
    /// <exception cref="ResponseNotReadException">The body was not read.</exception>
    /// <exception cref="InvalidOperationException">There is no metadata for the type, and no reflection.</exception>
    public T? Json<T>() => BodyJson.Read<T>(Content, Defaults.JsonOptions);

    /// <summary>Reads the body as JSON. UTF-8, UTF-16 and UTF-32 are told apart by the bytes, whatever the charset.</summary>
    /// <exception cref="JsonException">The body is no JSON, empty say, or deeper than the options allow (64 levels).</exception>
    /// <exception cref="ResponseNotReadException">The body was not read.</exception>
    public JsonElement Json() => BodyJson.Read(Content, Defaults.JsonOptions);

    /// <summary>The status: <c>&lt;Response [200 OK]&gt;</c>.</summary>
    public override string ToString()
    {
        var phrase = ReasonPhrase;
        return string.Create(CultureInfo.InvariantCulture, $"<Response [{StatusCode}{(phrase.Length == 0 ? "" : " ")}{phrase}]>");
    }

    internal static RequestException TooLarge(long most, Request? request)
    {
        var what = request is null ? "The response" : $"The response to {request.Method} {request.Url.ToLogString()}";
        return most >= Array.MaxLength
            ? new RequestException($"{what} is too large for memory: read it as a stream.", request)
            : new RequestException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what} is larger than MaxResponseBytes, {most} bytes: read it as a stream, or allow more."),
                request);
    }

    /// <summary>Sets the responses that led here.</summary>
    internal void SetHistory(IReadOnlyList<Response> history) => _history = history;

    /// <summary>
    /// The redirect that was not followed, and who can follow it (for Next and NextAsync; null for a response that no client made).
    /// </summary>
    internal void SetNext(Request next, Func<Request, bool, CancellationToken, ValueTask<Response>>? follow) =>
        _redirect = new Redirect(next, follow);

    /// <summary>The exchange is over.</summary>
    internal void StopClock() => _endedAt = TimeProvider.System.GetTimestamp();

    private Encoding? Charset() =>
        MediaType.Parameter(Headers.Get("Content-Type"), "charset") is { } name ? TextEncodings.Find(name) : null;

    private sealed record Redirect(Request Request, Func<Request, bool, CancellationToken, ValueTask<Response>>? Follow);
}
