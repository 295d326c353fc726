using System.Security.Cryptography.X509Certificates;
using Httpx.Tests.Fixtures;
using Httpx.TestServer;

namespace Httpx.Tests.Transports;

/// <summary>Connecting: names, addresses, TLS, and what goes wrong with each.</summary>
public sealed class HttpTransportConnectTests(HttpTransportConnectTests.Site site) : IClassFixture<HttpTransportConnectTests.Site>
{
    [Theory]
    [BothFaces]
    public async Task A_request_goes_over_TLS_to_a_server_that_is_trusted(Face face)
    {
        await using var caller = Caller(face, new HttpTransport(verify: Roots));
        for (var i = 0; i < 3; i++)
        {
            (await caller.GetAsync(site.App.SecureUrl + "/plaintext")).Text.ShouldBe("Hello, World!");
        }
    }

    [Theory]
    [BothFaces]
    public async Task A_TLS_connection_is_used_again(Face face)
    {
        using var certificates = new TestCertificates();
        await using var server = ScriptedServer.Start(async connection =>
        {
            await connection.StartTlsAsync(certificates.Server);
            while (await connection.TryReadRequestAsync() is not null)
            {
                await connection.RespondAsync("hello");
            }
        });
        using var transport = new HttpTransport(verify: new X509Certificate2Collection(certificates.Authority));
        await using var caller = Caller(face, transport);
        for (var i = 0; i < 5; i++)
        {
            (await caller.GetAsync(server.SecureUrl)).Text.ShouldBe("hello");
        }

        server.ConnectionCount.ShouldBe(1);
        server.Connections[0].ServerName.ShouldBe("localhost");
        transport.Counts.ShouldBe((1, 1, 0));
    }

    [Theory]
    [BothFaces]
    public async Task A_body_without_length_must_end_with_TLS_own_end(Face face)
    {
        using var certificates = new TestCertificates();
        await using var server = ScriptedServer.StartInTurn(
            async connection =>
            {
                await connection.StartTlsAsync(certificates.Server);
                await connection.ReadRequestAsync();
                await connection.SendAsync("HTTP/1.1 200 OK\r\n\r\nhello");
                await connection.HalfCloseAsync();
            },
            async connection =>
            {
                await connection.StartTlsAsync(certificates.Server);
                await connection.ReadRequestAsync();
                await connection.SendAsync("HTTP/1.1 200 OK\r\n\r\nhello");
            });
        await using var caller = Caller(face, new HttpTransport(verify: new X509Certificate2Collection(certificates.Authority)));
        (await caller.GetAsync(server.SecureUrl)).Text.ShouldBe("hello");
        (await Should.ThrowAsync<TransportException>(() => caller.GetAsync(server.SecureUrl))).Message.ShouldContain("localhost");
    }

    [Theory]
    [BothFaces]
    public async Task A_certificate_that_does_not_verify_is_a_failure_to_connect_that_says_why(Face face)
    {
        using var transport = new HttpTransport(trustEnv: false);
        await using var caller = Caller(face, transport);
        var failure = await Should.ThrowAsync<ConnectException>(() => caller.GetAsync(site.App.SecureUrl + "/get"));
        failure.HttpRequestError.ShouldBe(HttpRequestError.SecureConnectionError);
        failure.Message.ShouldContain(site.App.SecureUrl);
        failure.Message.ShouldContain("the certificate is refused");
        failure.Request!.Url.Path.ShouldBe("/get");
        transport.Counts.ShouldBe((0, 0, 0));
    }

    [Theory]
    [BothFaces]
    public async Task A_certificate_can_go_unverified_for_one_client_alone(Face face)
    {
        await using var careless = Caller(face, new HttpTransport(verify: false));
        (await careless.GetAsync(site.App.SecureUrl + "/plaintext")).StatusCode.ShouldBe(200);
        await using var careful = Caller(face, new HttpTransport(trustEnv: false));
        await Should.ThrowAsync<ConnectException>(() => careful.GetAsync(site.App.SecureUrl + "/plaintext"));
    }

    [Theory]
    [BothFaces]
    public async Task Nobody_listening_is_a_failure_to_connect(Face face)
    {
        var nobody = ScriptedServer.RefusingEndPoint();
        using var transport = new HttpTransport();
        await using var caller = Caller(face, transport);
        var failure = await Should.ThrowAsync<ConnectException>(() => caller.GetAsync($"http://{nobody}/secret?token=s3cret"));
        failure.HttpRequestError.ShouldBe(HttpRequestError.ConnectionError);
        failure.Message.ShouldBe($"Connecting to http://{nobody} failed: connection refused.");
        transport.Counts.ShouldBe((0, 0, 0));
    }

    [Theory]
    [BothFaces]
    public async Task A_failed_connection_is_tried_again_as_often_as_asked(Face face)
    {
        using var certificates = new TestCertificates();
        await using var server = ScriptedServer.StartInTurn(
            connection => connection.ReadBytesAsync(5), // and hangs up in the handshake
            async connection =>
            {
                await connection.StartTlsAsync(certificates.Server);
                await connection.ReadRequestAsync();
                await connection.RespondAsync("second");
            },
            connection => connection.ReadBytesAsync(5));
        var roots = new X509Certificate2Collection(certificates.Authority);
        await using var patient = Caller(face, new HttpTransport(verify: roots, retries: 1));
        (await patient.GetAsync(server.SecureUrl)).Text.ShouldBe("second");
        server.ConnectionCount.ShouldBe(2);
        await using var impatient = Caller(face, new HttpTransport(verify: roots));
        await Should.ThrowAsync<ConnectException>(() => impatient.GetAsync(server.SecureUrl));
        server.ConnectionCount.ShouldBe(3);
    }

    [Theory]
    [BothFaces]
    public async Task A_name_that_is_not_known_says_so(Face face)
    {
        using var transport = new HttpTransport();
        await using var caller = Caller(face, transport);
        var failure = await Should.ThrowAsync<ConnectException>(() => caller.GetAsync("http://no-such-host.invalid/", timeout: Timeouts.None));
        failure.HttpRequestError.ShouldBe(HttpRequestError.NameResolutionError);
        failure.Message.ShouldContain("'no-such-host.invalid'");
        transport.Counts.ShouldBe((0, 0, 0));
    }

    [Theory]
    [BothFaces]
    public async Task A_name_is_looked_up_and_each_of_its_addresses_tried(Face face)
    {
        await using var server = ScriptedServer.StartAnswering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using var caller = Caller(face, new HttpTransport());
        (await caller.GetAsync($"http://localhost:{server.Port}/")).StatusCode.ShouldBe(200);
        server.Requests[0]["host"].ShouldBe($"localhost:{server.Port}");
    }

    [Theory]
    [BothFaces]
    public async Task Plain_http_where_TLS_is_expected_is_told_apart(Face face)
    {
        await using var server = ScriptedServer.Start(async connection =>
        {
            await connection.ReadBytesAsync(5);
            await connection.SendAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        });
        await using var caller = Caller(face, new HttpTransport());
        var failure = await Should.ThrowAsync<ConnectException>(() => caller.GetAsync(server.SecureUrl));
        failure.HttpRequestError.ShouldBe(HttpRequestError.SecureConnectionError);
        failure.Message.ShouldContain(server.SecureUrl);
    }

    [Theory]
    [BothFaces]
    public async Task A_handshake_that_the_peer_ends_is_a_failure_to_connect(Face face)
    {
        await using var server = ScriptedServer.Start(connection => connection.ReadBytesAsync(5));
        await using var caller = Caller(face, new HttpTransport());
        var failure = await Should.ThrowAsync<ConnectException>(() => caller.GetAsync(server.SecureUrl));
        failure.HttpRequestError.ShouldBe(HttpRequestError.SecureConnectionError);
    }

    [Theory]
    [BothFaces]
    public async Task A_client_certificate_is_shown_to_a_server_that_asks(Face face)
    {
        using var certificates = new TestCertificates();
        await using var server = ScriptedServer.Start(async connection =>
        {
            connection.AsksForCertificate = true;
            await connection.StartTlsAsync(certificates.Server);
            await connection.ReadRequestAsync();
            await connection.RespondAsync();
        });
        var roots = new X509Certificate2Collection(certificates.Authority);
        await using var known = Caller(face, new HttpTransport(verify: roots, cert: certificates.Client));
        (await known.GetAsync(server.SecureUrl)).StatusCode.ShouldBe(200);
        server.Connections[0].ClientCertificate!.GetCertHashString().ShouldBe(certificates.Client.GetCertHashString());
        await using var unknown = Caller(face, new HttpTransport(verify: roots));
        (await unknown.GetAsync(server.SecureUrl)).StatusCode.ShouldBe(200);
        server.Connections[1].ClientCertificate.ShouldBeNull();
    }

    private X509Certificate2Collection Roots => [site.App.Authority];

    private static Caller Caller(Face face, HttpTransport transport) => new(face, new ClientOptions { Transport = transport, TrustEnv = false });

    public sealed class Site : IAsyncLifetime
    {
        public TestApp App { get; private set; } = null!;

        public async ValueTask InitializeAsync() => App = await TestApp.StartAsync();

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
