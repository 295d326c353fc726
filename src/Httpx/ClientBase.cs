using System.Text.Json;

namespace Httpx;

/// <summary>What both clients share: the defaults of their requests, and how requests are made from them.</summary>
/// <remarks>
/// The properties can be changed between requests and count for the requests made afterwards. Headers, query and cookies of client and
/// request are merged; of everything else the request's own counts where it has one. See
/// <see href="https://www.python-httpx.org/advanced/clients/#sharing-configuration-across-requests"/>.
/// </remarks>
public abstract class ClientBase
{
    private readonly JsonSerializerOptions? _jsonOptions;
    private Headers _headers;
    private QueryParams _query;
    private Timeouts _timeout;
    private Url _baseUrl;
    private HeaderTemplate? _template;

    private protected ClientBase(ClientOptions? options, bool blocking)
    {
        options ??= new ClientOptions();
        Auth = options.Auth;
        AllowRedirects = options.AllowRedirects;
        TrustEnv = options.TrustEnv;
        _jsonOptions = options.JsonOptions;
        _query = options.Query ?? new QueryParams();
        _headers = DefaultHeaders.Under(options.Headers);
        _timeout = options.Timeout ?? Timeouts.Default;
        _baseUrl = options.BaseUrl ?? NoBase;
        Sender = new Sender(TransportsOf(options), blocking)
        {
            Cookies = new Cookies(options.Cookies),
            Hooks = options.EventHooks.Copy(),
            MaxRedirects = options.MaxRedirects,
            Time = options.Time,
            Defaults = new ResponseDefaults
            {
                Encoding = options.DefaultEncoding,
                DetectEncoding = options.DetectEncoding,
                JsonOptions = options.JsonOptions,
                MaxBytes = options.MaxResponseBytes,
            },
        };
    }

    /// <summary>
    /// Authenticates every request that brings no authentication of its own; null for none but the user name and password of a
    /// request's url.
    /// </summary>
    public Auth? Auth { get; set; }

    /// <summary>Query parameters of every request, unless its url or its own query has one of the same name.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public QueryParams Query
    {
        get => _query;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _query = value;
        }
    }

    /// <summary>
    /// Headers of every request; one that a request brings replaces all of its name. What is assigned is laid over the defaults
    /// (Accept, Accept-Encoding, Connection, User-Agent): remove one of those by <see cref="Httpx.Headers.Remove"/>.
    /// </summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public Headers Headers
    {
        get => _headers;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _headers = DefaultHeaders.Under(value);
        }
    }

    /// <summary>
    /// The jar: its cookies go with the requests they fit, and those of every response come in. What is assigned is copied.
    /// </summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public Cookies Cookies
    {
        get => Sender.Cookies;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Sender.Cookies = new Cookies(value);
        }
    }

    /// <summary>How long each phase of an exchange may take.</summary>
    /// <exception cref="ArgumentNullException">The value is null: <see cref="Timeouts.None"/> switches the limits off.</exception>
    public Timeouts Timeout
    {
        get => _timeout;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _timeout = value;
        }
    }

    /// <summary>What relative urls are appended to; an empty url for nothing.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public Url BaseUrl
    {
        get => _baseUrl;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _baseUrl = value;
        }
    }

    /// <summary>Functions called around every exchange. What is assigned is copied.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public EventHooks EventHooks
    {
        get => Sender.Hooks;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Sender.Hooks = value.Copy();
        }
    }

    /// <summary>How many redirects one exchange follows before it is a <see cref="TooManyRedirectsException"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxRedirects
    {
        get => Sender.MaxRedirects;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            Sender.MaxRedirects = value;
        }
    }

    /// <summary>Whether redirects are followed where a request does not say.</summary>
    public bool AllowRedirects { get; set; }

    /// <summary>Whether the environment was asked for proxies and certificate files when the client was made.</summary>
    public bool TrustEnv { get; }

    /// <summary>Whether the client is closed, so that it can send no more.</summary>
    public bool IsClosed => Sender.IsClosed;

    internal Sender Sender { get; }

    // An empty url: what is relative then stays so, and is refused when it is sent.
    private static Url NoBase { get; } = new("", allowRelative: true);

    /// <summary>Makes a request from the client's defaults and these arguments, without sending it.</summary>
    /// <param name="method">The method, in any case.</param>
    /// <param name="url">The url; a relative one is appended to <see cref="BaseUrl"/>.</param>
    /// <param name="content">The body as it is.</param>
    /// <param name="data">Form fields: a url-encoded body, or with <paramref name="files"/> a multipart one.</param>
    /// <param name="files">Files: a multipart body.</param>
    /// <param name="json">What is written as a JSON body. Null is no body.</param>
    /// <param name="query">Parameters that replace those of the same names in url and client.</param>
    /// <param name="headers">Headers that replace the client's of the same names.</param>
    /// <param name="cookies">Cookies beside the client's, for this request alone.</param>
    /// <param name="timeout">Time limits in place of the client's.</param>
    /// <exception cref="ArgumentException">The method is no token.</exception>
    /// <exception cref="InvalidUrlException">Base and url together are no url.</exception>
    public Request BuildRequest(string method, Url url, RequestContent? content = null, FormData? data = null, Files? files = null,
        object? json = null, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Timeouts? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(url);
        var isComplete = url.IsAbsoluteUrl || _baseUrl.ToString().Length == 0;
        var target = WithQuery(isComplete ? url : _baseUrl.Append(url), query);
        var merged = HeadersFor(target);
        if (headers is { Count: > 0 })
        {
            merged.Update(headers);
        }

        var contentType = files is null ? null : merged.Get("Content-Type");
        var body = RequestContent.FromArguments(content, data, files, json, _jsonOptions, contentType);
        var request = Httpx.Request.Build(method, target, merged, WithCookies(cookies), body);
        request.Timeouts = timeout ?? _timeout;
        return request;
    }

    // Who authenticates: the request's own, else the client's, else user name and password of the url. Auth.None stands for none
    // of the first two; what a url says is the caller's word for that very request, as in HTTPX.
    private protected Auth? AuthOf(Request request, Auth? auth)
    {
        auth ??= Auth;
        if (auth is not null && auth != Auth.None)
        {
            return auth;
        }

        return request.Url.HasUserInfo ? new BasicAuth(request.Url.Username, request.Url.Password) : null;
    }

    private protected ValueTask<Response> SendCoreAsync(
        Request request, bool stream, Auth? auth, bool? allowRedirects, CancellationToken cancellationToken)
    {
        request.Timeouts ??= _timeout;
        return Sender.SendAsync(
            request, AuthOf(request, auth), new Sender.Call(stream, allowRedirects ?? AllowRedirects, cancellationToken));
    }

    private protected void ThrowIfClosed() => ObjectDisposedException.ThrowIf(IsClosed, this);

    // The client's headers with Host in front. Requests to one origin share these bytes until somebody changes his own.
    private Headers HeadersFor(Url url)
    {
        var template = Volatile.Read(ref _template);
        if (template is null || !template.Fits(_headers, url))
        {
            // Host is added beforehand from the second request in a row to an origin on: who asks a new one each time gains nothing.
            template = new HeaderTemplate(_headers, url, withHost: template is not null && template.IsFor(url));
            Volatile.Write(ref _template, template);
        }

        return template.Headers.Copy();
    }

    // The url's own parameters are the request's, so the client's give way to them; the query argument is the last word.
    private Url WithQuery(Url url, QueryParams? query)
    {
        var added = _query;
        if (!added.IsEmpty && url.Query.Length > 0)
        {
            var own = url.Params;
            foreach (var name in added.Keys)
            {
                added = own.ContainsKey(name) ? added.Remove(name) : added;
            }
        }

        added = query is { IsEmpty: false } ? added.Merge(query) : added;
        return added.IsEmpty ? url : url.CopyMergeParams(added);
    }

    private Cookies? WithCookies(Cookies? cookies)
    {
        var jar = Sender.Cookies;
        if (cookies is null or { IsEmpty: true })
        {
            return jar.IsEmpty ? null : jar;
        }

        var both = new Cookies(jar);
        both.Update(cookies);
        return both;
    }

    // Where transports are made. Mounts go after proxies, so that one under the same pattern counts.
    private static MountTable TransportsOf(ClientOptions options)
    {
        var made = new List<Transport>();
        try
        {
            var main = options.Transport ?? Made(made, Network(options, proxy: null));
            var mounts = new List<KeyValuePair<string, Transport?>>();
            if (ProxiesOf(options) is { } proxies)
            {
                foreach (var (pattern, proxy) in proxies)
                {
                    mounts.Add(new(pattern, proxy is null ? null : Made(made, Network(options, proxy))));
                }
            }

            mounts.AddRange(options.Mounts);
            return new MountTable(main, mounts);
        }
        catch
        {
            foreach (var transport in made)
            {
                transport.Dispose();
            }

            throw;
        }
    }

    // What the caller says replaces what the environment says; a transport of his own goes its own way.
    private static Proxies? ProxiesOf(ClientOptions options) =>
        options.Proxies ?? (options is { TrustEnv: true, Transport: null } ? EnvironmentProxies.From(EnvironmentVariables.Read()) : null);

    private static HttpTransport Network(ClientOptions options, Proxy? proxy) =>
        new(options.Verify, options.Cert, http2: options.Http2, limits: options.Limits, proxy: proxy, trustEnv: options.TrustEnv);

    private static Transport Made(List<Transport> made, Transport transport)
    {
        made.Add(transport);
        return transport;
    }
}
