using System.Net;
using System.Net.Sockets;
using Httpx.Tests.Fixtures;
using Httpx.TestServer;

namespace Httpx.Tests.Transports;

/// <summary>What handlers throw, what the caller sees of it, and how long he waits.</summary>
public sealed class HandlerTransportFailureTests(SharedApp shared)
{
    private const string Url = "http://h.example/";

    public static TheoryData<Face, Exception, Type> Failures
    {
        get
        {
            var broken = new IOException("cut", new SocketException((int)SocketError.ConnectionReset));
            var data = new TheoryData<Face, Exception, Type>();
            foreach (var face in new[] { Face.Blocking, Face.Async })
            {
                data.Add(face, Of(HttpRequestError.NameResolutionError), typeof(ConnectException));
                data.Add(face, Of(HttpRequestError.ConnectionError), typeof(ConnectException));
                data.Add(face, Of(HttpRequestError.SecureConnectionError), typeof(ConnectException));
                data.Add(face, Of(HttpRequestError.InvalidResponse), typeof(RemoteProtocolException));
                data.Add(face, Of(HttpRequestError.HttpProtocolError), typeof(RemoteProtocolException));
                data.Add(face, Of(HttpRequestError.ResponseEnded), typeof(RemoteProtocolException));
                data.Add(face, Of(HttpRequestError.ConfigurationLimitExceeded), typeof(RemoteProtocolException));
                data.Add(face, Of(HttpRequestError.ProxyTunnelError), typeof(ProxyException));
                data.Add(face, Of(HttpRequestError.VersionNegotiationError), typeof(UnsupportedProtocolException));
                data.Add(face, Of(HttpRequestError.UserAuthenticationError), typeof(TransportException));
                data.Add(face, new HttpRequestException("failed"), typeof(TransportException));
                data.Add(face, new HttpRequestException("failed", broken), typeof(ReadException));
                data.Add(face, broken, typeof(ReadException));
                data.Add(face, new HttpIOException(HttpRequestError.ResponseEnded), typeof(RemoteProtocolException));
                data.Add(face, new TaskCanceledException("late", new TimeoutException("too late")), typeof(ReadTimeoutException));
                data.Add(face, new TaskCanceledException("late"), typeof(ReadTimeoutException));
                data.Add(face, new TimeoutException("too late"), typeof(ReadTimeoutException));
            }

            return data;

            static HttpRequestException Of(HttpRequestError error) => new(error, "failed");
        }
    }

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task Failures_of_the_handler_have_their_place_in_the_tree(Face face, Exception thrown, Type expected)
    {
        await using var caller = Caller(face, new FunctionHandler(_ => throw thrown));
        var failure = await Should.ThrowAsync<TransportException>(() => caller.GetAsync(Url));
        failure.ShouldBeOfType(expected);
        failure.Request!.Url.ShouldBe(Url);
        failure.Message.ShouldContain("http://h.example");
        Causes(failure).ShouldContain(thrown);
        if (failure is ConnectException)
        {
            failure.HttpRequestError.ShouldBe(thrown.ShouldBeOfType<HttpRequestException>().HttpRequestError);
        }
    }

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task Failures_while_the_body_is_read_have_it_too(Face face, Exception thrown, Type expected)
    {
        await using var caller = Caller(face, new FunctionHandler(
            _ => new HttpResponseMessage { Content = new System.Net.Http.StreamContent(new FailingStream(thrown)) }));
        var response = await caller.StreamAsync("GET", Url);
        var failure = await Should.ThrowAsync<TransportException>(() => caller.ReadAsync(response));
        failure.ShouldBeOfType(expected);
        failure.Request!.Url.ShouldBe(Url);
        response.IsClosed.ShouldBeTrue();
    }

    [Theory]
    [BothFaces]
    public async Task What_is_no_failure_of_the_exchange_comes_out_as_it_is(Face face)
    {
        await using var caller = Caller(face, new FunctionHandler(_ => throw new InvalidDataException("mine")));
        (await Should.ThrowAsync<InvalidDataException>(() => caller.GetAsync(Url))).Message.ShouldBe("mine");
        await using var nothing = Caller(face, new FunctionHandler(_ => null!));
        (await Should.ThrowAsync<InvalidOperationException>(() => nothing.GetAsync(Url))).Message.ShouldContain("FunctionHandler returned null");
    }

    [Fact]
    public async Task A_handler_that_cannot_block_says_so_and_what_to_do()
    {
        await using var caller = Caller(Face.Blocking, new AsyncOnlyHandler());
        var failure = await Should.ThrowAsync<NotSupportedException>(() => caller.GetAsync(Url));
        failure.Message.ShouldContain("AsyncOnlyHandler");
        failure.Message.ShouldContain("use AsyncClient");
        await using var async = Caller(Face.Async, new AsyncOnlyHandler());
        (await async.GetAsync(Url)).StatusCode.ShouldBe(200);

        using var exact = new HandlerTransport(
            new SocketsHttpHandler(), version: HttpVersion.Version20, versionPolicy: HttpVersionPolicy.RequestVersionExact);
        Should.Throw<NotSupportedException>(() => exact.Send(new Request("GET", Url))).Message.ShouldContain("use AsyncClient");
    }

    [Theory]
    [BothFaces]
    public async Task Schemes_that_the_handler_does_not_know_are_unsupported(Face face)
    {
        using var transport = new HandlerTransport(new SocketsHttpHandler());
        (await Should.ThrowAsync<UnsupportedProtocolException>(() => SendAsync(face, transport, new Request("GET", "ftp://h.example/"))))
            .Message.ShouldContain("ftp");
        (await Should.ThrowAsync<UnsupportedProtocolException>(() => SendAsync(face, transport, new Request("GET", "/path"))))
            .Message.ShouldContain("not absolute");
    }

    [Theory]
    [BothFaces]
    public async Task Sockets_that_meet_nobody_or_nonsense_fail_like_the_network(Face face)
    {
        await using var caller = Caller(face, new SocketsHttpHandler { UseProxy = false });
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await Should.ThrowAsync<ConnectException>(() => caller.GetAsync($"http://127.0.0.1:{port}/"));

        await using var nonsense = ScriptedServer.StartAnswering("SSH-2.0 hello\r\n\r\n");
        await Should.ThrowAsync<RemoteProtocolException>(() => caller.GetAsync(nonsense.Url));

        await using var cut = ScriptedServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        });
        var response = await caller.StreamAsync("GET", cut.Url);
        await Should.ThrowAsync<RemoteProtocolException>(() => caller.ReadAsync(response));

        await using var reset = ScriptedServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            connection.Reset();
        });
        await Should.ThrowAsync<ReadException>(() => caller.GetAsync(reset.Url));
    }

    [Theory]
    [BothFaces]
    public async Task A_peer_that_stops_taking_the_body_is_a_write_failure(Face face)
    {
        await using var caller = Caller(face, new WritingHandler(new FailingStream(new IOException("pipe"))));
        (await Should.ThrowAsync<WriteException>(() => caller.RequestAsync("POST", Url, content: "abc"))).Message.ShouldContain("pipe");
    }

    [Theory]
    [BothFaces]
    public async Task The_time_out_for_connecting_of_SocketsHttpHandler_is_one_for_connecting(Face face)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(50),
            UseProxy = false,
            ConnectCallback = async (_, token) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return Stream.Null;
            },
        };

        await using var caller = Caller(face, new Passing { InnerHandler = handler });
        var failure = await Should.ThrowAsync<ConnectTimeoutException>(() => caller.GetAsync("http://127.0.0.1:9/", timeout: Timeouts.None));
        failure.InnerException.ShouldBeOfType<TimeoutException>();
    }

    [Theory]
    [BothFaces]
    public async Task A_server_that_never_answers_is_a_read_time_out(Face face)
    {
        var app = await shared.GetAsync();
        await using var caller = Caller(face, new SocketsHttpHandler { UseProxy = false });
        foreach (var content in new RequestContent?[] { null, "abc" })
        {
            var failure = await Should.ThrowAsync<ReadTimeoutException>(
                () => caller.RequestAsync(content is null ? "GET" : "POST", app.Url + "/hang", content: content, timeout: 0.2));
            failure.Message.ShouldContain("0.2 s (Timeouts.Read");
            failure.InnerException.ShouldBeOfType<TimeoutException>();
            failure.Request.ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task A_body_that_stops_is_a_read_time_out()
    {
        var app = await shared.GetAsync();
        await using var caller = Caller(Face.Async, new SocketsHttpHandler { UseProxy = false });
        var response = await caller.StreamAsync("GET", app.Url + "/hang-body", timeout: 0.2);
        await Should.ThrowAsync<ReadTimeoutException>(() => caller.ReadAsync(response));
    }

    [Fact]
    public async Task A_handler_that_never_asks_for_the_body_is_a_connect_time_out_and_one_that_takes_none_a_write_time_out()
    {
        await using var deaf = Caller(Face.Async, new WritingHandler(null));
        await Should.ThrowAsync<ConnectTimeoutException>(() => deaf.RequestAsync("POST", Url, content: "abc", timeout: 0.1));
        await using var full = Caller(Face.Async, new WritingHandler(new FailingStream(null)));
        await Should.ThrowAsync<WriteTimeoutException>(() => full.RequestAsync("POST", Url, content: "abc", timeout: 0.1));
    }

    [Theory]
    [BothFaces]
    public async Task The_callers_cancellation_is_his_own(Face face)
    {
        var app = await shared.GetAsync();
        await using var caller = Caller(face, new SocketsHttpHandler { UseProxy = false });
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var cancelled = await Should.ThrowAsync<OperationCanceledException>(
            () => caller.GetAsync(app.Url + "/hang", timeout: Timeouts.None, cancellationToken: source.Token));
        cancelled.CancellationToken.ShouldBe(source.Token);
        await Should.ThrowAsync<OperationCanceledException>(() => caller.GetAsync(app.Url + "/get", cancellationToken: source.Token));
    }

    [Fact]
    public async Task A_read_is_cancelled_by_its_own_token_and_no_more_by_that_of_the_call()
    {
        var app = await shared.GetAsync();
        using var transport = new HandlerTransport(new SocketsHttpHandler { UseProxy = false });
        using var call = new CancellationTokenSource();
        var request = new Request("GET", app.Url + "/hang-body") { Timeouts = Timeouts.None };
        await using var response = await transport.SendAsync(request, call.Token);
        await call.CancelAsync();
        using var read = new CancellationTokenSource();
        var chunks = response.IterRawAsync(cancellationToken: read.Token).GetAsyncEnumerator();
        (await chunks.MoveNextAsync()).ShouldBeTrue();
        var next = chunks.MoveNextAsync();
        await read.CancelAsync();
        (await Should.ThrowAsync<OperationCanceledException>(async () => await next)).CancellationToken.ShouldBe(read.Token);
    }

    [Theory]
    [BothFaces]
    public async Task The_whole_exchange_can_have_a_limit(Face face)
    {
        var app = await shared.GetAsync();
        await using var caller = Caller(face, new SocketsHttpHandler { UseProxy = false });
        await Should.ThrowAsync<TotalTimeoutException>(() => caller.GetAsync(app.Url + "/hang", timeout: new Timeouts(null, total: 0.2)));
    }

    [Fact]
    public async Task The_limit_is_that_of_what_is_waited_for()
    {
        var limits = new Timeouts(null, connect: 1, read: 2, write: 3, pool: 4);
        await ArmedAsync(limits, "abc", [4, 3, null, 2, null, 2, null, 2, null]);
        await ArmedAsync(limits, null, [4, null, 2, null, 2, null]);
        await ArmedAsync(limits with { Read = null }, null, [null, null, null, null, null, null]);
        await ArmedAsync(limits with { Pool = null }, null, [2, null, 2, null, 2, null]);
        await ArmedAsync(limits, RequestContent.From([new byte[1], new byte[1]]), [4, 3, null, 3, null, 2, null, 2, null, 2, null]);

        static async Task ArmedAsync(Timeouts limits, RequestContent? content, double?[] expected)
        {
            var clock = new RecordingClock();
            using var transport = new HandlerTransport(new FunctionHandler(_ => new HttpResponseMessage { Content = new StringContent("ok") }))
            {
                Time = clock,
            };
            var request = new Request("POST", Url, content: content, headers: []) { Timeouts = limits };
            if (content is null)
            {
                request = new Request("GET", Url) { Timeouts = limits };
            }

            await (await transport.SendAsync(request)).ReadAsync();
            clock.Set.ShouldBe(expected);
        }
    }

    private static Caller Caller(Face face, HttpMessageHandler handler) =>
        new(face, new ClientOptions { Transport = new HandlerTransport(handler), TrustEnv = false });

    private static Task<Response> SendAsync(Face face, Transport transport, Request request) => face == Face.Blocking
        ? Fixtures.Caller.OnOwnThread(() => transport.Send(request))
        : transport.SendAsync(request).AsTask();

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    private sealed class AsyncOnlyHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage());
    }

    private sealed class Passing : DelegatingHandler;

    /// <summary>Writes the body to a stream, or waits for cancellation if there is none.</summary>
    private sealed class WritingHandler(Stream? stream) : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Content!.CopyTo(stream!, null, cancellationToken);
            return new HttpResponseMessage();
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await (stream is null
                ? Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken)
                : request.Content!.CopyToAsync(stream, null, cancellationToken));
            return new HttpResponseMessage();
        }
    }

    /// <summary>Fails when it is read or written; without a failure a write waits for cancellation.</summary>
    private sealed class FailingStream(Exception? failure) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw failure!;

        public override void Write(byte[] buffer, int offset, int count) => throw failure!;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await (failure is null ? Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken) : Task.FromException(failure));
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
