using Httpx.Tests.Fixtures;
using Httpx.TestServer;

namespace Httpx.Tests.Clients;

/// <summary>Redirects, authentication, cookies and the deadline over real sockets.</summary>
public sealed class ClientOverNetworkTests(SharedApp shared)
{
    [Theory]
    [BothFaces]
    public async Task Redirects_with_short_bodies_stay_on_one_connection(Face face)
    {
        await using var server = ScriptedServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.RespondAsync("moved", "302 Found", "Location: /b");
            await connection.ReadRequestAsync();
            await connection.RespondAsync("there");
        });
        await using var caller = new Caller(face);

        (await caller.GetAsync(server.Url + "/a")).Text.ShouldBe("there");

        server.ConnectionCount.ShouldBe(1);
    }

    [Theory]
    [BothFaces]
    public async Task A_redirect_with_an_endless_body_costs_its_connection_and_nothing_else(Face face)
    {
        await using var server = ScriptedServer.StartInTurn(
            async connection =>
            {
                await connection.ReadRequestAsync();
                await connection.SendAsync("HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 10000000000\r\n\r\nbegin");
                await connection.ReadToEndAsync();
            },
            async connection =>
            {
                await connection.ReadRequestAsync();
                await connection.RespondAsync("there");
            });
        await using var caller = new Caller(face, new() { Limits = new() { MaxConnections = 1 } });

        (await caller.GetAsync(server.Url + "/a")).Text.ShouldBe("there");
    }

    [Theory]
    [BothFaces("auth", "MD5")]
    [BothFaces("auth", "SHA-256")]
    [BothFaces("auth-int", "SHA-256")]
    public async Task Digest_authenticates_and_answers_beforehand_the_next_time(Face face, string qop, string algorithm)
    {
        var app = await shared.GetAsync();
        await using var caller = new Caller(face, new() { BaseUrl = app.Url, Auth = new DigestAuth("user", "secret") });

        var first = await caller.RequestAsync("POST", $"/digest-auth/{qop}/user/secret/{algorithm}", content: "body");
        var second = await caller.RequestAsync("POST", $"/digest-auth/{qop}/user/secret/{algorithm}", content: "body");

        first.StatusCode.ShouldBe(200);
        first.History.Count.ShouldBe(1);
        second.StatusCode.ShouldBe(200);
        second.History.ShouldBeEmpty();
    }

    [Theory]
    [BothFaces]
    public async Task Cookies_of_a_redirect_are_sent_to_where_it_leads(Face face)
    {
        var app = await shared.GetAsync();
        await using var caller = new Caller(face, new() { BaseUrl = app.Url });

        var response = await caller.GetAsync("/cookies/set", query: "flavour=oat");

        response.History.Count.ShouldBe(1);
        response.Json().GetProperty("cookies").GetProperty("flavour").GetString().ShouldBe("oat");
    }

    [Theory]
    [BothFaces("/hang")]
    [BothFaces("/hang-body")]
    public async Task The_deadline_ends_a_server_that_hangs(Face face, string path)
    {
        var app = await shared.GetAsync();
        await using var caller = new Caller(face, new() { BaseUrl = app.Url });

        await Should.ThrowAsync<TotalTimeoutException>(
            () => caller.GetAsync(path, timeout: Timeouts.None with { Total = TimeSpan.FromMilliseconds(100) }));
    }

    [Theory]
    [BothFaces("/hang")]
    [BothFaces("/hang-body")]
    public async Task Cancelling_ends_a_server_that_hangs_and_bears_the_callers_token(Face face, string path)
    {
        var app = await shared.GetAsync();
        await using var caller = new Caller(face, new() { BaseUrl = app.Url, Timeout = Timeouts.None });
        using var source = new CancellationTokenSource(100);

        var exception = await Should.ThrowAsync<OperationCanceledException>(() => caller.GetAsync(path, cancellationToken: source.Token));

        exception.CancellationToken.ShouldBe(source.Token);
    }

    [Theory]
    [BothFaces]
    public async Task A_body_that_can_be_read_once_is_not_sent_to_a_second_place(Face face)
    {
        await using var server = ScriptedServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.RespondAsync("", "307 Temporary Redirect", "Location: /b");
            (await connection.ReadToEndAsync()).ShouldBeEmpty();
        });
        await using var caller = new Caller(face);

        await Should.ThrowAsync<StreamConsumedException>(() => caller.RequestAsync("POST", server.Url, content: new OneShotStream()));

        server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [BothFaces]
    public async Task A_client_that_is_closed_closes_its_connections(Face face)
    {
        var closed = new TaskCompletionSource();
        await using var server = ScriptedServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.RespondAsync("hello");
            await connection.ReadToEndAsync();
            closed.SetResult();
        });
        var caller = new Caller(face);
        await caller.GetAsync(server.Url);
        closed.Task.IsCompleted.ShouldBeFalse();

        await caller.DisposeAsync();

        await closed.Task.WaitAsync(ScriptedConnection.Patience, TestContext.Current.CancellationToken);
    }
}
