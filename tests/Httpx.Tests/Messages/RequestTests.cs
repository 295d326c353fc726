using System.Text;
using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Messages;

public sealed class RequestTests
{
    [Theory]
    [InlineData("GET", "GET")]
    [InlineData("get", "GET")]
    [InlineData("Post", "POST")]
    [InlineData("purge", "PURGE")]
    [InlineData("M-SEARCH", "M-SEARCH")]
    public void The_method_is_sent_in_upper_case(string method, string sent) => new Request(method, "https://example.org/").Method.ShouldBe(sent);

    [Theory]
    [InlineData("")]
    [InlineData(" GET")]
    [InlineData("GET ")]
    [InlineData("GET /x HTTP/1.1\r\nA: b\r\n\r\nGET")]
    [InlineData("G\0T")]
    [InlineData("G\u00cbT")]
    [InlineData("GET\t")]
    public void A_method_that_is_no_token_is_refused(string method) =>
        Should.Throw<ArgumentException>(() => new Request(method, "https://example.org/")).ParamName.ShouldBe("method");

    [Fact]
    public void Null_is_neither_method_nor_url()
    {
        Should.Throw<ArgumentNullException>(() => new Request(null!, "https://example.org/")).ParamName.ShouldBe("method");
        Should.Throw<ArgumentNullException>(() => new Request("GET", null!)).ParamName.ShouldBe("url");
    }

    [Fact]
    public void Host_comes_first_then_the_given_headers_then_those_of_the_body()
    {
        var given = new Headers { { "Accept", "*/*" }, { "X-A", "1" } };
        var request = new Request(
            "POST", "https://user:secret@Example.org:8443/p", headers: given, json: new[] { 1 });
        Wire(request).ShouldBe(
            "Host: example.org:8443\r\nAccept: */*\r\nX-A: 1\r\nContent-Length: 3\r\nContent-Type: application/json\r\n");
        given.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("https://example.org/", "example.org")]
    [InlineData("https://example.org:443/", "example.org")]
    [InlineData("http://example.org:443/", "example.org:443")]
    [InlineData("http://[::1]:8080/", "[::1]:8080")]
    [InlineData("http://b\u00fccher.example/", "xn--bcher-kva.example")]
    public void Host_is_the_authority_of_the_url(string url, string host) => new Request("GET", url).Headers["Host"].ShouldBe(host);

    [Fact]
    public void A_host_that_is_given_stays_where_it_is()
    {
        var request = new Request("GET", "https://example.org/", headers: new Headers { { "A", "1" }, { "host", "other" } });
        Wire(request).ShouldBe("A: 1\r\nhost: other\r\n");
    }

    [Fact]
    public void A_relative_url_has_no_host_until_it_gets_one()
    {
        var request = new Request("GET", new Url("/path", allowRelative: true));
        request.Headers.ContainsKey("Host").ShouldBeFalse();
        request.Url = "https://example.org/path";
        request.Headers["Host"].ShouldBe("example.org");
    }

    [Fact]
    public void Host_follows_the_url_unless_it_was_chosen()
    {
        var request = new Request("GET", "https://example.org/");
        request.Url = "https://other.example:81/";
        request.Headers["Host"].ShouldBe("other.example:81");
        request.Headers["Host"] = "chosen";
        request.Url = "https://example.org/";
        request.Headers["Host"].ShouldBe("chosen");
        Should.Throw<ArgumentNullException>(() => request.Url = null!);
    }

    [Fact]
    public void The_query_is_merged_into_that_of_the_url()
    {
        new Request("GET", "https://example.org/?a=1&b=2", query: "b=3&c=4").Url.Query.ShouldBe("a=1&b=3&c=4");
        new Request("GET", "https://example.org/?a=1", query: new QueryParams()).Url.Query.ShouldBe("a=1");
    }

    [Theory]
    [InlineData("POST", true)]
    [InlineData("PUT", true)]
    [InlineData("PATCH", true)]
    [InlineData("GET", false)]
    [InlineData("DELETE", false)]
    [InlineData("HEAD", false)]
    [InlineData("OPTIONS", false)]
    [InlineData("CUSTOM", false)]
    public void No_body_has_length_zero_where_a_body_is_expected(string method, bool hasLength)
    {
        foreach (var content in new RequestContent?[] { null, "", Array.Empty<byte>() })
        {
            var request = new Request(method, "https://example.org/", headers: new Headers { { "A", "1" } }, content: content);
            Wire(request).ShouldBe(hasLength ? "Host: example.org\r\nContent-Length: 0\r\nA: 1\r\n" : "Host: example.org\r\nA: 1\r\n");
        }
    }

    [Fact]
    public void A_known_length_is_said_and_an_unknown_one_is_chunked()
    {
        Framing(content: "abc").ShouldBe("Content-Length: 3\r\n");
        Framing(content: Chunks()).ShouldBe("Transfer-Encoding: chunked\r\n");
    }

    [Fact]
    public void The_framing_that_is_given_is_the_only_one()
    {
        Framing(new Headers { { "Content-Length", "6" } }, Chunks()).ShouldBe("Content-Length: 6\r\n");
        Framing(new Headers { { "content-length", "3" } }, "abc").ShouldBe("content-length: 3\r\n");
        Framing(new Headers { { "Transfer-Encoding", "chunked" } }, "abc").ShouldBe("Transfer-Encoding: chunked\r\n");
        Framing(new Headers { { "Transfer-Encoding", "chunked" } }, Chunks()).ShouldBe("Transfer-Encoding: chunked\r\n");
        Framing(new Headers { { "Transfer-Encoding", "chunked" } }, null).ShouldBe("Transfer-Encoding: chunked\r\n");
        Framing(new Headers { { "Content-Length", "5" } }, null).ShouldBe("Content-Length: 5\r\n");
    }

    [Fact]
    public void Both_framings_at_once_are_refused()
    {
        var headers = new Headers { { "Content-Length", "3" }, { "Transfer-Encoding", "chunked" } };
        foreach (var content in new RequestContent?[] { "abc", Chunks(), null })
        {
            Should.Throw<ArgumentException>(() => new Request("POST", "https://example.org/", headers: headers, content: content))
                .Message.ShouldContain("RFC 9112 6.2");
        }
    }

    [Fact]
    public void A_content_type_that_is_given_wins()
    {
        var request = new Request("POST", "https://example.org/", headers: new Headers { { "Content-Type", "x/y" } }, json: 1);
        request.Headers.GetList("Content-Type").ShouldBe(["x/y"]);
        new Request("POST", "https://example.org/", content: "text").Headers.ContainsKey("Content-Type").ShouldBeFalse();
        new Request("POST", "https://example.org/", data: new FormData { { "a", "b" } }).Headers["Content-Type"]
            .ShouldBe("application/x-www-form-urlencoded");
    }

    [Fact]
    public void A_client_builds_on_headers_that_become_the_requests_own()
    {
        var headers = new Headers { { "Accept", "*/*" } };
        var request = Request.Build("GET", "https://example.org/x", headers, null, null);
        request.Headers.ShouldBeSameAs(headers);
        Wire(request).ShouldBe("Host: example.org\r\nAccept: */*\r\n");
    }

    [Fact]
    public void A_request_that_is_complete_is_left_alone()
    {
        var request = new Request("POST", "https://example.org/x", new Headers { { "A", "1" } }, "abc");
        Wire(request).ShouldBe("A: 1\r\n");
        request.Content.ToArray().ShouldBe("abc"u8.ToArray());
    }

    [Theory]
    [BothFaces]
    public async Task A_body_in_memory_is_there_at_once(Face face)
    {
        var none = new Request("POST", "https://example.org/");
        none.Body.ShouldBeNull();
        none.Content.Length.ShouldBe(0);
        (await ReadAsync(face, none)).Length.ShouldBe(0);

        var bytes = new Request("POST", "https://example.org/", content: "abc");
        bytes.Content.ToArray().ShouldBe("abc"u8.ToArray());
        var body = bytes.Body;
        (await ReadAsync(face, bytes)).ToArray().ShouldBe("abc"u8.ToArray());
        bytes.Body.ShouldBeSameAs(body);
    }

    [Theory]
    [BothFaces]
    public async Task A_stream_is_there_when_it_has_been_read_and_can_be_sent_again(Face face)
    {
        var request = new Request("POST", "https://example.org/", content: new OneWayStream("abcdef"u8.ToArray()));
        request.Body!.CanReplay.ShouldBeFalse();
        Should.Throw<RequestNotReadException>(() => request.Content).Message.ShouldContain("Read()");
        (await ReadAsync(face, request)).ToArray().ShouldBe("abcdef"u8.ToArray());
        request.Content.ToArray().ShouldBe("abcdef"u8.ToArray());
        request.Body!.CanReplay.ShouldBeTrue();
        request.Body.Length.ShouldBe(6);
        request.Headers["Transfer-Encoding"].ShouldBe("chunked");
        request.Headers.ContainsKey("Content-Length").ShouldBeFalse();
        (await ReadAsync(face, request)).Length.ShouldBe(6);
    }

    [Fact]
    public async Task An_async_body_refuses_to_block()
    {
        static async IAsyncEnumerable<byte[]> Chunks()
        {
            await Task.Yield();
            yield return "abc"u8.ToArray();
        }

        var request = new Request("POST", "https://example.org/", content: RequestContent.From(Chunks()));
        Should.Throw<InvalidOperationException>(() => request.Read());
        (await request.ReadAsync()).Length.ShouldBe(3);
    }

    [Fact]
    public void Extensions_show_the_timeouts_that_a_client_filled_in()
    {
        var request = new Request("GET", "https://example.org/");
        request.TryGetExtension("timeout", out _).ShouldBeFalse();
        request.Timeouts = 3;
        request.TryGetExtension("timeout", out var hidden).ShouldBeTrue();
        hidden.ShouldBe(new Timeouts(3));
        request.Extensions["timeout"].ShouldBe(new Timeouts(3));
        request.Timeouts = 4;
        request.Extensions["timeout"].ShouldBe(new Timeouts(4));
        request.Timeouts.ShouldBe(new Timeouts(4));
    }

    [Fact]
    public void Timeouts_that_the_caller_put_among_the_extensions_win()
    {
        var request = new Request("GET", "https://example.org/") { Extensions = { ["timeout"] = new Timeouts(1), ["target"] = "*" } };
        request.Timeouts.ShouldBe(new Timeouts(1));
        request.Timeouts = 5;
        request.Timeouts.ShouldBe(new Timeouts(1));
        request.Extensions["timeout"].ShouldBe(new Timeouts(1));
        request.TryGetExtension("target", out var target).ShouldBeTrue();
        target.ShouldBe("*");
        request.TryGetExtension("trace", out _).ShouldBeFalse();
    }

    [Fact]
    public void What_follows_a_request_has_its_extensions()
    {
        var request = new Request("GET", "https://example.org/") { Timeouts = 7 };
        request.Following("GET", "https://example.org/2", new Headers(), null).Timeouts.ShouldBe(new Timeouts(7));
        request.Extensions["trace"] = "x";
        var next = request.Following("GET", "https://example.org/2", new Headers(), null);
        next.Extensions["trace"].ShouldBe("x");
        next.Timeouts.ShouldBe(new Timeouts(7));
    }

    [Fact]
    public void A_request_shows_itself_without_its_password()
    {
        new Request("get", "https://example.org/x?y=1").ToString().ShouldBe("<Request(\"GET\", \"https://example.org/x?y=1\")>");
        new Request("GET", "https://user:secret@example.org/").ToString().ShouldNotContain("secret");
    }

    private static string Wire(Request request) => Encoding.ASCII.GetString(request.Headers.Block);

    private static string Framing(Headers? headers = null, RequestContent? content = null) =>
        Wire(new Request("POST", "https://example.org/", headers: headers, content: content)).Replace("Host: example.org\r\n", "", StringComparison.Ordinal);

    private static RequestContent Chunks() => RequestContent.From([[1, 2, 3], new byte[] { 4, 5, 6 }]);

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Face face, Request request) =>
        face == Face.Blocking ? request.Read() : await request.ReadAsync();

    private sealed class OneWayStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
