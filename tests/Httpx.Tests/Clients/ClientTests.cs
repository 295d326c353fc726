using System.Text;
using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Clients;

/// <summary>A client's life and its verbs.</summary>
public sealed class ClientTests
{
    private static readonly string[] EveryVerb =
    [
        "GET  q=1 1", "HEAD  q=1 1", "OPTIONS  q=1 1", "DELETE  q=1 1", "POST c q=1 1", "PUT d=1 q=1 1", "PATCH 5 q=1 1", "REPORT c q=1 1",
    ];

    [Theory]
    [BothFaces]
    public async Task A_closed_client_sends_nothing(Face face)
    {
        var caller = new Caller(face, new() { Transport = new MockTransport(_ => new Response(200)) });
        caller.Client.IsClosed.ShouldBeFalse();

        await caller.DisposeAsync();
        await caller.DisposeAsync();

        caller.Client.IsClosed.ShouldBeTrue();
        await Should.ThrowAsync<ObjectDisposedException>(() => caller.GetAsync("https://example.org/"));
        await Should.ThrowAsync<ObjectDisposedException>(() => caller.StreamAsync("GET", "https://example.org/"));
        await Should.ThrowAsync<ObjectDisposedException>(() => caller.SendAsync(new Request("GET", "https://example.org/")));
    }

    [Fact]
    public async Task Closing_closes_the_transport_and_every_mount_once()
    {
        foreach (var close in new Func<ClientOptions, Task>[]
        {
            options =>
            {
                var client = new Client(options);
                client.Close();
                client.Dispose();
                return Task.CompletedTask;
            },
            async options =>
            {
                var client = new AsyncClient(options);
                await client.CloseAsync();
                await client.DisposeAsync();
                client.Dispose();
            },
            options =>
            {
                new AsyncClient(options).Dispose();
                return Task.CompletedTask;
            },
        })
        {
            var main = new Counting();
            var mounted = new Counting();

            await close(new() { Transport = main, Mounts = { ["all://a.example"] = mounted, ["all://b.example"] = null } });

            main.TimesClosed.ShouldBe(1);
            mounted.TimesClosed.ShouldBe(1);
        }
    }

    [Fact]
    public void Every_verb_of_the_blocking_client_sends_its_method()
    {
        var sent = new List<string>();
        using var client = new Client(new() { Transport = Recording(sent), Headers = new() { ["X-A"] = "0" } });
        Headers headers = new() { ["X-A"] = "1" };

        client.Get("https://h/", query: "q=1", headers: headers);
        client.Head("https://h/", query: "q=1", headers: headers);
        client.Options("https://h/", query: "q=1", headers: headers);
        client.Delete("https://h/", query: "q=1", headers: headers);
        client.Post("https://h/", content: "c", query: "q=1", headers: headers);
        client.Put("https://h/", data: [("d", "1")], query: "q=1", headers: headers);
        client.Patch("https://h/", json: 5, query: "q=1", headers: headers);
        client.Request("REPORT", "https://h/", content: "c", query: "q=1", headers: headers);

        sent.ShouldBe(EveryVerb);
    }

    [Fact]
    public async Task Every_verb_of_the_async_client_sends_its_method()
    {
        var sent = new List<string>();
        await using var client = new AsyncClient(new() { Transport = Recording(sent), Headers = new() { ["X-A"] = "0" } });
        Headers headers = new() { ["X-A"] = "1" };

        await client.GetAsync("https://h/", query: "q=1", headers: headers);
        await client.HeadAsync("https://h/", query: "q=1", headers: headers);
        await client.OptionsAsync("https://h/", query: "q=1", headers: headers);
        await client.DeleteAsync("https://h/", query: "q=1", headers: headers);
        await client.PostAsync("https://h/", content: "c", query: "q=1", headers: headers);
        await client.PutAsync("https://h/", data: [("d", "1")], query: "q=1", headers: headers);
        await client.PatchAsync("https://h/", json: 5, query: "q=1", headers: headers);
        await client.RequestAsync("REPORT", "https://h/", content: "c", query: "q=1", headers: headers);

        sent.ShouldBe(EveryVerb);
    }

    [Theory]
    [BothFaces]
    public async Task Cookies_of_responses_go_with_the_requests_after_them(Face face)
    {
        var seen = new List<string?>();
        await using var caller = new Caller(face, new()
        {
            Transport = new MockTransport(request =>
            {
                seen.Add(request.Headers.Get("Cookie"));
                return new Response(200, headers: new() { ["Set-Cookie"] = "session=1" });
            }),
        });

        await caller.GetAsync("https://example.org/");
        await caller.GetAsync("https://example.org/");
        await caller.GetAsync("https://other.example/");

        seen.ShouldBe([null, "session=1", null]);
    }

    [Fact]
    public void A_client_takes_a_copy_of_its_options()
    {
        var options = new ClientOptions { Transport = new MockTransport(_ => new Response(200)) };
        options.Headers["X-A"] = "1";
        options.Cookies["a"] = "1";
        using var client = new Client(options);

        options.Headers["X-A"] = "2";
        options.Cookies["a"] = "2";
        options.EventHooks.Request.Add(_ => throw new InvalidOperationException("added later"));
        options.MaxRedirects = 1;
        client.Headers["X-B"] = "3";

        client.Headers["X-A"].ShouldBe("1");
        client.Cookies["a"].ShouldBe("1");
        client.MaxRedirects.ShouldBe(20);
        options.Headers.ContainsKey("X-B").ShouldBeFalse();
        client.Get("https://example.org/").StatusCode.ShouldBe(200);
    }

    [Fact]
    public void What_is_assigned_to_a_client_is_copied()
    {
        using var client = new Client(new() { Transport = new MockTransport(_ => new Response(200)) });
        var cookies = new Cookies { ["a"] = "1" };
        var hooks = new EventHooks();
        client.Cookies = cookies;
        client.EventHooks = hooks;

        cookies["a"] = "2";
        hooks.Request.Add(_ => { });

        client.Cookies["a"].ShouldBe("1");
        client.EventHooks.Request.Count.ShouldBe(0);
    }

    [Fact]
    public void Defaults_are_as_documented()
    {
        using var client = new Client(new() { Transport = new MockTransport(_ => new Response(200)) });

        client.Auth.ShouldBeNull();
        client.Query.Count.ShouldBe(0);
        client.Cookies.Count.ShouldBe(0);
        client.Timeout.ShouldBe(new Timeouts());
        client.MaxRedirects.ShouldBe(20);
        client.AllowRedirects.ShouldBeTrue();
        client.TrustEnv.ShouldBeTrue();
        client.BaseUrl.ToString().ShouldBe("");
    }

    [Fact]
    public void Values_that_cannot_mean_anything_are_refused_where_they_are_written()
    {
        using var client = new Client(new() { Transport = new MockTransport(_ => new Response(200)) });

        Should.Throw<ArgumentOutOfRangeException>(() => client.MaxRedirects = -1);
        Should.Throw<ArgumentNullException>(() => client.Headers = null!);
        Should.Throw<ArgumentNullException>(() => client.Cookies = null!);
        Should.Throw<ArgumentNullException>(() => client.Query = null!);
        Should.Throw<ArgumentNullException>(() => client.Timeout = null!);
        Should.Throw<ArgumentNullException>(() => client.BaseUrl = null!);
        Should.Throw<ArgumentNullException>(() => client.EventHooks = null!);
        Should.Throw<ArgumentNullException>(() => client.Send(null!));
        Should.Throw<ArgumentOutOfRangeException>(() => new ClientOptions { MaxRedirects = -1 });
        Should.Throw<ArgumentOutOfRangeException>(() => new ClientOptions { MaxResponseBytes = -1 });
        Should.Throw<ArgumentNullException>(() => new ClientOptions { Headers = null! });
        var transport = new MockTransport(_ => new Response(200));
        Should.Throw<ArgumentException>(() => new Client(new() { Transport = transport, Mounts = { ["http"] = null } }))
            .Message.ShouldContain("'http://'");
    }

    [Fact]
    public void Many_threads_can_use_one_client()
    {
        using var client = new Client(new()
        {
            Transport = new MockTransport(request => new Response(
                200, text: request.Url.Query, headers: new() { ["Set-Cookie"] = $"c{request.Url.Query}=1" })),
            Headers = new() { ["X-Shared"] = "1" },
        });

        Parallel.For(0, 500, i =>
        {
            var response = client.Get($"https://example.org/?{i}", headers: new() { ["X-Own"] = $"{i}" });
            response.Text.ShouldBe($"{i}");
            response.Request.Headers["X-Own"].ShouldBe($"{i}");
            response.Request.Headers["X-Shared"].ShouldBe("1");
        });
    }

    private static MockTransport Recording(List<string> sent) => new(request =>
    {
        var body = Encoding.UTF8.GetString(request.Content.Span);
        sent.Add($"{request.Method} {body} {request.Url.Query} {request.Headers["X-A"]}");
        return new Response(200);
    });

    private sealed class Counting : Transport
    {
        public int TimesClosed { get; private set; }

        public override Response Send(Request request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public override ValueTask<Response> SendAsync(Request request, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            TimesClosed++;
            base.Dispose(disposing);
        }
    }
}
