using Httpx.Engine.Http1;

namespace Httpx.Tests.Engine.Http1;

public sealed class MessageFramingTests
{
    // --- Content-Length ---

    [Theory]
    [InlineData("Content-Length: 0", 0)]
    [InlineData("content-LENGTH: 5", 5)]
    [InlineData("Content-Length:\t42\t", 42)]
    [InlineData("Content-Length: 030", 30)] // Decimal, whatever it looks like.
    [InlineData("Content-Length: 9223372036854775807", long.MaxValue)]
    [InlineData("Content-Length: 5\r\nContent-Length: 5", 5)] // The same said twice is tolerated (RFC 9110 8.6).
    [InlineData("Content-Length: 5, 5", 5)]
    [InlineData("Content-Length: 5,5\r\nContent-Length: 5", 5)]
    [InlineData("Content-Length: 5 \t,\t 5", 5)]
    public void A_length_is_a_number_of_bytes(string fields, long length)
    {
        var head = Read(fields);
        head.Body.ShouldBe(BodyKind.Length);
        head.Length.ShouldBe(length);
        head.KeepAlive.ShouldBeTrue();
    }

    [Theory]
    [InlineData("Content-Length: 5\r\nContent-Length: 6")]
    [InlineData("Content-Length: 5, 6")]
    [InlineData("Content-Length: 0\r\nContent-Length: 6")]
    [InlineData("Content-Length: 30\r\nContent-Length: 030")] // Octal to somebody.
    [InlineData("Content-Length: 030, 30")]
    public void Lengths_that_differ_are_refused(string fields) => Refused(fields).ShouldContain("differ");

    [Theory]
    [InlineData("5,")]
    [InlineData(",5")]
    [InlineData("5, ")]
    [InlineData("5,,5")]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("5;x")]
    [InlineData("5 5")]
    [InlineData("5\t5")]
    [InlineData("+5")]
    [InlineData("-5")]
    [InlineData("-0")]
    [InlineData("0x5")]
    [InlineData("5_0")]
    [InlineData("5.0")]
    [InlineData("5e1")]
    [InlineData("\"5\"")]
    [InlineData("\u00D9\u00A5")] // An Arabic five in UTF-8,
    [InlineData("\u00EF\u00BC\u0095")] // and a full-width one: digits are ASCII.
    [InlineData("\u00A05")]
    [InlineData("9223372036854775808")]
    [InlineData("18446744073709551616")]
    [InlineData("18446744073709551621")] // 5 after an overflow.
    [InlineData("00000000000000000005")]
    public void A_length_that_is_no_number_is_refused(string value) => Refused("Content-Length: " + value).ShouldContain("Content-Length");

    [Fact]
    public void A_length_of_a_thousand_digits_is_refused() => Refused("Content-Length: " + new string('1', 1000));

    [Theory]
    [InlineData("Content-Length-X: 0")]
    [InlineData("Xontent-Length: 0")]
    [InlineData("Content_Length: 0")]
    public void Names_that_only_look_like_it_do_not_count(string field) => Read(field).Body.ShouldBe(BodyKind.UntilClose);

    // --- Transfer-Encoding ---

    [Theory]
    [InlineData("Transfer-Encoding: chunked")]
    [InlineData("transfer-encoding:CHUNKED ")]
    public void A_single_chunked_is_the_one_coding(string field)
    {
        var head = Read(field);
        head.Body.ShouldBe(BodyKind.Chunked);
        head.Length.ShouldBe(0);
        head.KeepAlive.ShouldBeTrue();
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked, chunked")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity")]
    [InlineData("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked")]
    [InlineData("Transfer-Encoding: gzip, chunked")]
    [InlineData("Transfer-Encoding: chunked, gzip")]
    [InlineData("Transfer-Encoding: identity")]
    [InlineData("Transfer-Encoding: xchunked")]
    [InlineData("Transfer-Encoding: chunkedchunked")]
    [InlineData("Transfer-Encoding: chunked;q=1")]
    [InlineData("Transfer-Encoding: ,chunked")]
    [InlineData("Transfer-Encoding: chunked,")]
    [InlineData("Transfer-Encoding: \"chunked\"")]
    [InlineData("Transfer-Encoding: \u000Bchunked")]
    [InlineData("Transfer-Encoding: \u00A0chunked")]
    [InlineData("Transfer-Encoding: chun ked")]
    [InlineData("Transfer-Encoding: chun\u212Aed")] // The Kelvin sign is a k to some comparisons.
    [InlineData("Transfer-Encoding:")]
    public void Every_other_coding_is_refused(string fields) => Refused(fields);

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 5")]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked")]
    public void Both_at_once_is_how_messages_are_smuggled(string fields) => Refused(fields).ShouldContain("contradict");

    [Theory]
    [InlineData("200 OK")]
    [InlineData("204 No Content")]
    public void HTTP_1_0_does_not_know_codings(string status) =>
        Feed.RefusedHead("HTTP/1.0 " + status + "\r\nTransfer-Encoding: chunked\r\n\r\n").ShouldContain("HTTP/1.0");

    // --- Body or none ---

    [Theory]
    [InlineData("200 OK", true, "Content-Length: 100")] // What GET would have got.
    [InlineData("200 OK", true, "Transfer-Encoding: chunked")]
    [InlineData("200 OK", true, "")]
    [InlineData("204 No Content", false, "Content-Length: 5")]
    [InlineData("204 No Content", false, "Transfer-Encoding: chunked")]
    [InlineData("204 No Content", false, "Content-Length: 5\r\nTransfer-Encoding: chunked")]
    [InlineData("204 No Content", false, "")]
    [InlineData("304 Not Modified", false, "Content-Length: 5")]
    [InlineData("304 Not Modified", false, "Transfer-Encoding: gzip, chunked")]
    [InlineData("304 Not Modified", false, "")]
    [InlineData("100 Continue", false, "Content-Length: 5")]
    [InlineData("103 Early Hints", false, "Transfer-Encoding: chunked")]
    public void Some_responses_have_no_body_whatever_they_say(string status, bool toHead, string fields)
    {
        var head = Read(fields, status, toHead);
        head.Body.ShouldBe(BodyKind.None);
        head.Length.ShouldBe(0);
        head.KeepAlive.ShouldBeTrue();
    }

    [Theory]
    [InlineData("205 Reset Content")]
    [InlineData("404 Not Found")]
    [InlineData("200 OK")]
    public void All_others_have_the_body_that_they_announce(string status)
    {
        Read("Content-Length: 5", status).Length.ShouldBe(5);
        Read("Transfer-Encoding: chunked", status).Body.ShouldBe(BodyKind.Chunked);
        Read("", status).Body.ShouldBe(BodyKind.UntilClose);
    }

    [Fact]
    public void Malformed_lengths_are_refused_even_where_there_is_no_body() =>
        Feed.RefusedHead("HTTP/1.1 304 Not Modified\r\nContent-Length: abc\r\n\r\n");

    [Fact]
    public void A_switched_protocol_leaves_a_connection_that_carries_no_other_exchange()
    {
        var head = Read("Connection: upgrade\r\nUpgrade: websocket\r\nContent-Length: 4", "101 Switching Protocols");
        head.Body.ShouldBe(BodyKind.None);
        head.KeepAlive.ShouldBeFalse();
    }

    // --- Keeping the connection ---

    [Theory]
    [InlineData("HTTP/1.1", "", true)]
    [InlineData("HTTP/1.1", "Connection: close", false)]
    [InlineData("HTTP/1.1", "connection:CLOSE", false)]
    [InlineData("HTTP/1.1", "Connection: keep-alive", true)]
    [InlineData("HTTP/1.1", "Connection: Keep-Alive, close", false)]
    [InlineData("HTTP/1.1", "Connection:close,Upgrade", false)]
    [InlineData("HTTP/1.1", "Connection: , close", false)]
    [InlineData("HTTP/1.1", "Connection: x\t, close\t", false)]
    [InlineData("HTTP/1.1", "Connection: keep-alive\r\nConnection: close", false)]
    [InlineData("HTTP/1.1", "Connection: close\r\nConnection: keep-alive", false)]
    [InlineData("HTTP/1.1", "Connection: closed, xclose", true)]
    [InlineData("HTTP/1.1", "Connection:", true)]
    [InlineData("HTTP/1.1", "Proxy-Connection: close", true)] // No field of HTTP.
    [InlineData("HTTP/1.0", "", false)]
    [InlineData("HTTP/1.0", "Connection: keep-alive", true)]
    [InlineData("HTTP/1.0", "Connection: Keep-Alive", true)]
    [InlineData("HTTP/1.0", "Connection: keep-alive, close", false)]
    [InlineData("HTTP/1.0", "Connection: upgrade", false)]
    [InlineData("HTTP/1.0", "Proxy-Connection: keep-alive", false)]
    [InlineData("HTTP/1.0", "Keep-Alive: timeout=5", false)]
    public void A_connection_is_kept_by_version_and_options_and_close_wins(string version, string fields, bool isKept)
    {
        fields = "Content-Length: 1\r\n" + fields;
        Feed.Head(version + " 200 OK\r\n" + fields.TrimEnd('\r', '\n') + "\r\n\r\n").KeepAlive.ShouldBe(isKept);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: keep-alive\r\n\r\n")]
    [InlineData("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n")]
    public void A_body_that_ends_with_the_connection_ends_it(string text)
    {
        var head = Feed.Head(text);
        head.Body.ShouldBe(BodyKind.UntilClose);
        head.KeepAlive.ShouldBeFalse();
    }

    [Theory]
    [InlineData("timeout=5", 5)]
    [InlineData("timeout=5, max=100", 5)]
    [InlineData("max=100,Timeout = 5", 5)]
    [InlineData("timeout=0", 0)]
    [InlineData("timeout=999999999", 999999999)]
    [InlineData("timeout=abc, timeout=7", 7)]
    [InlineData("timeout=-1", null)]
    [InlineData("timeout=+1", null)]
    [InlineData("timeout=1.5", null)]
    [InlineData("timeout=99999999999", null)]
    [InlineData("timeout=", null)]
    [InlineData("timeout", null)]
    [InlineData("xtimeout=5", null)]
    [InlineData("=5", null)]
    [InlineData("abc", null)]
    [InlineData("", null)]
    public void The_seconds_of_Keep_Alive_are_a_hint_of_which_nonsense_is_ignored(string value, int? seconds) =>
        Read("Content-Length: 1\r\nKeep-Alive: " + value).KeepAliveSeconds.ShouldBe(seconds);

    private static ResponseHead Read(string fields, string status = "200 OK", bool toHead = false) =>
        Feed.Head("HTTP/1.1 " + status + "\r\n" + (fields.Length > 0 ? fields + "\r\n\r\n" : "\r\n"), toHead);

    private static string Refused(string fields) => Feed.RefusedHead("HTTP/1.1 200 OK\r\n" + fields + "\r\n\r\n");
}
