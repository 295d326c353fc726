namespace Httpx;

// The verbs: each hands over to RequestAsync.
public sealed partial class AsyncClient
{
    /// <summary>Sends a GET request.</summary>
    /// <inheritdoc cref="RequestAsync"/>
    public Task<Response> GetAsync(
        Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null,
        bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) =>
        RequestAsync("GET", url, null, null, null, null, query, headers, cookies, auth, allowRedirects, timeout, cancellationToken);

    /// <summary>Sends a HEAD request.</summary>
    /// <inheritdoc cref="RequestAsync"/>
    public Task<Response> HeadAsync(
        Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null,
        bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) =>
        RequestAsync("HEAD", url, null, null, null, null, query, headers, cookies, auth, allowRedirects, timeout, cancellationToken);

    /// <summary>Sends an OPTIONS request.</summary>
    /// <inheritdoc cref="RequestAsync"/>
    public Task<Response> OptionsAsync(
        Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null,
        bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) =>
        RequestAsync("OPTIONS", url, null, null, null, null, query, headers, cookies, auth, allowRedirects, timeout, cancellationToken);

    /// <summary>Sends a DELETE request.</summary>
    /// <inheritdoc cref="RequestAsync"/>
    public Task<Response> DeleteAsync(
        Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null,
        bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) =>
        RequestAsync("DELETE", url, null, null, null, null, query, headers, cookies, auth, allowRedirects, timeout, cancellationToken);

    /// <summary>Sends a POST request.</summary>
    /// <inheritdoc cref="RequestAsync"/>
    public Task<Response> PostAsync(
        Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null,
        QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, bool? allowRedirects = null,
        Timeouts? timeout = null, CancellationToken cancellationToken = default) =>
        RequestAsync("POST", url, content, data, files, json, query, headers, cookies, auth, allowRedirects, timeout, cancellationToken);

    /// <summary>Sends a PUT request.</summary>
    /// <inheritdoc cref="RequestAsync"/>
    public Task<Response> PutAsync(
        Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null,
        QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, bool? allowRedirects = null,
        Timeouts? timeout = null, CancellationToken cancellationToken = default) =>
        RequestAsync("PUT", url, content, data, files, json, query, headers, cookies, auth, allowRedirects, timeout, cancellationToken);

    /// <summary>Sends a PATCH request.</summary>
    /// <inheritdoc cref="RequestAsync"/>
    public Task<Response> PatchAsync(
        Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null,
        QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, bool? allowRedirects = null,
        Timeouts? timeout = null, CancellationToken cancellationToken = default) =>
        RequestAsync("PATCH", url, content, data, files, json, query, headers, cookies, auth, allowRedirects, timeout, cancellationToken);
}
