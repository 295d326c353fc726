namespace Httpx.Tests.Messages;

public sealed class UrlCopyTests
{
    private static readonly Url Full = new("https://user:pass@example.org:8080/a/b?c=d#e");

    [Fact]
    public void Each_component_can_be_replaced()
    {
        Full.CopyWith(scheme: "HTTP").ToString().ShouldBe("http://user:pass@example.org:8080/a/b?c=d#e");
        Full.CopyWith(authority: "example.net").ToString().ShouldBe("https://user:pass@example.net/a/b?c=d#e");
        Full.CopyWith(authority: "[::1]:444").ToString().ShouldBe("https://user:pass@[::1]:444/a/b?c=d#e");
        Full.CopyWith(host: "Example.Net").ToString().ShouldBe("https://user:pass@example.net:8080/a/b?c=d#e");
        Full.CopyWith(host: "::1").ToString().ShouldBe("https://user:pass@[::1]:8080/a/b?c=d#e");
        Full.CopyWith(host: "[::1]").ToString().ShouldBe("https://user:pass@[::1]:8080/a/b?c=d#e");
        Full.CopyWith(port: 444).ToString().ShouldBe("https://user:pass@example.org:444/a/b?c=d#e");
        Full.CopyWith(port: 443).ToString().ShouldBe("https://user:pass@example.org/a/b?c=d#e");
        Full.CopyWith(path: "/x y?#%20%").ToString().ShouldBe("https://user:pass@example.org:8080/x%20y%3F%23%20%?c=d#e");
        Full.CopyWith(path: "/x/../y").ToString().ShouldBe("https://user:pass@example.org:8080/y?c=d#e");
        Full.CopyWith(query: "x=y z&#").ToString().ShouldBe("https://user:pass@example.org:8080/a/b?x=y%20z&%23#e");
        Full.CopyWith(queryParams: [("x", "y z")]).ToString().ShouldBe("https://user:pass@example.org:8080/a/b?x=y+z#e");
        Full.CopyWith(fragment: "x y").ToString().ShouldBe("https://user:pass@example.org:8080/a/b?c=d#x%20y");
        Full.CopyWith(userInfo: "x:y%20z").ToString().ShouldBe("https://x:y%20z@example.org:8080/a/b?c=d#e");
        Full.CopyWith(username: "x").ToString().ShouldBe("https://x:pass@example.org:8080/a/b?c=d#e");
        Full.CopyWith(password: "x").ToString().ShouldBe("https://user:x@example.org:8080/a/b?c=d#e");
        Full.CopyWith(scheme: "http", port: 80).ToString().ShouldBe("http://user:pass@example.org/a/b?c=d#e");
        Full.CopyWith().ShouldBe(Full);
    }

    [Fact]
    public void Nothing_removes_a_component()
    {
        Full.CopyWith(path: "").ToString().ShouldBe("https://user:pass@example.org:8080/?c=d#e");
        Full.CopyWith(query: "").ToString().ShouldBe("https://user:pass@example.org:8080/a/b#e");
        Full.CopyWith(queryParams: []).ToString().ShouldBe("https://user:pass@example.org:8080/a/b#e");
        Full.CopyWith(fragment: "").ToString().ShouldBe("https://user:pass@example.org:8080/a/b?c=d");
        Full.CopyWith(userInfo: "").ToString().ShouldBe("https://example.org:8080/a/b?c=d#e");
        Full.CopyWith(password: "").ToString().ShouldBe("https://user@example.org:8080/a/b?c=d#e");
        Full.CopyWith(username: "").ToString().ShouldBe("https://:pass@example.org:8080/a/b?c=d#e");
        Full.CopyWith(scheme: "").ToString().ShouldBe("//user:pass@example.org:8080/a/b?c=d#e");
        Full.CopyWith(scheme: "", host: "").ToString().ShouldBe("/a/b?c=d#e");
        Full.CopyWith(scheme: "", authority: "").ToString().ShouldBe("/a/b?c=d#e");
    }

    [Theory]
    [InlineData("tom@example.org", "abc123@ %", "https://tom%40example.org:abc123%40%20%25@h/")]
    [InlineData("a:b", "c:d/e?f#g", "https://a%3Ab:c%3Ad%2Fe%3Ff%23g@h/")]
    [InlineData("%41", "%2f", "https://%2541:%252f@h/")]
    [InlineData("\u00e4", "\\[]", "https://%C3%A4:%5C%5B%5D@h/")]
    public void Credentials_are_plain_text_that_comes_back_as_it_was(string username, string password, string expected)
    {
        var url = new Url("https://h/").CopyWith(username: username, password: password);
        url.ToString().ShouldBe(expected);
        url.Username.ShouldBe(username);
        url.Password.ShouldBe(password);
        new Url(expected).ShouldBe(url);
    }

    [Fact]
    public void A_relative_url_can_be_completed()
    {
        Url relative = "/x?y";
        relative.CopyWith(scheme: "https", host: "h").ToString().ShouldBe("https://h/x?y");
        relative.CopyWith(scheme: "https", authority: "h:1").ToString().ShouldBe("https://h:1/x?y");
        Url hostless = "https:/y";
        hostless.CopyWith(host: "h").ToString().ShouldBe("https://h/y");
        Url hostlessWithPort = "https://:444/";
        hostlessWithPort.CopyWith(host: "h").ToString().ShouldBe("https://h:444/");
    }

    [Theory]
    [InlineData("https://evil.com")]
    [InlineData("https:")]
    [InlineData("1a")]
    [InlineData("~")]
    [InlineData("ht tp")]
    [InlineData("\u00e4")]
    public void No_scheme_reaches_into_the_host(string scheme) =>
        Should.Throw<InvalidUrlException>(() => Full.CopyWith(scheme: scheme)).Message.ShouldContain("scheme");

    [Theory]
    [InlineData("h/..")]
    [InlineData("h/evil")]
    [InlineData("h?x")]
    [InlineData("h#x")]
    [InlineData("h@evil")]
    [InlineData("h\\evil")]
    [InlineData("h evil")]
    [InlineData("h\r\nX: y")]
    [InlineData("h:x")]
    [InlineData("[::1")]
    [InlineData("[::1]/x")]
    [InlineData("%2f")]
    [InlineData("xn--a")]
    public void No_host_reaches_into_its_neighbours(string host)
    {
        Should.Throw<InvalidUrlException>(() => Full.CopyWith(host: host));
        Should.Throw<InvalidUrlException>(() => Full.CopyWith(authority: host));
    }

    [Fact]
    public void Ports_have_a_range()
    {
        Full.CopyWith(port: 0).Port.ShouldBe(0);
        Full.CopyWith(port: 65535).Port.ShouldBe(65535);
        Should.Throw<InvalidUrlException>(() => Full.CopyWith(port: -1)).Message.ShouldContain("-1");
        Should.Throw<InvalidUrlException>(() => Full.CopyWith(port: 65536)).Message.ShouldContain("65535");
        Should.Throw<InvalidUrlException>(() => Full.CopyWith(authority: "h:65536")).Message.ShouldContain("65535");
        Should.Throw<InvalidUrlException>(() => Full.CopyWith(host: "h:80"));
    }

    [Fact]
    public void Control_characters_are_refused_in_every_component()
    {
        Should.Throw<InvalidUrlException>(() => Full.CopyWith(path: "/\n")).Message.ShouldContain("path");
        Should.Throw<InvalidUrlException>(() => Full.CopyWith(query: "\r")).Message.ShouldContain("query");
        Should.Throw<InvalidUrlException>(() => Full.CopyWith(fragment: "\0")).Message.ShouldContain("fragment");
        Should.Throw<InvalidUrlException>(() => Full.CopyWith(username: "\t")).Message.ShouldContain("user name");
        Should.Throw<InvalidUrlException>(() => Full.CopyWith(password: "s3cret\u007f")).Message.ShouldNotContain("s3cret");
        Should.Throw<InvalidUrlException>(() => Full.CopyWith(userInfo: "\u001f")).Message.ShouldContain("user information");
    }

    [Fact]
    public void What_would_read_as_something_else_is_refused()
    {
        Should.Throw<InvalidUrlException>(() => Full.CopyWith(path: "x")).Message.ShouldContain("begin with '/'");
        Should.Throw<InvalidUrlException>(() => new Url("/x", allowRelative: true).CopyWith(path: "//evil")).Message.ShouldContain("'//'");
        Should.Throw<InvalidUrlException>(() => new Url("/x", allowRelative: true).CopyWith(path: ":x")).Message.ShouldContain("'./'");
        Should.Throw<InvalidUrlException>(() => new Url("/x", allowRelative: true).CopyWith(path: "http:x")).Message.ShouldContain("'./'");
        Should.Throw<InvalidUrlException>(() => new Url("/x", allowRelative: true).CopyWith(port: 80)).Message.ShouldContain("host");
        Should.Throw<InvalidUrlException>(() => new Url("/x", allowRelative: true).CopyWith(username: "u")).Message.ShouldContain("host");
        Full.CopyWith(host: "", path: "//evil").ToString().ShouldBe("https:/.//evil?c=d#e");
    }

    [Fact]
    public void Nothing_is_given_twice()
    {
        Should.Throw<ArgumentException>(() => Full.CopyWith(authority: "h", host: "h"));
        Should.Throw<ArgumentException>(() => Full.CopyWith(authority: "h", port: 1));
        Should.Throw<ArgumentException>(() => Full.CopyWith(userInfo: "u", username: "u"));
        Should.Throw<ArgumentException>(() => Full.CopyWith(userInfo: "u", password: "p"));
        Should.Throw<ArgumentException>(() => Full.CopyWith(query: "a", queryParams: "b"));
        Should.Throw<ArgumentException>(() => Full.CopyWith(host: "", port: 1));
    }

    [Fact]
    public void Parameters_are_merged_and_nothing_else_changes()
    {
        Url url = "https://h/x?a=1&b=%20'/&a=2&c#f";
        url.CopyMergeParams("a=9&d=x y").ToString().ShouldBe("https://h/x?a=9&b=%20'/&c&d=x+y#f");
        url.CopyMergeParams("a=8&a=9").ToString().ShouldBe("https://h/x?a=8&a=9&b=%20'/&c#f");
        url.CopyMergeParams("c=1").ToString().ShouldBe("https://h/x?a=1&b=%20'/&a=2&c=1#f");
        url.CopyMergeParams(new QueryParams()).ShouldBe(url);
        url.CopySetParam("a", 3).ToString().ShouldBe("https://h/x?a=3&b=%20'/&c#f");
        url.CopySetParam("a", Array.Empty<int>()).ToString().ShouldBe("https://h/x?b=%20'/&c#f");
        url.CopyAddParam("a", 3).ToString().ShouldBe("https://h/x?a=1&b=%20'/&a=2&c&a=3#f");
        url.CopyAddParam("d", new[] { 1, 2 }).ToString().ShouldBe("https://h/x?a=1&b=%20'/&a=2&c&d=1&d=2#f");
        url.CopyRemoveParam("a").ToString().ShouldBe("https://h/x?b=%20'/&c#f");
        url.CopyRemoveParam("x").ShouldBe(url);
        new Url("https://h/?a=1").CopyRemoveParam("a").ToString().ShouldBe("https://h/");
        new Url("https://h/?a%20b=1&a+b=2").CopyRemoveParam("a b").ToString().ShouldBe("https://h/");
        new Url("https://h/").CopyAddParam("a", null).ToString().ShouldBe("https://h/?a=");
        new Url("https://h/?a=1", query: "b=2").ToString().ShouldBe("https://h/?a=1&b=2");
        new Url("https://h/?a=1", query: "a=2").ToString().ShouldBe("https://h/?a=2");
        new Url("https://h/?a=1", query: new QueryParams()).ToString().ShouldBe("https://h/?a=1");
    }
}
