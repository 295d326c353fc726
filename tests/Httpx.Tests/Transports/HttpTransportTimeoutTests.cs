using Httpx.Tests.Fixtures;
using Httpx.TestServer;

namespace Httpx.Tests.Transports;

/// <summary>Every wait has its limit and its own exception, and gives back what it held.</summary>
public sealed class HttpTransportTimeoutTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);

    [Theory]
    [BothFaces("")]
    [BothFaces("HTTP/1.1 200 OK\r\nContent-")]
    public async Task A_silent_peer_ends_the_wait_for_a_head(Face face, string beginning)
    {
        await using var server = Silent(beginning);
        using var transport = new HttpTransport();
        await using var caller = Caller(face, transport);
        var failure = await Should.ThrowAsync<ReadTimeoutException>(() => caller.GetAsync(server.Url, timeout: Timeouts.None with { Read = Short }));
        failure.Message.ShouldContain(server.Url);
        failure.Message.ShouldContain("0.1 s");
        failure.Message.ShouldContain("Timeouts.Read");
        failure.InnerException.ShouldBeOfType<TimeoutException>();
        failure.Request!.Method.ShouldBe("GET");
        transport.Counts.ShouldBe((0, 0, 0));
    }

    [Theory]
    [BothFaces]
    public async Task A_peer_that_falls_silent_in_the_body_ends_the_read(Face face)
    {
        await using var server = Silent("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        using var transport = new HttpTransport();
        await using var caller = Caller(face, transport);
        await Should.ThrowAsync<ReadTimeoutException>(() => caller.GetAsync(server.Url, timeout: Timeouts.None with { Read = Short }));
        var response = await caller.StreamAsync("GET", server.Url, timeout: Timeouts.None with { Read = Short });
        await Should.ThrowAsync<ReadTimeoutException>(() => caller.ReadAsync(response));
        response.IsClosed.ShouldBeTrue();
        transport.Counts.ShouldBe((0, 0, 0));
    }

    [Theory]
    [BothFaces]
    public async Task A_peer_that_takes_nothing_ends_the_write(Face face)
    {
        await using var server = ScriptedServer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.StallAsync();
        });
        using var transport = new HttpTransport();
        await using var caller = Caller(face, transport);
        var failure = await Should.ThrowAsync<WriteTimeoutException>(() => caller.RequestAsync(
            "POST", server.Url, content: RequestContent.From(Enumerable.Repeat(new byte[100_000], 1000)), timeout: Timeouts.None with { Write = Short }));
        failure.Message.ShouldContain("Timeouts.Write");
        transport.Counts.ShouldBe((0, 0, 0));
    }

    [Theory]
    [BothFaces]
    public async Task A_handshake_that_never_answers_is_a_matter_of_connecting(Face face)
    {
        await using var server = ScriptedServer.Start(connection => connection.StallAsync());
        using var transport = new HttpTransport();
        await using var caller = Caller(face, transport);
        var failure = await Should.ThrowAsync<ConnectTimeoutException>(
            () => caller.GetAsync(server.SecureUrl, timeout: Timeouts.None with { Connect = Short }));
        failure.Message.ShouldContain(server.SecureUrl);
        failure.Message.ShouldContain("Timeouts.Connect");
        transport.Counts.ShouldBe((0, 0, 0));
    }

    [Theory]
    [BothFaces]
    public async Task Where_all_connections_are_in_use_the_wait_for_one_ends(Face face)
    {
        var goOn = new TaskCompletionSource();
        await using var server = ScriptedServer.Start(async connection =>
        {
            while (await connection.TryReadRequestAsync() is not null)
            {
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
                await connection.UntilAsync(goOn.Task);
                await connection.SendAsync("hello");
            }
        });
        using var transport = new HttpTransport(limits: new Limits { MaxConnections = 1 });
        await using var caller = Caller(face, transport);
        var held = await caller.StreamAsync("GET", server.Url);
        var failure = await Should.ThrowAsync<PoolTimeoutException>(() => caller.GetAsync(server.Url, timeout: Timeouts.None with { Pool = Short }));
        failure.Message.ShouldContain("Timeouts.Pool");
        failure.Message.ShouldContain("all 1 ");
        transport.Counts.ShouldBe((1, 0, 0));
        var waiting = caller.GetAsync(server.Url, timeout: Timeouts.None);
        goOn.SetResult();
        await caller.ReadAsync(held);
        (await waiting).Text.ShouldBe("hello");
        transport.Counts.ShouldBe((1, 1, 0));
    }

    [Theory]
    [BothFaces]
    public async Task An_idle_connection_of_another_origin_makes_room(Face face)
    {
        await using var one = ScriptedServer.StartAnswering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using var other = ScriptedServer.StartAnswering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        using var transport = new HttpTransport(limits: new Limits { MaxConnections = 1 });
        await using var caller = Caller(face, transport);
        for (var i = 0; i < 3; i++)
        {
            await caller.GetAsync(one.Url);
            await caller.GetAsync(other.Url);
            transport.Counts.ShouldBe((1, 1, 0));
        }

        one.ConnectionCount.ShouldBe(3);
    }

    [Theory]
    [BothFaces]
    public async Task A_body_that_trickles_within_the_limit_is_read_to_its_end(Face face)
    {
        await using var server = ScriptedServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendByteByByteAsync("HTTP/1.1 200 OK\r\nContent-Length: 26\r\n\r\nabcdefghijklmnopqrstuvwxyz");
        });
        await using var caller = Caller(face, new HttpTransport());
        (await caller.GetAsync(server.Url, timeout: Timeouts.None with { Read = TimeSpan.FromSeconds(10) })).Text.Length.ShouldBe(26);
    }

    [Theory]
    [BothFaces]
    public async Task A_callers_cancellation_is_no_time_out_and_frees_everything(Face face)
    {
        await using var server = Silent("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        using var transport = new HttpTransport(limits: new Limits { MaxConnections = 1 });
        await using var caller = Caller(face, transport);
        using var inBody = new CancellationTokenSource();
        var response = await caller.StreamAsync("GET", server.Url, cancellationToken: inBody.Token);
        using var inPool = new CancellationTokenSource();
        var waiting = caller.GetAsync(server.Url, timeout: Timeouts.None, cancellationToken: inPool.Token);
        while (transport.Counts.Waiting == 0)
        {
            await Task.Yield();
        }

        await inPool.CancelAsync();
        (await Should.ThrowAsync<OperationCanceledException>(() => waiting)).CancellationToken.ShouldBe(inPool.Token);
        transport.Counts.ShouldBe((1, 0, 0));
        var reading = caller.ReadAsync(response, inBody.Token);
        await inBody.CancelAsync();
        (await Should.ThrowAsync<OperationCanceledException>(() => reading)).CancellationToken.ShouldBe(inBody.Token);
        transport.Counts.ShouldBe((0, 0, 0));
    }

    [Theory]
    [BothFaces(false)]
    [BothFaces(true)]
    public async Task A_cancellation_ends_the_wait_for_a_head_and_a_handshake(Face face, bool secure)
    {
        await using var server = ScriptedServer.Start(connection => connection.StallAsync());
        using var transport = new HttpTransport();
        await using var caller = Caller(face, transport);
        using var cancel = new CancellationTokenSource();
        var pending = caller.GetAsync(secure ? server.SecureUrl : server.Url, timeout: Timeouts.None, cancellationToken: cancel.Token);
        await server.WaitForConnectionsAsync(1);
        await cancel.CancelAsync();
        (await Should.ThrowAsync<OperationCanceledException>(() => pending)).CancellationToken.ShouldBe(cancel.Token);
        transport.Counts.ShouldBe((0, 0, 0));
        await Should.ThrowAsync<OperationCanceledException>(() => caller.GetAsync(server.Url, cancellationToken: cancel.Token));
    }

    private static ScriptedServer Silent(string beginning) => ScriptedServer.Start(async connection =>
    {
        await connection.ReadRequestAsync();
        await connection.SendAsync(beginning);
        await connection.StallAsync();
    });

    private static Caller Caller(Face face, HttpTransport transport) => new(face, new ClientOptions { Transport = transport, TrustEnv = false });
}
