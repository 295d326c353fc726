using System.Text;
using Httpx.Engine.Http1;
using Httpx.Tests.Fixtures;
using static Httpx.Tests.Fixtures.WireStep;

namespace Httpx.Tests.Engine.Http1;

/// <summary>Bodies as they are pulled off a connection: their framings and ends, what is read where, and what becomes of the connection.</summary>
public sealed class Http1BodyTests
{
    private const string ByLength = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n";
    private const string Chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    private const string UntilEnd = "HTTP/1.1 200 OK\r\n\r\n";

    [Theory]
    [BothFaces(ByLength, "0123456789", true)]
    [BothFaces(Chunked, "4\r\n0123\r\n6;a=b\r\n456789\r\n0\r\nX: y\r\n\r\n", true)]
    [BothFaces(UntilEnd, "0123456789", false)]
    public async Task A_body_reads_alike_however_it_is_cut_and_whatever_it_is_read_into(Face face, string head, string body, bool isReusable)
    {
        for (var cut = 1; cut < body.Length; cut++)
        {
            foreach (var size in new[] { 1, 3, 10, 16, 1000 })
            {
                foreach (var yields in new[] { false, true })
                {
                    var wire = new ScriptedWire(face, Until(), head, body[..cut], body[cut..], End) { Yields = yields };
                    var exchange = new Exchange(face, wire);
                    using var response = await exchange.SendAsync(Exchange.Get());
                    (await PullAsync(face, response, size)).ShouldBe("0123456789");
                    exchange.Endings.ShouldBe([isReusable]);
                    wire.IsDisposed.ShouldBe(!isReusable);
                }
            }
        }
    }

    // In a body of known length a piece as large as the reader's memory needs no copy, and never reaches beyond the body.
    [Theory]
    [BothFaces]
    public async Task Large_reads_go_straight_into_the_readers_memory(Face face)
    {
        var body = new string('x', 100_000);
        var exchange = new Exchange(face, Until(), "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", body, Until(), ByLength + "0123456789");
        var stream = Body(await exchange.SendAsync(Exchange.Get()));
        exchange.Wire.ReadRooms.Clear();
        var memory = new byte[64 * 1024];
        var total = 0;
        while (await ReadAsync(face, stream, memory) is > 0 and var count)
        {
            total += count;
        }

        total.ShouldBe(100_000);
        exchange.Wire.ReadRooms.ShouldBe([64 * 1024, 100_000 - (64 * 1024)]);
        exchange.Endings.ShouldBe([true]);
        (await exchange.TextAsync()).ShouldBe("0123456789");
    }

    [Theory]
    [BothFaces]
    public async Task The_data_of_a_large_chunk_goes_straight_into_the_readers_memory(Face face)
    {
        var data = new string('x', 50_000);
        var exchange = new Exchange(face, Until(), Chunked + "c350\r\n", data, "\r\n0\r\n\r\n", Until(), ByLength + "0123456789");
        using var response = await exchange.SendAsync(Exchange.Get());
        exchange.Wire.ReadRooms.Clear();
        (await PullAsync(face, response, 64 * 1024)).ShouldBe(data);
        exchange.Wire.ReadRooms[0].ShouldBe(50_000);
        exchange.Endings.ShouldBe([true]);
        (await exchange.TextAsync()).ShouldBe("0123456789");
    }

    [Theory]
    [BothFaces(ByLength, "01234")]
    [BothFaces(ByLength, "")]
    [BothFaces(Chunked, "")]
    [BothFaces(Chunked, "5")]
    [BothFaces(Chunked, "5\r\n0123")]
    [BothFaces(Chunked, "5\r\n01234\r\n")]
    [BothFaces(Chunked, "5\r\n01234\r\n0\r\n")]
    [BothFaces(Chunked, "5\r\n01234\r\n0\r\nX: y\r\n")]
    public async Task An_end_before_that_of_the_body_is_an_error(Face face, string head, string body)
    {
        foreach (var step in new[] { End, Cut })
        {
            WireStep[] script = body.Length > 0 ? [Until(), head, body, step] : [Until(), head, step];
            var exchange = new Exchange(face, script);
            using var response = await exchange.SendAsync(Exchange.Get());
            var error = await Should.ThrowAsync<TransportException>(() => PullAsync(face, response, 100));
            error.ShouldBeOfType(step == End ? typeof(RemoteProtocolException) : typeof(ReadException));
            exchange.Endings.ShouldBe([false]);
            exchange.Wire.IsDisposed.ShouldBeTrue();
        }
    }

    [Theory]
    [BothFaces]
    public async Task A_body_until_the_end_must_not_end_cut_short(Face face)
    {
        var exchange = new Exchange(face, new ScriptedWire(face, Until(), UntilEnd, "01234", End) { IsCutShort = true });
        using var response = await exchange.SendAsync(Exchange.Get());
        await Should.ThrowAsync<RemoteProtocolException>(() => PullAsync(face, response, 100));
        exchange.Endings.ShouldBe([false]);
    }

    [Theory]
    [BothFaces]
    public async Task A_body_that_falls_silent_runs_out_of_time(Face face)
    {
        foreach (var head in new[] { ByLength, Chunked + "5\r\n", UntilEnd })
        {
            var exchange = new Exchange(face, Until(), head, "0123", Hang);
            using var response = await exchange.SendAsync(Exchange.Get());
            await Should.ThrowAsync<ReadTimeoutException>(() => PullAsync(face, response, 2));
            exchange.Endings.ShouldBe([false]);
            exchange.Wire.IsDisposed.ShouldBeTrue();
        }
    }

    [Theory]
    [BothFaces]
    public async Task Malformed_chunks_end_the_connection_whether_buffered_or_not(Face face)
    {
        foreach (var cut in new[] { 3, 5 })
        {
            const string Body = "3\r\nabcde";
            var exchange = new Exchange(face, Until(), Chunked + Body[..cut], Body[cut..]);
            using var response = await exchange.SendAsync(Exchange.Get());
            await Should.ThrowAsync<RemoteProtocolException>(() => PullAsync(face, response, 100));
            exchange.Endings.ShouldBe([false]);
        }
    }

    [Theory]
    [BothFaces(ByLength, "01", "234", false)]
    [BothFaces(ByLength, "01", "23456789", true)]
    [BothFaces(ByLength, "01", "23456789HTTP", false)]
    [BothFaces(Chunked, "2\r\n01\r\n", "1\r\n2\r\n", false)]
    [BothFaces(Chunked, "2\r\n01\r\n", "1\r\n2\r\n0\r\n\r\n", true)]
    [BothFaces(Chunked, "2\r\n01\r\n", "1\r\n2\r\n0\r\n\r\nHTTP", false)]
    [BothFaces(Chunked, "2\r\n01\r\n", "1\r\n234", false)]
    [BothFaces(UntilEnd, "01", "23456789", false)]
    public async Task Closed_early_a_body_is_finished_if_its_rest_has_come_and_cut_if_not(
        Face face, string head, string first, string rest, bool isReusable)
    {
        var exchange = new Exchange(face, Until(), head, first + rest);
        var response = await exchange.SendAsync(Exchange.Get());
        var stream = Body(response);
        var memory = new byte[2];
        exchange.Wire.ReadRooms.Clear();
        (await ReadAllOfAsync(face, stream, memory)).ShouldBe("01");
        BufferAll(exchange);
        await exchange.CloseAsync(response);
        exchange.Endings.ShouldBe([isReusable]);
        exchange.Wire.IsDisposed.ShouldBe(!isReusable);
        (await ReadAsync(face, stream, memory)).ShouldBe(0);
        await exchange.CloseAsync(response);
        exchange.Endings.Count.ShouldBe(1);
    }

    [Theory]
    [BothFaces]
    public async Task A_body_that_has_ended_stays_at_its_end(Face face)
    {
        var exchange = new Exchange(face, Until(), Chunked, "3\r\nabc\r\n0\r\nX-Sum: 1\r\n\r\n");
        var stream = Body(await exchange.SendAsync(Exchange.Get()));
        (await ReadAllOfAsync(face, stream, new byte[3])).ShouldBe("abc");
        for (var i = 0; i < 3; i++)
        {
            (await ReadAsync(face, stream, new byte[10])).ShouldBe(0);
            stream.Trailers!.Get("x-sum").ShouldBe("1");
            await stream.CloseAsync();
        }

        exchange.Endings.ShouldBe([true]);
    }

    private static Http1Body Body(Response response)
    {
        ByteStream? found = null;
        response.WrapBody(body => found = body);
        return found.ShouldBeOfType<Http1Body>();
    }

    private static async Task<int> ReadAsync(Face face, Http1Body body, Memory<byte> memory) =>
        face == Face.Blocking ? Blocking.Result(body.ReadAsync(memory, default)) : await body.ReadAsync(memory, default);

    private static async Task<string> ReadAllOfAsync(Face face, Http1Body body, Memory<byte> memory)
    {
        var count = 0;
        while (count < memory.Length && await ReadAsync(face, body, memory[count..]) is > 0 and var read)
        {
            count += read;
        }

        return Encoding.Latin1.GetString(memory.Span[..count]);
    }

    private static async Task<string> PullAsync(Face face, Response response, int size)
    {
        var body = Body(response);
        var memory = new byte[size];
        var text = new StringBuilder();
        while (await ReadAsync(face, body, memory) is > 0 and var count)
        {
            text.Append(Encoding.Latin1.GetString(memory, 0, count));
        }

        return text.ToString();
    }

    // What the peer has sent is in the connection's buffer, as if a larger one had received it with the rest.
    private static void BufferAll(Exchange exchange)
    {
        while (exchange.Wire.IsReadable())
        {
            var read = exchange.Wire.ReadAsync(exchange.Connection.Input.Room(), default);
            exchange.Connection.Input.Received(Blocking.Result(read));
        }
    }
}
