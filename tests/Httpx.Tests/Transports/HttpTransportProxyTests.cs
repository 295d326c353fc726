using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Httpx.Tests.Fixtures;
using Httpx.TestServer;

namespace Httpx.Tests.Transports;

/// <summary>Requests through proxies that do what their scripts say.</summary>
public sealed class HttpTransportProxyTests
{
    private const string Hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

    [Theory]
    [BothFaces]
    public async Task A_request_for_http_is_forwarded_with_its_whole_url_and_the_proxys_headers(Face face)
    {
        await using var proxy = ScriptedServer.StartAnswering(Hello);
        await using var caller = Caller(face, new HttpTransport(proxy: new Proxy($"http://me:pw@{proxy.EndPoint}", headers: [("X-Proxy", "1")])));
        (await caller.GetAsync("http://h.test/a?b#c")).Text.ShouldBe("hello");
        (await caller.GetAsync("http://h.test:81/", headers: [("Proxy-Authorization", "Own x")])).Text.ShouldBe("hello");
        var (first, second) = (proxy.Requests[0], proxy.Requests[1]);
        first.Target.ShouldBe("http://h.test/a?b");
        first["host"].ShouldBe("h.test");
        first["proxy-authorization"].ShouldBe("Basic " + Convert.ToBase64String("me:pw"u8));
        first["x-proxy"].ShouldBe("1");
        second.Target.ShouldBe("http://h.test:81/");
        second["proxy-authorization"].ShouldBe("Own x");
    }

    [Theory]
    [BothFaces(false)]
    [BothFaces(true)]
    public async Task A_request_for_https_goes_through_a_tunnel_that_alone_gets_the_proxys_headers(Face face, bool secureProxy)
    {
        using var certificates = new TestCertificates();
        await using var proxy = ScriptedServer.Start(async connection =>
        {
            if (secureProxy)
            {
                await connection.StartTlsAsync(certificates.Server);
            }

            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 Connection established\r\nContent-Length: 5\r\n\r\n");
            await connection.StartTlsAsync(certificates.Server);
            while (await connection.TryReadRequestAsync() is not null)
            {
                await connection.SendAsync(Hello);
            }
        });
        var url = (secureProxy ? $"https://me:pw@localhost:{proxy.Port}" : $"http://me:pw@{proxy.EndPoint}");
        using var transport = new HttpTransport(verify: new X509Certificate2Collection(certificates.Authority), proxy: url);
        await using var caller = Caller(face, transport);
        (await caller.GetAsync("https://localhost:1234/x")).Text.ShouldBe("hello");
        (await caller.GetAsync("https://localhost:1234/x")).Text.ShouldBe("hello");
        var (connect, inner) = (proxy.Requests[0], proxy.Requests[1]);
        (connect.Method, connect.Target, connect["host"]).ShouldBe(("CONNECT", "localhost:1234", "localhost:1234"));
        connect["proxy-authorization"].ShouldBe("Basic " + Convert.ToBase64String("me:pw"u8));
        (inner.Method, inner.Target).ShouldBe(("GET", "/x"));
        inner["proxy-authorization"].ShouldBeNull();
        proxy.Requests.Count.ShouldBe(3);
        proxy.ConnectionCount.ShouldBe(1);
    }

    [Theory]
    [BothFaces("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 1000000\r\n\r\nabc", "407 Proxy Authentication Required")]
    [BothFaces("HTTP/1.1 301 Moved Permanently\r\nLocation: http://evil\r\n\r\n", "301")]
    [BothFaces("SSH-2.0-x\r\n\r\n", "does not answer as a proxy")]
    [BothFaces("", "closed the connection")]
    [BothFaces("HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", "before anything was sent")]
    public async Task A_tunnel_that_is_refused_is_a_ProxyException(Face face, string answer, string reason)
    {
        await using var proxy = ScriptedServer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync(answer);
        });
        using var transport = new HttpTransport(proxy: $"http://me:s3cret@{proxy.EndPoint}");
        await using var caller = Caller(face, transport);
        var failure = await Should.ThrowAsync<ProxyException>(() => caller.GetAsync("https://h.test/"));
        failure.Message.ShouldContain(reason);
        failure.Message.ShouldContain($"http://{proxy.EndPoint}");
        failure.ToString().ShouldNotContain("s3cret");
        failure.StatusCode.ShouldBe(answer.Contains(" 407 ", StringComparison.Ordinal) ? HttpStatusCode.ProxyAuthenticationRequired
            : answer.Contains(" 301 ", StringComparison.Ordinal) ? HttpStatusCode.MovedPermanently : null);
        failure.Request!.Url.Host.ShouldBe("h.test");
        transport.Counts.ShouldBe((0, 0, 0));
    }

    [Theory]
    [BothFaces]
    public async Task A_407_for_a_forwarded_request_is_a_response_like_any_other(Face face)
    {
        await using var proxy = ScriptedServer.StartAnswering("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
        await using var caller = Caller(face, new HttpTransport(proxy: $"http://{proxy.EndPoint}"));
        (await caller.GetAsync("http://h.test/")).StatusCode.ShouldBe(407);
    }

    [Theory]
    [BothFaces]
    public async Task A_silent_proxy_is_a_matter_of_connecting(Face face)
    {
        await using var proxy = ScriptedServer.Start(connection => connection.StallAsync());
        using var transport = new HttpTransport(proxy: $"http://{proxy.EndPoint}");
        await using var caller = Caller(face, transport);
        await Should.ThrowAsync<ConnectTimeoutException>(() => caller.GetAsync("https://h.test/", timeout: Timeouts.None with { Connect = TimeSpan.FromMilliseconds(100) }));
        transport.Counts.ShouldBe((0, 0, 0));
    }

    [Theory]
    [BothFaces(false)]
    [BothFaces(true)]
    public async Task A_SOCKS_proxy_is_given_the_name_and_then_carries_the_exchange(Face face, bool secure)
    {
        using var certificates = new TestCertificates();
        await using var proxy = ScriptedServer.Start(async connection =>
        {
            (await connection.ReadBytesAsync(4)).ShouldBe([5, 2, 0, 2]);
            await connection.SendAsync(new byte[] { 5, 2 });
            (await connection.ReadBytesAsync(7)).ShouldBe([1, 2, .. "me"u8, 2, .. "pw"u8]);
            await connection.SendAsync(new byte[] { 1, 0 });
            var target = await connection.ReadBytesAsync(4 + 1 + 9 + 2);
            Encoding.ASCII.GetString(target, 5, 9).ShouldBe("localhost");
            await connection.SendAsync(new byte[] { 5, 0, 0, 1, 0, 0, 0, 0, 0, 0 });
            if (secure)
            {
                await connection.StartTlsAsync(certificates.Server);
            }

            while (await connection.TryReadRequestAsync() is not null)
            {
                await connection.SendAsync(Hello);
            }
        });
        using var transport = new HttpTransport(
            verify: new X509Certificate2Collection(certificates.Authority), proxy: $"socks5://me:pw@{proxy.EndPoint}");
        await using var caller = Caller(face, transport);
        for (var i = 0; i < 2; i++)
        {
            (await caller.GetAsync(secure ? "https://localhost:1234/x" : "http://localhost:1234/x")).Text.ShouldBe("hello");
        }

        proxy.Requests[0].Target.ShouldBe("/x");
        proxy.ConnectionCount.ShouldBe(1);
    }

    [Theory]
    [BothFaces]
    public async Task A_client_sends_each_url_through_the_proxy_of_its_pattern(Face face)
    {
        await using var proxy = ScriptedServer.StartAnswering(Hello);
        await using var origin = ScriptedServer.StartAnswering("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\ndirect");
        Proxies proxies = new() { ["http://"] = $"http://{proxy.EndPoint}", ["all://127.0.0.1"] = null };
        await using var caller = new Caller(face, new ClientOptions { Proxies = proxies, TrustEnv = false });
        (await caller.GetAsync("http://h.test/")).Text.ShouldBe("hello");
        (await caller.GetAsync(origin.Url)).Text.ShouldBe("direct");
    }

    private static Caller Caller(Face face, HttpTransport transport) => new(face, new ClientOptions { Transport = transport, TrustEnv = false });
}
