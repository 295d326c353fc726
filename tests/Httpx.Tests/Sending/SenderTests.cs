using System.Text;
using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Sending;

/// <summary>One exchange: hooks, transport, cookies, hooks, body; and who closes what when it fails.</summary>
public sealed class SenderTests
{
    [Theory]
    [BothFaces]
    public async Task The_steps_of_an_exchange_have_their_order(Face face)
    {
        var steps = new List<string>();
        var body = new RecordedBody(face, "text"u8.ToArray());
        await using var caller = new Caller(face, new()
        {
            Auth = Auth.From(request =>
            {
                steps.Add("auth");
                return request;
            }),
            EventHooks = new()
            {
                Request = { _ => steps.Add("request hook") },
                Response = { response => steps.Add($"response hook, closed: {response.IsClosed}, cookie: {response.Cookies["a"]}") },
            },
            Transport = new MockTransport(_ =>
            {
                steps.Add("transport");
                return body.Respond(headers: new() { ["Set-Cookie"] = "a=1" });
            }),
        });

        var response = await caller.GetAsync("https://example.org/");

        steps.ShouldBe(["auth", "request hook", "transport", "response hook, closed: False, cookie: 1"]);
        response.IsClosed.ShouldBeTrue();
        response.Text.ShouldBe("text");
        caller.Client.Cookies["a"].ShouldBe("1");
    }

    [Theory]
    [BothFaces]
    public async Task Hooks_run_for_every_request_on_the_wire_and_may_change_it(Face face)
    {
        var seen = new List<string>();
        await using var caller = new Caller(face, new()
        {
            EventHooks = new()
            {
                Request = { request => request.Headers["X-Hook"] = request.Url.Path },
                Response = { response => seen.Add($"{response.StatusCode} {response.Request.Headers["X-Hook"]}") },
            },
            Transport = new MockTransport(request => request.Url.Path == "/a"
                ? new Response(302, headers: new() { ["Location"] = "/b" })
                : new Response(200)),
        });

        await caller.GetAsync("https://example.org/a");

        seen.ShouldBe(["302 /a", "200 /b"]);
    }

    [Theory]
    [BothFaces]
    public async Task A_response_hook_that_reads_the_body_and_raises_for_its_status_has_it_closed(Face face)
    {
        var body = new RecordedBody(face, "reason"u8.ToArray());
        await using var caller = new Caller(face, new() { Transport = new MockTransport(_ => body.Respond(500)) });
        if (face == Face.Blocking)
        {
            caller.Client.EventHooks.Response.Add(response => response.Read());
        }
        else
        {
            caller.Client.EventHooks.Response.Add(async response => await response.ReadAsync());
        }

        caller.Client.EventHooks.Response.Add(response => response.RaiseForStatus());

        var exception = await Should.ThrowAsync<HttpStatusException>(() => caller.GetAsync("https://example.org/"));

        exception.Response.Text.ShouldBe("reason");
        body.IsClosed.ShouldBeTrue();
    }

    [Theory]
    [BothFaces]
    public async Task What_a_hook_throws_comes_out_as_it_is(Face face)
    {
        var body = new RecordedBody(face, "x"u8.ToArray());
        await using var caller = new Caller(face, new() { Transport = new MockTransport(_ => body.Respond()) });
        caller.Client.EventHooks.Response.Add(_ => throw new FormatException("mine"));

        (await Should.ThrowAsync<FormatException>(() => caller.GetAsync("https://example.org/"))).Message.ShouldBe("mine");
        body.IsClosed.ShouldBeTrue();

        caller.Client.EventHooks = new() { Request = { _ => throw new FormatException("before") } };
        (await Should.ThrowAsync<FormatException>(() => caller.GetAsync("https://example.org/"))).Message.ShouldBe("before");
    }

    [Fact]
    public async Task An_async_hook_that_waits_is_refused_by_the_blocking_client_and_closes_the_response()
    {
        var body = new RecordedBody(Face.Blocking);
        await using var caller = new Caller(Face.Blocking, new() { Transport = new MockTransport(_ => body.Respond()) });
        caller.Client.EventHooks.Response.Add(_ => new TaskCompletionSource().Task);

        (await Should.ThrowAsync<InvalidOperationException>(() => caller.GetAsync("https://example.org/")))
            .Message.ShouldContain("AsyncClient");
        body.IsClosed.ShouldBeTrue();
    }

    [Theory]
    [BothFaces]
    public async Task The_request_is_attached_to_what_a_transport_throws(Face face)
    {
        await using var caller = new Caller(face, new() { Transport = new MockTransport(_ => throw new ReadTimeoutException("slow")) });

        var exception = await Should.ThrowAsync<ReadTimeoutException>(() => caller.GetAsync("https://example.org/a"));

        exception.Request!.Url.ToString().ShouldBe("https://example.org/a");
    }

    [Theory]
    [BothFaces]
    public async Task A_body_that_fails_while_it_is_read_is_closed_and_names_its_request(Face face)
    {
        var body = new RecordedBody(face, "half"u8.ToArray()) { Failure = new ReadException("reset") };
        await using var caller = new Caller(face, new() { Transport = new MockTransport(_ => body.Respond()) });

        (await Should.ThrowAsync<ReadException>(() => caller.GetAsync("https://example.org/"))).Request.ShouldNotBeNull();

        body.IsClosed.ShouldBeTrue();
    }

    [Theory]
    [BothFaces]
    public async Task A_streamed_response_is_unread_until_somebody_reads_it(Face face)
    {
        var body = new RecordedBody(face, "text"u8.ToArray());
        await using var caller = new Caller(face, new() { Transport = new MockTransport(_ => body.Respond()) });

        var response = await caller.StreamAsync("GET", "https://example.org/");

        body.BytesRead.ShouldBe(0);
        body.IsClosed.ShouldBeFalse();
        Encoding.UTF8.GetString((await caller.ReadAsync(response)).Span).ShouldBe("text");
        body.IsClosed.ShouldBeTrue();
    }

    [Theory]
    [BothFaces]
    public async Task A_streamed_response_that_is_closed_lets_its_body_go(Face face)
    {
        var body = new RecordedBody(face, "text"u8.ToArray());
        await using var caller = new Caller(face, new() { Transport = new MockTransport(_ => body.Respond()) });

        await caller.CloseAsync(await caller.StreamAsync("GET", "https://example.org/"));

        body.IsClosed.ShouldBeTrue();
        body.BytesRead.ShouldBe(0);
    }

    [Theory]
    [BothFaces]
    public async Task A_transport_that_returns_nothing_is_told(Face face)
    {
        await using var caller = new Caller(face, new() { Transport = new EmptyTransport() });

        (await Should.ThrowAsync<InvalidOperationException>(() => caller.GetAsync("https://example.org/")))
            .Message.ShouldContain("transport");
    }

    [Theory]
    [BothFaces]
    public async Task A_url_that_cannot_be_asked_reaches_no_transport(Face face)
    {
        await using var caller = new Caller(face, new() { Transport = new MockTransport(_ => throw new FormatException("called")) });

        (await Should.ThrowAsync<UnsupportedProtocolException>(() => caller.GetAsync("/relative"))).Message.ShouldContain("protocol");
        (await Should.ThrowAsync<UnsupportedProtocolException>(() => caller.GetAsync("https://"))).Message.ShouldContain("host");
        await Should.ThrowAsync<UnsupportedProtocolException>(() => caller.GetAsync("ftp://example.org/"));
    }

    [Theory]
    [BothFaces]
    public async Task Elapsed_is_known_once_the_response_is_closed(Face face)
    {
        await using var caller = new Caller(face, new()
        {
            Transport = new MockTransport(_ => new RecordedBody(face, new byte[1]).Respond()),
        });

        (await caller.GetAsync("https://example.org/")).Elapsed.ShouldBeGreaterThan(TimeSpan.Zero);
        var streamed = await caller.StreamAsync("GET", "https://example.org/");
        Should.Throw<InvalidOperationException>(() => streamed.Elapsed);
        await caller.CloseAsync(streamed);
        streamed.Elapsed.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Theory]
    [BothFaces]
    public async Task A_token_that_is_cancelled_beforehand_sends_nothing(Face face)
    {
        var sent = 0;
        await using var caller = new Caller(face, new() { Transport = new EmptyTransport { OnSend = () => sent++ } });
        var token = new CancellationToken(canceled: true);

        var exception = await Should.ThrowAsync<OperationCanceledException>(
            () => caller.GetAsync("https://example.org/", cancellationToken: token));

        exception.CancellationToken.ShouldBe(token);
        sent.ShouldBe(0);
    }

    [Theory]
    [BothFaces]
    public async Task Cancelling_while_the_body_is_read_closes_the_response(Face face)
    {
        using var source = new CancellationTokenSource();
        var body = new RecordedBody(face, "half"u8.ToArray()) { Hangs = true, OnHang = source.Cancel };
        await using var caller = new Caller(face, new() { Transport = new MockTransport(_ => body.Respond()) });

        var exception = await Should.ThrowAsync<OperationCanceledException>(
            () => caller.GetAsync("https://example.org/", cancellationToken: source.Token));

        exception.CancellationToken.ShouldBe(source.Token);
        body.IsClosed.ShouldBeTrue();
    }

    [Theory]
    [BothFaces]
    public async Task What_the_options_say_of_responses_reaches_each(Face face)
    {
        await using var caller = new Caller(face, new()
        {
            DefaultEncoding = Encoding.Latin1,
            DetectEncoding = bytes => bytes.Span.StartsWith("utf8:"u8) ? Encoding.UTF8 : null,
            JsonOptions = new() { PropertyNameCaseInsensitive = true },
            Transport = new MockTransport(request => new Response(200, content: request.Url.Path switch
            {
                "/latin" => new byte[] { 0xE9 },
                "/utf8" => "utf8:\u00e9"u8.ToArray(),
                _ => """{"VALUE":1}"""u8.ToArray(),
            })),
        });

        (await caller.GetAsync("https://example.org/latin")).Text.ShouldBe("\u00e9");
        (await caller.GetAsync("https://example.org/utf8")).Text.ShouldBe("utf8:\u00e9");
        (await caller.GetAsync("https://example.org/json")).Json<Named>()!.Value.ShouldBe(1);
    }

    [Theory]
    [BothFaces]
    public async Task A_body_beyond_the_limit_is_not_taken_in(Face face)
    {
        var body = new RecordedBody(face, new byte[11]);
        await using var caller = new Caller(face, new() { MaxResponseBytes = 10, Transport = new MockTransport(_ => body.Respond()) });

        await Should.ThrowAsync<RequestException>(() => caller.GetAsync("https://example.org/"));

        body.IsClosed.ShouldBeTrue();
    }

    private sealed record Named(int Value);

    private sealed class EmptyTransport : Transport
    {
        public Action? OnSend { get; init; }

        public override Response Send(Request request, CancellationToken cancellationToken = default)
        {
            OnSend?.Invoke();
            return null!;
        }

        public override ValueTask<Response> SendAsync(Request request, CancellationToken cancellationToken = default)
        {
            OnSend?.Invoke();
            return default;
        }
    }
}
