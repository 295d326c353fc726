using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Sending;

/// <summary>The limit of a whole exchange, on a clock that goes off where the test wants it to.</summary>
public sealed class DeadlineTests
{
    private static readonly Timeouts Limited = Timeouts.None with { Total = TimeSpan.FromSeconds(1.5) };

    private readonly HandClock _clock = new();

    [Theory]
    [BothFaces]
    public async Task It_ends_the_wait_for_the_head(Face face)
    {
        await using var caller = Caller(face, new Hanging(face) { OnSend = _clock.GoOff });

        var exception = await Should.ThrowAsync<TotalTimeoutException>(() => caller.GetAsync("https://example.org/a"));

        exception.InnerException.ShouldBeOfType<TimeoutException>();
        exception.Message.ShouldContain("1.5 s");
        exception.Message.ShouldContain("https://example.org");
        exception.Request!.Url.Path.ShouldBe("/a");
    }

    [Theory]
    [BothFaces]
    public async Task It_ends_the_body_that_is_read_and_closes_it(Face face)
    {
        var body = new RecordedBody(face, "half"u8.ToArray()) { Hangs = true, OnHang = _clock.GoOff };
        await using var caller = Caller(face, new MockTransport(_ => body.Respond()));

        await Should.ThrowAsync<TotalTimeoutException>(() => caller.GetAsync("https://example.org/"));

        body.IsClosed.ShouldBeTrue();
    }

    [Theory]
    [BothFaces]
    public async Task It_ends_the_body_that_is_streamed(Face face)
    {
        var body = new RecordedBody(face, "half"u8.ToArray()) { Hangs = true, OnHang = _clock.GoOff };
        await using var caller = Caller(face, new MockTransport(_ => body.Respond()));
        var response = await caller.StreamAsync("GET", "https://example.org/");

        await Should.ThrowAsync<TotalTimeoutException>(() => caller.ReadAsync(response));

        body.IsClosed.ShouldBeTrue();
    }

    [Theory]
    [BothFaces]
    public async Task It_ends_what_never_looks_at_a_token_between_two_hops(Face face)
    {
        await using var caller = Caller(face, new MockTransport(_ =>
        {
            _clock.GoOff();
            return new Response(302, headers: new() { ["Location"] = "/again" });
        }));

        await Should.ThrowAsync<TotalTimeoutException>(() => caller.GetAsync("https://example.org/"));
    }

    [Theory]
    [BothFaces]
    public async Task One_deadline_spans_redirects_and_authentication(Face face)
    {
        var hops = new List<string>();
        var body = new RecordedBody(face) { Hangs = true, OnHang = _clock.GoOff };
        await using var caller = Caller(face, new MockTransport(request =>
        {
            hops.Add(request.Url.Path);
            return (request.Url.Path, request.Headers.ContainsKey("Authorization")) switch
            {
                ("/", _) => new Response(302, headers: new() { ["Location"] = "/secret" }),
                (_, false) => new Response(401, headers: new() { ["WWW-Authenticate"] = "Digest realm=\"r\", nonce=\"n\"" }),
                _ => body.Respond(),
            };
        }));

        await Should.ThrowAsync<TotalTimeoutException>(() => caller.GetAsync("https://example.org/", auth: new DigestAuth("u", "p")));

        hops.ShouldBe(["/", "/secret", "/secret"]);
        _clock.Made.ShouldBe(1);
    }

    [Theory]
    [BothFaces]
    public async Task The_callers_own_cancellation_stays_one(Face face)
    {
        using var source = new CancellationTokenSource();
        await using var caller = Caller(face, new Hanging(face) { OnSend = source.Cancel });

        var exception = await Should.ThrowAsync<OperationCanceledException>(
            () => caller.GetAsync("https://example.org/", cancellationToken: source.Token));

        exception.CancellationToken.ShouldBe(source.Token);
        _clock.Waiting.ShouldBe(0);
    }

    [Theory]
    [BothFaces]
    public async Task A_streams_reader_cancels_by_his_own_token_and_the_calls_means_nothing_any_more(Face face)
    {
        using var call = new CancellationTokenSource();
        using var reader = new CancellationTokenSource();
        var body = new RecordedBody(face, "half"u8.ToArray()) { Hangs = true, OnHang = reader.Cancel };
        await using var caller = Caller(face, new MockTransport(_ => body.Respond()));
        var response = await caller.StreamAsync("GET", "https://example.org/", cancellationToken: call.Token);

        await call.CancelAsync();
        var exception = await Should.ThrowAsync<OperationCanceledException>(() => caller.ReadAsync(response, reader.Token));

        exception.CancellationToken.ShouldBe(reader.Token);
    }

    [Theory]
    [BothFaces]
    public async Task An_exchange_within_the_limit_leaves_no_timer(Face face)
    {
        await using var caller = Caller(face, new MockTransport(_ => new RecordedBody(face, "text"u8.ToArray()).Respond()));

        (await caller.GetAsync("https://example.org/")).Text.ShouldBe("text");
        _clock.Waiting.ShouldBe(0);

        var response = await caller.StreamAsync("GET", "https://example.org/");
        _clock.Waiting.ShouldBe(1);
        (await caller.ReadAsync(response)).Length.ShouldBe(4);
        _clock.Waiting.ShouldBe(0);

        await caller.CloseAsync(await caller.StreamAsync("GET", "https://example.org/"));
        _clock.Waiting.ShouldBe(0);
        _clock.Made.ShouldBe(3);
    }

    [Theory]
    [BothFaces]
    public async Task Without_a_limit_there_is_no_timer(Face face)
    {
        await using var caller = Caller(face, new MockTransport(_ => new Response(200)));

        await caller.GetAsync("https://example.org/", timeout: 5);

        _clock.Made.ShouldBe(0);
    }

    [Theory]
    [BothFaces]
    public async Task A_hooks_own_cancellation_is_no_time_out(Face face)
    {
        await using var caller = Caller(face, new MockTransport(_ => new Response(200)));
        var thrown = new OperationCanceledException("mine");
        caller.Client.EventHooks.Request.Add(_ => throw thrown);

        (await Record.ExceptionAsync(() => caller.GetAsync("https://example.org/"))).ShouldBeSameAs(thrown);
    }

    private Caller Caller(Face face, Transport transport) => new(face, new() { Timeout = Limited, Time = _clock, Transport = transport });

    private sealed class Hanging(Face face) : Transport
    {
        public required Action OnSend { get; init; }

        public override Response Send(Request request, CancellationToken cancellationToken = default)
        {
            OnSend();
            cancellationToken.WaitHandle.WaitOne();
            throw new OperationCanceledException(cancellationToken);
        }

        public override async ValueTask<Response> SendAsync(Request request, CancellationToken cancellationToken = default)
        {
            OnSend();
            await RecordedBody.WaitForCancellationAsync(face, cancellationToken);
            throw new OperationCanceledException(cancellationToken);
        }
    }
}
