// The contract's signatures: replaced, type by type, by the real thing. No file here survives the first release.
#pragma warning disable
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Httpx;

/// <summary>Options of a client. A client takes a copy when it is made.</summary>
public sealed class ClientOptions
{
    public Auth? Auth { get; set; }
    public QueryParams? Query { get; set; }
    public Headers Headers { get; set; } = null!; // the real one starts with an empty set, so that Headers = { [..] = .. } works
    public Cookies Cookies { get; set; } = null!; // as above
    public Verify? Verify { get; set; }
    public ClientCert? Cert { get; set; }
    public bool Http2 { get; set; }
    public Proxies? Proxies { get; set; }
    public Timeouts? Timeout { get; set; }
    public Limits Limits { get; set; } = new();
    public int MaxRedirects { get; set; } = 20;
    public bool AllowRedirects { get; set; } = true;
    public EventHooks EventHooks { get; set; } = new();
    public Url? BaseUrl { get; set; }
    public Transport? Transport { get; set; }
    public Dictionary<string, Transport?>? Mounts { get; set; }
    public bool TrustEnv { get; set; } = true;
    public Encoding? DefaultEncoding { get; set; }
    public JsonSerializerOptions? JsonOptions { get; set; }
    public long? MaxResponseBytes { get; set; }
}
/// <summary>Helper functions.</summary>
public static class Http
{
    public static Response Request(string method, Url url, QueryParams? query = null, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null, Timeouts? timeout = null, bool allowRedirects = true, Verify? verify = null, ClientCert? cert = null, bool trustEnv = true, CancellationToken cancellationToken = default) => throw X.N;
    public static Task<Response> RequestAsync(string method, Url url, QueryParams? query = null, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null, Timeouts? timeout = null, bool allowRedirects = true, Verify? verify = null, ClientCert? cert = null, bool trustEnv = true, CancellationToken cancellationToken = default) => throw X.N;
    public static Response Stream(string method, Url url, QueryParams? query = null, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null, Timeouts? timeout = null, bool allowRedirects = true, Verify? verify = null, ClientCert? cert = null, bool trustEnv = true, CancellationToken cancellationToken = default) => throw X.N;
    public static Task<Response> StreamAsync(string method, Url url, QueryParams? query = null, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null, Timeouts? timeout = null, bool allowRedirects = true, Verify? verify = null, ClientCert? cert = null, bool trustEnv = true, CancellationToken cancellationToken = default) => throw X.N;
    public static Response Get(Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null, bool allowRedirects = true, ClientCert? cert = null, Verify? verify = null, Timeouts? timeout = null, bool trustEnv = true, CancellationToken cancellationToken = default) => throw X.N;
    public static Task<Response> GetAsync(Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null, bool allowRedirects = true, ClientCert? cert = null, Verify? verify = null, Timeouts? timeout = null, bool trustEnv = true, CancellationToken cancellationToken = default) => throw X.N;
    public static Response Options(Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null, bool allowRedirects = true, ClientCert? cert = null, Verify? verify = null, Timeouts? timeout = null, bool trustEnv = true, CancellationToken cancellationToken = default) => throw X.N;
    public static Task<Response> OptionsAsync(Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null, bool allowRedirects = true, ClientCert? cert = null, Verify? verify = null, Timeouts? timeout = null, bool trustEnv = true, CancellationToken cancellationToken = default) => throw X.N;
    public static Response Head(Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null, bool allowRedirects = true, ClientCert? cert = null, Verify? verify = null, Timeouts? timeout = null, bool trustEnv = true, CancellationToken cancellationToken = default) => throw X.N;
    public static Task<Response> HeadAsync(Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null, bool allowRedirects = true, ClientCert? cert = null, Verify? verify = null, Timeouts? timeout = null, bool trustEnv = true, CancellationToken cancellationToken = default) => throw X.N;
    public static Response Delete(Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null, bool allowRedirects = true, ClientCert? cert = null, Verify? verify = null, Timeouts? timeout = null, bool trustEnv = true, CancellationToken cancellationToken = default) => throw X.N;
    public static Task<Response> DeleteAsync(Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null, bool allowRedirects = true, ClientCert? cert = null, Verify? verify = null, Timeouts? timeout = null, bool trustEnv = true, CancellationToken cancellationToken = default) => throw X.N;
    public static Response Post(Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null, bool allowRedirects = true, ClientCert? cert = null, Verify? verify = null, Timeouts? timeout = null, bool trustEnv = true, CancellationToken cancellationToken = default) => throw X.N;
    public static Task<Response> PostAsync(Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null, bool allowRedirects = true, ClientCert? cert = null, Verify? verify = null, Timeouts? timeout = null, bool trustEnv = true, CancellationToken cancellationToken = default) => throw X.N;
    public static Response Put(Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null, bool allowRedirects = true, ClientCert? cert = null, Verify? verify = null, Timeouts? timeout = null, bool trustEnv = true, CancellationToken cancellationToken = default) => throw X.N;
    public static Task<Response> PutAsync(Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null, bool allowRedirects = true, ClientCert? cert = null, Verify? verify = null, Timeouts? timeout = null, bool trustEnv = true, CancellationToken cancellationToken = default) => throw X.N;
    public static Response Patch(Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null, bool allowRedirects = true, ClientCert? cert = null, Verify? verify = null, Timeouts? timeout = null, bool trustEnv = true, CancellationToken cancellationToken = default) => throw X.N;
    public static Task<Response> PatchAsync(Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, Proxies? proxies = null, bool allowRedirects = true, ClientCert? cert = null, Verify? verify = null, Timeouts? timeout = null, bool trustEnv = true, CancellationToken cancellationToken = default) => throw X.N;
}
/// <summary>What both clients share.</summary>
public abstract class ClientBase
{
    private protected ClientBase() { }
    public Auth? Auth { get => throw X.N; set => throw X.N; }
    public QueryParams Query { get => throw X.N; set => throw X.N; }
    public Headers Headers { get => throw X.N; set => throw X.N; }
    public Cookies Cookies { get => throw X.N; set => throw X.N; }
    public Timeouts Timeout { get => throw X.N; set => throw X.N; }
    public Url BaseUrl { get => throw X.N; set => throw X.N; }
    public EventHooks EventHooks { get => throw X.N; set => throw X.N; }
    public int MaxRedirects { get => throw X.N; set => throw X.N; }
    public bool AllowRedirects { get => throw X.N; set => throw X.N; }
    public bool TrustEnv => throw X.N;
    public bool IsClosed => throw X.N;
    public Request BuildRequest(string method, Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Timeouts? timeout = null) => throw X.N;
}
/// <summary>Client.</summary>
public sealed class Client : ClientBase, IDisposable
{
    public Client(ClientOptions? options = null) => throw X.N;
    public Response Request(string method, Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) => throw X.N;
    public Response Stream(string method, Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) => throw X.N;
    public Response Get(Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) => throw X.N;
    public Response Head(Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) => throw X.N;
    public Response Options(Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) => throw X.N;
    public Response Delete(Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) => throw X.N;
    public Response Post(Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) => throw X.N;
    public Response Put(Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) => throw X.N;
    public Response Patch(Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) => throw X.N;
    public Response Send(Request request, bool stream = false, Auth? auth = null, bool? allowRedirects = null, CancellationToken cancellationToken = default) => throw X.N;
    public void Close() => throw X.N;
    public void Dispose() => throw X.N;
}
/// <summary>AsyncClient.</summary>
public sealed class AsyncClient : ClientBase, IAsyncDisposable, IDisposable
{
    public AsyncClient(ClientOptions? options = null) => throw X.N;
    public Task<Response> RequestAsync(string method, Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) => throw X.N;
    public Task<Response> StreamAsync(string method, Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) => throw X.N;
    public Task<Response> GetAsync(Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) => throw X.N;
    public Task<Response> HeadAsync(Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) => throw X.N;
    public Task<Response> OptionsAsync(Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) => throw X.N;
    public Task<Response> DeleteAsync(Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) => throw X.N;
    public Task<Response> PostAsync(Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) => throw X.N;
    public Task<Response> PutAsync(Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) => throw X.N;
    public Task<Response> PatchAsync(Url url, RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null, bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) => throw X.N;
    public Task<Response> SendAsync(Request request, bool stream = false, Auth? auth = null, bool? allowRedirects = null, CancellationToken cancellationToken = default) => throw X.N;
    public Task CloseAsync() => throw X.N;
    public ValueTask DisposeAsync() => throw X.N;
    public void Dispose() => throw X.N;
}
