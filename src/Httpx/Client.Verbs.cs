namespace Httpx;

// The verbs: each hands over to Request.
public sealed partial class Client
{
    /// <summary>Sends a GET request.</summary>
    /// <inheritdoc cref="Request"/>
    public Response Get(
        Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null,
        bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) =>
        Request("GET", url, null, null, null, null, query, headers, cookies, auth, allowRedirects, timeout, cancellationToken);

    /// <summary>Sends a HEAD request.</summary>
    /// <inheritdoc cref="Request"/>
    public Response Head(
        Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null,
        bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) =>
        Request("HEAD", url, null, null, null, null, query, headers, cookies, auth, allowRedirects, timeout, cancellationToken);

    /// <summary>Sends an OPTIONS request.</summary>
    /// <inheritdoc cref="Request"/>
    public Response Options(
        Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null,
        bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) =>
        Request("OPTIONS", url, null, null, null, null, query, headers, cookies, auth, allowRedirects, timeout, cancellationToken);

    /// <summary>Sends a DELETE request.</summary>
    /// <inheritdoc cref="Request"/>
    public Response Delete(
        Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null,
        bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) =>
        Request("DELETE", url, null, null, null, null, query, headers, cookies, auth, allowRedirects, timeout, cancellationToken);

    /// <summary>Sends a POST request.</summary>
    /// <inheritdoc cref="Request"/>
    public Response Post(
        Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null,
        QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, bool? allowRedirects = null,
        Timeouts? timeout = null, CancellationToken cancellationToken = default) =>
        Request("POST", url, content, data, files, json, query, headers, cookies, auth, allowRedirects, timeout, cancellationToken);

    /// <summary>Sends a PUT request.</summary>
    /// <inheritdoc cref="Request"/>
    public Response Put(
        Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null,
        QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, bool? allowRedirects = null,
        Timeouts? timeout = null, CancellationToken cancellationToken = default) =>
        Request("PUT", url, content, data, files, json, query, headers, cookies, auth, allowRedirects, timeout, cancellationToken);

    /// <summary>Sends a PATCH request.</summary>
    /// <inheritdoc cref="Request"/>
    public Response Patch(
        Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null,
        QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, bool? allowRedirects = null,
        Timeouts? timeout = null, CancellationToken cancellationToken = default) =>
        Request("PATCH", url, content, data, files, json, query, headers, cookies, auth, allowRedirects, timeout, cancellationToken);
}
