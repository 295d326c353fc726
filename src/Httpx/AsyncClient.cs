namespace Httpx;

/// <summary>The asynchronous client: keeps connections, cookies and defaults. Safe for use by many threads at once.</summary>
/// <remarks>
/// <c>await using var client = new AsyncClient(new() { BaseUrl = "https://api.example.org" });</c> Use one client for as long as you
/// can: its connections are worth keeping. The response's body is in memory when the task is done, except after
/// <see cref="StreamAsync"/>. See <see href="https://www.python-httpx.org/async/"/>.
/// </remarks>
public sealed partial class AsyncClient : ClientBase, IAsyncDisposable, IDisposable
{
    /// <summary>Makes a client.</summary>
    /// <param name="options">How; they are copied. Default null: as <see cref="ClientOptions"/> begins.</param>
    /// <exception cref="ArgumentException">A mount's or proxy's pattern is malformed, or a certificate cannot be used.</exception>
    public AsyncClient(ClientOptions? options = null)
        : base(options, blocking: false)
    {
    }

    /// <summary>Sends a request and returns the response, its body read.</summary>
    /// <param name="method">The method, in any case.</param>
    /// <param name="url">The url; a relative one is appended to the client's base url.</param>
    /// <param name="content">The body as it is.</param>
    /// <param name="data">Form fields: a url-encoded body, or with <paramref name="files"/> a multipart one.</param>
    /// <param name="files">Files: a multipart body.</param>
    /// <param name="json">What is written as a JSON body. Null is no body.</param>
    /// <param name="query">Parameters that replace those of the same names in url and client.</param>
    /// <param name="headers">Headers that replace the client's of the same names.</param>
    /// <param name="cookies">Cookies beside the client's, for this request alone: a redirect does not get them.</param>
    /// <param name="auth">Authentication in place of the client's; <see cref="Httpx.Auth.None"/> for none.</param>
    /// <param name="allowRedirects">Whether redirects are followed; null for what the client says.</param>
    /// <param name="timeout">Time limits in place of the client's; <see cref="Timeouts.None"/> for none.</param>
    /// <param name="cancellationToken">Ends the exchange; that is an <see cref="OperationCanceledException"/>, never a time-out.</param>
    /// <exception cref="RequestException">The exchange failed: see the classes derived from it. An error status is no failure.</exception>
    /// <exception cref="ArgumentException">The method is no token.</exception>
    /// <exception cref="InvalidUrlException">Base url and url together are no url.</exception>
    /// <exception cref="StreamConsumedException">The body would have to be sent again, and can be read only once.</exception>
    /// <exception cref="ObjectDisposedException">The client is closed.</exception>
    public Task<Response> RequestAsync(
        string method, Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null,
        QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, bool? allowRedirects = null,
        Timeouts? timeout = null, CancellationToken cancellationToken = default)
    {
        ThrowIfClosed();
        var request = BuildRequest(method, url, content, data, files, json, query, headers, cookies, timeout);
        return SendCoreAsync(request, stream: false, auth, allowRedirects, cancellationToken).AsTask();
    }

    /// <summary>
    /// Sends a request and returns the response at its head, its body unread: dispose of the response to release the connection.
    /// </summary>
    /// <inheritdoc cref="RequestAsync"/>
    public Task<Response> StreamAsync(
        string method, Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null,
        QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, bool? allowRedirects = null,
        Timeouts? timeout = null, CancellationToken cancellationToken = default)
    {
        ThrowIfClosed();
        var request = BuildRequest(method, url, content, data, files, json, query, headers, cookies, timeout);
        return SendCoreAsync(request, stream: true, auth, allowRedirects, cancellationToken).AsTask();
    }

    /// <summary>
    /// Sends a request as it is: nothing of the client's headers, query, cookies or base url is added, only time limits where it has
    /// none.
    /// </summary>
    /// <param name="request">The request; authentication may change its headers.</param>
    /// <param name="stream">Whether the body is left unread; then dispose of the response to release the connection. Default false.</param>
    /// <param name="auth">Authentication in place of the client's; <see cref="Httpx.Auth.None"/> for none.</param>
    /// <param name="allowRedirects">Whether redirects are followed; null for what the client says.</param>
    /// <param name="cancellationToken">Ends the exchange; that is an <see cref="OperationCanceledException"/>, never a time-out.</param>
    /// <exception cref="RequestException">The exchange failed: see the classes derived from it. An error status is no failure.</exception>
    /// <exception cref="StreamConsumedException">The body would have to be sent again, and can be read only once.</exception>
    /// <exception cref="ObjectDisposedException">The client is closed.</exception>
    public Task<Response> SendAsync(
        Request request, bool stream = false, Auth? auth = null, bool? allowRedirects = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ThrowIfClosed();
        return SendCoreAsync(request, stream, auth, allowRedirects, cancellationToken).AsTask();
    }

    /// <summary>Closes the client with its transports and their connections. Idempotent.</summary>
    public Task CloseAsync() => Sender.CloseAsync().AsTask();

    /// <inheritdoc cref="CloseAsync"/>
    public ValueTask DisposeAsync() => Sender.CloseAsync();

    /// <inheritdoc cref="CloseAsync"/>
    public void Dispose() => Sender.Close();
}
