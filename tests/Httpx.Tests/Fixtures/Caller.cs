namespace Httpx.Tests.Fixtures;

/// <summary>One client behind one face, so that a test is written once: the blocking face runs on a thread of its own.</summary>
public sealed class Caller : IAsyncDisposable
{
    private readonly Client? _blocking;
    private readonly AsyncClient? _async;

    public Caller(Face face, ClientOptions? options = null)
    {
        Face = face;
        if (face == Face.Blocking)
        {
            _blocking = new Client(options);
        }
        else
        {
            _async = new AsyncClient(options);
        }
    }

    public Face Face { get; }

    public ClientBase Client => (ClientBase?)_blocking ?? _async!;

    public Task<Response> GetAsync(Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null,
        bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) =>
        RequestAsync("GET", url, query: query, headers: headers, cookies: cookies, auth: auth, allowRedirects: allowRedirects,
            timeout: timeout, cancellationToken: cancellationToken);

    public Task<Response> RequestAsync(string method, Url url, RequestContent? content = null, FormData? data = null, Files? files = null,
        object? json = null, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null, Auth? auth = null,
        bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) =>
        _blocking is { } client
            ? OnOwnThread(() => client.Request(method, url, content, data, files, json, query, headers, cookies, auth, allowRedirects, timeout, cancellationToken))
            : _async!.RequestAsync(method, url, content, data, files, json, query, headers, cookies, auth, allowRedirects, timeout, cancellationToken);

    public Task<Response> StreamAsync(string method, Url url, RequestContent? content = null, Headers? headers = null,
        bool? allowRedirects = null, Timeouts? timeout = null, CancellationToken cancellationToken = default) =>
        _blocking is { } client
            ? OnOwnThread(() => client.Stream(method, url, content, headers: headers, allowRedirects: allowRedirects, timeout: timeout, cancellationToken: cancellationToken))
            : _async!.StreamAsync(method, url, content, headers: headers, allowRedirects: allowRedirects, timeout: timeout, cancellationToken: cancellationToken);

    public Task<Response> SendAsync(Request request, bool stream = false, Auth? auth = null, bool? allowRedirects = null, CancellationToken cancellationToken = default) =>
        _blocking is { } client
            ? OnOwnThread(() => client.Send(request, stream, auth, allowRedirects, cancellationToken))
            : _async!.SendAsync(request, stream, auth, allowRedirects, cancellationToken);

    public Task<ReadOnlyMemory<byte>> ReadAsync(Response response, CancellationToken cancellationToken = default) =>
        Face == Face.Blocking ? OnOwnThread(() => response.Read(cancellationToken)) : response.ReadAsync(cancellationToken);

    public Task CloseAsync(Response response) =>
        Face == Face.Blocking
            ? OnOwnThread(() =>
            {
                response.Close();
                return true;
            })
            : response.CloseAsync();

    public async Task<List<T>> ListAsync<T>(Func<IEnumerable<T>> blocking, Func<IAsyncEnumerable<T>> async)
    {
        if (Face == Face.Blocking)
        {
            return await OnOwnThread(() => blocking().ToList());
        }

        var list = new List<T>();
        await foreach (var item in async())
        {
            list.Add(item);
        }

        return list;
    }

    public async ValueTask DisposeAsync()
    {
        _blocking?.Dispose();
        if (_async is not null)
        {
            await _async.DisposeAsync();
        }
    }

    /// <summary>Runs a blocking call where it may block: never on a thread of the pool.</summary>
    internal static Task<T> OnOwnThread<T>(Func<T> call)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                done.SetResult(call());
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                done.SetException(exception);
            }
        })
        {
            IsBackground = true,
            Name = "blocking caller",
        };
        thread.Start();
        return done.Task;
    }
}
