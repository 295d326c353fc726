namespace Httpx;

/// <summary>Helper functions for a single request: <c>Http.Get("https://example.org")</c>.</summary>
/// <remarks>
/// Each call uses a client of its own and closes it, so that no connection and no cookie is kept: for more than one request use
/// <see cref="Client"/> or <see cref="AsyncClient"/>. See <see href="https://www.python-httpx.org/api/#helper-functions"/>.
/// </remarks>
public static class Http
{
    /// <summary>Sends a request with a client of its own and returns the response, its body read.</summary>
    /// <param name="method">The method, in any case.</param>
    /// <param name="url">The url, absolute.</param>
    /// <param name="query">Parameters that replace those of the same names in the url.</param>
    /// <param name="content">The body as it is.</param>
    /// <param name="data">Form fields: a url-encoded body, or with <paramref name="files"/> a multipart one.</param>
    /// <param name="files">Files: a multipart body.</param>
    /// <param name="json">What is written as a JSON body. Null is no body.</param>
    /// <param name="headers">Headers over the defaults.</param>
    /// <param name="cookies">Cookies, also for the redirects of this call.</param>
    /// <param name="auth">Authentication; default that of the url, if it has a user name.</param>
    /// <param name="proxies">Proxies; default those of the environment, if <paramref name="trustEnv"/>.</param>
    /// <param name="timeout">Time limits; default 5 s for each of connect, read, write and pool.</param>
    /// <param name="allowRedirects">Whether redirects are followed. Default true.</param>
    /// <param name="verify">How the server's certificate is checked; default by the platform's trust store.</param>
    /// <param name="cert">The certificate shown to a server that asks for one. Default none.</param>
    /// <param name="trustEnv">Whether the environment is asked for proxies and certificate files. Default true.</param>
    /// <param name="cancellationToken">Ends the exchange; that is an <see cref="OperationCanceledException"/>, never a time-out.</param>
    /// <exception cref="RequestException">The exchange failed: see the classes derived from it. An error status is no failure.</exception>
    /// <exception cref="ArgumentException">The method is no token, a proxy's pattern malformed, or a certificate of no use.</exception>
    /// <exception cref="StreamConsumedException">The body would have to be sent again, and can be read only once.</exception>
    public static Response Request(
        string method, Url url, QueryParams? query = null, RequestContent? content = null, FormData? data = null, Files? files = null,
        object? json = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null,
        Timeouts? timeout = null, bool allowRedirects = true, Verify? verify = null, ClientCert? cert = null, bool trustEnv = true,
        CancellationToken cancellationToken = default)
    {
        using var client = new Client(OptionsOf(cookies, proxies, verify, cert, trustEnv));
        return client.Request(
            method, url, content, data, files, json, query, headers, null, auth, allowRedirects, timeout, cancellationToken);
    }

    /// <inheritdoc cref="Request"/>
    public static async Task<Response> RequestAsync(
        string method, Url url, QueryParams? query = null, RequestContent? content = null, FormData? data = null, Files? files = null,
        object? json = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null,
        Timeouts? timeout = null, bool allowRedirects = true, Verify? verify = null, ClientCert? cert = null, bool trustEnv = true,
        CancellationToken cancellationToken = default)
    {
        var client = new AsyncClient(OptionsOf(cookies, proxies, verify, cert, trustEnv));
        await using (client.ConfigureAwait(false))
        {
            return await client.RequestAsync(
                method, url, content, data, files, json, query, headers, null, auth, allowRedirects, timeout, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Sends a request with a client of its own and returns the response at its head, its body unread: dispose of the response, which
    /// closes the client too.
    /// </summary>
    /// <inheritdoc cref="Request"/>
    public static Response Stream(
        string method, Url url, QueryParams? query = null, RequestContent? content = null, FormData? data = null, Files? files = null,
        object? json = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null,
        Timeouts? timeout = null, bool allowRedirects = true, Verify? verify = null, ClientCert? cert = null, bool trustEnv = true,
        CancellationToken cancellationToken = default)
    {
        var client = new Client(OptionsOf(cookies, proxies, verify, cert, trustEnv));
        var isHandedOver = false;
        try
        {
            var response = client.Stream(
                method, url, content, data, files, json, query, headers, null, auth, allowRedirects, timeout, cancellationToken);
            response.WrapBody(body =>
            {
                isHandedOver = true;
                return new OwnedBody(body, client.Sender.CloseAsync);
            });
            return response;
        }
        finally
        {
            if (!isHandedOver)
            {
                client.Dispose();
            }
        }
    }

    /// <inheritdoc cref="Stream"/>
    public static async Task<Response> StreamAsync(
        string method, Url url, QueryParams? query = null, RequestContent? content = null, FormData? data = null, Files? files = null,
        object? json = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null,
        Timeouts? timeout = null, bool allowRedirects = true, Verify? verify = null, ClientCert? cert = null, bool trustEnv = true,
        CancellationToken cancellationToken = default)
    {
        var client = new AsyncClient(OptionsOf(cookies, proxies, verify, cert, trustEnv));
        var isHandedOver = false;
        try
        {
            var response = await client.StreamAsync(
                method, url, content, data, files, json, query, headers, null, auth, allowRedirects, timeout, cancellationToken)
                .ConfigureAwait(false);
            response.WrapBody(body =>
            {
                isHandedOver = true;
                return new OwnedBody(body, client.Sender.CloseAsync);
            });
            return response;
        }
        finally
        {
            if (!isHandedOver)
            {
                await client.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Sends a GET request with a client of its own.</summary>
    /// <inheritdoc cref="Request"/>
    public static Response Get(
        Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null,
        bool allowRedirects = true, ClientCert? cert = null, Verify? verify = null, Timeouts? timeout = null, bool trustEnv = true,
        CancellationToken cancellationToken = default) =>
        Request("GET", url, query, null, null, null, null, headers, cookies, auth, proxies, timeout, allowRedirects,
            verify, cert, trustEnv, cancellationToken);

    /// <summary>Sends a GET request with a client of its own.</summary>
    /// <inheritdoc cref="RequestAsync"/>
    public static Task<Response> GetAsync(
        Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null,
        bool allowRedirects = true, ClientCert? cert = null, Verify? verify = null, Timeouts? timeout = null, bool trustEnv = true,
        CancellationToken cancellationToken = default) =>
        RequestAsync("GET", url, query, null, null, null, null, headers, cookies, auth, proxies, timeout, allowRedirects,
            verify, cert, trustEnv, cancellationToken);

    /// <summary>Sends an OPTIONS request with a client of its own.</summary>
    /// <inheritdoc cref="Request"/>
    public static Response Options(
        Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null,
        bool allowRedirects = true, ClientCert? cert = null, Verify? verify = null, Timeouts? timeout = null, bool trustEnv = true,
        CancellationToken cancellationToken = default) =>
        Request("OPTIONS", url, query, null, null, null, null, headers, cookies, auth, proxies, timeout, allowRedirects,
            verify, cert, trustEnv, cancellationToken);

    /// <summary>Sends an OPTIONS request with a client of its own.</summary>
    /// <inheritdoc cref="RequestAsync"/>
    public static Task<Response> OptionsAsync(
        Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null,
        bool allowRedirects = true, ClientCert? cert = null, Verify? verify = null, Timeouts? timeout = null, bool trustEnv = true,
        CancellationToken cancellationToken = default) =>
        RequestAsync("OPTIONS", url, query, null, null, null, null, headers, cookies, auth, proxies, timeout, allowRedirects,
            verify, cert, trustEnv, cancellationToken);

    /// <summary>Sends a HEAD request with a client of its own.</summary>
    /// <inheritdoc cref="Request"/>
    public static Response Head(
        Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null,
        bool allowRedirects = true, ClientCert? cert = null, Verify? verify = null, Timeouts? timeout = null, bool trustEnv = true,
        CancellationToken cancellationToken = default) =>
        Request("HEAD", url, query, null, null, null, null, headers, cookies, auth, proxies, timeout, allowRedirects,
            verify, cert, trustEnv, cancellationToken);

    /// <summary>Sends a HEAD request with a client of its own.</summary>
    /// <inheritdoc cref="RequestAsync"/>
    public static Task<Response> HeadAsync(
        Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null,
        bool allowRedirects = true, ClientCert? cert = null, Verify? verify = null, Timeouts? timeout = null, bool trustEnv = true,
        CancellationToken cancellationToken = default) =>
        RequestAsync("HEAD", url, query, null, null, null, null, headers, cookies, auth, proxies, timeout, allowRedirects,
            verify, cert, trustEnv, cancellationToken);

    /// <summary>Sends a DELETE request with a client of its own.</summary>
    /// <inheritdoc cref="Request"/>
    public static Response Delete(
        Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null,
        bool allowRedirects = true, ClientCert? cert = null, Verify? verify = null, Timeouts? timeout = null, bool trustEnv = true,
        CancellationToken cancellationToken = default) =>
        Request("DELETE", url, query, null, null, null, null, headers, cookies, auth, proxies, timeout, allowRedirects,
            verify, cert, trustEnv, cancellationToken);

    /// <summary>Sends a DELETE request with a client of its own.</summary>
    /// <inheritdoc cref="RequestAsync"/>
    public static Task<Response> DeleteAsync(
        Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null,
        bool allowRedirects = true, ClientCert? cert = null, Verify? verify = null, Timeouts? timeout = null, bool trustEnv = true,
        CancellationToken cancellationToken = default) =>
        RequestAsync("DELETE", url, query, null, null, null, null, headers, cookies, auth, proxies, timeout, allowRedirects,
            verify, cert, trustEnv, cancellationToken);

    /// <summary>Sends a POST request with a client of its own.</summary>
    /// <inheritdoc cref="Request"/>
    public static Response Post(
        Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null,
        QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null,
        bool allowRedirects = true, ClientCert? cert = null, Verify? verify = null, Timeouts? timeout = null, bool trustEnv = true,
        CancellationToken cancellationToken = default) =>
        Request("POST", url, query, content, data, files, json, headers, cookies, auth, proxies, timeout, allowRedirects,
            verify, cert, trustEnv, cancellationToken);

    /// <summary>Sends a POST request with a client of its own.</summary>
    /// <inheritdoc cref="RequestAsync"/>
    public static Task<Response> PostAsync(
        Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null,
        QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null,
        bool allowRedirects = true, ClientCert? cert = null, Verify? verify = null, Timeouts? timeout = null, bool trustEnv = true,
        CancellationToken cancellationToken = default) =>
        RequestAsync("POST", url, query, content, data, files, json, headers, cookies, auth, proxies, timeout, allowRedirects,
            verify, cert, trustEnv, cancellationToken);

    /// <summary>Sends a PUT request with a client of its own.</summary>
    /// <inheritdoc cref="Request"/>
    public static Response Put(
        Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null,
        QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null,
        bool allowRedirects = true, ClientCert? cert = null, Verify? verify = null, Timeouts? timeout = null, bool trustEnv = true,
        CancellationToken cancellationToken = default) =>
        Request("PUT", url, query, content, data, files, json, headers, cookies, auth, proxies, timeout, allowRedirects,
            verify, cert, trustEnv, cancellationToken);

    /// <summary>Sends a PUT request with a client of its own.</summary>
    /// <inheritdoc cref="RequestAsync"/>
    public static Task<Response> PutAsync(
        Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null,
        QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null,
        bool allowRedirects = true, ClientCert? cert = null, Verify? verify = null, Timeouts? timeout = null, bool trustEnv = true,
        CancellationToken cancellationToken = default) =>
        RequestAsync("PUT", url, query, content, data, files, json, headers, cookies, auth, proxies, timeout, allowRedirects,
            verify, cert, trustEnv, cancellationToken);

    /// <summary>Sends a PATCH request with a client of its own.</summary>
    /// <inheritdoc cref="Request"/>
    public static Response Patch(
        Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null,
        QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null,
        bool allowRedirects = true, ClientCert? cert = null, Verify? verify = null, Timeouts? timeout = null, bool trustEnv = true,
        CancellationToken cancellationToken = default) =>
        Request("PATCH", url, query, content, data, files, json, headers, cookies, auth, proxies, timeout, allowRedirects,
            verify, cert, trustEnv, cancellationToken);

    /// <summary>Sends a PATCH request with a client of its own.</summary>
    /// <inheritdoc cref="RequestAsync"/>
    public static Task<Response> PatchAsync(
        Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null,
        QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null,
        bool allowRedirects = true, ClientCert? cert = null, Verify? verify = null, Timeouts? timeout = null, bool trustEnv = true,
        CancellationToken cancellationToken = default) =>
        RequestAsync("PATCH", url, query, content, data, files, json, headers, cookies, auth, proxies, timeout, allowRedirects,
            verify, cert, trustEnv, cancellationToken);

    private static ClientOptions OptionsOf(Cookies? cookies, Proxies? proxies, Verify? verify, ClientCert? cert, bool trustEnv) => new()
    {
        Cookies = cookies ?? [],
        Proxies = proxies,
        Verify = verify,
        Cert = cert,
        TrustEnv = trustEnv,
    };
}
