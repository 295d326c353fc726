using System.Text;
using Httpx.Engine;
using Httpx.Engine.Http1;

namespace Httpx.Tests.Engine.Http1;

/// <summary>The heads of requests, byte for byte.</summary>
public sealed class HeadWriterTests
{
    [Fact]
    public void A_head_is_the_request_line_the_headers_as_they_are_and_an_empty_line()
    {
        var headers = Fields(("Host", "other.example"), ("X-Case", "Kept"), ("x-case", "twice"), ("Empty", ""));
        Write(Plain("GET", "http://example.org/a%20b/%C3%A9?q=1&q=2#fragment", headers)).ShouldBe(
            "GET /a%20b/%C3%A9?q=1&q=2 HTTP/1.1\r\nHost: other.example\r\nX-Case: Kept\r\nx-case: twice\r\nEmpty: \r\n\r\n");
    }

    [Theory]
    [InlineData("http://example.org", "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n")]
    [InlineData("http://example.org:80/x", "GET /x HTTP/1.1\r\nHost: example.org\r\n\r\n")]
    [InlineData("http://example.org:8080?x", "GET /?x HTTP/1.1\r\nHost: example.org:8080\r\n\r\n")]
    [InlineData("https://example.org:443/", "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n")]
    [InlineData("http://user:secret@EXAMPLE.org/", "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n")]
    [InlineData("http://[::1]:81/", "GET / HTTP/1.1\r\nHost: [::1]:81\r\n\r\n")]
    [InlineData("http://b\u00fccher.example/\u00fc", "GET /%C3%BC HTTP/1.1\r\nHost: xn--bcher-kva.example\r\n\r\n")]
    public void Host_is_added_where_it_is_missing_and_has_no_credentials(string url, string head) =>
        Write(Plain("GET", url)).ShouldBe(head);

    [Fact]
    public void A_forwarding_proxy_gets_the_whole_url_and_its_own_headers_behind_those_of_the_request()
    {
        var forward = Fields(("Proxy-Authorization", "Basic eDp5"), ("X-Both", "proxy"), ("X-Proxy", "1"));
        var request = Plain("GET", "http://user:secret@example.org:81/path?x#y", Fields(("x-both", "request")));
        Write(request, forward).ShouldBe(
            "GET http://example.org:81/path?x HTTP/1.1\r\nHost: example.org:81\r\nx-both: request\r\n"
            + "Proxy-Authorization: Basic eDp5\r\nX-Proxy: 1\r\n\r\n");
    }

    [Theory]
    [InlineData("*")]
    [InlineData("/a\\b{}")]
    [InlineData("example.org:443")]
    public void The_extension_target_stands_for_the_target_as_it_is(string target)
    {
        var request = Plain("OPTIONS", "http://example.org/path");
        request.Extensions["target"] = target;
        Write(request).ShouldBe($"OPTIONS {target} HTTP/1.1\r\nHost: example.org\r\n\r\n");
        Write(request, new Headers()).ShouldStartWith($"OPTIONS {target} HTTP/1.1\r\n");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("/ HTTP/1.1\r\nX: y\r\n\r\n")]
    [InlineData("/a b")]
    [InlineData("/\t")]
    [InlineData("/\0")]
    [InlineData("/\n")]
    [InlineData("/\u007f")]
    [InlineData("/\u00e9")]
    [InlineData("/\u010a")] // becomes a line feed where characters are cut to bytes
    [InlineData(null)]
    [InlineData(42)]
    public void A_target_that_could_end_its_line_is_refused(object? target)
    {
        var request = Plain("GET", "http://example.org/path");
        request.Extensions["target"] = target;
        Refused(request).ShouldContain("'target'");
    }

    [Fact]
    public void A_body_of_known_length_is_announced_by_it()
    {
        Write(Plain("POST", body: "hello"), BodyKind.Length, 5).ShouldEndWith("Host: example.org\r\nContent-Length: 5\r\n\r\n");
        Write(Plain("POST", body: ""), BodyKind.Length, 0).ShouldEndWith("Content-Length: 0\r\n\r\n");
        Write(Plain("GET", body: "x"), BodyKind.Length, 1).ShouldEndWith("Content-Length: 1\r\n\r\n");
    }

    [Fact]
    public void A_body_of_unknown_length_goes_in_chunks() =>
        Write(Plain("POST", body: Exchange.Pieces("a")), BodyKind.Chunked, 0).ShouldEndWith("Host: example.org\r\nTransfer-Encoding: chunked\r\n\r\n");

    [Theory]
    [InlineData("Content-Length", "5", BodyKind.Length, 5)]
    [InlineData("content-length", "9223372036854775807", BodyKind.Length, long.MaxValue)]
    [InlineData("Content-Length", "0", BodyKind.Length, 0)]
    [InlineData("Transfer-Encoding", "chunked", BodyKind.Chunked, 0)]
    [InlineData("transfer-encoding", "Chunked", BodyKind.Chunked, 0)]
    public void What_the_caller_announces_himself_is_not_announced_again(string name, string value, object kind, long length) =>
        Write(Plain("POST", headers: Fields((name, value)), body: Exchange.Pieces("a")), (BodyKind)kind, length)
            .ShouldBe($"POST / HTTP/1.1\r\nHost: example.org\r\n{name}: {value}\r\n\r\n");

    [Fact]
    public void A_body_of_known_length_goes_in_chunks_where_the_caller_says_so() =>
        Write(Plain("POST", headers: Fields(("Transfer-Encoding", "chunked")), body: "hello"), BodyKind.Chunked, 0)
            .ShouldNotContain("Content-Length");

    [Fact]
    public void A_request_without_body_may_say_that_it_has_none() =>
        Write(Plain("POST", headers: Fields(("Content-Length", "0"))), BodyKind.None, 0).ShouldEndWith("Content-Length: 0\r\n\r\n");

    [Theory]
    [InlineData("x", "Content-Length: 5")] // the body has 1
    [InlineData("x", "Content-Length: 1", "Content-Length: 1")]
    [InlineData("x", "Content-Length: 1, 1")]
    [InlineData("x", "Content-Length: +1")]
    [InlineData("x", "Content-Length: -1")]
    [InlineData("x", "Content-Length: 0x1")]
    [InlineData("x", "Content-Length: 1.0")]
    [InlineData("x", "Content-Length: ")]
    [InlineData("x", "Content-Length: 9223372036854775808")]
    [InlineData("x", "Content-Length: 99999999999999999999999999")]
    [InlineData("x", "Content-Length: 1", "Transfer-Encoding: chunked")]
    [InlineData("x", "Transfer-Encoding: gzip, chunked")]
    [InlineData("x", "Transfer-Encoding: identity")]
    [InlineData("x", "Transfer-Encoding: ")]
    [InlineData("x", "Transfer-Encoding: chunked", "Transfer-Encoding: chunked")]
    [InlineData(null, "Content-Length: 1")]
    [InlineData(null, "Transfer-Encoding: chunked")]
    [InlineData(null, "Host: a", "Host: b")]
    [InlineData(null, "Host: a", "host: a")]
    public void Headers_that_contradict_each_other_or_the_body_are_refused(string? body, params string[] fields)
    {
        var headers = Fields([.. fields.Select(field => field.Split(": ")).Select(pair => (pair[0], pair[1]))]);
        Refused(Plain("POST", headers: headers, body: body)).ShouldNotBeEmpty();
    }

    private static Headers Fields(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    // As it goes out: nothing completed by the constructor.
    private static Request Plain(string method, string url = "http://example.org/", Headers? headers = null, RequestContent? body = null) =>
        new(method, new Url(url), headers ?? new Headers(), body);

    private static string Write(Request request, Headers? forward = null)
    {
        var output = new WriteBuffer();
        HeadWriter.Write(output, request, forward).ShouldBe(RequestFraming.None);
        return Encoding.Latin1.GetString(output.Memory.Span);
    }

    private static string Write(Request request, BodyKind kind, long length)
    {
        var output = new WriteBuffer();
        HeadWriter.Write(output, request).ShouldBe(new RequestFraming(kind, length));
        return Encoding.Latin1.GetString(output.Memory.Span);
    }

    private static string Refused(Request request)
    {
        var error = Should.Throw<LocalProtocolException>(() => HeadWriter.Write(new WriteBuffer(), request));
        error.Request.ShouldBe(request);
        return error.Message;
    }
}
