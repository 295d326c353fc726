using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Httpx.TestServer;

namespace Httpx.Tests.TestDoubles;

/// <summary>The scripted server does what its script says, and says so where the client does not.</summary>
public sealed class ScriptedServerTests : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });

    [Fact]
    public async Task A_request_is_captured_byte_for_byte()
    {
        await using var server = ScriptedServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.RespondAsync("hello", headers: "X-A: 1");
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Url + "/p?q=1") { Content = new ByteArrayContent([1, 2, 3]) };
        request.Headers.Add("x-Odd-CASE", "v");

        var response = await _client.SendAsync(request);

        (await response.Content.ReadAsStringAsync()).ShouldBe("hello");
        response.Headers.GetValues("X-A").ShouldBe(["1"]);
        var received = server.Requests.ShouldHaveSingleItem();
        (received.Method, received.Target, received.Version).ShouldBe(("POST", "/p?q=1", "HTTP/1.1"));
        received.Headers.ShouldContain(("x-Odd-CASE", "v"));
        received["HOST"].ShouldBe(server.EndPoint.ToString());
        received["absent"].ShouldBeNull();
        received.Body.ShouldBe([1, 2, 3]);
        server.Connections[0].Received.ShouldBe(received.Head + "\r\n\r\n\u0001\u0002\u0003");
    }

    [Fact]
    public async Task Chunks_are_joined_and_their_sizes_kept()
    {
        await using var server = ScriptedServer.StartAnswering("HTTP/1.1 204 No Content\r\n\r\n");
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.EndPoint);

        await socket.SendAsync("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nT: v\r\n\r\n"u8.ToArray());
        await socket.ReceiveAsync(new byte[100]);

        var received = server.Requests.ShouldHaveSingleItem();
        received.Text.ShouldBe("abc0123456789");
        received.Chunks.ShouldBe([3, 10]);
        received.Trailers.ShouldBe([("T", "v")]);
    }

    [Fact]
    public async Task Each_connection_has_its_own_script_and_one_too_many_fails()
    {
        var server = ScriptedServer.StartInTurn(
            async connection =>
            {
                await connection.ReadRequestAsync();
                await connection.RespondAsync("first", headers: "Connection: close");
            },
            async connection =>
            {
                await connection.ReadRequestAsync();
                await connection.SendByteByByteAsync("HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nsecond");
            });

        (await _client.GetStringAsync(server.Url)).ShouldBe("first");
        (await _client.GetStringAsync(server.Url)).ShouldBe("second");
        await Should.ThrowAsync<HttpRequestException>(() => _client.GetStringAsync(server.Url));

        server.ConnectionCount.ShouldBeGreaterThanOrEqualTo(3);
        var failure = await Should.ThrowAsync<ScriptException>(async () => await server.DisposeAsync());
        failure.Message.ShouldContain("Connection 2 came");
    }

    [Fact]
    public async Task A_reset_is_a_reset_and_a_close_is_an_end()
    {
        await using var server = ScriptedServer.StartInTurn(
            async connection =>
            {
                await connection.ReadBytesAsync(1);
                connection.Reset();
            },
            async connection =>
            {
                await connection.ReadBytesAsync(1);
                connection.Close();
            },
            async connection =>
            {
                await connection.HalfCloseAsync();
                (await connection.ReadToEndAsync()).ShouldBe("xyz"u8.ToArray());
            });

        using var reset = await ConnectedAsync(server);
        await reset.SendAsync("x"u8.ToArray());
        (await Should.ThrowAsync<SocketException>(async () => await reset.ReceiveAsync(new byte[1])))
            .SocketErrorCode.ShouldBe(SocketError.ConnectionReset);

        using var closed = await ConnectedAsync(server);
        await closed.SendAsync("xyz"u8.ToArray());
        (await closed.ReceiveAsync(new byte[1])).ShouldBe(0);

        using var half = await ConnectedAsync(server);
        (await half.ReceiveAsync(new byte[1])).ShouldBe(0);
        await half.SendAsync("xyz"u8.ToArray());
        half.Shutdown(SocketShutdown.Send);
        await server.WaitForScriptsAsync();
    }

    [Fact]
    public async Task A_script_waits_until_it_is_told_to_go_on()
    {
        var signal = new TaskCompletionSource();
        await using var server = ScriptedServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.UntilAsync(signal.Task);
            await connection.RespondAsync();
        });

        var response = _client.GetAsync(server.Url);
        await server.WaitForConnectionsAsync(1);
        response.IsCompleted.ShouldBeFalse();
        signal.SetResult();

        (await response).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Tls_starts_when_the_script_says_so()
    {
        using var certificates = new TestCertificates();
        await using var server = ScriptedServer.Start(async connection =>
        {
            await connection.StartTlsAsync(certificates.Server, "http/1.1");
            await connection.ReadRequestAsync();
            await connection.RespondAsync(connection.Protocol + " for " + connection.ServerName);
        });
        using var socket = await ConnectedAsync(server);
        await using var tls = new SslStream(new NetworkStream(socket));
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ApplicationProtocols = [SslApplicationProtocol.Http11],
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.Issuer == certificates.Authority.Subject,
        });

        await tls.WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());

        using var reader = new StreamReader(tls);
        (await reader.ReadToEndAsync()).ShouldEndWith("\r\n\r\nhttp/1.1 for localhost");
    }

    [Fact]
    public async Task A_failure_of_the_script_fails_the_test()
    {
        var server = ScriptedServer.Start(async connection => (await connection.ReadRequestAsync()).Method.ShouldBe("PUT"));

        await Should.ThrowAsync<HttpRequestException>(() => _client.GetAsync(server.Url));

        await Should.ThrowAsync<ScriptException>(async () => await server.DisposeAsync());
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_stalled_script_ends_with_the_server()
    {
        var server = ScriptedServer.Start(connection => connection.StallAsync());
        using var socket = await ConnectedAsync(server);

        await server.DisposeAsync();

        (await socket.ReceiveAsync(new byte[1])).ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_listens_at_the_refusing_address()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        (await Should.ThrowAsync<SocketException>(async () => await socket.ConnectAsync(ScriptedServer.RefusingEndPoint())))
            .SocketErrorCode.ShouldBe(SocketError.ConnectionRefused);
    }

    public void Dispose() => _client.Dispose();

    private static async Task<Socket> ConnectedAsync(ScriptedServer server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.EndPoint);
        return socket;
    }
}
