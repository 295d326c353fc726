namespace Httpx.Tests.Messages;

public sealed class UrlJoinTests
{
    // RFC 3986 5.4.1, and 5.4.2 with the strict answers.
    [Theory]
    [InlineData("g:h", "g:h")]
    [InlineData("g", "http://a/b/c/g")]
    [InlineData("./g", "http://a/b/c/g")]
    [InlineData("g/", "http://a/b/c/g/")]
    [InlineData("/g", "http://a/g")]
    [InlineData("//g", "http://g/")]
    [InlineData("?y", "http://a/b/c/d;p?y")]
    [InlineData("g?y", "http://a/b/c/g?y")]
    [InlineData("#s", "http://a/b/c/d;p?q#s")]
    [InlineData("g#s", "http://a/b/c/g#s")]
    [InlineData("g?y#s", "http://a/b/c/g?y#s")]
    [InlineData(";x", "http://a/b/c/;x")]
    [InlineData("g;x", "http://a/b/c/g;x")]
    [InlineData("g;x?y#s", "http://a/b/c/g;x?y#s")]
    [InlineData("", "http://a/b/c/d;p?q")]
    [InlineData(".", "http://a/b/c/")]
    [InlineData("./", "http://a/b/c/")]
    [InlineData("..", "http://a/b/")]
    [InlineData("../", "http://a/b/")]
    [InlineData("../g", "http://a/b/g")]
    [InlineData("../..", "http://a/")]
    [InlineData("../../", "http://a/")]
    [InlineData("../../g", "http://a/g")]
    [InlineData("../../../g", "http://a/g")]
    [InlineData("../../../../g", "http://a/g")]
    [InlineData("/./g", "http://a/g")]
    [InlineData("/../g", "http://a/g")]
    [InlineData("g.", "http://a/b/c/g.")]
    [InlineData(".g", "http://a/b/c/.g")]
    [InlineData("g..", "http://a/b/c/g..")]
    [InlineData("..g", "http://a/b/c/..g")]
    [InlineData("./../g", "http://a/b/g")]
    [InlineData("./g/.", "http://a/b/c/g/")]
    [InlineData("g/./h", "http://a/b/c/g/h")]
    [InlineData("g/../h", "http://a/b/c/h")]
    [InlineData("g;x=1/./y", "http://a/b/c/g;x=1/y")]
    [InlineData("g;x=1/../y", "http://a/b/c/y")]
    [InlineData("g?y/./x", "http://a/b/c/g?y/./x")]
    [InlineData("g?y/../x", "http://a/b/c/g?y/../x")]
    [InlineData("g#s/./x", "http://a/b/c/g#s/./x")]
    [InlineData("g#s/../x", "http://a/b/c/g#s/../x")]
    [InlineData("http:g", "http:g")]
    public void References_are_resolved_as_RFC_3986_shows(string reference, string expected) =>
        new Url("http://a/b/c/d;p?q").Join(reference).ToString().ShouldBe(expected);

    [Theory]
    [InlineData("http://u:p@h:8080/a?b#c", "d", "http://u:p@h:8080/d")]
    [InlineData("http://u:p@h:8080/a?b#c", "//h2", "http://h2/")]
    [InlineData("http://h/a?b#c", "", "http://h/a?b")]
    [InlineData("http://h/a?b#c", "?", "http://h/a?")]
    [InlineData("http://h", "x", "http://h/x")]
    [InlineData("http://h", "//h2:80/y", "http://h2/y")]
    [InlineData("https://h", "//h2:80/y", "https://h2:80/y")]
    [InlineData("https://h/x", "http://h2", "http://h2/")]
    [InlineData("http://h/x", "\\y", "http://h/%5Cy")]
    [InlineData("http://h/a/b", "\u00e4 ?\u00e4", "http://h/a/%C3%A4%20?%C3%A4")]
    [InlineData("custom://h", "x", "custom://h/x")]
    [InlineData("//h/a/b", "../c", "//h/c")]
    [InlineData("/a/b", "c", "/a/c")]
    [InlineData("/a/b", "../../c", "/c")]
    [InlineData("/a/b", "/x/../c", "/c")]
    [InlineData("/a/b", "..//c", "/.//c")]
    [InlineData("a/b", "../c", "c")]
    [InlineData("a/b", "c", "a/c")]
    [InlineData("a/b", "..//c", ".//c")]
    [InlineData("a/b", "../c:d", "./c:d")]
    [InlineData("a", "?x", "a?x")]
    [InlineData("", "x", "x")]
    [InlineData("mailto:me", "you", "mailto:you")]
    public void Other_bases_work_too(string text, string reference, string expected)
    {
        Url start = text;
        var joined = start.Join(reference);
        joined.ToString().ShouldBe(expected);
        ((Url)joined.ToString()).ShouldBe(joined);
    }

    [Fact]
    public void An_empty_host_is_no_reference()
    {
        Should.Throw<InvalidUrlException>(() => new Url("http://h/").Join("///x")).Message.ShouldContain("empty host");
        Should.Throw<ArgumentNullException>(() => new Url("http://h/").Join(null!));
    }

    // HTTPX's way of putting a url behind a base url: path behind path.
    [Theory]
    [InlineData("http://h/some/path", "/testing/123", "http://h/some/path/testing/123")]
    [InlineData("http://h/some/path", "testing/123", "http://h/some/path/testing/123")]
    [InlineData("http://h/some/path/", "../testing/123", "http://h/some/testing/123")]
    [InlineData("http://h/some/path/", "/../testing/123", "http://h/some/testing/123")]
    [InlineData("http://h/a%2Fb", "/c%2Fd", "http://h/a%2Fb/c%2Fd")]
    [InlineData("http://h/a//", "b", "http://h/a//b")]
    [InlineData("http://h/a", "", "http://h/a/")]
    [InlineData("http://h", "", "http://h/")]
    [InlineData("http://h", "x", "http://h/x")]
    [InlineData("http://h/a", "?a=b", "http://h/a/?a=b")]
    [InlineData("http://h/a", "#f", "http://h/a/")]
    [InlineData("http://h/a", "/x#f", "http://h/a/x")]
    [InlineData("http://h/a", "//other/x", "http://h/a/x")]
    [InlineData("http://h/a", "https://other/x", "https://other/x")]
    [InlineData("http://h/a", "custom://other/x", "custom://other/x")]
    [InlineData("http://h/a", "users:search", "http://h/a/users:search")]
    [InlineData("http://h/a", "users:search?q=1", "http://h/a/users:search?q=1")]
    [InlineData("http://h/api?key=1", "/x", "http://h/api/x?key=1")]
    [InlineData("http://h/api?key=1&k=2", "/x?a=%20&key=3", "http://h/api/x?k=2&a=%20&key=3")]
    [InlineData("http://h/api?key=1", "?", "http://h/api/?key=1")]
    [InlineData("http://u:p@h:8080/a", "x y", "http://u:p@h:8080/a/x%20y")]
    public void Relative_urls_are_put_behind_a_base_url(string text, string relative, string expected) =>
        new Url(text).Append(relative).ToString().ShouldBe(expected);

    [Fact]
    public void A_url_of_the_web_without_a_host_is_not_put_behind_another()
    {
        Should.Throw<InvalidUrlException>(() => new Url("http://h/a").Append("http:/x")).Message.ShouldContain("no host");
        Should.Throw<InvalidUrlException>(() => new Url("http://h/a").Append("https:///x")).Message.ShouldContain("no host");
    }
}
