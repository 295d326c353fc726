using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Httpx;

/// <summary>A request: what is sent, to where, with which headers and body. It may be sent several times.</summary>
/// <remarks>
/// Clients make one of each call; one made by hand goes out as it is (<see cref="Client.Send"/>). See
/// <see href="https://www.python-httpx.org/advanced/clients/#request-instances"/>. Not safe for use by several threads at once.
/// </remarks>
public sealed class Request
{
    private const string TimeoutExtension = "timeout";

    private Url _url;
    private Timeouts? _timeouts;
    private Dictionary<string, object?>? _extensions;

    /// <summary>Makes a request.</summary>
    /// <remarks>
    /// Of the bodies <paramref name="content"/> goes before <paramref name="files"/> (with <paramref name="data"/>), before
    /// <paramref name="data"/>, before <paramref name="json"/>; the others are ignored. Headers are added where they are missing: Host
    /// first, and after the given ones Cookie, Content-Length or Transfer-Encoding, and Content-Type. The given headers themselves stay as
    /// they are.
    /// </remarks>
    /// <param name="method">The method; it is sent in upper case.</param>
    /// <param name="url">The url; a relative one can be sent by nobody, but a client merges it with its base.</param>
    /// <param name="query">Merged into the query of <paramref name="url"/>.</param>
    /// <param name="headers">Headers.</param>
    /// <param name="cookies">Cookies; those that fit the url are sent, unless there is a Cookie header.</param>
    /// <param name="content">The body as it is.</param>
    /// <param name="data">Fields of a form.</param>
    /// <param name="files">Files, which make a multipart form.</param>
    /// <param name="json">A value to be sent as JSON; null for none.</param>
    /// <exception cref="ArgumentException">
    /// The method is no token; there are both Content-Length and Transfer-Encoding; or a part of the body cannot be sent.
    /// </exception>
    public Request(
        string method,
        Url url,
        QueryParams? query = null,
        Headers? headers = null,
        Cookies? cookies = null,
        RequestContent? content = null,
        FormData? data = null,
        Files? files = null,
        object? json = null)
        : this(method, Merged(url, query), headers?.Copy() ?? new Headers(), null)
    {
        Body = RequestContent.FromArguments(content, data, files, json, null, Headers.Get("Content-Type"));
        Complete(cookies);
    }

    /// <summary>A request whose headers are complete, as a redirect or an auth flow makes it: nothing is added.</summary>
    internal Request(string method, Url url, Headers headers, RequestContent? body)
    {
        Method = Checked(method);
        _url = url;
        Headers = headers;
        Body = body;
    }

    /// <summary>The method, in upper case.</summary>
    public string Method { get; }

    /// <summary>The url. A Host header that came from the old url follows to the new one.</summary>
    public Url Url
    {
        get => _url;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            var old = _url;
            _url = value;
            FollowHost(old);
        }
    }

    /// <summary>The headers, in the order in which they are sent.</summary>
    public Headers Headers { get; }

    /// <summary>
    /// The body, for one that is in memory or was read; empty where there is none. A stream is read into memory by <see cref="Read"/>.
    /// </summary>
    /// <exception cref="RequestNotReadException">The body is a stream that was not read.</exception>
    public ReadOnlyMemory<byte> Content
    {
        get
        {
            if (Body is null)
            {
                return default;
            }

            return Body.TryGetBytes(out var bytes) ? bytes : throw new RequestNotReadException(
                "The request's body is a stream that has not been read: call Read() or ReadAsync() first.");
        }
    }

    /// <summary>The cookies of the Cookie header. It is a copy: to send others, change the header.</summary>
    public Cookies Cookies => RequestCookies.Parse(Headers);

    /// <summary>
    /// What goes with the request to the transport beside HTTP: "timeout" (a <see cref="Httpx.Timeouts"/>), "trace", "sni_hostname",
    /// "target".
    /// </summary>
    /// <remarks>See <see href="https://www.python-httpx.org/advanced/extensions/"/>. A request that follows a redirect has the same
    /// ones.</remarks>
    public IDictionary<string, object?> Extensions
    {
        get
        {
            if (_extensions is null)
            {
                _extensions = new Dictionary<string, object?>(StringComparer.Ordinal);
                if (_timeouts is not null)
                {
                    _extensions[TimeoutExtension] = _timeouts;
                }
            }

            return _extensions;
        }
    }

    /// <summary>The body as a transport sends it; null where there is none.</summary>
    public RequestContent? Body { get; private set; }

    /// <summary>The limits of the exchange, filled in by the client; <see cref="Extensions"/> shows them as "timeout", and can set
    /// others.</summary>
    internal Timeouts? Timeouts
    {
        get => _extensions?.GetValueOrDefault(TimeoutExtension) as Timeouts ?? _timeouts;
        set
        {
            // What the caller put there stays; what another client filled in before does not.
            if (_extensions is not null
                && (!_extensions.TryGetValue(TimeoutExtension, out var shown) || ReferenceEquals(shown, _timeouts)))
            {
                _extensions[TimeoutExtension] = value;
            }

            _timeouts = value;
        }
    }

    /// <summary>
    /// Reads the body into memory, so that <see cref="Content"/> has it and the request can be sent again. The headers stay as they are.
    /// </summary>
    /// <param name="cancellationToken">Ends the reading; the body is then used up in part.</param>
    /// <returns>The body; empty where there is none.</returns>
    /// <exception cref="InvalidOperationException">The body is asynchronous: use <see cref="ReadAsync"/>.</exception>
    /// <exception cref="StreamConsumedException">The body was sent already and cannot be read again.</exception>
    public ReadOnlyMemory<byte> Read(CancellationToken cancellationToken = default) =>
        Blocking.Result(ReadCoreAsync(blocking: true, cancellationToken));

    /// <inheritdoc cref="Read"/>
    public Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken = default) =>
        ReadCoreAsync(blocking: false, cancellationToken).AsTask();

    /// <summary>Method and url, the url without its password.</summary>
    public override string ToString() => $"<Request(\"{Method}\", \"{Url.ToLogString()}\")>";

    /// <summary>
    /// A request as a client builds it: the headers are the merged ones and become the request's own; Host, Cookie and body headers are
    /// added.
    /// </summary>
    internal static Request Build(string method, Url url, Headers headers, Cookies? cookies, RequestContent? body)
    {
        var request = new Request(method, url, headers, body);
        request.Complete(cookies);
        return request;
    }

    /// <summary>The request that follows this one (a redirect): its headers are complete, and its extensions are those of this
    /// one.</summary>
    internal Request Following(string method, Url url, Headers headers, RequestContent? body) =>
        new(method, url, headers, body) { _timeouts = _timeouts, _extensions = _extensions };

    /// <summary>An extension without creating the dictionary.</summary>
    internal bool TryGetExtension(string name, out object? value)
    {
        if (_extensions is not null)
        {
            return _extensions.TryGetValue(name, out value);
        }

        value = name == TimeoutExtension ? _timeouts : null;
        return value is not null;
    }

    /// <summary>Reads the body by either face: on the blocking one the task is complete.</summary>
    internal ValueTask<ReadOnlyMemory<byte>> ReadCoreAsync(bool blocking, CancellationToken cancellationToken)
    {
        if (Body is null)
        {
            return default;
        }

        return Body.TryGetBytes(out var bytes) ? new(bytes) : ReadBodyAsync(Body, blocking, cancellationToken);
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(RequestContent body, bool blocking, CancellationToken cancellationToken)
    {
        var bytes = await body.ReadAsync(blocking, cancellationToken).ConfigureAwait(false);
        Body = bytes;
        return bytes;
    }

    private static Url Merged(Url url, QueryParams? query)
    {
        ArgumentNullException.ThrowIfNull(url);
        return query is { Count: > 0 } ? url.CopyMergeParams(query) : url;
    }

    // The constants come back as they are; what else is upper case already does so too.
    private static string Checked(string method)
    {
        ArgumentNullException.ThrowIfNull(method);
        if (method is "GET" or "POST" or "PUT" or "DELETE" or "HEAD" or "PATCH" or "OPTIONS")
        {
            return method;
        }

        return FieldText.IsToken(method.AsSpan()) ? method.ToUpperInvariant() : throw new ArgumentException(
            "The method must be a token (RFC 9110 9.1): letters, digits and a few signs, without spaces.", nameof(method));
    }

    private void Complete(Cookies? cookies)
    {
        // A jar adds to what the caller said, and overrules nothing.
        cookies?.AddHeader(_url, Headers);
        AddBodyHeaders();
        AddHost();
    }

    private void AddHost()
    {
        if (!_url.AuthoritySpan.IsEmpty && !Headers.Contains("host"u8))
        {
            Headers.Prepend("Host", _url.AuthoritySpan);
        }
    }

    // Only a Host that the caller chose is different from the url's.
    private void FollowHost(Url old)
    {
        if (!Headers.TryGetRaw("host"u8, out var host))
        {
            AddHost();
        }
        else if (!_url.AuthoritySpan.IsEmpty && System.Text.Ascii.Equals(host, old.AuthoritySpan))
        {
            Headers["Host"] = _url.AuthoritySpan.ToString();
        }
    }

    // Length and coding exclude each other (RFC 9112 6.2): two of them are how requests are smuggled.
    private void AddBodyHeaders()
    {
        var expectsBody = Method is "POST" or "PUT" or "PATCH";
        if (Body is null && !expectsBody)
        {
            return;
        }

        var hasLength = Headers.Contains("content-length"u8);
        var hasCoding = Headers.Contains("transfer-encoding"u8);
        if (hasLength && hasCoding)
        {
            ThrowContradiction();
        }

        var length = Body is null ? 0 : Body.Length;
        if (hasLength || hasCoding)
        {
            // The caller's framing: the engine holds the body to it.
        }
        else if (length == 0)
        {
            if (expectsBody)
            {
                Headers.Prepend("Content-Length", "0");
            }
        }
        else if (length is { } known)
        {
            Span<byte> digits = stackalloc byte[20];
            Utf8Formatter.TryFormat(known, digits, out var count);
            Headers.AddRaw("Content-Length"u8, digits[..count]);
        }
        else
        {
            Headers.AddRaw("Transfer-Encoding"u8, "chunked"u8);
        }

        if (Body?.ContentType is { } type && !Headers.Contains("content-type"u8))
        {
            Headers.Add("Content-Type", type);
        }
    }

    [DoesNotReturn]
    private static void ThrowContradiction() => throw new ArgumentException(
        "The headers have both Content-Length and Transfer-Encoding, which exclude each other (RFC 9112 6.2): give one of them, or none.",
        "headers");
}
