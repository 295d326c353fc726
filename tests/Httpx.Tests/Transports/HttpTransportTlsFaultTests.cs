using System.Security.Cryptography.X509Certificates;
using Httpx.Tests.Fixtures;
using Httpx.TestServer;

namespace Httpx.Tests.Transports;

/// <summary>Faults below TLS come out as they would without it: TLS passes everything on in exceptions of its own.</summary>
public sealed class HttpTransportTlsFaultTests : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);

    private readonly TestCertificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Theory]
    [BothFaces("")]
    [BothFaces("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")]
    public async Task A_silent_peer_ends_the_read(Face face, string beginning)
    {
        await using var server = Answering(async connection =>
        {
            await connection.SendAsync(beginning);
            await connection.StallAsync();
        });
        using var transport = Transport();
        await using var caller = Caller(face, transport);
        var failure = await Should.ThrowAsync<ReadTimeoutException>(
            () => caller.GetAsync(server.SecureUrl, timeout: Timeouts.None with { Read = Short }));
        failure.Message.ShouldContain("Timeouts.Read");
        transport.Counts.ShouldBe((0, 0, 0));
    }

    [Theory]
    [BothFaces]
    public async Task A_peer_that_takes_nothing_ends_the_write(Face face)
    {
        await using var server = ScriptedServer.Start(async connection =>
        {
            await connection.StartTlsAsync(_certificates.Server);
            await connection.ReadHeadAsync();
            await connection.StallAsync();
        });
        using var transport = Transport();
        await using var caller = Caller(face, transport);
        var failure = await Should.ThrowAsync<WriteTimeoutException>(() => caller.RequestAsync(
            "POST", server.SecureUrl, content: RequestContent.From(Enumerable.Repeat(new byte[100_000], 1000)), timeout: Timeouts.None with { Write = Short }));
        failure.Message.ShouldContain("Timeouts.Write");
        transport.Counts.ShouldBe((0, 0, 0));
    }

    [Theory]
    [BothFaces]
    public async Task A_reset_in_the_body_is_a_failure_to_read(Face face)
    {
        var goOn = new TaskCompletionSource();
        await using var server = Answering(async connection =>
        {
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
            await connection.UntilAsync(goOn.Task);
            connection.Reset();
        });
        using var transport = Transport();
        await using var caller = Caller(face, transport);
        var response = await caller.StreamAsync("GET", server.SecureUrl);
        goOn.SetResult();
        (await Should.ThrowAsync<ReadException>(() => caller.ReadAsync(response))).Message.ShouldContain(server.SecureUrl);
        transport.Counts.ShouldBe((0, 0, 0));
    }

    [Theory]
    [BothFaces]
    public async Task A_cancellation_in_the_body_has_the_callers_token(Face face)
    {
        await using var server = Answering(async connection =>
        {
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
            await connection.StallAsync();
        });
        using var transport = Transport();
        await using var caller = Caller(face, transport);
        using var cancellation = new CancellationTokenSource();
        var response = await caller.StreamAsync("GET", server.SecureUrl);
        var reading = caller.ReadAsync(response, cancellation.Token);
        await cancellation.CancelAsync();
        (await Should.ThrowAsync<OperationCanceledException>(() => reading)).CancellationToken.ShouldBe(cancellation.Token);
        transport.Counts.ShouldBe((0, 0, 0));
    }

    // Nothing else would end the wait: no limit is set.
    [Theory]
    [BothFaces]
    public async Task A_transport_that_is_closed_ends_the_connecting_that_is_under_way(Face face)
    {
        await using var server = ScriptedServer.Start(connection => connection.StallAsync());
        using var transport = Transport();
        await using var caller = Caller(face, transport);
        var sending = caller.GetAsync(server.SecureUrl, timeout: Timeouts.None);
        await server.WaitForConnectionsAsync(1);
        transport.Dispose();
        await Should.ThrowAsync<ObjectDisposedException>(() => sending.WaitAsync(ScriptedNetwork.Patience));
    }

    private HttpTransport Transport() => new(verify: new X509Certificate2Collection(_certificates.Authority));

    private ScriptedServer Answering(Script script) => ScriptedServer.Start(async connection =>
    {
        await connection.StartTlsAsync(_certificates.Server);
        await connection.ReadRequestAsync();
        await script(connection);
    });

    private static Caller Caller(Face face, HttpTransport transport) => new(face, new ClientOptions { Transport = transport });
}
