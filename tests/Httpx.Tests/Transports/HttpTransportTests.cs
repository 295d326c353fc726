using System.Net;
using System.Text;
using Httpx.Tests.Fixtures;
using Httpx.TestServer;

namespace Httpx.Tests.Transports;

/// <summary>Exchanges on real sockets with a peer that does what its script says.</summary>
public sealed class HttpTransportTests
{
    private const string Hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

    [Theory]
    [BothFaces]
    public async Task A_connection_is_used_again_after_a_response_is_read(Face face)
    {
        await using var server = ScriptedServer.StartAnswering(Hello);
        using var transport = new HttpTransport();
        await using var caller = Caller(face, transport);
        for (var i = 0; i < 5; i++)
        {
            (await caller.GetAsync(server.Url)).Text.ShouldBe("hello");
        }

        server.ConnectionCount.ShouldBe(1);
        server.Requests.Count.ShouldBe(5);
        transport.Counts.ShouldBe((1, 1, 0));
    }

    [Theory]
    [BothFaces]
    public async Task A_request_has_its_head_as_it_was_built(Face face)
    {
        await using var server = ScriptedServer.StartAnswering(Hello);
        await using var caller = Caller(face, new HttpTransport());
        await caller.RequestAsync("post", server.Url + "/a%20b?c=d#e", content: "body", headers: [("X-Case", "Kept"), ("x-two", "1"), ("x-two", "2")]);
        var request = server.Requests.ShouldHaveSingleItem();
        (request.Method, request.Target, request.Version).ShouldBe(("POST", "/a%20b?c=d", "HTTP/1.1"));
        request.Headers[0].ShouldBe(("Host", $"127.0.0.1:{server.Port}"));
        request.Headers.ShouldContain(("X-Case", "Kept"));
        request["x-two"].ShouldBe("1, 2");
        request["content-length"].ShouldBe("4");
        request.Text.ShouldBe("body");
    }

    [Theory]
    [BothFaces("Connection: close")]
    [BothFaces("connection: Keep-Alive, CLOSE")]
    [BothFaces("Keep-Alive: timeout=0")]
    public async Task A_connection_that_the_peer_will_close_is_not_used_again(Face face, string header)
    {
        await using var server = ScriptedServer.StartAnswering($"HTTP/1.1 200 OK\r\n{header}\r\nContent-Length: 5\r\n\r\nhello");
        using var transport = new HttpTransport();
        await using var caller = Caller(face, transport);
        await caller.GetAsync(server.Url);
        transport.Counts.ShouldBe((0, 0, 0));
        await caller.GetAsync(server.Url);
        server.ConnectionCount.ShouldBe(2);
    }

    [Theory]
    [BothFaces]
    public async Task A_connection_is_closed_after_a_request_that_asked_for_it(Face face)
    {
        await using var server = ScriptedServer.StartAnswering(Hello);
        using var transport = new HttpTransport();
        await using var caller = Caller(face, transport);
        await caller.GetAsync(server.Url, headers: new() { ["Connection"] = "close" });
        transport.Counts.ShouldBe((0, 0, 0));
    }

    [Theory]
    [BothFaces("GET", false)]
    [BothFaces("POST", false)]
    [BothFaces("GET", true)]
    [BothFaces("POST", true)]
    public async Task A_connection_that_died_while_idle_is_replaced_for_any_method(Face face, string method, bool reset)
    {
        await using var server = ScriptedServer.StartInTurn(
            async connection =>
            {
                await connection.ReadRequestAsync();
                await connection.SendAsync(Hello);
                if (reset)
                {
                    connection.Reset();
                }
            },
            async connection =>
            {
                await connection.ReadRequestAsync();
                await connection.RespondAsync("again");
            });
        await using var caller = Caller(face, new HttpTransport());
        (await caller.GetAsync(server.Url)).Text.ShouldBe("hello");
        await server.WaitForScriptsAsync();
        (await caller.RequestAsync(method, server.Url, content: method == "POST" ? "x" : null)).Text.ShouldBe("again");
    }

    [Theory]
    [BothFaces(false)]
    [BothFaces(true)]
    public async Task An_idempotent_request_that_met_a_dying_connection_is_sent_once_more(Face face, bool reset)
    {
        await using var server = ScriptedServer.StartInTurn(AnswerThenCutOff(reset), async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.RespondAsync("again");
        });
        await using var caller = Caller(face, new HttpTransport());
        await caller.GetAsync(server.Url);
        (await caller.GetAsync(server.Url)).Text.ShouldBe("again");
        server.Requests.Count.ShouldBe(3);
    }

    [Theory]
    [BothFaces(false)]
    [BothFaces(true)]
    public async Task A_request_that_is_not_idempotent_is_never_sent_twice(Face face, bool reset)
    {
        await using var server = ScriptedServer.StartInTurn(AnswerThenCutOff(reset));
        using var transport = new HttpTransport();
        await using var caller = Caller(face, transport);
        await caller.GetAsync(server.Url);
        var failure = await Should.ThrowAsync<TransportException>(() => caller.RequestAsync("POST", server.Url, content: "x"));
        failure.ShouldBeOfType(reset ? typeof(ReadException) : typeof(RemoteProtocolException));
        failure.Request!.Method.ShouldBe("POST");
        transport.Counts.ShouldBe((0, 0, 0));
    }

    [Theory]
    [BothFaces]
    public async Task A_fresh_connection_that_closes_without_an_answer_is_an_error_at_once(Face face)
    {
        await using var server = ScriptedServer.StartInTurn(connection => connection.ReadRequestAsync());
        await using var caller = Caller(face, new HttpTransport());
        var failure = await Should.ThrowAsync<RemoteProtocolException>(() => caller.GetAsync(server.Url));
        failure.Message.ShouldContain(server.Url);
        failure.Message.ShouldContain("without sending a response");
    }

    [Theory]
    [BothFaces("HTTP/1.1 200 OK\r\nContent-Le")]
    [BothFaces("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")]
    [BothFaces("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")]
    [BothFaces("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n")]
    public async Task A_response_that_is_cut_short_is_an_error_and_not_asked_for_again(Face face, string response)
    {
        await using var server = ScriptedServer.StartInTurn(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(Hello);
            await connection.ReadRequestAsync();
            await connection.SendAsync(response);
        });
        using var transport = new HttpTransport();
        await using var caller = Caller(face, transport);
        await caller.GetAsync(server.Url);
        (await Should.ThrowAsync<RemoteProtocolException>(() => caller.GetAsync(server.Url))).Message.ShouldContain("closed the connection");
        transport.Counts.ShouldBe((0, 0, 0));
    }

    [Theory]
    [BothFaces("SSH-2.0-OpenSSH_9.2\r\n")]
    [BothFaces("HTTP/1.1 20 OK\r\n\r\n")]
    [BothFaces("<html></html>\r\n\r\n")]
    [BothFaces("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!")]
    [BothFaces("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")]
    public async Task Rubbish_for_a_response_is_a_protocol_error_and_ends_the_connection(Face face, string response)
    {
        await using var server = ScriptedServer.StartAnswering(response);
        using var transport = new HttpTransport();
        await using var caller = Caller(face, transport);
        await Should.ThrowAsync<RemoteProtocolException>(() => caller.GetAsync(server.Url));
        transport.Counts.ShouldBe((0, 0, 0));
    }

    [Theory]
    [BothFaces]
    public async Task Bytes_behind_a_response_never_answer_the_next_request(Face face)
    {
        await using var server = ScriptedServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(Hello + "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nplanted");
        });
        await using var caller = Caller(face, new HttpTransport());
        (await caller.GetAsync(server.Url)).Text.ShouldBe("hello");
        (await caller.GetAsync(server.Url)).Text.ShouldBe("hello");
        server.ConnectionCount.ShouldBe(2);
    }

    [Theory]
    [BothFaces]
    public async Task Bytes_that_come_while_a_connection_is_idle_end_it(Face face)
    {
        var goOn = new TaskCompletionSource();
        var planted = new TaskCompletionSource();
        await using var server = ScriptedServer.StartInTurn(
            async connection =>
            {
                await connection.ReadRequestAsync();
                await connection.SendAsync(Hello);
                await connection.UntilAsync(goOn.Task);
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nplanted");
                planted.SetResult();
                await connection.ReadToEndAsync();
            },
            async connection =>
            {
                await connection.ReadRequestAsync();
                await connection.RespondAsync("clean");
            });
        await using var caller = Caller(face, new HttpTransport());
        await caller.GetAsync(server.Url);
        goOn.SetResult();
        await planted.Task;
        (await caller.GetAsync(server.Url)).Text.ShouldBe("clean");
    }

    [Theory]
    [BothFaces("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")]
    [BothFaces("GET", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n")]
    [BothFaces("GET", "HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n")]
    public async Task A_response_without_body_is_complete_at_its_head(Face face, string method, string response)
    {
        await using var server = ScriptedServer.StartAnswering(response);
        await using var caller = Caller(face, new HttpTransport());
        (await caller.RequestAsync(method, server.Url)).Content.Length.ShouldBe(0);
        (await caller.RequestAsync(method, server.Url)).Content.Length.ShouldBe(0);
        server.ConnectionCount.ShouldBe(1);
    }

    [Theory]
    [BothFaces("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nX-Sum: 1\r\n\r\n", "1")]
    [BothFaces("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + Hello, null)]
    [BothFaces("HTTP/1.0 200 OK\r\n\r\nhello", null)]
    [BothFaces("HTTP/1.1 200 OK\nContent-Length: 5\n\nhello", null)]
    public async Task Every_framing_is_read_whole_and_byte_by_byte(Face face, string response, string? trailer)
    {
        foreach (var byteByByte in new[] { false, true })
        {
            await using var server = ScriptedServer.Start(async connection =>
            {
                await connection.ReadRequestAsync();
                await (byteByByte ? connection.SendByteByByteAsync(response) : connection.SendAsync(response));
            });
            await using var caller = Caller(face, new HttpTransport());
            var answer = await caller.GetAsync(server.Url);
            answer.Text.ShouldBe("hello");
            answer.Trailers.Get("x-sum").ShouldBe(trailer);
            answer.HttpVersion.ShouldBe(response[..8]);
        }
    }

    [Theory]
    [BothFaces]
    public async Task A_switch_of_protocols_that_nobody_asked_for_is_refused(Face face)
    {
        await using var server = ScriptedServer.StartAnswering("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n");
        await using var caller = Caller(face, new HttpTransport());
        (await Should.ThrowAsync<RemoteProtocolException>(() => caller.GetAsync(server.Url))).Message.ShouldContain("101");
    }

    [Theory]
    [BothFaces]
    public async Task A_body_whose_length_is_not_known_goes_out_in_chunks(Face face)
    {
        await using var server = ScriptedServer.StartAnswering(Hello);
        await using var caller = Caller(face, new HttpTransport());
        var chunks = new[] { new byte[] { 97, 98 }, [], [99], new byte[100_000] };
        await caller.RequestAsync("POST", server.Url, content: RequestContent.From(chunks));
        var request = server.Requests.ShouldHaveSingleItem();
        request["transfer-encoding"].ShouldBe("chunked");
        request["content-length"].ShouldBeNull();
        request.Body.Length.ShouldBe(100_003);
        request.Text[..3].ShouldBe("abc");
    }

    [Theory]
    [BothFaces(10)]
    [BothFaces(100_000)]
    [BothFaces(3_000_000)]
    public async Task A_body_of_known_length_goes_out_as_it_is(Face face, int size)
    {
        await using var server = ScriptedServer.StartAnswering(Hello);
        await using var caller = Caller(face, new HttpTransport());
        var bytes = new byte[size];
        new Random(7).NextBytes(bytes);
        await caller.RequestAsync("PUT", server.Url, content: bytes);
        await caller.RequestAsync("PUT", server.Url, content: new MemoryStream(bytes));
        server.Requests.Count.ShouldBe(2);
        server.ConnectionCount.ShouldBe(1);
        server.Requests.ShouldAllBe(request => request["content-length"] == size.ToString(System.Globalization.CultureInfo.InvariantCulture));
        server.Requests.ShouldAllBe(request => Equal(request.Body, bytes));
    }

    [Theory]
    [BothFaces("2")]
    [BothFaces("4")]
    public async Task A_body_that_is_not_as_long_as_declared_is_refused(Face face, string declared)
    {
        await using var server = ScriptedServer.Start(async connection =>
        {
            if ((await connection.ReadHeadAsync()).Method == "GET")
            {
                await connection.SendAsync(Hello);
            }

            await connection.ReadToEndAsync();
        });
        using var transport = new HttpTransport();
        await using var caller = Caller(face, transport);
        Headers headers = [("Content-Length", declared)];
        await Should.ThrowAsync<LocalProtocolException>(() => caller.RequestAsync("POST", server.Url, content: "abc"u8.ToArray(), headers: headers));
        var streamed = RequestContent.From([new byte[3]]);
        await Should.ThrowAsync<LocalProtocolException>(() => caller.RequestAsync("POST", server.Url, content: streamed, headers: headers));
        transport.Counts.Connections.ShouldBeLessThanOrEqualTo(1);
        (await caller.GetAsync(server.Url)).Text.ShouldBe("hello");
    }

    [Theory]
    [BothFaces]
    public async Task What_a_body_throws_comes_out_as_it_is_and_the_connection_is_closed(Face face)
    {
        await using var server = ScriptedServer.Start(connection => connection.ReadToEndAsync());
        using var transport = new HttpTransport();
        await using var caller = Caller(face, transport);
        (await Should.ThrowAsync<InvalidDataException>(() => caller.RequestAsync("POST", server.Url, content: RequestContent.From(Failing()))))
            .Message.ShouldBe("mine");
        transport.Counts.ShouldBe((0, 0, 0));

        static IEnumerable<byte[]> Failing()
        {
            yield return new byte[10];
            throw new InvalidDataException("mine");
        }
    }

    [Theory]
    [BothFaces]
    public async Task An_answer_that_comes_before_the_body_is_sent_is_the_answer(Face face)
    {
        await using var server = ScriptedServer.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.RespondAsync("too large", "413 Content Too Large");
            await connection.ReadToEndAsync();
        });
        using var transport = new HttpTransport();
        await using var caller = Caller(face, transport);
        var response = await caller.RequestAsync("POST", server.Url, content: RequestContent.From(Endless(server)));
        response.StatusCode.ShouldBe(413);
        response.Text.ShouldBe("too large");
        transport.Counts.ShouldBe((0, 0, 0));

        // Ends only if the answer is seen while it is sent.
        static IEnumerable<byte[]> Endless(ScriptedServer server)
        {
            for (var i = 0; i < 100_000; i++)
            {
                yield return new byte[1000];
            }

            throw new InvalidOperationException($"The whole body was asked for. {server.ConnectionCount}");
        }
    }

    [Theory]
    [BothFaces]
    public async Task A_response_that_is_closed_early_cuts_its_connection(Face face)
    {
        await using var server = ScriptedServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nabc");
            await connection.ReadToEndAsync();
        });
        using var transport = new HttpTransport();
        await using var caller = Caller(face, transport);
        var response = await caller.StreamAsync("GET", server.Url);
        transport.Counts.ShouldBe((1, 0, 0));
        await caller.CloseAsync(response);
        transport.Counts.ShouldBe((0, 0, 0));
        await server.WaitForScriptsAsync();
    }

    [Theory]
    [BothFaces]
    public async Task A_streamed_response_gives_its_connection_back_at_its_end(Face face)
    {
        await using var server = ScriptedServer.Start(async connection =>
        {
            while (await connection.TryReadRequestAsync() is not null)
            {
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n");
                await connection.SendAsync("abc");
                await connection.SendAsync("def");
            }
        });
        using var transport = new HttpTransport();
        await using var caller = Caller(face, transport);
        for (var i = 0; i < 3; i++)
        {
            var response = await caller.StreamAsync("GET", server.Url);
            var chunks = await caller.ListAsync(() => response.IterBytes(), () => response.IterBytesAsync());
            string.Concat(chunks.Select(chunk => Encoding.ASCII.GetString(chunk.Span))).ShouldBe("abcdef");
            transport.Counts.ShouldBe((1, 1, 0));
        }

        server.ConnectionCount.ShouldBe(1);
    }

    [Theory]
    [BothFaces]
    public async Task A_response_that_nobody_closed_is_given_back_when_it_is_collected(Face face)
    {
        await using var server = ScriptedServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
            await connection.ReadToEndAsync();
        });
        using var transport = new HttpTransport(limits: new Limits { MaxConnections = 1 });

        // A thread of its own, so that no frame or state machine of this test can hold the response.
        await Fixtures.Caller.OnOwnThread(() => Forget(face, transport, server.Url));
        for (var i = 0; i < 100 && transport.Counts.Connections > 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        transport.Counts.ShouldBe((0, 0, 0));

        static int Forget(Face face, HttpTransport transport, string url)
        {
            var request = new Request("GET", url);
            return face == Face.Blocking ? transport.Send(request).StatusCode : transport.SendAsync(request).AsTask().GetAwaiter().GetResult().StatusCode;
        }
    }

    [Theory]
    [BothFaces]
    public async Task A_closed_transport_fails_what_is_under_way_and_refuses_what_comes(Face face)
    {
        var received = new TaskCompletionSource();
        await using var server = ScriptedServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            received.SetResult();
            await connection.StallAsync();
        });
        var transport = new HttpTransport();
        var client = Caller(face, transport);
        var pending = client.GetAsync(server.Url, timeout: Timeouts.None);
        await received.Task;
        transport.Dispose();
        transport.Dispose();
        (await Should.ThrowAsync<ReadException>(() => pending)).Message.ShouldContain("the connection was closed here");
        await Should.ThrowAsync<ObjectDisposedException>(() => client.GetAsync(server.Url));
        await client.DisposeAsync();
    }

    [Theory]
    [BothFaces]
    public async Task A_unix_socket_stands_for_every_host(Face face)
    {
        var folder = Directory.CreateTempSubdirectory("httpx-tests-");
        try
        {
            var path = Path.Combine(folder.FullName, "socket");
            await using var app = await TestApp.StartAsync(unixSocket: path);
            await using var caller = Caller(face, new HttpTransport(uds: path));
            (await caller.GetAsync("http://anything.example/plaintext")).Text.ShouldBe("Hello, World!");
        }
        finally
        {
            folder.Delete(true);
        }
    }

    [Theory]
    [BothFaces]
    public async Task A_local_address_is_where_connections_come_from(Face face)
    {
        await using var server = ScriptedServer.StartAnswering(Hello);
        await using var caller = Caller(face, new HttpTransport(localAddress: IPAddress.Loopback));
        (await caller.GetAsync(server.Url)).StatusCode.ShouldBe(200);
    }

    [Theory]
    [InlineData("ftp://h/", "scheme")]
    [InlineData("//h/", "http://")]
    [InlineData("/path", "http://")]
    public void A_url_that_is_not_for_http_is_refused(string url, string why)
    {
        using var transport = new HttpTransport();
        var failure = Should.Throw<UnsupportedProtocolException>(() => transport.Send(new Request("GET", new Url(url, allowRelative: true))));
        failure.Message.ShouldContain(why);
    }

    private static Caller Caller(Face face, HttpTransport transport) => new(face, new ClientOptions { Transport = transport, TrustEnv = false });

    private static bool Equal(byte[] one, byte[] other) => one.AsSpan().SequenceEqual(other);

    private static Script AnswerThenCutOff(bool reset) => async connection =>
    {
        await connection.ReadRequestAsync();
        await connection.SendAsync(Hello);
        await connection.ReadRequestAsync();
        if (reset)
        {
            connection.Reset();
        }
    };
}
