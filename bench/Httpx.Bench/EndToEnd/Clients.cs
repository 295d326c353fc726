namespace Httpx.Bench.EndToEnd;

internal sealed class HttpxAsync(string url) : AsyncContender
{
    private readonly AsyncClient _client = new(new() { TrustEnv = false, Limits = new() { MaxConnections = null, MaxKeepaliveConnections = null } });

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    protected override async Task<long> LoopAsync(TimeUp time)
    {
        long count = 0;
        for (; !time.IsUp; count++)
        {
            var response = await _client.GetAsync(url);
            Check(response.Content.Length);
        }

        return count;
    }
}

internal sealed class HttpxBlocking(string url) : BlockingContender
{
    private readonly Client _client = new(new() { TrustEnv = false, Limits = new() { MaxConnections = null, MaxKeepaliveConnections = null } });

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    protected override long Loop(TimeUp time)
    {
        long count = 0;
        for (; !time.IsUp; count++)
        {
            var response = _client.Get(url);
            Check(response.Content.Length);
        }

        return count;
    }
}

internal sealed class HttpClientAsync(string url) : AsyncContender
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    protected override async Task<long> LoopAsync(TimeUp time)
    {
        long count = 0;
        for (; !time.IsUp; count++)
        {
            using var response = await _client.GetAsync(url);
            Check((await response.Content.ReadAsByteArrayAsync()).Length);
        }

        return count;
    }
}

internal sealed class HttpClientBlocking(string url) : BlockingContender
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    protected override long Loop(TimeUp time)
    {
        long count = 0;
        for (; !time.IsUp; count++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            using var response = _client.Send(request);
            using var body = response.Content.ReadAsStream();
            Check((int)body.Length);
        }

        return count;
    }
}
