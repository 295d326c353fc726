using System.Text;
using Httpx.Tests.Fixtures;
using static Httpx.Tests.Fixtures.WireStep;

namespace Httpx.Tests.Engine.Http1;

/// <summary>Exchanges over a scripted wire: what is written, what is made of what comes, and whether the connection lives on.</summary>
public sealed class Http1ConnectionTests
{
    private const string Hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

    [Theory]
    [BothFaces]
    public async Task A_whole_response_frees_its_connection_before_it_is_returned(Face face)
    {
        var exchange = new Exchange(face, Until(), Hello);
        var response = await exchange.SendAsync(Exchange.Get());
        exchange.Endings.ShouldBe([true]);
        (await exchange.ReadAsync(response)).ShouldBe("hello");
        exchange.Wire.IsDisposed.ShouldBeFalse();
        exchange.Endings.Count.ShouldBe(1);
    }

    [Theory]
    [BothFaces]
    public async Task A_head_and_a_small_body_leave_in_one_write(Face face)
    {
        var exchange = new Exchange(face, Until("body"), Hello);
        await exchange.SendAsync(new Request("POST", Exchange.Url, content: "body"));
        exchange.Wire.Writes.ShouldHaveSingleItem().ShouldEndWith("\r\n\r\nbody");
    }

    [Theory]
    [BothFaces]
    public async Task A_large_body_in_memory_leaves_in_a_write_of_its_own(Face face)
    {
        var body = new string('x', 100_000);
        var exchange = new Exchange(face, Until("\r\n\r\n" + body), Hello);
        await exchange.SendAsync(new Request("POST", Exchange.Url, content: body));
        exchange.Wire.Writes.Count.ShouldBe(2);
        exchange.Wire.Writes[1].ShouldBe(body);
        exchange.Endings.ShouldBe([true]);
    }

    [Theory]
    [BothFaces]
    public async Task Each_piece_of_a_streamed_body_is_a_chunk_in_one_write(Face face)
    {
        var large = new string('y', 40_000);
        var exchange = new Exchange(face, Until("0\r\n\r\n"), Hello);
        await exchange.SendAsync(new Request("POST", Exchange.Url, content: Exchange.Pieces("abc", "", large)));
        exchange.Wire.Writes[1..].ShouldBe(
        [
            "3\r\nabc\r\n",
            "8000\r\n" + large[..0x8000] + "\r\n",
            "1c40\r\n" + large[0x8000..] + "\r\n",
            "0\r\n\r\n",
        ]);
        exchange.Endings.ShouldBe([true]);
    }

    // The peer has all of a body once its last byte is sent, whether or not the body has said yet that it ends there.
    [Theory]
    [BothFaces]
    public async Task An_answer_to_the_last_byte_of_a_body_is_no_early_one(Face face)
    {
        var exchange = new Exchange(face, Until("\r\n\r\nbody"), Hello);
        var request = new Request("POST", Exchange.Url, new Headers { ["Content-Length"] = "4" }, Exchange.Pieces("bo", "dy"));
        (await exchange.TextAsync(request)).ShouldBe("hello");
        exchange.Endings.ShouldBe([true]);
    }

    [Theory]
    [BothFaces]
    public async Task A_body_of_more_than_was_declared_is_cut_before_it_does_harm(Face face)
    {
        var exchange = new Exchange(face, Until("\r\n\r\nbody"), Hello);
        var request = new Request("POST", Exchange.Url, new Headers { ["Content-Length"] = "4" }, Exchange.Pieces("bo", "dy", "GET / HTTP/1.1"));
        await Should.ThrowAsync<LocalProtocolException>(() => exchange.SendAsync(request));
        exchange.Wire.Written.ShouldNotContain("GET");
        exchange.Endings.ShouldBe([false]);
    }

    [Theory]
    [BothFaces]
    public async Task An_answer_before_the_end_of_the_body_stops_it_and_ends_the_connection(Face face)
    {
        var exchange = new Exchange(face, Until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n", Until("one"), Hello);
        var pulled = 0;
        var request = new Request("POST", Exchange.Url, content: RequestContent.From(Endless("one", () => pulled++)));
        (await exchange.TextAsync(request)).ShouldBe("hello");
        pulled.ShouldBeLessThan(10);
        exchange.Wire.Written.ShouldNotEndWith("0\r\n\r\n");
        exchange.Endings.ShouldBe([false]);
        exchange.Wire.IsDisposed.ShouldBeTrue();
    }

    // The rest of a head that was begun may never come, and no limit for reading counts while the request is being sent.
    [Theory]
    [BothFaces]
    public async Task Half_a_head_in_the_middle_of_an_upload_does_not_stop_it(Face face)
    {
        var exchange = new Exchange(face, Until("one"), "HTTP/1.1 200 OK\r\nContent-", Until("0\r\n\r\n"), Hang);
        var request = new Request("POST", Exchange.Url, content: Exchange.Pieces("one", "two", "three"));
        await Should.ThrowAsync<ReadTimeoutException>(() => exchange.SendAsync(request));
        exchange.Wire.Written.ShouldEndWith("5\r\nthree\r\n0\r\n\r\n");
        exchange.Endings.ShouldBe([false]);
    }

    [Theory]
    [BothFaces]
    public async Task A_head_that_comes_in_pieces_during_an_upload_is_read_in_passing(Face face)
    {
        var exchange = new Exchange(face, Until("one"), "HTTP/1.1 200 OK\r\nContent-", Until("two"), "Length: 5\r\n\r\nhello");
        var request = new Request("POST", Exchange.Url, content: RequestContent.From(Endless("one", () => { }, "two")));
        (await exchange.TextAsync(request)).ShouldBe("hello");
        exchange.Endings.ShouldBe([false]);
    }

    [Theory]
    [BothFaces]
    public async Task A_peer_that_answers_and_takes_no_more_is_heard(Face face)
    {
        var exchange = new Exchange(face, Until("\r\n\r\n"), Deaf, "HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nbig");
        var response = await exchange.SendAsync(new Request("POST", Exchange.Url, content: new string('x', 20_000)));
        response.StatusCode.ShouldBe(413);
        exchange.Endings.ShouldBe([false]);
    }

    [Theory]
    [BothFaces]
    public async Task A_peer_that_takes_no_more_and_says_nothing_is_a_failure_to_send(Face face)
    {
        var exchange = new Exchange(face, Until("\r\n\r\n"), Deaf, End);
        await Should.ThrowAsync<WriteException>(() => exchange.SendAsync(new Request("POST", Exchange.Url, content: new string('x', 20_000))));
        exchange.Endings.ShouldBe([false]);
        exchange.Connection.HasResponse.ShouldBeFalse();
    }

    [Theory]
    [BothFaces]
    public async Task A_body_that_fails_in_being_closed_does_not_hide_why_it_was(Face face)
    {
        var exchange = new Exchange(face, Until(), Deaf, End);
        var request = new Request("POST", Exchange.Url, content: RequestContent.From(FailingInTheEnd()));
        await Should.ThrowAsync<WriteException>(() => exchange.SendAsync(request));
        exchange.Endings.ShouldBe([false]);
        exchange.Wire.IsDisposed.ShouldBeTrue();
    }

    [Theory]
    [BothFaces]
    public async Task What_comes_behind_a_response_ends_its_connection(Face face)
    {
        var exchange = new Exchange(face, Until(), Hello + "HTTP/1.1 200 OK\r\n");
        (await exchange.TextAsync()).ShouldBe("hello");
        exchange.Endings.ShouldBe([false]);
        exchange.Wire.IsDisposed.ShouldBeTrue();
    }

    [Theory]
    [BothFaces("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", true)]
    [BothFaces("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello", false)]
    [BothFaces("HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 5\r\n\r\nhello", false)]
    [BothFaces("HTTP/1.1 200 OK\r\nKeep-Alive: timeout=0\r\nContent-Length: 5\r\n\r\nhello", false)]
    [BothFaces("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", false)]
    [BothFaces("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\nhello", true)]
    [BothFaces("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", true)]
    [BothFaces("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n\r\n", false)]
    [BothFaces("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello\r\n", false)]
    [BothFaces("HTTP/1.1 100 Continue\r\nConnection: close\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", true)]
    public async Task A_connection_is_used_again_where_both_sides_may_and_nothing_is_left(Face face, string response, bool isReusable)
    {
        var exchange = new Exchange(face, Until(), response);
        (await exchange.TextAsync()).ShouldBe("hello");
        exchange.Endings.ShouldBe([isReusable]);
        exchange.Wire.IsDisposed.ShouldBe(!isReusable);
    }

    [Theory]
    [BothFaces("close")]
    [BothFaces("Keep-Alive, CLOSE")]
    public async Task A_request_that_asks_for_the_end_gets_it(Face face, string value)
    {
        var exchange = new Exchange(face, Until(), Hello);
        await exchange.TextAsync(new Request("GET", Exchange.Url, headers: new Headers { ["Connection"] = value }));
        exchange.Endings.ShouldBe([false]);
    }

    [Theory]
    [BothFaces]
    public async Task The_limit_that_a_peer_names_is_kept_in_milliseconds(Face face)
    {
        var exchange = new Exchange(face, Until(), "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=7\r\nContent-Length: 0\r\n\r\n", Until(), Hello);
        await exchange.TextAsync();
        exchange.Connection.IdleLimit.ShouldBe(7000);
        await exchange.TextAsync();
        exchange.Connection.IdleLimit.ShouldBeNull();
    }

    [Theory]
    [BothFaces]
    public async Task A_peer_that_ends_an_idle_connection_is_found_out_before_anything_is_sent(Face face)
    {
        foreach (var step in new[] { End, Cut, "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nplanted", "\r\n" })
        {
            var exchange = new Exchange(face, Until(), Hello, step);
            await exchange.TextAsync();
            exchange.Wire.Writes.Clear();
            (await exchange.TrySendAsync(Exchange.Get())).ShouldBeNull();
            exchange.Wire.Writes.ShouldBeEmpty();
            exchange.Endings.ShouldBe([true, false]);
            exchange.Wire.IsDisposed.ShouldBeTrue();
        }
    }

    [Theory]
    [BothFaces("", false)]
    [BothFaces("HTTP/1.1 200 OK\r\nContent-", true)]
    [BothFaces("HTTP/1.1 103 Early Hints\r\n\r\n", true)]
    public async Task Whether_anything_of_a_response_has_come_is_known_when_the_peer_ends(Face face, string beginning, bool hasResponse)
    {
        WireStep[] script = beginning.Length > 0 ? [Until(), Hello, Until(), beginning, End] : [Until(), Hello, Until(), End];
        var exchange = new Exchange(face, script);
        await exchange.TextAsync();
        var error = await Should.ThrowAsync<RemoteProtocolException>(() => exchange.SendAsync(Exchange.Get()));
        error.Message.ShouldBe(hasResponse
            ? "http://example.org closed the connection in the middle of the response's head."
            : "http://example.org closed the connection without sending a response.");
        exchange.Connection.HasResponse.ShouldBe(hasResponse);
        exchange.Endings.ShouldBe([true, false]);
    }

    [Theory]
    [BothFaces]
    public async Task Interim_responses_without_end_are_an_error(Face face)
    {
        var flood = string.Concat(Enumerable.Repeat("HTTP/1.1 102 Processing\r\n\r\n", 101));
        var exchange = new Exchange(face, Until(), flood, Hello);
        await Should.ThrowAsync<RemoteProtocolException>(() => exchange.SendAsync(Exchange.Get()));
        exchange.Endings.ShouldBe([false]);
    }

    [Theory]
    [BothFaces]
    public async Task A_switch_of_protocols_that_was_asked_for_is_a_body_until_the_end(Face face)
    {
        var exchange = new Exchange(face, Until(), "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nfirst ", "second", End);
        var request = new Request("GET", Exchange.Url, headers: new Headers { ["Connection"] = "upgrade", ["Upgrade"] = "x" });
        (await exchange.TextAsync(request)).ShouldBe("first second");
        exchange.Endings.ShouldBe([false]);
    }

    [Theory]
    [BothFaces]
    public async Task A_request_that_cannot_be_written_costs_no_connection(Face face)
    {
        var exchange = new Exchange(face, Until(), Hello);
        var request = Exchange.Get();
        request.Headers.Add("Content-Length", "5");
        await Should.ThrowAsync<LocalProtocolException>(() => exchange.SendAsync(request));
        exchange.Endings.ShouldBe([true]);
        exchange.Wire.Written.ShouldBeEmpty();
        (await exchange.TextAsync()).ShouldBe("hello");
    }

    [Theory]
    [BothFaces]
    public async Task Every_response_reads_alike_however_it_is_cut(Face face)
    {
        foreach (var text in new[]
        {
            Hello,
            "HTTP/1.1 100 Continue\r\n\r\n" + Hello,
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x\r\nllo\r\n0\r\nA: b\r\n\r\n",
        })
        {
            for (var cut = 1; cut < text.Length; cut++)
            {
                var exchange = new Exchange(face, Until(), text[..cut], text[cut..], Until(), text[..cut], text[cut..]);
                (await exchange.TextAsync()).ShouldBe("hello");
                (await exchange.TextAsync()).ShouldBe("hello");
                exchange.Endings.ShouldBe([true, true]);
            }

            foreach (var size in new[] { 1, 2, 3, 7 })
            {
                foreach (var yields in new[] { false, true })
                {
                    var exchange = new Exchange(face, new ScriptedWire(face, Until(), text, Until(), text) { ReadSize = size, Yields = yields });
                    (await exchange.TextAsync()).ShouldBe("hello");
                    (await exchange.TextAsync()).ShouldBe("hello");
                    exchange.Endings.ShouldBe([true, true]);
                }
            }
        }
    }

    [Theory]
    [BothFaces]
    public async Task A_cancelled_exchange_ends_its_connection_with_the_callers_token(Face face)
    {
        using var caller = new CancellationTokenSource();
        var faults = new FaultPlan(Fault.Cancellation, 2, caller);
        var exchange = new Exchange(face, new ScriptedWire(face, Until(), Hello) { Faults = faults });
        var thrown = await Should.ThrowAsync<OperationCanceledException>(() => exchange.SendAsync(Exchange.Get(), caller.Token));
        thrown.CancellationToken.ShouldBe(caller.Token);
        exchange.Endings.ShouldBe([false]);
        exchange.Wire.IsDisposed.ShouldBeTrue();
    }

    private static IEnumerable<byte[]> Endless(string first, Action pulled, string? then = null)
    {
        yield return Encoding.ASCII.GetBytes(first);
        while (true)
        {
            pulled();
            yield return Encoding.ASCII.GetBytes(then ?? "more");
        }
    }

    private static IEnumerable<byte[]> FailingInTheEnd()
    {
        try
        {
            yield return [1];
        }
        finally
        {
            Fail("the second failure");
        }
    }

    private static void Fail(string message) => throw new InvalidDataException(message);
}
