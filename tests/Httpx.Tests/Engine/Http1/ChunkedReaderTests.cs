using System.Text;
using Httpx.Engine;
using Httpx.Engine.Http1;

namespace Httpx.Tests.Engine.Http1;

public sealed class ChunkedReaderTests
{
    [Theory]
    [InlineData("0\r\n\r\n", "")]
    [InlineData("5\r\nhello\r\n0\r\n\r\n", "hello")]
    [InlineData("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", "hello world")]
    [InlineData("1\r\n\r\r\n2\r\n\r\n\r\n0\r\n\r\n", "\r\r\n")]
    [InlineData("A\r\n0123456789\r\na\r\nabcdefghij\r\n0\r\n\r\n", "0123456789abcdefghij")]
    [InlineData("00000000000000000005\r\nhello\r\n000000\r\n\r\n", "hello")] // last-chunk = 1*"0"
    [InlineData("5;a=b\r\nhello\r\n0;ext\r\n\r\n", "hello")]
    [InlineData("5 ;a\r\nhello\r\n0\r\n\r\n", "hello")]
    [InlineData("5;a=\"b; \\\"c\"\r\nhello\r\n0\r\n\r\n", "hello")]
    [InlineData("5;a=\"\u00E9\\\\\";b\r\nhello\r\n0\r\n\r\n", "hello")]
    [InlineData("5;\r\nhello\r\n0\r\n\r\n", "hello")]
    [InlineData("5\t\r\nhello\r\n0 \r\n\r\n", "hello")] // Old servers pad sizes with spaces.
    public void Chunks_are_joined(string text, string body) => Feed.Chunked(text).ShouldBe(body);

    [Theory]
    [InlineData("\r\n")]
    [InlineData("0x5\r\nhello\r\n")]
    [InlineData("+5\r\nhello\r\n")]
    [InlineData("-1\r\nhello\r\n")]
    [InlineData("5_0\r\nhello\r\n")]
    [InlineData("g\r\nhello\r\n")]
    [InlineData(" 5\r\nhello\r\n")]
    [InlineData(";a=b\r\nhello\r\n")]
    [InlineData("5,\r\nhello\r\n")]
    [InlineData("\u00EF\u00BC\u0095\r\nhello\r\n")]
    [InlineData("<html>")] // Told without waiting for the end of the line.
    public void A_size_is_hexadecimal_digits(string text) => Feed.RefusedChunked(text).ShouldContain("chunk size");

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFF\r\n")]
    [InlineData("8000000000000000\r\n")]
    [InlineData("10000000000000005\r\n")] // 5, to a reader that overflows.
    [InlineData("000000000000000000005\r\n")]
    public void A_size_that_no_number_holds_is_refused(string text) =>
        Feed.RefusedChunked(text + "hello\r\n0\r\n\r\n").ShouldContain("chunk size");

    [Fact]
    public void A_megabyte_of_zeros_is_not_a_size() => Feed.RefusedChunked(new string('0', 1 << 16) + "5\r\nhello\r\n");

    [Fact]
    public void The_largest_size_is_read_without_being_allocated()
    {
        var (reader, input) = Start("7fffffffffffffff\r\nabc");
        reader.Read(input, new byte[10]).ShouldBe(3);
        reader.RemainingInChunk.ShouldBe(long.MaxValue - 3);
        reader.IsComplete.ShouldBeFalse();
    }

    [Theory]
    [InlineData("5\nhello\r\n0\r\n\r\n")] // A bare LF ends a line to some: framing is strict where heads are not.
    [InlineData("5;a\nhello\r\n0\r\n\r\n")]
    [InlineData("5;a\nb\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5;a\rb\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5\rhello\r\n")]
    [InlineData("5;a=\"b\r\nhello\r\n0\r\n\r\n")] // A quote that goes on in the next line, to some.
    [InlineData("5;a=\"\r\n\"\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5;a=\"b\\\"\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5;a\0\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5 5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("2 erfrferferf\r\naa\r\n0 rrrr\r\n\r\n")]
    public void Line_ends_and_extensions_are_read_strictly(string text) => Feed.RefusedChunked(text);

    [Theory]
    [InlineData("5\r\nhelloX\r\n0\r\n\r\n")]
    [InlineData("5\r\nhello\n0\r\n\r\n")]
    [InlineData("5\r\nhello\rX0\r\n\r\n")]
    [InlineData("5\r\nhello0\r\n\r\n")]
    [InlineData("5\r\nhelloXX0\r\n\r\n")]
    public void Data_that_is_not_followed_by_CRLF_is_refused(string text) => Feed.RefusedChunked(text).ShouldContain("data of a chunk");

    [Theory]
    [InlineData("0\r\n\rX")]
    [InlineData("0\r\n\n")]
    [InlineData("0\n\r\n")]
    public void What_only_resembles_the_end_is_no_success(string text) => Feed.RefusedChunked(text);

    [Fact]
    public void A_body_cut_anywhere_is_not_complete()
    {
        const string text = "5;a=\"b\"\r\nhello\r\n1\r\n!\r\n0\r\nX-Sum: 1\r\n\r\n";
        for (var length = 0; length < text.Length; length++)
        {
            Feed.MoreOfChunked(text[..length]);
        }
    }

    // --- Limits ---

    [Theory]
    [InlineData(ChunkedReader.MaxLine, true)]
    [InlineData(ChunkedReader.MaxLine + 1, false)]
    public void The_line_of_a_size_is_limited(int length, bool isAccepted)
    {
        foreach (var filler in new[] { 'x', ' ' })
        {
            var text = "5;".PadRight(length, filler) + "\r\nhello\r\n0\r\n\r\n";
            if (isAccepted)
            {
                Feed.Chunked(text).ShouldBe("hello");
            }
            else
            {
                Feed.RefusedChunked(text).ShouldContain("without end");
            }
        }

        Feed.RefusedChunked("5;".PadRight(ChunkedReader.MaxLine + 1, 'x'));
    }

    [Fact]
    public void All_extensions_of_a_body_are_limited_too()
    {
        var extension = ";".PadRight(1024, 'x');
        var chunks = string.Concat(Enumerable.Repeat("1" + extension + "\r\nx\r\n", ChunkedReader.MaxExtensions / extension.Length));
        Feed.Chunked(chunks + "0\r\n\r\n").Length.ShouldBe(16);
        Feed.RefusedChunked(chunks + "1;\r\nx\r\n0\r\n\r\n").ShouldContain("without end");
        Feed.RefusedChunked(chunks + "1 \r\nx\r\n0\r\n\r\n");
    }

    [Fact]
    public void A_million_chunks_of_a_byte_are_read_without_an_object_for_any()
    {
        var bytes = Feed.Bytes(string.Concat(Enumerable.Repeat("1\r\nx\r\n", 1_000_000)) + "0\r\n\r\n");
        var (reader, input) = Start("");
        var destination = new byte[4096];
        Feed.Receive(input, bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var total = 0L;
        while (reader.Read(input, destination) is > 0 and var count)
        {
            total += count;
        }

        // An object a chunk would be megabytes; what the runtime takes to compile the loop better is not.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(64 * 1024);
        total.ShouldBe(1_000_000);
        reader.IsComplete.ShouldBeTrue();
    }

    // --- Trailers ---

    [Fact]
    public void Trailers_are_kept_apart()
    {
        Feed.Chunked("1\r\nx\r\n0\r\nX-Sum:1 \r\nServer-Timing: a;dur=2\r\n\r\n", out var trailers).ShouldBe("x");
        Encoding.Latin1.GetString(trailers!.Block).ShouldBe("X-Sum: 1\r\nServer-Timing: a;dur=2\r\n");
    }

    [Theory]
    [InlineData("Content-Length: 5")]
    [InlineData("transfer-encoding: chunked")]
    [InlineData("Set-Cookie: a=b")]
    [InlineData("Host: evil")]
    [InlineData("Content-Type: text/html")]
    [InlineData("Content-Encoding: gzip")]
    [InlineData("AUTHORIZATION: x")]
    [InlineData("Trailer: x")]
    public void Fields_that_may_not_come_after_a_body_are_dropped(string field)
    {
        Feed.Chunked("0\r\n" + field + "\r\n\r\n", out var trailers).ShouldBe("");
        trailers.ShouldBeNull();
        Feed.Chunked("0\r\nA: 1\r\n" + field + "\r\nB: 2\r\n\r\n", out trailers).ShouldBe("");
        Encoding.Latin1.GetString(trailers!.Block).ShouldBe("A: 1\r\nB: 2\r\n");
    }

    [Theory]
    [InlineData("A: 1\0\r\n\r\n")]
    [InlineData("A: 1\r\n 2\r\n\r\n")]
    [InlineData(" A: 1\r\n\r\n")]
    [InlineData("A\r\n\r\n")]
    [InlineData(": 1\r\n\r\n")]
    [InlineData("A : 1\r\n\r\n")]
    [InlineData("A: 1\n\r\n")]
    [InlineData("A: 1\r\n\n")]
    [InlineData("A: 1\rB: 2\r\n\r\n")]
    public void Trailers_are_read_more_strictly_than_heads(string trailers) => Feed.RefusedChunked("0\r\n" + trailers);

    [Theory]
    [InlineData(ChunkedReader.MaxTrailers, true)]
    [InlineData(ChunkedReader.MaxTrailers + 1, false)]
    public void Trailers_are_limited(int length, bool isAccepted)
    {
        var text = "0\r\nA: ".PadRight(3 + length - 4, 'x') + "\r\n\r\n";
        if (isAccepted)
        {
            Feed.Chunked(text);
        }
        else
        {
            Feed.RefusedChunked(text).ShouldContain("16384");
        }

        Feed.RefusedChunked("0\r\n" + string.Concat(Enumerable.Repeat("A: 1\r\n", 3000))).ShouldContain("16384");
    }

    // --- Receiving past the buffer ---

    [Fact]
    public void The_rest_of_a_chunk_may_be_received_past_the_buffer()
    {
        var (reader, input) = Start("5\r\nhe");
        reader.RemainingInChunk.ShouldBe(0);
        reader.Read(input, new byte[10]).ShouldBe(2);
        reader.RemainingInChunk.ShouldBe(3);
        reader.Advance(2);
        reader.RemainingInChunk.ShouldBe(1);
        reader.Advance(1);
        reader.RemainingInChunk.ShouldBe(0);
        Feed.Receive(input, "\r\n0\r\n\r\n"u8);
        reader.Read(input, new byte[10]).ShouldBe(0);
        reader.IsComplete.ShouldBeTrue();
    }

    [Fact]
    public void The_end_that_is_buffered_is_read_with_the_last_data()
    {
        var (reader, input) = Start("5\r\nhello\r\n0\r\n\r\n");
        reader.Read(input, new byte[5]).ShouldBe(5);
        reader.IsComplete.ShouldBeTrue();
        input.Length.ShouldBe(0);
    }

    [Fact]
    public void After_a_reset_another_body_is_read_and_nothing_is_left_of_the_first()
    {
        var (reader, input) = Start("1;".PadRight(4000, 'x') + "\r\nx\r\n0\r\nA: 1\r\n\r\n");
        for (var i = 0; i < 6; i++)
        {
            reader.Read(input, new byte[5]).ShouldBe(1);
            reader.IsComplete.ShouldBeTrue();
            reader.Trailers.ShouldNotBeNull();
            reader.Reset();
            reader.Trailers.ShouldBeNull();
            Feed.Receive(input, Feed.Bytes("1;".PadRight(4000, 'x') + "\r\nx\r\n0\r\nA: 1\r\n\r\n"));
        }

        reader.Read(input, new byte[5]).ShouldBe(1);
        reader.Reset();
        Feed.Receive(input, "0\r\nA: 1\r"u8);
        reader.Read(input, new byte[5]).ShouldBe(0);
        reader.Reset();
        reader.IsComplete.ShouldBeFalse();
    }

    private static (ChunkedReader Reader, ReadBuffer Input) Start(string text)
    {
        var reader = new ChunkedReader();
        reader.Reset();
        var input = new ReadBuffer();
        Feed.Receive(input, Feed.Bytes(text));
        return (reader, input);
    }
}
