using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Sending;

/// <summary>Authentication as a client runs it.</summary>
public sealed class AuthenticationTests
{
    private readonly List<Request> _seen = [];

    [Theory]
    [BothFaces]
    public async Task The_requests_own_goes_before_the_clients_and_the_clients_before_the_urls(Face face)
    {
        await using var caller = Caller(face, _ => new Response(200));

        await caller.GetAsync("https://url:u@example.org/");
        caller.Client.Auth = ("client", "c");
        await caller.GetAsync("https://url:u@example.org/");
        await caller.GetAsync("https://url:u@example.org/", auth: ("request", "r"));

        Sent().ShouldBe([Basic("url:u"), Basic("client:c"), Basic("request:r")]);
    }

    [Theory]
    [BothFaces]
    public async Task None_switches_the_clients_off_but_not_the_urls(Face face)
    {
        await using var caller = Caller(face, _ => new Response(200));
        caller.Client.Auth = ("client", "c");

        await caller.GetAsync("https://example.org/", auth: Auth.None);
        await caller.GetAsync("https://url:u@example.org/", auth: Auth.None);
        caller.Client.Auth = Auth.None;
        await caller.GetAsync("https://example.org/");

        Sent().ShouldBe([null, Basic("url:u"), null]);
    }

    [Theory]
    [BothFaces("https://us%20er:p%C3%A4ss@example.org/", "us er:p\u00e4ss")]
    [BothFaces("https://only@example.org/", "only:")]
    [BothFaces("https://:pw@example.org/", ":pw")]
    public async Task User_name_and_password_of_the_url_are_decoded(Face face, string url, string expected)
    {
        await using var caller = Caller(face, _ => new Response(200));

        await caller.GetAsync(url);

        Sent().ShouldBe([Basic(expected)]);
    }

    [Theory]
    [BothFaces]
    public async Task It_replaces_an_Authorization_header_and_hooks_see_it(Face face)
    {
        await using var caller = Caller(face, _ => new Response(200));
        string? hooked = null;
        caller.Client.EventHooks.Request.Add(request => hooked = request.Headers.Get("Authorization"));

        await caller.GetAsync("https://example.org/", headers: new() { ["Authorization"] = "old" }, auth: ("a", "b"));

        Sent().ShouldBe([Basic("a:b")]);
        hooked.ShouldBe(Basic("a:b"));
    }

    [Theory]
    [BothFaces]
    public async Task A_function_may_return_another_request(Face face)
    {
        await using var caller = Caller(face, _ => new Response(200));

        var response = await caller.GetAsync("https://example.org/", auth: Auth.From(_ => new Request("PUT", "https://other.example/")));

        _seen.Single().Method.ShouldBe("PUT");
        response.Request.ShouldBeSameAs(_seen.Single());
    }

    [Theory]
    [BothFaces]
    public async Task Digest_answers_the_challenge_and_history_has_it(Face face)
    {
        await using var caller = Caller(face, request => request.Headers.ContainsKey("Authorization")
            ? new Response(200, text: "welcome")
            : new Response(401, headers:
            [
                ("WWW-Authenticate", "Digest realm=\"r\", nonce=\"abc\", qop=\"auth\", algorithm=SHA-256, opaque=\"o\""),
                ("Set-Cookie", "session=1"),
            ]));
        var digest = new DigestAuth("user", "secret");

        var response = await caller.RequestAsync("POST", "https://example.org/a?b=c", content: "body", auth: digest);
        await caller.GetAsync("https://example.org/d", auth: digest);

        response.Text.ShouldBe("welcome");
        response.History.Select(challenge => challenge.StatusCode).ShouldBe([401]);
        _seen.Count.ShouldBe(3, "the second request answers beforehand");
        _seen[1].Headers["Authorization"].ShouldStartWith("Digest username=\"user\", realm=\"r\", nonce=\"abc\", uri=\"/a?b=c\"");
        _seen[1].Headers["Authorization"].ShouldContain("nc=00000001");
        _seen[2].Headers["Authorization"].ShouldContain("nc=00000002");
        _seen[2].Headers["Cookie"].ShouldBe("session=1");
        System.Text.Encoding.UTF8.GetString(_seen[1].Content.Span).ShouldBe("body");
    }

    [Theory]
    [BothFaces]
    public async Task Digest_with_a_wrong_password_returns_the_second_refusal(Face face)
    {
        await using var caller = Caller(face, _ => new Response(401, headers: new()
        {
            ["WWW-Authenticate"] = "Digest realm=\"r\", nonce=\"abc\", qop=\"auth\"",
        }));

        var response = await caller.GetAsync("https://example.org/", auth: new DigestAuth("user", "wrong"));

        response.StatusCode.ShouldBe(401);
        response.History.Count.ShouldBe(1);
        _seen.Count.ShouldBe(2);
    }

    [Theory]
    [BothFaces]
    public async Task Digest_does_not_answer_where_a_redirect_led(Face face)
    {
        await using var caller = Caller(face, request => request.Url.Host == "example.org"
            ? new Response(302, headers: new() { ["Location"] = "https://evil.example/" })
            : new Response(401, headers: new() { ["WWW-Authenticate"] = "Digest realm=\"r\", nonce=\"abc\"" }));

        var response = await caller.GetAsync("https://example.org/", auth: new DigestAuth("user", "secret"));

        response.StatusCode.ShouldBe(401);
        Sent().ShouldBe([null, null]);
    }

    [Theory]
    [BothFaces]
    public async Task Redirects_and_authentication_steps_stand_in_history_in_their_order(Face face)
    {
        await using var caller = Caller(face, request => (request.Url.Path, request.Headers.ContainsKey("Authorization")) switch
        {
            ("/a", _) => new Response(302, headers: new() { ["Location"] = "/b" }),
            ("/b", false) => new Response(401, headers: new() { ["WWW-Authenticate"] = "Digest realm=\"r\", nonce=\"abc\"" }),
            ("/b", true) => new Response(302, headers: new() { ["Location"] = "/c" }),
            _ => new Response(200),
        });
        caller.Client.MaxRedirects = 2; // an authentication round trip is no redirect

        var response = await caller.GetAsync("https://example.org/a", auth: new DigestAuth("user", "secret"));

        response.History.Select(earlier => (earlier.Url.Path, earlier.StatusCode)).ShouldBe([("/a", 302), ("/b", 401), ("/b", 302)]);
        caller.Client.MaxRedirects = 1;
        await Should.ThrowAsync<TooManyRedirectsException>(
            () => caller.GetAsync("https://example.org/a", auth: new DigestAuth("user", "secret")));
    }

    [Theory]
    [BothFaces]
    public async Task A_scheme_of_ones_own_sees_each_response(Face face)
    {
        await using var caller = Caller(face, request => new Response(200, text: request.Headers.Get("X-Step") ?? "none"));
        var scheme = new Steps(3);

        var response = await caller.GetAsync("https://example.org/", auth: scheme);

        response.Text.ShouldBe("3");
        response.History.Select(step => step.Text).ShouldBe(["1", "2"]);
        scheme.Answers.ShouldBe(["1", "2", "3"]);
        scheme.IsFinished.ShouldBeTrue();
    }

    [Theory]
    [BothFaces]
    public async Task The_response_of_a_flow_is_left_unread_where_it_is_streamed(Face face)
    {
        var bodies = new List<RecordedBody>();
        await using var caller = Caller(face, _ =>
        {
            bodies.Add(new RecordedBody(face, "x"u8.ToArray()));
            return bodies[^1].Respond();
        });

        await using var response = await caller.SendAsync(
            new Request("GET", "https://example.org/"), stream: true, auth: new Steps(2) { ReadsResponses = false });

        bodies.Select(body => body.WasReadToEnd).ShouldBe([true, false]);
        bodies[1].IsClosed.ShouldBeFalse();
        await caller.CloseAsync(response);
        bodies[1].IsClosed.ShouldBeTrue();
    }

    [Theory]
    [BothFaces]
    public async Task What_a_flow_throws_comes_out_with_the_response_closed_and_the_flow_ended(Face face)
    {
        var body = new RecordedBody(face, "x"u8.ToArray());
        await using var caller = Caller(face, _ => body.Respond());
        var scheme = new Steps(3) { Failure = new FormatException("mine"), ReadsResponses = false };

        (await Should.ThrowAsync<FormatException>(() => caller.GetAsync("https://example.org/", auth: scheme))).Message.ShouldBe("mine");

        body.IsClosed.ShouldBeTrue();
        scheme.IsFinished.ShouldBeTrue();
    }

    [Theory]
    [BothFaces]
    public async Task A_transport_that_fails_ends_the_flow(Face face)
    {
        await using var caller = Caller(face, _ => throw new ConnectException("no"));
        var scheme = new Steps(3);

        await Should.ThrowAsync<ConnectException>(() => caller.GetAsync("https://example.org/", auth: scheme));

        scheme.IsFinished.ShouldBeTrue();
    }

    [Theory]
    [BothFaces]
    public async Task A_function_that_throws_comes_out_of_the_task(Face face)
    {
        await using var caller = Caller(face, _ => new Response(200));

        var task = caller.GetAsync("https://example.org/", auth: Auth.From(_ => throw new FormatException("mine")));

        await Should.ThrowAsync<FormatException>(() => task);
        _seen.ShouldBeEmpty();
    }

    [Theory]
    [BothFaces]
    public async Task A_flow_without_a_request_is_an_error_that_names_the_scheme(Face face)
    {
        await using var caller = Caller(face, _ => new Response(200));

        (await Should.ThrowAsync<InvalidOperationException>(() => caller.GetAsync("https://example.org/", auth: new Steps(0))))
            .Message.ShouldContain(nameof(Steps));
    }

    [Theory]
    [BothFaces]
    public async Task A_flow_that_wants_the_requests_body_finds_it_read(Face face)
    {
        await using var caller = Caller(face, _ => new Response(200));
        var scheme = new Signing();

        await caller.RequestAsync("POST", "https://example.org/", content: new OneShotStream(), auth: scheme);

        _seen.Single().Headers["X-Length"].ShouldBe("3");
    }

    [Theory]
    [BothFaces]
    public async Task A_flow_may_fetch_something_else_before_a_body_that_can_be_read_once(Face face)
    {
        await using var caller = Caller(face, request => new Response(200, text: request.Url.Path == "/token" ? "t" : "done"));

        var response = await caller.RequestAsync("POST", "https://example.org/", content: new OneShotStream(), auth: new Token());

        response.Text.ShouldBe("done");
        _seen[1].Headers["X-Token"].ShouldBe("t");
    }

    [Fact]
    public async Task The_async_client_runs_the_async_flow_and_awaits_it()
    {
        await using var caller = Caller(Face.Async, _ => new Response(200));

        await caller.GetAsync("https://example.org/", auth: new Waiting());

        _seen.Single().Headers["X-Waited"].ShouldBe("yes");
    }

    private static string Basic(string credentials) =>
        "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(credentials));

    private IEnumerable<string?> Sent() => _seen.Select(request => request.Headers.Get("Authorization"));

    private Caller Caller(Face face, Func<Request, Response> handler) => new(face, new()
    {
        Transport = new MockTransport(request =>
        {
            _seen.Add(request);
            return handler(request);
        }),
    });

    private sealed class Steps(int count) : Auth
    {
        public bool ReadsResponses { get; init; } = true;

        public Exception? Failure { get; init; }

        public List<string> Answers { get; } = [];

        public bool IsFinished { get; private set; }

        public override bool RequiresResponseBody => ReadsResponses;

        public override IEnumerable<Request> Flow(Request request, AuthFlow flow)
        {
            try
            {
                for (var i = 1; i <= count; i++)
                {
                    yield return new Request("GET", request.Url, headers: new() { ["X-Step"] = $"{i}" });
                    if (ReadsResponses)
                    {
                        Answers.Add(flow.Response.Text);
                    }

                    if (Failure is not null)
                    {
                        throw Failure;
                    }
                }
            }
            finally
            {
                IsFinished = true;
            }
        }
    }

    private sealed class Signing : Auth
    {
        public override bool RequiresRequestBody => true;

        public override IEnumerable<Request> Flow(Request request, AuthFlow flow)
        {
            request.Headers["X-Length"] = $"{request.Content.Length}";
            yield return request;
        }
    }

    private sealed class Token : Auth
    {
        public override bool RequiresResponseBody => true;

        public override IEnumerable<Request> Flow(Request request, AuthFlow flow)
        {
            yield return new Request("POST", "https://example.org/token");
            request.Headers["X-Token"] = flow.Response.Text;
            yield return request;
        }
    }

    private sealed class Waiting : Auth
    {
        public override IEnumerable<Request> Flow(Request request, AuthFlow flow) => throw new NotSupportedException();

        public override async IAsyncEnumerable<Request> FlowAsync(
            Request request,
            AuthFlow flow,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            request.Headers["X-Waited"] = "yes";
            yield return request;
        }
    }
}
