using System.Net;
using System.Net.Sockets;

namespace Httpx.Bench.EndToEnd;

internal sealed class HttpxAsync(string url) : Contender
{
    private readonly AsyncClient _client = new(new() { TrustEnv = false, Limits = new() { MaxConnections = null, MaxKeepaliveConnections = null } });

    public override Task<long> RunAsync(int concurrency, TimeUp time) => LoopsAsync(concurrency, time, async () =>
    {
        var response = await _client.GetAsync(url);
        return response.Content.Length;
    });

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }
}

internal sealed class HttpxBlocking(string url) : Contender
{
    private readonly Client _client = new(new() { TrustEnv = false, Limits = new() { MaxConnections = null, MaxKeepaliveConnections = null } });

    public override Task<long> RunAsync(int concurrency, TimeUp time) =>
        ThreadsAsync(concurrency, time, () => () => _client.Get(url).Content.Length);

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }
}

internal sealed class HttpClientAsync(string url) : Contender
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });

    public override Task<long> RunAsync(int concurrency, TimeUp time) => LoopsAsync(concurrency, time, async () =>
    {
        using var response = await _client.GetAsync(url);
        return (await response.Content.ReadAsByteArrayAsync()).Length;
    });

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }
}

internal sealed class HttpClientBlocking(string url) : Contender
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });

    public override Task<long> RunAsync(int concurrency, TimeUp time) => ThreadsAsync(concurrency, time, () => () =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        using var response = _client.Send(request);
        using var body = response.Content.ReadAsStream();
        return (int)body.Length;
    });

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }
}

/// <summary>The floor: the same bytes on the wire with nothing around them.</summary>
internal abstract class Bare(string url) : Contender
{
    protected IPEndPoint EndPoint { get; } = IPEndPoint.Parse(new Uri(url).Authority);

    protected byte[] Request { get; } = System.Text.Encoding.ASCII.GetBytes(
        $"GET / HTTP/1.1\r\nHost: {new Uri(url).Authority}\r\nAccept: */*\r\nAccept-Encoding: gzip, deflate, br\r\n"
        + "Connection: keep-alive\r\nUser-Agent: bare-socket\r\n\r\n");

    /// <summary>The length of the body if the whole response is there, else 0.</summary>
    protected static int BodyOf(ReadOnlySpan<byte> response)
    {
        var end = response.IndexOf("\r\n\r\n"u8);
        return end >= 0 && response.Length - end - 4 >= BodyLength ? response.Length - end - 4 : 0;
    }

    protected Socket Connect()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(EndPoint);
        return socket;
    }
}

internal sealed class BareAsync(string url) : Bare(url)
{
    public override async Task<long> RunAsync(int concurrency, TimeUp time) =>
        (await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => LoopAsync(time)))).Sum();

    private async Task<long> LoopAsync(TimeUp time)
    {
        using var socket = Connect();
        var buffer = new byte[4096];
        return await LoopsAsync(1, time, async () =>
        {
            await socket.SendAsync(Request);
            int read = 0, body;
            do
            {
                read += await socket.ReceiveAsync(buffer.AsMemory(read));
                body = BodyOf(buffer.AsSpan(0, read));
            }
            while (body == 0);
            return body;
        });
    }
}

internal sealed class BareBlocking(string url) : Bare(url)
{
    public override Task<long> RunAsync(int concurrency, TimeUp time) => ThreadsAsync(concurrency, time, () =>
    {
        var socket = Connect();
        var buffer = new byte[4096];
        return () =>
        {
            socket.Send(Request);
            int read = 0, body;
            do
            {
                read += socket.Receive(buffer.AsSpan(read));
                body = BodyOf(buffer.AsSpan(0, read));
            }
            while (body == 0);
            return body;
        };
    });
}
