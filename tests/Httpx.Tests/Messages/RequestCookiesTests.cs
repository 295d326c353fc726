namespace Httpx.Tests.Messages;

public sealed class RequestCookiesTests
{
    [Fact]
    public void The_cookie_header_comes_after_the_given_headers_and_before_those_of_the_body()
    {
        var request = new Request(
            "POST", "https://example.org/", headers: new Headers { { "X-A", "1" } }, cookies: new Cookies { ["a"] = "b" }, content: "x");
        System.Text.Encoding.ASCII.GetString(request.Headers.Block)
            .ShouldBe("Host: example.org\r\nX-A: 1\r\nCookie: a=b\r\nContent-Length: 1\r\n");
    }

    [Fact]
    public void A_cookie_header_that_is_given_wins()
    {
        var request = new Request(
            "GET", "https://example.org/", headers: new Headers { { "Cookie", "x=y" } }, cookies: new Cookies { ["a"] = "b" });
        request.Headers.GetList("Cookie").ShouldBe(["x=y"]);
    }

    [Fact]
    public void Cookies_are_those_of_the_header()
    {
        var request = new Request(
            "GET", "https://example.org/", headers: new Headers { { "Cookie", "a=1; b = x=y ;; novalue; =noname; a=2" }, { "Cookie", "c=\"q\"" } });
        var cookies = request.Cookies;
        cookies.Count.ShouldBe(3);
        cookies["a"].ShouldBe("1");
        cookies["b"].ShouldBe("x=y");
        cookies["c"].ShouldBe("\"q\"");
        new Request("GET", "https://example.org/").Cookies.Count.ShouldBe(0);
    }

    [Fact]
    public void What_no_jar_takes_is_skipped()
    {
        var header = $"long={new string('x', 10_000)}; =x; c d=e; \u00e9=\u00e9; ok=1";
        var cookies = new Request("GET", "https://example.org/", headers: new Headers { { "Cookie", header } }).Cookies;
        cookies.Keys.ShouldBe(["c d", "\u00e9", "ok"]);
        cookies["\u00e9"].ShouldBe("\u00e9");
    }
}
