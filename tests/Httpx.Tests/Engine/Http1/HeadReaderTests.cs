using System.Text;
using Httpx.Engine;
using Httpx.Engine.Http1;

namespace Httpx.Tests.Engine.Http1;

public sealed class HeadReaderTests
{
    [Fact]
    public void A_common_head_is_read_as_it_was_sent()
    {
        const string fields = "Server: nginx\r\ndate: Mon, 01 Jan 2024 00:00:00 GMT\r\nCONTENT-type: text/plain\r\nContent-Length: 5\r\n";
        var head = Feed.Head("HTTP/1.1 200 OK\r\n" + fields + "\r\n");

        head.StatusCode.ShouldBe(200);
        head.IsHttp10.ShouldBeFalse();
        head.ReasonPhrase.ShouldBeNull();
        Feed.Block(head).ShouldBe(fields);
        head.Body.ShouldBe(BodyKind.Length);
        head.Length.ShouldBe(5);
        head.KeepAlive.ShouldBeTrue();
    }

    [Fact]
    public void A_head_without_fields_is_a_head() => Feed.Block(Feed.Head("HTTP/1.1 404 Not Found\r\n\r\n")).ShouldBe("");

    [Fact]
    public void Only_the_block_and_its_owner_are_allocated()
    {
        const string fields = "Server: x\r\nContent-Type: text/plain\r\nConnection: keep-alive\r\nContent-Length: 5\r\n";
        var bytes = Feed.Bytes("HTTP/1.1 200 OK\r\n" + fields + "\r\n");
        var input = new ReadBuffer();
        var reader = new HeadReader();
        long before = 0, of = 0;
        for (var i = 0; i < 3; i++)
        {
            Feed.Receive(input, bytes);
            reader.Reset();
            before = GC.GetAllocatedBytesForCurrentThread();
            reader.TryRead(input, toHead: false, out _).ShouldBeTrue();
            of = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        before = GC.GetAllocatedBytesForCurrentThread();
        Headers.FromBlock(new byte[fields.Length], fields.Length, 4);
        of.ShouldBe(GC.GetAllocatedBytesForCurrentThread() - before);
    }

    // --- The status line ---

    [Theory]
    [InlineData("HTTP/1.1 200 OK", 200, null)]
    [InlineData("HTTP/1.1 200 ok", 200, "ok")]
    [InlineData("HTTP/1.1 404 Not Found", 404, null)]
    [InlineData("HTTP/1.1 200", 200, "")] // Many servers leave the space out.
    [InlineData("HTTP/1.1 200 ", 200, "")]
    [InlineData("HTTP/1.1 999 ", 999, "")]
    [InlineData("HTTP/1.1 600 Own\tidea ", 600, "Own\tidea ")]
    [InlineData("HTTP/1.1 500 Ori\u00EBntatie", 500, "Ori\u00EBntatie")]
    [InlineData("HTTP/1.1 200  OK", 200, " OK")] // The space after the code is one; the rest is phrase.
    public void A_status_line_is_a_version_a_code_and_a_phrase_that_may_be_missing(string line, int code, string? phrase)
    {
        var head = Feed.Head(line + "\r\n\r\n");
        head.StatusCode.ShouldBe(code);
        head.ReasonPhrase.ShouldBe(phrase);
    }

    [Theory]
    [InlineData("HTTP/1.0", true)]
    [InlineData("HTTP/1.1", false)]
    [InlineData("HTTP/1.2", false)] // A later minor version is understood as the latest one known (RFC 9110 2.5).
    public void The_version_is_1_0_or_1_1(string version, bool isHttp10) =>
        Feed.Head(version + " 200 OK\r\n\r\n").IsHttp10.ShouldBe(isHttp10);

    [Theory]
    [InlineData("HTTP/1.1  200 OK")]
    [InlineData("HTTP/1.1\t200 OK")]
    [InlineData("http/1.1 200 OK")]
    [InlineData("HTTP/1.1 20 OK")]
    [InlineData("HTTP/1.1 2000 OK")]
    [InlineData("HTTP/1.1 +20 OK")]
    [InlineData("HTTP/1.1 2x0 OK")]
    [InlineData("HTTP/1.1 20\u0660 OK")]
    [InlineData("HTTP/1.1 200\tOK")]
    [InlineData("HTTP/1.1 200OK")]
    [InlineData("HTTP/1.1 2222222222222222222222222222222222222222222222222222222222222222222222222 OK")]
    [InlineData("HTTP/1.1 099 OK")] // Codes have three digits, of which the first is not 0.
    [InlineData("HTTP/1.1 000 OK")]
    [InlineData("HTTP/1.1 1")]
    [InlineData("HTTP/1.1 0")]
    [InlineData("HTTP/1.1 ")]
    [InlineData("HTTP/1.1")]
    [InlineData(" HTTP/1.1 200 OK")]
    [InlineData("HTTP /1.1 200 OK")]
    [InlineData("HTTP/1,1 200 OK")]
    [InlineData("HTTP/1.10 200 OK")]
    [InlineData("HTTP/1.x 200 OK")]
    [InlineData("HTTP/256.1 200 OK")]
    public void A_status_line_that_is_nearly_one_is_refused(string line) => Feed.RefusedHead(line + "\r\n\r\n").ShouldContain("\"");

    [Theory]
    [InlineData("HTTP/1.1 200 O\0K\r\n\r\n")]
    [InlineData("HTTP/1.1 200 O\u007FK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 O\u001BK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 O\rK\r\n\r\n")] // A bare CR is a line end to some and not to others.
    [InlineData("HTTP/1.1 200 OK\r\r\n\r\n")]
    public void Control_characters_in_a_phrase_are_refused(string text) => Feed.RefusedHead(text).ShouldContain("control character");

    [Theory]
    [InlineData("\r\nHTTP/1.1 200 OK\r\n\r\n")]
    [InlineData("\n\r\n\r\n\nHTTP/1.1 200 OK\r\n\r\n")]
    public void A_few_empty_lines_before_the_head_are_skipped(string text) => Feed.Head(text).StatusCode.ShouldBe(200);

    [Theory]
    [InlineData("\r\n\r\n\r\n\r\n\r\nHTTP/1.1 200 OK\r\n\r\n")]
    [InlineData("\rHTTP/1.1 200 OK\r\n\r\n")]
    public void Many_are_not(string text) => Feed.RefusedHead(text).ShouldContain("empty lines");

    // --- Peers that speak something else ---

    [Theory]
    [InlineData("\u0015\u0003\u0001\0\u0002\u0002\u0050", "begin with https")]
    [InlineData("\0\0\u0012\u0004\0\0\0\0\0\0\u0003\0\0\0\u0080", "HTTP/2")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "HTTP/2 client")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n", "SSH")]
    [InlineData("220 mail.example ESMTP\r\n", "mail")]
    [InlineData("<html><body>hello</body></html>", "markup")]
    [InlineData("HTTP/2.0 200 OK\r\n\r\n", "\"HTTP/2.0\"")]
    [InlineData("HTTP/0.9 200 OK\r\n\r\n", "\"HTTP/0.9\"")]
    [InlineData("ICY 200 OK\r\n\r\n", "\"ICY 200 OK\"")]
    [InlineData("hello", "\"hello\"")]
    [InlineData("\u0001\u0002\u00FF", "\"\\x01\\x02\\xff\"")]
    public void What_is_no_HTTP_1_is_named_without_waiting_for_the_end_of_a_line(string text, string named) =>
        Feed.RefusedHead(text).ShouldContain(named);

    // --- Field lines ---

    [Theory]
    [InlineData("A:1\r\n", "A: 1\r\n")]
    [InlineData("A:\t 1 \t\r\n", "A: 1\r\n")]
    [InlineData("A: 1 \r\nB: 2\r\n", "A: 1\r\nB: 2\r\n")]
    [InlineData("A:  1\r\n", "A: 1\r\n")]
    [InlineData("A: 1 2\t3\r\n", "A: 1 2\t3\r\n")]
    [InlineData("A:\r\n", "A: \r\n")]
    [InlineData("A: \r\n", "A: \r\n")]
    [InlineData("A:  \r\n", "A: \r\n")]
    [InlineData("A: :\r\n", "A: :\r\n")]
    [InlineData("!#$%&'*+-.^_`|~09azAZ: \"x\"\r\n", "!#$%&'*+-.^_`|~09azAZ: \"x\"\r\n")]
    [InlineData("A: 1\nB:2\n", "A: 1\r\nB: 2\r\n")] // Heads may end their lines in LF (RFC 9112 2.2).
    [InlineData("A: 1\r\nB: 2\nC: 3\r\n", "A: 1\r\nB: 2\r\nC: 3\r\n")]
    [InlineData("A: \u00A01\u0085\r\n", "A: \u00A01\u0085\r\n")] // Only SP and HTAB are white space here.
    [InlineData("A: \u00C3\u00A9\u00FF\r\n", "A: \u00C3\u00A9\u00FF\r\n")] // Bytes are kept, whatever they mean.
    [InlineData("A: 1\r\na: 2\r\nA: 1\r\n", "A: 1\r\na: 2\r\nA: 1\r\n")] // Singletons or not: order and number are kept.
    public void Fields_are_kept_in_the_form_of_the_block(string sent, string kept) => Feed.Fields(sent).ShouldBe(kept);

    [Theory]
    [InlineData("HTTP/1.1 200 OK\n\n")]
    [InlineData("HTTP/1.1 200 OK\nA: 1\n\n")]
    [InlineData("HTTP/1.1 200 OK\r\nA: 1\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\nA: 1\r\n\n")]
    public void Any_mixture_of_line_ends_ends_a_head(string text) => Feed.Head(text).StatusCode.ShouldBe(200);

    [Theory]
    [InlineData("A: 1\r\n  2\r\n", "A: 1 2\r\n")] // A user agent replaces the fold by SP (RFC 9112 5.2).
    [InlineData("A: 1 \r\n\t 2 \r\n", "A: 1 2\r\n")]
    [InlineData("A: 1\n 2\n", "A: 1 2\r\n")]
    [InlineData("A: 1\r\n 2\r\n 3\r\nB: 4\r\n", "A: 1 2 3\r\nB: 4\r\n")]
    [InlineData("A:\r\n 1\r\n", "A: 1\r\n")]
    [InlineData("A: 1\r\n \r\n", "A: 1\r\n")] // White space alone is a fold, and never the end of the head.
    [InlineData("A: 1\r\n \r\n 2\r\n", "A: 1 2\r\n")]
    [InlineData("A: 1\r\n B: 2\r\n", "A: 1 B: 2\r\n")]
    public void Folded_values_are_joined_by_a_space(string sent, string kept) => Feed.Fields(sent).ShouldBe(kept);

    [Theory]
    [InlineData(" A: 1\r\n")]
    [InlineData("\tA: 1\r\n")]
    [InlineData(" \r\n")]
    public void White_space_before_the_first_field_is_refused(string fields) => RefusedFields(fields).ShouldContain("before its first");

    [Theory]
    [InlineData("Content-Length: 5\r\n 5\r\n")]
    [InlineData("Content-Length:\r\n 5\r\n")]
    [InlineData("Transfer-Encoding:\r\n chunked\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n abc\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n \r\n")]
    [InlineData("Connection: close\r\n , x\r\n")]
    [InlineData("Keep-Alive: timeout=5\r\n , x\r\n")]
    public void Folded_framing_fields_are_refused(string fields) => RefusedFields(fields);

    [Theory]
    [InlineData("NoColon\r\n", "without a colon: \"NoColon\"")]
    [InlineData("NoColon\n", "without a colon")]
    [InlineData(": v\r\n", "without a name")]
    [InlineData(":\r\n", "without a name")]
    [InlineData("Content-Length : 5\r\n", "white space between")] // Ignored by one reader and used by another: never to be used.
    [InlineData("Transfer-Encoding\t: chunked\r\n", "white space between")]
    [InlineData("A b: 1\r\n", "\"A \"")]
    [InlineData("A\tb: 1\r\n", "name")]
    [InlineData("A(: 1\r\n", "\"A(\"")]
    [InlineData("A@b: 1\r\n", "name")]
    [InlineData("A\"b\": 1\r\n", "name")]
    [InlineData("A\u00E9: 1\r\n", "\\xe9")]
    [InlineData("A\0: 1\r\n", "\\x00")]
    [InlineData("A\u007F: 1\r\n", "name")]
    [InlineData("A\rB: 1\r\n", "without a colon")]
    [InlineData("\u000BA: 1\r\n", "name")]
    [InlineData("A: 1\r\nB\r\n", "without a colon: \"B\"")]
    public void Names_that_are_none_are_refused(string fields, string telling) => RefusedFields(fields).ShouldContain(telling);

    [Theory]
    [InlineData("A: 1\02\r\n", "0x00")]
    [InlineData("A: 1\u007F2\r\n", "0x7f")]
    [InlineData("A: \u0001\r\n", "0x01")]
    [InlineData("A: 1\u000B\r\n", "0x0b")]
    [InlineData("A: 1\u000C\r\n", "0x0c")]
    [InlineData("A: 1\r2\r\n", "carriage return")] // WPT and everyone: a lone CR separates lines for some readers.
    [InlineData("A: 1\rB: 2\r\n", "carriage return")]
    [InlineData("A: 1\r\r\n", "carriage return")]
    [InlineData("A: 1\r\n\rB: 2\r\n", "carriage return")]
    [InlineData("A: 1\r\n 2\u0000\r\n", "0x00")]
    public void Control_characters_in_values_are_refused(string fields, string telling) => RefusedFields(fields).ShouldContain(telling);

    [Fact]
    public void Errors_about_a_value_name_the_field_and_do_not_show_the_value()
    {
        var message = RefusedFields("Set-Cookie: secret\0\r\n");
        message.ShouldContain("\"Set-Cookie\"");
        message.ShouldNotContain("secret");
    }

    [Fact]
    public void A_head_cut_anywhere_waits_for_more()
    {
        const string text = "\r\nHTTP/1.1 200 OK\r\nA: 1\r\n 2\r\nContent-Length: 5\r\n\r\n";
        for (var length = 0; length < text.Length; length++)
        {
            Feed.MoreOfHead(text[..length]);
        }
    }

    // --- Limits ---

    [Theory]
    [InlineData(FieldLines.MaxLine, true)]
    [InlineData(FieldLines.MaxLine + 1, false)]
    public void A_line_is_limited_and_segments_do_not_evade_it(int length, bool isAccepted)
    {
        foreach (var line in new[] { "A: ".PadRight(length, 'x'), new string('x', length - 1) + ":", "A: 1\r\n".PadRight(length + 6, ' ') })
        {
            var text = "HTTP/1.1 200 OK\r\n" + line + "\r\n\r\n";
            if (isAccepted)
            {
                Feed.Head(text);
            }
            else
            {
                Feed.RefusedHead(text).ShouldContain("65536");
            }
        }

        var phrase = "HTTP/1.1 200 ".PadRight(length, 'x') + "\r\n\r\n";
        if (isAccepted)
        {
            Feed.Head(phrase);
        }
        else
        {
            Feed.RefusedHead(phrase).ShouldContain("65536");
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 200 ")]
    [InlineData("HTTP/1.1 200 OK\r\nA")]
    [InlineData("HTTP/1.1 200 OK\r\nA: ")]
    public void A_line_that_never_ends_is_refused_before_its_end(string text) =>
        Feed.RefusedHead(text.PadRight(FieldLines.MaxLine + 100, 'x'));

    [Fact]
    public void The_fields_are_limited_in_number()
    {
        var fields = string.Concat(Enumerable.Repeat("A: 1\r\n", HeadReader.MaxFields));
        Feed.Head("HTTP/1.1 200 OK\r\n" + fields + "\r\n").Headers.ShouldNotBeNull();
        RefusedFields(fields + "A: 1\r\n").ShouldContain("1000");
    }

    [Fact]
    public void The_fields_of_interim_heads_count_too()
    {
        var interim = "HTTP/1.1 103 Early Hints\r\n" + string.Concat(Enumerable.Repeat("A: 1\r\n", HeadReader.MaxFields / 2)) + "\r\n";
        var reader = new HeadReader();
        var input = new ReadBuffer();
        reader.Reset();
        Feed.Receive(input, Feed.Bytes(interim + interim + "HTTP/1.1 200 OK\r\nA: 1\r\n\r\n"));
        reader.TryRead(input, false, out _).ShouldBeTrue();
        reader.TryRead(input, false, out _).ShouldBeTrue();
        Should.Throw<RemoteProtocolException>(() => reader.TryRead(input, false, out _));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void All_bytes_of_an_exchange_are_limited_interim_heads_included(int surplus, bool isAccepted)
    {
        const string interim = "\r\nHTTP/1.1 100 Continue\r\n\r\n";
        const string start = "HTTP/1.1 200 OK\r\n";
        const string line = "A: 1234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890\r\n";
        var head = new StringBuilder(start);
        var left = HeadReader.MaxBytes + surplus - interim.Length - start.Length - 2;
        for (var i = 0; i < 3; i++)
        {
            var length = Math.Min(left, 60_000) - 5;
            head.Append("B: ").Append('x', length).Append("\r\n");
            left -= length + 5;
        }

        while (left > line.Length * 2)
        {
            head.Append(line);
            left -= line.Length;
        }

        head.Append("C: ").Append('x', left - 5).Append("\r\n\r\n");
        foreach (var size in new[] { 1, 1000, int.MaxValue })
        {
            var reader = new HeadReader();
            var input = new ReadBuffer();
            reader.Reset();
            Feed.Receive(input, Feed.Bytes(interim));
            reader.TryRead(input, false, out _).ShouldBeTrue();
            if (isAccepted)
            {
                ReadInPieces(reader, input, Feed.Bytes(head.ToString()), size).ShouldBeTrue();
            }
            else
            {
                Should.Throw<RemoteProtocolException>(() => ReadInPieces(reader, input, Feed.Bytes(head.ToString()), size))
                    .Message.ShouldContain("262144");
            }
        }
    }

    [Fact]
    public void A_head_that_never_ends_is_refused_at_the_limit()
    {
        var bytes = Feed.Bytes("HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("Abcdefgh: " + new string('x', 500) + "\r\n", 600)));
        foreach (var size in new[] { 1, 777, int.MaxValue })
        {
            var reader = new HeadReader();
            reader.Reset();
            Should.Throw<RemoteProtocolException>(() => ReadInPieces(reader, new ReadBuffer(), bytes, size));
        }
    }

    // --- Interim responses, and the next exchange ---

    [Fact]
    public void Interim_heads_come_out_before_the_final_one()
    {
        var reader = new HeadReader();
        var input = new ReadBuffer();
        reader.Reset();
        Feed.Receive(input, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\nContent-Length: 9\r\n\r\n"u8);
        Feed.Receive(input, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"u8);

        reader.TryRead(input, false, out var head).ShouldBeTrue();
        head.StatusCode.ShouldBe(100);
        reader.TryRead(input, false, out head).ShouldBeTrue();
        head.StatusCode.ShouldBe(103);
        head.Body.ShouldBe(BodyKind.None);
        Feed.Block(head).ShouldBe("Link: </a>\r\nContent-Length: 9\r\n");
        reader.TryRead(input, false, out head).ShouldBeTrue();
        head.StatusCode.ShouldBe(200);
        head.Length.ShouldBe(1);
        Encoding.Latin1.GetString(input.Span).ShouldBe("x");
    }

    [Fact]
    public void Endless_interim_heads_are_refused_after_a_hundred()
    {
        var reader = new HeadReader();
        var input = new ReadBuffer();
        reader.Reset();
        for (var i = 0; i < HeadReader.MaxInterims; i++)
        {
            Feed.Receive(input, "HTTP/1.1 102 Processing\r\n\r\n"u8);
            reader.TryRead(input, false, out _).ShouldBeTrue();
        }

        Feed.Receive(input, "HTTP/1.1 102 Processing\r\n\r\n"u8);
        Should.Throw<RemoteProtocolException>(() => reader.TryRead(input, false, out _)).Message.ShouldContain("100 interim");
    }

    [Fact]
    public void After_a_reset_the_counts_and_the_state_are_those_of_a_new_reader()
    {
        var reader = new HeadReader();
        var big = Feed.Bytes("HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("A: " + new string('x', 200) + "\r\n", 900)) + "\r\n");
        for (var i = 0; i < 3; i++)
        {
            reader.Reset();
            ReadInPieces(reader, new ReadBuffer(), big, int.MaxValue).ShouldBeTrue();
        }

        reader.Reset();
        var broken = Feed.Bytes("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nA(b");
        Should.Throw<RemoteProtocolException>(() => ReadInPieces(reader, new ReadBuffer(), broken, 1));
        reader.Reset();
        var input = new ReadBuffer();
        Feed.Receive(input, "HTTP/1.1 200 OK\r\n\r\n"u8);
        reader.TryRead(input, false, out var head).ShouldBeTrue();
        head.Body.ShouldBe(BodyKind.UntilClose);
    }

    private static string RefusedFields(string fields) => Feed.RefusedHead("HTTP/1.1 200 OK\r\n" + fields + "\r\n");

    private static bool ReadInPieces(HeadReader reader, ReadBuffer input, byte[] bytes, int size)
    {
        var isRead = false;
        for (var at = 0; at < bytes.Length; at += Math.Min(size, bytes.Length - at))
        {
            Feed.Receive(input, bytes.AsSpan(at, Math.Min(size, bytes.Length - at)));
            isRead = reader.TryRead(input, false, out _);
        }

        return isRead;
    }
}
