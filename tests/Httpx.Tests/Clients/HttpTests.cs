using Httpx.Tests.Fixtures;
using Httpx.TestServer;

namespace Httpx.Tests.Clients;

/// <summary>The helper functions, each with a client of its own, over real sockets.</summary>
public sealed class HttpTests
{
    [Theory]
    [BothFaces]
    public async Task A_call_closes_its_connection(Face face)
    {
        var closed = new TaskCompletionSource();
        await using var server = ScriptedServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.RespondAsync("hello");
            (await connection.ReadToEndAsync()).ShouldBeEmpty();
            closed.SetResult();
        });

        var response = await GetAsync(face, server.Url);

        response.Text.ShouldBe("hello");
        await closed.Task.WaitAsync(ScriptedConnection.Patience, TestContext.Current.CancellationToken);
    }

    [Theory]
    [BothFaces]
    public async Task A_stream_keeps_its_connection_until_the_response_is_closed(Face face)
    {
        var closed = new TaskCompletionSource();
        await using var server = ScriptedServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nbegin");
            (await connection.ReadToEndAsync()).ShouldBeEmpty();
            closed.SetResult();
        });

        var response = face == Face.Blocking
            ? await Caller.OnOwnThread(() => Http.Stream("GET", server.Url))
            : await Http.StreamAsync("GET", server.Url);
        closed.Task.IsCompleted.ShouldBeFalse();
        await CloseAsync(face, response);

        await closed.Task.WaitAsync(ScriptedConnection.Patience, TestContext.Current.CancellationToken);
    }

    [Theory]
    [BothFaces]
    public async Task A_stream_that_is_read_to_its_end_closes_its_connection(Face face)
    {
        var closed = new TaskCompletionSource();
        await using var server = ScriptedServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
            (await connection.ReadToEndAsync()).ShouldBeEmpty();
            closed.SetResult();
        });

        var response = face == Face.Blocking
            ? await Caller.OnOwnThread(() => Http.Stream("GET", server.Url))
            : await Http.StreamAsync("GET", server.Url);
        var content = face == Face.Blocking ? await Caller.OnOwnThread(() => response.Read()) : await response.ReadAsync();

        content.Length.ShouldBe(5);
        await closed.Task.WaitAsync(ScriptedConnection.Patience, TestContext.Current.CancellationToken);
    }

    [Theory]
    [BothFaces]
    public async Task A_call_that_fails_is_the_exception_of_its_phase(Face face)
    {
        var refusing = ScriptedServer.RefusingEndPoint();

        await Should.ThrowAsync<ConnectException>(() => GetAsync(face, $"http://{refusing}/"));
        await Should.ThrowAsync<UnsupportedProtocolException>(() => GetAsync(face, "/relative"));
    }

    [Fact]
    public void Every_verb_sends_its_method_with_all_that_it_was_given()
    {
        using var server = Echo.Start();
        var url = server.Url;
        Headers headers = new() { ["X-A"] = "1" };

        Http.Get(url, query: "q=1", headers: headers, cookies: [("c", "1")], auth: ("u", "p"));
        Http.Options(url, query: "q=1", headers: headers, cookies: [("c", "1")], auth: ("u", "p"));
        Http.Head(url, query: "q=1", headers: headers, cookies: [("c", "1")], auth: ("u", "p"));
        Http.Delete(url, query: "q=1", headers: headers, cookies: [("c", "1")], auth: ("u", "p"));
        Http.Post(url, content: "c", query: "q=1", headers: headers, cookies: [("c", "1")], auth: ("u", "p"));
        Http.Put(url, data: [("d", "1")], query: "q=1", headers: headers, cookies: [("c", "1")], auth: ("u", "p"));
        Http.Patch(url, json: 5, query: "q=1", headers: headers, cookies: [("c", "1")], auth: ("u", "p"));
        Http.Request("REPORT", url, content: "c", query: "q=1", headers: headers, cookies: [("c", "1")], auth: ("u", "p"));

        server.Seen.ShouldBe(Echo.EveryVerb);
    }

    [Fact]
    public async Task Every_async_verb_sends_its_method_with_all_that_it_was_given()
    {
        using var server = Echo.Start();
        var url = server.Url;
        Headers headers = new() { ["X-A"] = "1" };

        await Http.GetAsync(url, query: "q=1", headers: headers, cookies: [("c", "1")], auth: ("u", "p"));
        await Http.OptionsAsync(url, query: "q=1", headers: headers, cookies: [("c", "1")], auth: ("u", "p"));
        await Http.HeadAsync(url, query: "q=1", headers: headers, cookies: [("c", "1")], auth: ("u", "p"));
        await Http.DeleteAsync(url, query: "q=1", headers: headers, cookies: [("c", "1")], auth: ("u", "p"));
        await Http.PostAsync(url, content: "c", query: "q=1", headers: headers, cookies: [("c", "1")], auth: ("u", "p"));
        await Http.PutAsync(url, data: [("d", "1")], query: "q=1", headers: headers, cookies: [("c", "1")], auth: ("u", "p"));
        await Http.PatchAsync(url, json: 5, query: "q=1", headers: headers, cookies: [("c", "1")], auth: ("u", "p"));
        await Http.RequestAsync("REPORT", url, content: "c", query: "q=1", headers: headers, cookies: [("c", "1")], auth: ("u", "p"));

        server.Seen.ShouldBe(Echo.EveryVerb);
    }

    private static Task<Response> GetAsync(Face face, string url) =>
        face == Face.Blocking ? Caller.OnOwnThread(() => Http.Get(url)) : Http.GetAsync(url);

    private static async Task CloseAsync(Face face, Response response)
    {
        if (face == Face.Blocking)
        {
            response.Close();
        }
        else
        {
            await response.CloseAsync();
        }
    }

    /// <summary>A server that answers everything and tells what it was asked.</summary>
    private sealed class Echo : IDisposable
    {
        public static readonly string[] EveryVerb =
        [
            .. new[] { "GET ", "OPTIONS ", "HEAD ", "DELETE ", "POST c", "PUT d=1", "PATCH 5", "REPORT c" }
                .Select(start => $"{start} /?q=1 1 c=1 Basic dTpw"),
        ];

        private readonly ScriptedServer _server = ScriptedServer.Start(async connection =>
        {
            while (await connection.TryReadRequestAsync() is not null)
            {
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
        });

        public string Url => _server.Url;

        public IEnumerable<string> Seen => _server.Requests.Select(request =>
            $"{request.Method} {request.Text} {request.Target} {request["X-A"]} {request["Cookie"]} {request["Authorization"]}");

        public static Echo Start() => new();

        public void Dispose() => _server.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
