using System.Globalization;
using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Sending;

/// <summary>Redirects as a client follows them.</summary>
public sealed class RedirectTests
{
    private readonly List<Request> _seen = [];

    [Theory]
    [BothFaces]
    public async Task Redirects_are_followed_and_history_has_every_hop_in_order(Face face)
    {
        await using var caller = Caller(face, request => request.Url.Path switch
        {
            "/a" => Redirect(302, "/b"),
            "/b" => Redirect(301, "https://other.example/c"),
            _ => new Response(200, text: "there"),
        });

        var response = await caller.GetAsync("https://example.org/a");

        response.StatusCode.ShouldBe(200);
        response.Text.ShouldBe("there");
        response.Url.ToString().ShouldBe("https://other.example/c");
        response.History.Select(hop => hop.Url.ToString()).ShouldBe(["https://example.org/a", "https://example.org/b"]);
        response.History[0].History.ShouldBeEmpty();
        response.History[1].History.ShouldBe([response.History[0]]);
        response.NextRequest.ShouldBeNull();
    }

    [Theory]
    [BothFaces]
    public async Task A_redirect_that_is_not_followed_shows_the_next_request(Face face)
    {
        await using var caller = Caller(face, _ => Redirect(303, "/b"));

        var response = await caller.RequestAsync("POST", "https://example.org/a", content: "x", allowRedirects: false);

        response.StatusCode.ShouldBe(303);
        response.IsRedirect.ShouldBeTrue();
        response.History.ShouldBeEmpty();
        response.NextRequest!.Method.ShouldBe("GET");
        response.NextRequest.Url.ToString().ShouldBe("https://example.org/b");
        _seen.Count.ShouldBe(1);
    }

    [Theory]
    [BothFaces]
    public async Task Next_follows_one_redirect_and_no_further(Face face)
    {
        await using var caller = Caller(face, request => request.Url.Path switch
        {
            "/a" => Redirect(302, "/b"),
            "/b" => Redirect(302, "/c"),
            _ => new Response(200, text: "end"),
        });
        var first = await caller.GetAsync("https://example.org/a", allowRedirects: false);

        var second = await Next(face, first);
        var third = await Next(face, second);

        second.StatusCode.ShouldBe(302);
        second.History.ShouldBe([first]);
        third.Text.ShouldBe("end");
        third.History.ShouldBe([first, second]);
    }

    [Theory]
    [BothFaces]
    public async Task Next_does_not_authenticate_again_where_the_credentials_do_not_belong(Face face)
    {
        await using var caller = Caller(
            face, request => request.Url.Host == "example.org" ? Redirect(302, "https://evil.example/") : new Response(200));
        caller.Client.Auth = ("user", "secret");
        var first = await caller.GetAsync("https://example.org/a", allowRedirects: false);

        await Next(face, first);

        _seen[0].Headers.ContainsKey("Authorization").ShouldBeTrue();
        _seen[1].Headers.ContainsKey("Authorization").ShouldBeFalse();
    }

    [Theory]
    [BothFaces]
    public async Task Next_of_a_closed_client_says_so(Face face)
    {
        var caller = Caller(face, _ => Redirect(302, "/b"));
        var first = await caller.GetAsync("https://example.org/a", allowRedirects: false);
        await caller.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(() => Next(face, first));
    }

    [Theory]
    [BothFaces]
    public async Task Twenty_redirects_pass_and_twenty_one_fail(Face face)
    {
        await using var caller = Caller(face, request =>
        {
            var left = int.Parse(request.Url.Query, CultureInfo.InvariantCulture);
            return left > 0 ? Redirect(302, $"?{left - 1}") : new Response(200);
        });

        (await caller.GetAsync("https://example.org/?20")).History.Count.ShouldBe(20);
        var exception = await Should.ThrowAsync<TooManyRedirectsException>(() => caller.GetAsync("https://example.org/?21"));

        exception.Message.ShouldContain("Exceeded maximum allowed redirects");
        exception.Request!.Url.ToString().ShouldBe("https://example.org/?0");
    }

    [Theory]
    [BothFaces]
    public async Task The_limit_is_the_clients_and_zero_allows_none(Face face)
    {
        var bodies = new List<RecordedBody>();
        await using var caller = Caller(face, _ =>
        {
            bodies.Add(new RecordedBody(face, "x"u8.ToArray()));
            return bodies[^1].Respond(302, new() { ["Location"] = "/again" });
        });
        caller.Client.MaxRedirects = 0;

        await Should.ThrowAsync<TooManyRedirectsException>(() => caller.GetAsync("https://example.org/"));

        bodies.Single().IsClosed.ShouldBeTrue();
        (await caller.GetAsync("https://example.org/", allowRedirects: false)).StatusCode.ShouldBe(302, "nothing is counted then");
    }

    [Theory]
    [BothFaces]
    public async Task The_client_decides_where_the_request_does_not(Face face)
    {
        await using var caller = Caller(face, request => request.Url.Path == "/a" ? Redirect(302, "/b") : new Response(200));
        caller.Client.AllowRedirects = false;

        (await caller.GetAsync("https://example.org/a")).StatusCode.ShouldBe(302);
        (await caller.GetAsync("https://example.org/a", allowRedirects: true)).StatusCode.ShouldBe(200);
    }

    [Theory]
    [BothFaces]
    public async Task A_credential_that_was_dropped_does_not_come_back(Face face)
    {
        await using var caller = Caller(face, request => request.Url.ToString() switch
        {
            "https://a.example/1" => Redirect(302, "https://b.example/2"),
            "https://b.example/2" => Redirect(302, "https://a.example/3"),
            _ => new Response(200),
        });

        await caller.GetAsync("https://a.example/1", headers: new() { ["Authorization"] = "Bearer t" }, auth: ("user", "secret"));

        _seen.Select(request => request.Headers.Get("Authorization")).ShouldBe(["Basic dXNlcjpzZWNyZXQ=", null, null]);
    }

    [Theory]
    [BothFaces]
    public async Task The_user_name_of_a_redirects_target_authenticates_nothing(Face face)
    {
        await using var caller = Caller(
            face, request => request.Url.Host == "a.example" ? Redirect(302, "https://u:p@b.example/") : new Response(200));

        await caller.GetAsync("https://me:pw@a.example/");

        _seen.Select(request => request.Headers.Get("Authorization")).ShouldBe(["Basic bWU6cHc=", null]);
    }

    [Theory]
    [BothFaces]
    public async Task Cookies_of_a_hop_go_to_the_next_and_those_of_the_request_do_not(Face face)
    {
        await using var caller = Caller(face, request => request.Url.Path == "/a"
            ? new Response(302, headers: [("Location", "/b"), ("Set-Cookie", "hop=1")])
            : new Response(200));
        caller.Client.Cookies.Set("client", "2", domain: "example.org");

        var response = await caller.GetAsync("https://example.org/a", cookies: [("request", "3")]);

        _seen[0].Headers["Cookie"].Split("; ").Order().ShouldBe(["client=2", "request=3"]);
        _seen[1].Headers["Cookie"].Split("; ").Order().ShouldBe(["client=2", "hop=1"]);
        response.Cookies.Count.ShouldBe(0);
        response.History[0].Cookies["hop"].ShouldBe("1");
        caller.Client.Cookies["hop"].ShouldBe("1");
    }

    [Theory]
    [BothFaces(307)]
    [BothFaces(308)]
    public async Task A_body_that_can_be_replayed_is_sent_again(Face face, int status)
    {
        var bodies = new List<string>();
        await using var caller = Caller(face, request =>
        {
            bodies.Add(System.Text.Encoding.UTF8.GetString(request.Content.Span));
            return request.Url.Path == "/a" ? Redirect(status, "/b") : new Response(200);
        });

        await caller.RequestAsync("POST", "https://example.org/a", content: "body");
        await caller.RequestAsync("POST", "https://example.org/a", content: new MemoryStream("stream"u8.ToArray()));

        bodies.ShouldBe(["body", "body", "stream", "stream"]);
    }

    [Theory]
    [BothFaces]
    public async Task A_body_that_can_be_read_once_ends_the_exchange_before_anything_is_sent_again(Face face)
    {
        var first = new RecordedBody(face);
        var sent = 0;
        await using var caller = new Caller(face, new()
        {
            Transport = new UnreadTransport(_ =>
        {
            sent++;
            return first.Respond(307, new() { ["Location"] = "/b" });
        })
        });

        await Should.ThrowAsync<StreamConsumedException>(
            () => caller.RequestAsync("POST", "https://example.org/a", content: new OneShotStream()));

        sent.ShouldBe(1);
        first.IsClosed.ShouldBeTrue();
    }

    [Theory]
    [BothFaces]
    public async Task A_body_that_can_be_read_once_does_not_matter_where_it_is_dropped(Face face)
    {
        await using var caller = new Caller(face, new()
        {
            Transport = new UnreadTransport(request =>
            request.Method == "POST" ? Redirect(303, "/b") : new Response(200))
        });

        (await caller.RequestAsync("POST", "https://example.org/a", content: new OneShotStream())).StatusCode.ShouldBe(200);
    }

    [Theory]
    [BothFaces("ftp://example.org/x")]
    [BothFaces("file:///etc/passwd")]
    [BothFaces("javascript:alert(1)")]
    [BothFaces("data:text/html,x")]
    [BothFaces("market://details?id=42")]
    public async Task A_scheme_that_nobody_serves_is_not_followed(Face face, string location)
    {
        var body = new RecordedBody(face);
        await using var caller = Caller(face, _ => body.Respond(302, new() { ["Location"] = location }));

        var exception = await Should.ThrowAsync<UnsupportedProtocolException>(() => caller.GetAsync("https://example.org/"));

        exception.Request.ShouldNotBeNull();
        _seen.Count.ShouldBe(1);
        body.IsClosed.ShouldBeTrue();
    }

    [Theory]
    [BothFaces]
    public async Task A_scheme_that_is_mounted_is_followed(Face face)
    {
        await using var caller = new Caller(face, new()
        {
            Transport = new MockTransport(_ => Redirect(302, "market://details?id=42")),
            Mounts = { ["market://"] = new MockTransport(request => new Response(200, text: request.Url.Query)) },
        });

        (await caller.GetAsync("https://example.org/")).Text.ShouldBe("id=42");
    }

    [Theory]
    [BothFaces]
    public async Task Each_hop_chooses_its_transport(Face face)
    {
        await using var caller = new Caller(face, new()
        {
            Transport = new MockTransport(_ => Redirect(302, "https://mounted.example/")),
            Mounts = { ["all://mounted.example"] = new MockTransport(_ => new Response(200, text: "mounted")) },
        });

        (await caller.GetAsync("http://example.org/")).Text.ShouldBe("mounted");
    }

    [Theory]
    [BothFaces]
    public async Task A_bad_Location_closes_the_response(Face face)
    {
        var body = new RecordedBody(face);
        await using var caller = Caller(face, _ => body.Respond(302, new() { ["Location"] = "http://[/" }));

        var exception = await Should.ThrowAsync<RemoteProtocolException>(() => caller.GetAsync("https://example.org/"));

        exception.Request.ShouldBeSameAs(_seen[0]);
        body.IsClosed.ShouldBeTrue();
    }

    [Theory]
    [BothFaces]
    public async Task Who_does_not_follow_gets_the_response_whatever_its_Location_is(Face face)
    {
        await using var caller = Caller(face, _ => new Response(302, headers: new() { ["Location"] = "http://[/" }, text: "moved"));

        var response = await caller.GetAsync("https://example.org/", allowRedirects: false);

        response.Text.ShouldBe("moved");
        response.NextRequest.ShouldBeNull();
    }

    [Theory]
    [BothFaces]
    public async Task A_short_body_of_a_hop_is_read_to_its_end_and_kept(Face face)
    {
        var body = new RecordedBody(face, "moved"u8.ToArray());
        await using var caller = Caller(face, request =>
            request.Url.Path == "/a" ? body.Respond(302, new() { ["Location"] = "/b" }) : new Response(200));

        var response = await caller.GetAsync("https://example.org/a");

        body.WasReadToEnd.ShouldBeTrue();
        body.IsClosed.ShouldBeTrue();
        response.History[0].Text.ShouldBe("moved");
    }

    [Theory]
    [BothFaces(true)]
    [BothFaces(false)]
    public async Task A_long_body_of_a_hop_is_given_up(Face face, bool hasLength)
    {
        var body = new RecordedBody(face, new byte[64 * 1024], new byte[64 * 1024], new byte[64 * 1024]) { HasLength = hasLength };
        await using var caller = Caller(face, request =>
            request.Url.Path == "/a" ? body.Respond(302, new() { ["Location"] = "/b" }) : new Response(200));

        (await caller.GetAsync("https://example.org/a")).StatusCode.ShouldBe(200);

        body.BytesRead.ShouldBeLessThanOrEqualTo(hasLength ? 0 : 128 * 1024);
        body.IsClosed.ShouldBeTrue();
    }

    [Theory]
    [BothFaces]
    public async Task A_broken_body_of_a_hop_does_not_stop_the_exchange(Face face)
    {
        var body = new RecordedBody(face, "mo"u8.ToArray()) { Failure = new RemoteProtocolException("cut short") };
        await using var caller = Caller(face, request =>
            request.Url.Path == "/a" ? body.Respond(302, new() { ["Location"] = "/b" }) : new Response(200));

        (await caller.GetAsync("https://example.org/a")).StatusCode.ShouldBe(200);

        body.IsClosed.ShouldBeTrue();
    }

    [Theory]
    [BothFaces]
    public async Task A_hop_that_inflates_beyond_measure_is_not_inflated(Face face)
    {
        var bomb = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(bomb, System.IO.Compression.CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(new byte[16 * 1024 * 1024]);
        }

        var body = new RecordedBody(face, bomb.ToArray());
        await using var caller = Caller(face, request => request.Url.Path == "/a"
            ? body.Respond(302, [("Location", "/b"), ("Content-Encoding", "gzip")])
            : new Response(200));

        var response = await caller.GetAsync("https://example.org/a");

        response.StatusCode.ShouldBe(200);
        Should.Throw<ResponseNotReadException>(() => response.History[0].Content);
        body.IsClosed.ShouldBeTrue();
    }

    private static Response Redirect(int status, string location) => new(status, headers: new() { ["Location"] = location });

    private static Task<Response> Next(Face face, Response response) =>
        face == Face.Blocking ? Fixtures.Caller.OnOwnThread(() => response.Next()) : response.NextAsync();

    private Caller Caller(Face face, Func<Request, Response> handler) => new(face, new()
    {
        Transport = new MockTransport(request =>
        {
            _seen.Add(request);
            return handler(request);
        }),
    });

    /// <summary>Answers without reading the request's body, as a server may.</summary>
    private sealed class UnreadTransport(Func<Request, Response> handler) : Transport
    {
        public override Response Send(Request request, CancellationToken cancellationToken = default) => handler(request);

        public override ValueTask<Response> SendAsync(Request request, CancellationToken cancellationToken = default) =>
            new(handler(request));
    }
}
