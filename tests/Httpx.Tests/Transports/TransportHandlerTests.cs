using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Httpx.Tests.Fixtures;
using Httpx.TestServer;

namespace Httpx.Tests.Transports;

/// <summary>Transports in the place of handlers: HttpClient over <see cref="Transport.AsHandler"/>.</summary>
public sealed class TransportHandlerTests(SharedApp shared)
{
    private const string Url = "http://h.example/";

    [Theory]
    [BothFaces]
    public async Task HttpClient_gets_and_posts_over_the_network(Face face)
    {
        var app = await shared.GetAsync();
        using var client = new HttpClient(new HttpTransport(trustEnv: false).AsHandler());
        var response = await SendAsync(face, client, new(HttpMethod.Get, app.Url + "/plaintext"));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.ReasonPhrase.ShouldBe("OK");
        response.Version.ShouldBe(HttpVersion.Version11);
        response.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/plaintext");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        response.Content.Headers.ContentLength.ShouldBe(13);
        (await response.Content.ReadAsStringAsync()).ShouldBe("Hello, World!");

        var message = new HttpRequestMessage(HttpMethod.Post, app.Url + "/post?a=%26")
        {
            Content = new FormUrlEncodedContent([new("x", "1 2")]),
            Headers = { { "X-Own", ["1", "2"] } },
        };
        message.Headers.UserAgent.ParseAdd("tests/1 (some) more/2");
        var posted = JsonDocument.Parse(await (await SendAsync(face, client, message)).Content.ReadAsStringAsync()).RootElement;
        posted.GetProperty("form").GetProperty("x").GetString().ShouldBe("1 2");
        posted.GetProperty("url").GetString()!.ShouldEndWith("?a=%26");
        posted.GetProperty("headers").GetProperty("X-Own").GetString().ShouldBe("1, 2");
        posted.GetProperty("headers").GetProperty("User-Agent").GetString().ShouldBe("tests/1 (some) more/2");
        posted.GetProperty("headers").GetProperty("Content-Length").GetString().ShouldBe("5");
    }

    [Theory]
    [BothFaces]
    public async Task Contents_of_every_kind_are_sent_whole(Face face)
    {
        var app = await shared.GetAsync();
        using var client = new HttpClient(new HttpTransport(trustEnv: false).AsHandler());
        var bytes = new byte[200_000];
        new Random(3).NextBytes(bytes);
        var part = new MemoryStream(bytes) { Position = 50_000 };
        (await CountAsync(new ByteArrayContent(bytes, 10, 1000))).ShouldBe((1000, 1000, ""));
        (await CountAsync(new System.Net.Http.StreamContent(part))).ShouldBe((150_000, 150_000, ""));
        (await CountAsync(new System.Net.Http.StreamContent(new OneShotStream()))).ShouldBe((3, null, "chunked"));
        (await CountAsync(System.Net.Http.Json.JsonContent.Create("abc"), chunked: true)).ShouldBe((5, null, "chunked"));
        (await CountAsync(new StringContent("abc"), chunked: true)).ShouldBe((3, null, "chunked"));
        (await CountAsync(new System.Net.Http.MultipartFormDataContent { { new StringContent("v"), "n" } })).Coding.ShouldBe("");
        (await CountAsync(null)).ShouldBe((0, 0, ""));

        async Task<(long Bytes, long? Length, string Coding)> CountAsync(HttpContent? content, bool chunked = false)
        {
            var message = new HttpRequestMessage(HttpMethod.Post, app.Url + "/count") { Content = content };
            message.Headers.TransferEncodingChunked = chunked ? true : null;
            var counted = JsonDocument.Parse(await (await SendAsync(face, client, message)).Content.ReadAsStringAsync()).RootElement;
            var length = counted.GetProperty("content_length");
            return (counted.GetProperty("bytes").GetInt64(), length.ValueKind == JsonValueKind.Null ? null : length.GetInt64(),
                counted.GetProperty("transfer_encoding").GetString()!);
        }
    }

    [Theory]
    [BothFaces]
    public async Task A_body_is_streamed_and_closing_it_gives_the_connection_back_or_up(Face face)
    {
        var app = await shared.GetAsync();
        var transport = new HttpTransport(trustEnv: false);
        using var client = new HttpClient(transport.AsHandler());
        var response = await SendAsync(face, client, new(HttpMethod.Get, app.Url + "/stream/3"), HttpCompletionOption.ResponseHeadersRead);
        using (var reader = new StreamReader(await response.Content.ReadAsStreamAsync()))
        {
            (await LinesAsync(face, reader)).Count.ShouldBe(3);
        }

        transport.Counts.ShouldBe((1, 1, 0));
        var hanging = await SendAsync(face, client, new(HttpMethod.Get, app.Url + "/hang-body"), HttpCompletionOption.ResponseHeadersRead);
        var stream = await hanging.Content.ReadAsStreamAsync();
        (await stream.ReadAsync(face, new byte[5])).ShouldBeGreaterThan(0);
        transport.Counts.Idle.ShouldBe(0);
        hanging.Dispose();
        transport.Counts.ShouldBe((0, 0, 0));
        await Should.ThrowAsync<ObjectDisposedException>(() => stream.ReadAsync(face, new byte[5]));

        static async Task<List<string>> LinesAsync(Face face, StreamReader reader)
        {
            var lines = new List<string>();
            while ((face == Face.Blocking ? reader.ReadLine() : await reader.ReadLineAsync()) is { } line)
            {
                lines.Add(line);
            }

            return lines;
        }
    }

    [Fact]
    public async Task A_response_that_was_awaited_cannot_be_read_by_blocking()
    {
        var app = await shared.GetAsync();
        using var client = new HttpClient(new HttpTransport(trustEnv: false).AsHandler());
        using var response = await client.GetAsync(app.Url + "/plaintext", HttpCompletionOption.ResponseHeadersRead);
        var stream = await response.Content.ReadAsStreamAsync();
        Should.Throw<NotSupportedException>(() => stream.Read(new byte[5])).Message.ShouldContain("ReadAsync");
        (await stream.ReadAsync(new byte[5])).ShouldBe(5);
    }

    [Theory]
    [BothFaces]
    public async Task A_redirect_is_a_response_like_any_other(Face face)
    {
        var app = await shared.GetAsync();
        using var client = new HttpClient(new HttpTransport(trustEnv: false).AsHandler());
        var response = await SendAsync(face, client, new(HttpMethod.Get, app.Url + "/redirect/1"));
        response.StatusCode.ShouldBe(HttpStatusCode.Found);
        response.Headers.Location!.ToString().ShouldContain("/get");
    }

    [Theory]
    [BothFaces]
    public async Task Codings_are_left_as_they_are_on_the_wire(Face face)
    {
        var app = await shared.GetAsync();
        using var client = new HttpClient(new HttpTransport(trustEnv: false).AsHandler());
        var response = await SendAsync(face, client, new(HttpMethod.Get, app.Url + "/gzip"));
        response.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        using var plain = new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        (await JsonDocument.ParseAsync(plain)).RootElement.GetProperty("coding").GetString().ShouldBe("gzip");
    }

    [Theory]
    [BothFaces]
    public async Task A_mock_that_has_its_body_decoded_says_so_no_more(Face face)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write("plain"u8);
        }

        using var client = new HttpClient(new MockTransport(
            _ => new Response(200, headers: [("Content-Encoding", "gzip"), ("X-Own", "1")], content: packed.ToArray())).AsHandler());
        var response = await SendAsync(face, client, new(HttpMethod.Get, Url));
        (await response.Content.ReadAsStringAsync()).ShouldBe("plain");
        response.Content.Headers.ContentEncoding.ShouldBeEmpty();
        response.Content.Headers.ContentLength.ShouldBe(5);
        response.Headers.GetValues("X-Own").ShouldBe(["1"]);
    }

    [Theory]
    [BothFaces]
    public async Task Cancelling_and_the_time_out_of_HttpClient_end_the_exchange(Face face)
    {
        var app = await shared.GetAsync();
        var transport = new HttpTransport(trustEnv: false);
        using var client = new HttpClient(transport.AsHandler());
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Should.ThrowAsync<TaskCanceledException>(
            () => SendAsync(face, client, new(HttpMethod.Get, app.Url + "/hang"), cancellationToken: source.Token));
        transport.Counts.ShouldBe((0, 0, 0));

        using var hasty = new HttpClient(transport.AsHandler()) { Timeout = TimeSpan.FromMilliseconds(100) };
        var late = await Record.ExceptionAsync(() => SendAsync(face, hasty, new(HttpMethod.Get, app.Url + "/hang")));
        late.ShouldBeOfType<TaskCanceledException>().InnerException.ShouldBeOfType<TimeoutException>();
        await Should.ThrowAsync<TaskCanceledException>(() => SendAsync(face, hasty, new(HttpMethod.Get, app.Url + "/hang-body")));
    }

    [Theory]
    [BothFaces]
    public async Task Options_of_the_message_are_extensions_and_time_outs_are_off_unless_one_sets_them(Face face)
    {
        Request? seen = null;
        using var client = new HttpClient(new MockTransport(request =>
        {
            seen = request;
            return new Response(200);
        }).AsHandler());
        var message = new HttpRequestMessage(HttpMethod.Get, Url);
        message.Options.Set(new HttpRequestOptionsKey<int>("own"), 7);
        await SendAsync(face, client, message);
        seen!.Extensions["own"].ShouldBe(7);
        seen.Timeouts.ShouldBe(Timeouts.None);

        message = new HttpRequestMessage(HttpMethod.Get, Url);
        message.Options.Set(new HttpRequestOptionsKey<Timeouts>("timeout"), new Timeouts(3));
        await SendAsync(face, client, message);
        seen.Timeouts.ShouldBe(new Timeouts(3));
    }

    [Theory]
    [BothFaces]
    public async Task Failures_are_ours_and_the_platforms_at_once(Face face)
    {
        using var client = new HttpClient(new HttpTransport(trustEnv: false).AsHandler());
        await using var server = ScriptedServer.StartAnswering("nonsense\r\n\r\n");
        var failure = await Should.ThrowAsync<HttpRequestException>(() => SendAsync(face, client, new(HttpMethod.Get, server.Url)));
        failure.ShouldBeOfType<RemoteProtocolException>().Request!.Url.ToString().ShouldStartWith(server.Url);

        await using var cut = ScriptedServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        });
        failure = await Should.ThrowAsync<HttpRequestException>(() => SendAsync(face, client, new(HttpMethod.Get, cut.Url)));
        failure.ShouldBeOfType<RemoteProtocolException>().Request.ShouldNotBeNull();
    }

    [Theory]
    [BothFaces]
    public async Task A_header_that_would_break_the_head_is_refused(Face face)
    {
        var calls = 0;
        using var invoker = new HttpMessageInvoker(new MockTransport(_ =>
        {
            calls++;
            return new Response(200);
        }).AsHandler());
        var message = new HttpRequestMessage(HttpMethod.Get, Url);
        message.Headers.TryAddWithoutValidation("X-Own", "1\r\nX-Planted: 2");
        await Should.ThrowAsync<LocalProtocolException>(async () => _ = face == Face.Blocking
            ? invoker.Send(message, CancellationToken.None)
            : await invoker.SendAsync(message, CancellationToken.None));
        calls.ShouldBe(0);
    }

    [Theory]
    [BothFaces]
    public async Task A_message_that_is_sent_again_has_its_whole_body_again(Face face)
    {
        var bodies = new List<string>();
        using var client = new HttpMessageInvoker(new Twice
        {
            InnerHandler = new MockTransport(request =>
            {
                bodies.Add(Encoding.UTF8.GetString(request.Content.Span));
                return new Response(503);
            }).AsHandler(),
        });
        HttpContent[] contents =
        [
            new StringContent("one"), new System.Net.Http.StreamContent(new MemoryStream("xxtwo"u8.ToArray()) { Position = 2 }),
            System.Net.Http.Json.JsonContent.Create("three"),
        ];
        foreach (var content in contents)
        {
            var message = new HttpRequestMessage(HttpMethod.Post, Url) { Content = content };
            _ = face == Face.Blocking ? client.Send(message, CancellationToken.None) : await client.SendAsync(message, CancellationToken.None);
        }

        bodies.ShouldBe(["one", "one", "two", "two", "\"three\"", "\"three\""]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_transport_is_disposed_of_with_the_handler_unless_told_otherwise(bool disposes)
    {
        var transport = new HttpTransport(trustEnv: false);
        new HttpClient(transport.AsHandler(disposes)).Dispose();
        Should.Throw<Exception>(() => transport.Send(new Request("GET", "http://127.0.0.1:9/")))
            .ShouldBeOfType(disposes ? typeof(ObjectDisposedException) : typeof(ConnectException));
        transport.Dispose();
    }

    [Theory]
    [BothFaces]
    public async Task There_and_back_again_nothing_is_lost(Face face)
    {
        await using var server = ScriptedServer.Start(async connection =>
        {
            while (await connection.TryReadRequestAsync() is not null)
            {
                await connection.SendAsync(
                    "HTTP/1.1 299 Quite Fine\r\nX-Bytes: caf\u00E9\r\nX-Twice: 1\r\nx-twice: 2\r\nDate: never\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "3\r\nabc\r\n2\r\nde\r\n0\r\nX-Sum: 5\r\n\r\n");
            }
        });
        await using var direct = new Caller(face, new ClientOptions { Transport = new HttpTransport(trustEnv: false), TrustEnv = false });
        await using var around = new Caller(face, new ClientOptions
        {
            Transport = new HandlerTransport(new HttpTransport(trustEnv: false).AsHandler()),
            TrustEnv = false,
        });
        Response[] responses =
        [
            await direct.RequestAsync("POST", server.Url + "/a%2Fb?c=%20", content: RequestContent.From(new[] { new byte[3], new byte[4] })),
            await around.RequestAsync("POST", server.Url + "/a%2Fb?c=%20", content: RequestContent.From(new[] { new byte[3], new byte[4] })),
        ];
        var (one, other) = (responses[0], responses[1]);
        other.StatusCode.ShouldBe(299);
        other.ReasonPhrase.ShouldBe(one.ReasonPhrase);
        other.HttpVersion.ShouldBe(one.HttpVersion);
        other.Text.ShouldBe("abcde");
        other.Trailers["x-sum"].ShouldBe("5");
        Fields(other).ShouldBe(Fields(one));

        var (first, second) = (server.Requests[0], server.Requests[1]);
        second.Target.ShouldBe(first.Target);
        second.Body.ShouldBe(first.Body);
        second["transfer-encoding"].ShouldBe("chunked");
        second["host"].ShouldBe(first["host"]);
        second["user-agent"].ShouldBe(first["user-agent"]);

        static IEnumerable<string> Fields(Response response) => response.Headers.Raw
            .Select(field => (Encoding.ASCII.GetString(field.Name.Span) + ": " + Encoding.Latin1.GetString(field.Value.Span)).ToLowerInvariant())
            .Order(StringComparer.Ordinal);
    }

    [Theory]
    [BothFaces]
    public async Task Failures_come_through_both_ways_as_they_are(Face face)
    {
        var app = await shared.GetAsync();
        await using var caller = new Caller(face, new ClientOptions
        {
            Transport = new HandlerTransport(new HttpTransport(trustEnv: false).AsHandler()),
            TrustEnv = false,
        });
        await Should.ThrowAsync<ReadTimeoutException>(() => caller.GetAsync(app.Url + "/hang", timeout: 0.2));
        await Should.ThrowAsync<ReadTimeoutException>(() => caller.GetAsync(app.Url + "/hang-body", timeout: 0.2));
        await using var cut = ScriptedServer.Start(connection => connection.ReadRequestAsync());
        await Should.ThrowAsync<RemoteProtocolException>(() => caller.GetAsync(cut.Url));
    }

    private static Task<HttpResponseMessage> SendAsync(
        Face face,
        HttpClient client,
        HttpRequestMessage message,
        HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead,
        CancellationToken cancellationToken = default) => face == Face.Blocking
            ? Caller.OnOwnThread(() => client.Send(message, completion, cancellationToken))
            : client.SendAsync(message, completion, cancellationToken);

    private sealed class Twice : DelegatingHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            base.Send(request, cancellationToken).Dispose();
            return base.Send(request, cancellationToken);
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            (await base.SendAsync(request, cancellationToken)).Dispose();
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
