using System.Net;
using System.Net.Security;
using System.Text;
using System.Text.Json;
using Httpx.Tests.Fixtures;
using Httpx.TestServer;
using Microsoft.AspNetCore.Builder;

namespace Httpx.Tests.Transports;

public sealed class HandlerTransportTests(SharedApp shared)
{
    [Theory]
    [BothFaces]
    public async Task A_request_becomes_a_message_with_each_header_in_its_place(Face face)
    {
        var handler = Answering();
        await using var caller = Caller(face, handler);
        await caller.RequestAsync("POST", "https://example.org/a?b=c", json: new { x = 1 }, headers: [("x-own", "1"), ("x-own", "2")]);

        var message = handler.Request.ShouldNotBeNull();
        handler.WasBlocking.ShouldBe(face == Face.Blocking);
        message.Method.ShouldBe(HttpMethod.Post);
        message.RequestUri!.AbsoluteUri.ShouldBe("https://example.org/a?b=c");
        message.Version.ShouldBe(HttpVersion.Version11);
        message.Headers.GetValues("x-own").ShouldBe(["1", "2"]);
        message.Headers.Accept.ToString().ShouldBe("*/*");
        message.Headers.Host.ShouldBeNull();
        message.Content!.Headers.ContentType!.MediaType.ShouldBe("application/json");
        message.Content.Headers.ContentLength.ShouldBe(handler.Body!.Length);
        Encoding.UTF8.GetString(handler.Body).ShouldBe("""{"x":1}""");
    }

    [Theory]
    [BothFaces]
    public async Task A_host_of_the_callers_own_is_kept(Face face)
    {
        var handler = Answering();
        await using var caller = Caller(face, handler);
        await caller.GetAsync("http://127.0.0.1/", headers: [("Host", "example.org")]);
        handler.Request!.Headers.Host.ShouldBe("example.org");
    }

    [Theory]
    [BothFaces("http://h.example/a%2Fb/c%20d?x=%26&y=a+b")]
    [BothFaces("http://h.example/a%7Eb?c=%41")]
    [BothFaces("http://h.example/%2e%2e/a//b")]
    [BothFaces("http://h.example/%zz")]
    [BothFaces("http://h.example:8080/")]
    [BothFaces("http://xn--bcher-kva.example/")]
    [BothFaces("http://[::1]:8080/x?q")]
    public async Task The_url_reaches_the_handler_as_it_would_reach_the_wire(Face face, string text)
    {
        var handler = Answering();
        await using var caller = Caller(face, handler);
        var url = new Url(text);
        await caller.GetAsync(url);
        var uri = handler.Request!.RequestUri!;
        uri.PathAndQuery.ShouldBe(url.FullPath);
        uri.IdnHost.ShouldBe(url.RawHost);
        uri.Port.ShouldBe(url.Port);
    }

    [Fact]
    public async Task Credentials_and_fragment_stay_at_home()
    {
        var handler = Answering();
        using var transport = new HandlerTransport(handler);
        await transport.SendAsync(new Request("GET", "http://me:secret@h.example/p#part"));
        handler.Request!.RequestUri!.OriginalString.ShouldBe("http://h.example/p");
    }

    [Theory]
    [BothFaces]
    public async Task A_body_of_unknown_length_is_streamed_in_chunks(Face face)
    {
        var handler = Answering();
        await using var caller = Caller(face, handler);
        await caller.RequestAsync("POST", "http://h.example/", content: RequestContent.From(new[] { new byte[100_000], [1, 2, 3] }));
        handler.Body!.Length.ShouldBe(100_003);
        handler.Body[^1].ShouldBe((byte)3);
        handler.Request!.Headers.TransferEncodingChunked.ShouldBe(true);
        handler.Request.Content!.Headers.ContentLength.ShouldBeNull();
    }

    [Theory]
    [BothFaces]
    public async Task What_there_is_of_a_body_goes_out_before_the_rest_is_waited_for(Face face)
    {
        // Without it the body would wait for the peer, and the peer for the body.
        var stream = new FlushedStream();
        await using var caller = Caller(face, new CopyingHandler(stream));
        var content = face == Face.Blocking ? RequestContent.From(Chunks(stream)) : RequestContent.From(AsyncChunks(stream));
        await caller.RequestAsync("POST", "http://h.example/", content: content);
        stream.ToArray().ShouldBe([1, 2]);

        static IEnumerable<byte[]> Chunks(FlushedStream stream)
        {
            yield return [1];
            stream.Flushed.IsCompleted.ShouldBeTrue();
            yield return [2];
        }

        static async IAsyncEnumerable<byte[]> AsyncChunks(FlushedStream stream)
        {
            yield return [1];
            await stream.Flushed;
            yield return [2];
        }
    }

    [Theory]
    [BothFaces]
    public async Task A_request_without_body_has_no_content_unless_its_headers_want_one(Face face)
    {
        var handler = Answering();
        await using var caller = Caller(face, handler);
        await caller.GetAsync("http://h.example/");
        handler.Request!.Content.ShouldBeNull();
        await caller.RequestAsync("POST", "http://h.example/");
        handler.Request!.Content!.Headers.ContentLength.ShouldBe(0);
        handler.Body.ShouldBe([]);
        await caller.GetAsync("http://h.example/", headers: [("Content-Type", "text/plain")]);
        handler.Request!.Content!.Headers.ContentType!.MediaType.ShouldBe("text/plain");
    }

    [Theory]
    [BothFaces]
    public async Task A_handler_that_sends_again_gets_a_body_that_can_be_replayed_again_and_no_other(Face face)
    {
        await using var caller = Caller(face, new FunctionHandler(_ => new HttpResponseMessage()) { BodyReads = 2 });
        (await caller.RequestAsync("PUT", "http://h.example/", content: new MemoryStream([1, 2]))).StatusCode.ShouldBe(200);
        await Should.ThrowAsync<StreamConsumedException>(() => caller.RequestAsync("PUT", "http://h.example/", content: new OneShotStream()));
    }

    [Theory]
    [BothFaces("2")]
    [BothFaces("4")]
    public async Task A_body_that_is_not_as_long_as_declared_is_refused(Face face, string declared)
    {
        await using var caller = Caller(face, Answering());
        Headers headers = [("Content-Length", declared)];
        foreach (var content in new[] { new byte[3], RequestContent.From([new byte[3]]) })
        {
            var failure = await Should.ThrowAsync<LocalProtocolException>(
                () => caller.RequestAsync("POST", "http://h.example/", content: content, headers: headers));
            failure.Message.ShouldContain("3 bytes");
            failure.Message.ShouldContain($"says {declared}");
            failure.Request.ShouldNotBeNull();
        }
    }

    [Theory]
    [BothFaces]
    public async Task What_a_body_throws_comes_out_as_it_is(Face face)
    {
        var app = await shared.GetAsync();
        var http2 = new HandlerTransport(Sockets(app), version: HttpVersion.Version20);
        foreach (var transport in new[] { new HandlerTransport(Answering()), new HandlerTransport(Sockets(app)), http2 })
        {
            await using var caller = new Caller(face, new ClientOptions { Transport = transport, TrustEnv = false });

            // IOException is what the platform wraps, and then takes for a failure of the network.
            var failure = await Should.ThrowAsync<IOException>(
                () => caller.RequestAsync("POST", app.SecureUrl + "/post", content: RequestContent.From(Failing())));
            failure.ShouldBeOfType<EndOfStreamException>().Message.ShouldBe("mine");
        }

        static IEnumerable<byte[]> Failing()
        {
            yield return new byte[10];
            throw new EndOfStreamException("mine");
        }
    }

    [Fact]
    public async Task An_async_body_is_refused_by_the_blocking_client_with_the_reason()
    {
        await using var caller = Caller(Face.Blocking, Answering());
        (await Should.ThrowAsync<InvalidOperationException>(
            () => caller.RequestAsync("POST", "http://h.example/", content: RequestContent.From(Chunks())))).Message.ShouldContain("AsyncClient");

        await using var async = Caller(Face.Async, Answering());
        (await async.RequestAsync("POST", "http://h.example/", content: RequestContent.From(Chunks()))).StatusCode.ShouldBe(200);

        static async IAsyncEnumerable<byte[]> Chunks()
        {
            await Task.Yield();
            yield return [1];
        }
    }

    [Theory]
    [BothFaces]
    public async Task An_answer_becomes_a_response_with_all_it_has(Face face)
    {
        await using var caller = Caller(face, new FunctionHandler(_ =>
        {
            var answer = new HttpResponseMessage((HttpStatusCode)299)
            {
                ReasonPhrase = "Quite Fine",
                Version = HttpVersion.Version20,
                Content = new ByteArrayContent("caf\u00E9"u8.ToArray()),
            };
            answer.Headers.TryAddWithoutValidation("Set-Cookie", ["a=1", "b=2; Path=/"]);
            answer.Headers.TryAddWithoutValidation("X-Latin", "caf\u00E9");
            answer.Headers.TryAddWithoutValidation("X-Wide", "\u4F60");
            answer.Headers.TryAddWithoutValidation("X-Odd", " a\rb ");
            answer.Headers.TryAddWithoutValidation("Date", "no date");
            answer.Content.Headers.TryAddWithoutValidation("Content-Type", "text/plain; charset=utf-8");
            answer.TrailingHeaders.Add("X-Sum", "7");
            return answer;
        }));
        var response = await caller.GetAsync("http://h.example/");
        response.StatusCode.ShouldBe(299);
        response.ReasonPhrase.ShouldBe("Quite Fine");
        response.HttpVersion.ShouldBe("HTTP/2");
        response.Text.ShouldBe("caf\u00E9");
        response.Headers.GetList("set-cookie").ShouldBe(["a=1", "b=2; Path=/"]);
        response.Cookies["b"].ShouldBe("2");
        Raw(response, "X-Latin").ShouldBe("caf\u00E9"u8[..3].ToArray().Append((byte)0xE9));
        Raw(response, "X-Wide").ShouldBe("\u4F60"u8.ToArray());
        response.Headers["X-Odd"].ShouldBe("a b");
        response.Headers["Date"].ShouldBe("no date");
        response.Headers["Content-Type"].ShouldBe("text/plain; charset=utf-8");
        response.Trailers["x-sum"].ShouldBe("7");

        static byte[] Raw(Response response, string name) =>
            response.Headers.Raw.Single(field => Encoding.ASCII.GetString(field.Name.Span) == name).Value.ToArray();
    }

    [Theory]
    [InlineData(1, 0, "HTTP/1.0")]
    [InlineData(1, 1, "HTTP/1.1")]
    [InlineData(2, 0, "HTTP/2")]
    [InlineData(3, 0, "HTTP/3")]
    public void Versions_are_written_as_everywhere_in_the_library(int major, int minor, string text)
    {
        using var transport = new HandlerTransport(new FunctionHandler(_ => new HttpResponseMessage { Version = new Version(major, minor) }));
        transport.Send(new Request("GET", "http://h.example/")).HttpVersion.ShouldBe(text);
    }

    [Theory]
    [BothFaces]
    public async Task Extensions_are_the_options_of_the_message(Face face)
    {
        var handler = Answering();
        await using var caller = Caller(face, handler);
        var request = new Request("GET", "http://h.example/");
        request.Extensions["own"] = 7;
        request.Extensions["timeout"] = new Timeouts(9);
        await caller.SendAsync(request);
        IDictionary<string, object?> options = handler.Request!.Options;
        options["own"].ShouldBe(7);
        options["timeout"].ShouldBe(new Timeouts(9));
    }

    [Theory]
    [InlineData(Face.Blocking, "1.1", HttpVersionPolicy.RequestVersionOrHigher, "1.1", HttpVersionPolicy.RequestVersionOrLower)]
    [InlineData(Face.Blocking, "2.0", HttpVersionPolicy.RequestVersionOrLower, "1.1", HttpVersionPolicy.RequestVersionOrLower)]
    [InlineData(Face.Blocking, "2.0", HttpVersionPolicy.RequestVersionExact, "2.0", HttpVersionPolicy.RequestVersionExact)]
    [InlineData(Face.Blocking, "2.0", HttpVersionPolicy.RequestVersionOrHigher, "2.0", HttpVersionPolicy.RequestVersionOrHigher)]
    [InlineData(Face.Async, "3.0", HttpVersionPolicy.RequestVersionOrLower, "3.0", HttpVersionPolicy.RequestVersionOrLower)]
    [InlineData(Face.Async, "1.1", HttpVersionPolicy.RequestVersionOrHigher, "1.1", HttpVersionPolicy.RequestVersionOrHigher)]
    public async Task The_version_is_asked_for_as_told_unless_blocking_could_not_have_it(
        Face face, string version, HttpVersionPolicy policy, string asked, HttpVersionPolicy askedPolicy)
    {
        var handler = Answering();
        await using var caller = new Caller(face, new ClientOptions
        {
            Transport = new HandlerTransport(handler, version: Version.Parse(version), versionPolicy: policy),
            TrustEnv = false,
        });
        await caller.GetAsync("https://h.example/");
        (handler.Request!.Version.ToString(), handler.Request.VersionPolicy).ShouldBe((asked, askedPolicy));
    }

    [Theory]
    [BothFaces(true)]
    [BothFaces(false)]
    public async Task The_handler_is_disposed_of_with_the_transport_unless_it_is_somebody_elses(Face face, bool disposes)
    {
        var handler = Answering();
        var caller = new Caller(face, new ClientOptions { Transport = new HandlerTransport(handler, disposes), TrustEnv = false });
        await caller.DisposeAsync();
        handler.IsDisposed.ShouldBe(disposes);

        var transport = new HandlerTransport(Answering());
        transport.Dispose();
        transport.Dispose();
        Should.Throw<ObjectDisposedException>(() => transport.Send(new Request("GET", "http://h.example/")));
    }

    [Theory]
    [BothFaces]
    public async Task Closing_a_response_disposes_of_the_handlers_answer(Face face)
    {
        var stream = new WatchedStream();
        await using var caller = Caller(
            face, new FunctionHandler(_ => new HttpResponseMessage { Content = new System.Net.Http.StreamContent(stream) }));
        var response = await caller.StreamAsync("GET", "http://h.example/");
        stream.IsDisposed.ShouldBeFalse();
        await caller.CloseAsync(response);
        stream.IsDisposed.ShouldBeTrue();
    }

    [Theory]
    [BothFaces]
    public async Task Sockets_speak_http_in_clear(Face face)
    {
        var app = await shared.GetAsync();
        await using var caller = Caller(face, Sockets(app));
        (await caller.GetAsync(app.Url + "/plaintext")).Text.ShouldBe("Hello, World!");
        var posted = await caller.RequestAsync("POST", app.Url + "/post?a=%26", data: new Dictionary<string, string> { ["x"] = "1" });
        posted.Json().GetProperty("form").GetProperty("x").GetString().ShouldBe("1");
        posted.Json().GetProperty("url").GetString()!.ShouldEndWith("/post?a=%26");
        posted.HttpVersion.ShouldBe("HTTP/1.1");
        var counted = await caller.RequestAsync("PUT", app.Url + "/count", content: RequestContent.From(Enumerable.Repeat(new byte[50_000], 20)));
        counted.Json().GetProperty("bytes").GetInt64().ShouldBe(1_000_000);
        counted.Json().GetProperty("transfer_encoding").GetString().ShouldBe("chunked");
        (await caller.GetAsync(app.Url + "/bytes/300000")).Content.Length.ShouldBe(300_000);
        (await caller.RequestAsync("HEAD", app.Url + "/get")).Content.Length.ShouldBe(0);
        (await caller.GetAsync(app.Url + "/status/204")).StatusCode.ShouldBe(204);
    }

    [Theory]
    [BothFaces]
    public async Task Sockets_speak_tls(Face face)
    {
        var app = await shared.GetAsync();
        await using var caller = Caller(face, Sockets(app));
        var response = await caller.GetAsync(app.SecureUrl + "/get");
        response.HttpVersion.ShouldBe("HTTP/1.1");
        response.Json().GetProperty("url").GetString()!.ShouldStartWith("https://localhost");
    }

    [Fact]
    public async Task Sockets_speak_http2_and_bring_trailers()
    {
        var app = await shared.GetAsync();
        await using var client = new AsyncClient(new()
        {
            Transport = new HandlerTransport(Sockets(app), version: HttpVersion.Version20),
            TrustEnv = false,
        });
        var response = await client.GetAsync(app.SecureUrl + "/trailers");
        response.HttpVersion.ShouldBe("HTTP/2");
        response.ReasonPhrase.ShouldBe("OK");
        response.Text.ShouldBe("with trailers");
        response.Trailers["x-checksum"].ShouldBe("abc");
        var counted = await client.PostAsync(app.SecureUrl + "/count", content: RequestContent.From(Enumerable.Repeat(new byte[50_000], 20)));
        counted.Json().GetProperty("bytes").GetInt64().ShouldBe(1_000_000);
    }

    [Fact]
    public async Task An_answer_over_http2_that_comes_before_the_body_is_sent_is_the_answer()
    {
        await using var app = await TestApp.StartAsync(routes => routes.Map("/early", async context =>
        {
            await context.Response.Body.WriteAsync("enough"u8.ToArray());
            await context.Response.CompleteAsync();
        }));
        await using var client = new AsyncClient(new()
        {
            Transport = new HandlerTransport(Sockets(app), version: HttpVersion.Version20),
            TrustEnv = false,
        });
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var response = await client.PostAsync(app.SecureUrl + "/early", content: RequestContent.From(Chunks(end.Task)), timeout: Timeouts.None);
        response.Text.ShouldBe("enough");
        end.SetResult();
        (await client.GetAsync(app.SecureUrl + "/plaintext")).Text.ShouldBe("Hello, World!");

        static async IAsyncEnumerable<byte[]> Chunks(Task end)
        {
            yield return [1];
            await end;
            yield return [2];
        }
    }

    [Theory]
    [BothFaces(DecompressionMethods.None)]
    [BothFaces(DecompressionMethods.All)]
    public async Task Codings_are_undone_once_whoever_does_it(Face face, DecompressionMethods methods)
    {
        var app = await shared.GetAsync();
        var handler = Sockets(app);
        handler.AutomaticDecompression = methods;
        await using var caller = Caller(face, handler);
        foreach (var coding in new[] { "gzip", "deflate", "brotli" })
        {
            var response = await caller.GetAsync($"{app.Url}/{coding}");
            response.Json().GetProperty("text").GetString()!.ShouldStartWith("The same words");
            response.Headers.ContainsKey("Content-Encoding").ShouldBe(methods == DecompressionMethods.None);
        }
    }

    [Theory]
    [BothFaces]
    public async Task Redirects_and_cookies_are_the_clients(Face face)
    {
        var app = await shared.GetAsync();
        await using var caller = Caller(face, Sockets(app));
        var response = await caller.GetAsync(app.Url + "/redirect/2", allowRedirects: true);
        response.StatusCode.ShouldBe(200);
        response.History.Count.ShouldBe(2);
        response.Url.Path.ShouldBe("/get");
    }

    [Theory]
    [BothFaces]
    public async Task A_body_is_read_as_it_comes(Face face)
    {
        var app = await shared.GetAsync();
        await using var caller = Caller(face, Sockets(app));
        var response = await caller.StreamAsync("GET", app.Url + "/stream/5");
        response.IsClosed.ShouldBeFalse();
        var lines = await caller.ListAsync(() => response.IterLines(), () => response.IterLinesAsync());
        lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetInt32()).ShouldBe([0, 1, 2, 3, 4]);
        response.IsClosed.ShouldBeTrue();
    }

    [Theory]
    [BothFaces]
    public async Task A_pipeline_of_delegating_handlers_sees_every_request(Face face)
    {
        var app = await shared.GetAsync();
        var tagger = new Tagger { InnerHandler = Sockets(app) };
        await using var caller = Caller(face, tagger);
        var response = await caller.GetAsync(app.Url + "/headers");
        response.Json().GetProperty("headers").GetProperty("X-Tag").GetString().ShouldBe("on");
        response.Headers["X-Seen"].ShouldBe("yes");
    }

    private static FunctionHandler Answering() => new(_ => new HttpResponseMessage());

    private static Caller Caller(Face face, HttpMessageHandler handler) =>
        new(face, new ClientOptions { Transport = new HandlerTransport(handler), TrustEnv = false });

    private static SocketsHttpHandler Sockets(TestApp app) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.Issuer == app.Authority.Subject,
        },
    };

    private sealed class Tagger : DelegatingHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Tagged(base.Send(Tagged(request), cancellationToken));

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Tagged(await base.SendAsync(Tagged(request), cancellationToken));

        private static HttpRequestMessage Tagged(HttpRequestMessage request)
        {
            request.Headers.Add("X-Tag", "on");
            return request;
        }

        private static HttpResponseMessage Tagged(HttpResponseMessage response)
        {
            response.Headers.Add("X-Seen", "yes");
            return response;
        }
    }

    private sealed class CopyingHandler(Stream stream) : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Content!.CopyTo(stream, null, cancellationToken);
            return new HttpResponseMessage();
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(stream, null, cancellationToken);
            return new HttpResponseMessage();
        }
    }

    private sealed class FlushedStream : MemoryStream
    {
        private readonly TaskCompletionSource _flushed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Flushed => _flushed.Task;

        public override void Flush()
        {
            if (Length > 0)
            {
                _flushed.TrySetResult();
            }
        }

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            Flush();
            return Task.CompletedTask;
        }
    }

    private sealed class WatchedStream() : MemoryStream(new byte[10])
    {
        public bool IsDisposed { get; private set; }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
