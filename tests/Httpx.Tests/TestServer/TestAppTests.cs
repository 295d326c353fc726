using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Httpx.Tests.Fixtures;
using Httpx.TestServer;

namespace Httpx.Tests.TestDoubles;

/// <summary>The test application answers as its endpoints promise: seen by the platform's own client, not by the one under test.</summary>
public sealed class TestAppTests(SharedApp shared) : IAsyncLifetime
{
    private readonly CookieContainer _cookies = new();
    private TestApp _app = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await shared.GetAsync();
        _client = new HttpClient(new SocketsHttpHandler
        {
            CookieContainer = _cookies,
            AutomaticDecompression = DecompressionMethods.All,
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, chain, _) => IsIssued(certificate!, chain!) },
        })
        {
            BaseAddress = new Uri(_app.Url),
        };
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return default;
    }

    [Fact]
    public async Task Echo_shows_method_query_headers_and_body()
    {
        using var content = new StringContent("""{"a":1}""", Encoding.UTF8, "application/json");
        content.Headers.Add("X-Custom", ["1", "2"]);

        var seen = await JsonAsync(await _client.PutAsync("/anything/x?a=1&a=2&b=", content));

        seen.GetProperty("method").GetString().ShouldBe("PUT");
        seen.GetProperty("url").GetString().ShouldBe(_app.Url + "/anything/x?a=1&a=2&b=");
        seen.GetProperty("args").GetRawText().ShouldContain("\"a\"");
        seen.GetProperty("args").GetProperty("a")[1].GetString().ShouldBe("2");
        seen.GetProperty("args").GetProperty("b").GetString().ShouldBe("");
        seen.GetProperty("headers").GetProperty("X-Custom").GetString().ShouldBe("1, 2");
        seen.GetProperty("data").GetString().ShouldBe("""{"a":1}""");
        seen.GetProperty("json").GetProperty("a").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Echo_takes_forms_apart()
    {
        using var form = new FormUrlEncodedContent([new("a", "1"), new("a", "2"), new("b", "x y")]);
        var seen = await JsonAsync(await _client.PostAsync("/post", form));
        seen.GetProperty("form").GetProperty("a").GetArrayLength().ShouldBe(2);
        seen.GetProperty("form").GetProperty("b").GetString().ShouldBe("x y");

        using var multipart = new MultipartFormDataContent
        {
            { new StringContent("v"), "field" },
            { new ByteArrayContent([0xFF, 0x00]) { Headers = { ContentType = new("image/png") } }, "file", "a.png" },
        };
        seen = await JsonAsync(await _client.PostAsync("/post", multipart));
        seen.GetProperty("form").GetProperty("field").GetString().ShouldBe("v");
        seen.GetProperty("files").GetProperty("file").GetString().ShouldBe("data:application/octet-stream;base64,/wA=");
        seen.GetProperty("file_list")[0].GetProperty("filename").GetString().ShouldBe("a.png");
        seen.GetProperty("file_list")[0].GetProperty("content_type").GetString().ShouldBe("image/png");
    }

    [Theory]
    [InlineData("/redirect/3")]
    [InlineData("/relative-redirect/3")]
    [InlineData("/absolute-redirect/3")]
    [InlineData("/redirect-to?url=%2Fget&status_code=308")]
    [InlineData("/status/302")]
    public async Task Redirects_lead_to_get(string path)
    {
        var response = await _client.GetAsync(path);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/get");
    }

    [Fact]
    public async Task Cookies_are_set_shown_and_deleted()
    {
        var seen = await JsonAsync(await _client.GetAsync("/cookies/set?a=1&b=two"));
        seen.GetProperty("cookies").GetProperty("a").GetString().ShouldBe("1");
        seen.GetProperty("cookies").GetProperty("b").GetString().ShouldBe("two");

        await _client.GetAsync("/cookies/set/c/3");
        seen = await JsonAsync(await _client.GetAsync("/cookies/delete?a"));
        seen.GetProperty("cookies").TryGetProperty("a", out _).ShouldBeFalse();
        seen.GetProperty("cookies").GetProperty("c").GetString().ShouldBe("3");
        _cookies.GetCookies(new Uri(_app.Url)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Basic_and_bearer_open_only_for_the_right_credentials()
    {
        (await AuthorizedAsync("/basic-auth/u/p", null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await AuthorizedAsync("/basic-auth/u/p", new("Basic", "dTpx"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await AuthorizedAsync("/basic-auth/u/p", new("Basic", "dTpw"))).ShouldBe(HttpStatusCode.OK);
        (await AuthorizedAsync("/bearer", null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await AuthorizedAsync("/bearer", new("Bearer", "t"))).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("auth", "MD5", "p", HttpStatusCode.OK)]
    [InlineData("auth", "MD5", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("auth", "MD5-sess", "p", HttpStatusCode.OK)]
    [InlineData("auth", "SHA-256", "p", HttpStatusCode.OK)]
    [InlineData("auth", "SHA-256-sess", "p", HttpStatusCode.OK)]
    [InlineData("auth,auth-int", "MD5", "p", HttpStatusCode.OK)]
    [InlineData("none", "MD5", "p", HttpStatusCode.OK)]
    [InlineData("none", "MD5", "wrong", HttpStatusCode.Unauthorized)]
    public async Task Digest_opens_only_for_the_right_credentials(string qop, string algorithm, string password, HttpStatusCode expected)
    {
        using var client = new HttpClient(new SocketsHttpHandler { Credentials = new NetworkCredential("u", password) });

        // Twice, because the second time the client counts on with the nonce that it knows.
        (await client.GetAsync($"{_app.Url}/digest-auth/{qop}/u/p/{algorithm}?a=1")).StatusCode.ShouldBe(expected);
        (await client.GetAsync($"{_app.Url}/digest-auth/{qop}/u/p/{algorithm}?a=1")).StatusCode.ShouldBe(expected);
    }

    [Theory]
    [InlineData("/gzip", "gzip")]
    [InlineData("/deflate", "deflate")]
    [InlineData("/brotli", "br")]
    public async Task Compressed_bodies_are_what_their_header_says(string path, string coding)
    {
        (await JsonAsync(await _client.GetAsync(path))).GetProperty("coding").GetString().ShouldBe(coding);

        using var plain = new HttpClient();
        var response = await plain.GetAsync(_app.Url + path);
        response.Content.Headers.ContentEncoding.ShouldBe([coding]);
    }

    [Fact]
    public async Task Bytes_come_by_length_or_in_chunks_and_are_the_same_for_the_same_seed()
    {
        var counted = await _client.GetAsync("/bytes/20000?seed=5");
        var chunked = await _client.GetAsync("/stream-bytes/20000?seed=5&chunk_size=10240");

        counted.Content.Headers.ContentLength.ShouldBe(20000);
        chunked.Headers.TransferEncodingChunked.ShouldBe(true);
        (await counted.Content.ReadAsByteArrayAsync()).ShouldBe(await chunked.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Lines_drops_pages_and_trailers_come_as_promised()
    {
        (await _client.GetStringAsync("/stream/3?x=1")).Split('\n').Length.ShouldBe(4);
        (await _client.GetStringAsync("/drip?numbytes=7")).ShouldBe("*******");
        (await _client.GetStringAsync("/plaintext")).ShouldBe("Hello, World!");
        (await _client.GetStringAsync("/encoding/utf8")).ShouldContain("\u4F60\u597D");
        (await _client.GetByteArrayAsync("/encoding/iso-8859-1")).ShouldBe([0xE9, 0x74, 0xE9, 0x0A]);
        (await _client.GetAsync("/links/2")).Headers.GetValues("Link").Single().ShouldContain("</links/3>; rel=\"next\"");
        (await _client.GetAsync("/status/418")).StatusCode.ShouldBe((HttpStatusCode)418);
        (await JsonAsync(await _client.GetAsync("/delay/0.01"))).GetProperty("delay").GetDouble().ShouldBe(0.01);
        (await JsonAsync(await _client.PostAsync("/count", new ByteArrayContent(new byte[100_000])))).GetProperty("bytes").GetInt64().ShouldBe(100_000);
    }

    [Fact]
    public async Task Etags_are_compared()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/etag/v1") { Headers = { IfNoneMatch = { new("\"v1\"") } } };
        (await _client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.NotModified);

        using var other = new HttpRequestMessage(HttpMethod.Get, "/etag/v1") { Headers = { IfMatch = { new("\"v2\"") } } };
        (await _client.SendAsync(other)).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
    }

    [Theory]
    [InlineData("/abort")]
    [InlineData("/abort-body")]
    public async Task Aborted_answers_are_errors(string path) =>
        await Should.ThrowAsync<HttpRequestException>(() => _client.GetAsync(path));

    [Fact]
    public async Task Unfinished_answers_end_with_the_server()
    {
        var app = await TestApp.StartAsync();
        using var response = await _client.GetAsync(app.Url + "/hang-body", HttpCompletionOption.ResponseHeadersRead);

        await app.DisposeAsync();

        await Should.ThrowAsync<Exception>(() => response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData(1, "HTTP/1.1")]
    [InlineData(2, "HTTP/2")]
    public async Task Tls_serves_both_versions(int version, string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _app.SecureUrl + "/get")
        {
            Version = new Version(version, version == 1 ? 1 : 0),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        var seen = await JsonAsync(await _client.SendAsync(request));

        seen.GetProperty("http_version").GetString().ShouldBe(name);
        seen.GetProperty("url").GetString().ShouldBe(_app.SecureUrl + "/get");
    }

    [Fact]
    public async Task Http2_in_clear_is_served_at_its_own_address()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _app.Http2Url + "/get")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        (await JsonAsync(await _client.SendAsync(request))).GetProperty("http_version").GetString().ShouldBe("HTTP/2");
    }

    [Fact]
    public async Task Http2_has_trailers()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _app.Http2Url + "/trailers")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        var response = await _client.SendAsync(request);

        (await response.Content.ReadAsStringAsync()).ShouldBe("with trailers");
        response.TrailingHeaders.GetValues("x-checksum").ShouldBe(["abc"]);
    }

    [Fact]
    public async Task Connections_are_counted()
    {
        await using var app = await TestApp.StartAsync();
        await _client.GetAsync(app.Url + "/get");
        await _client.GetAsync(app.Url + "/get");
        app.ConnectionCount.ShouldBe(1);

        using var another = new HttpClient();
        await another.GetAsync(app.Url + "/get");
        app.ConnectionCount.ShouldBe(2);
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    private async Task<HttpStatusCode> AuthorizedAsync(string path, AuthenticationHeaderValue? value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = value } };
        return (await _client.SendAsync(request)).StatusCode;
    }

    private bool IsIssued(X509Certificate certificate, X509Chain chain)
    {
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_app.Authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build((X509Certificate2)certificate);
    }
}
