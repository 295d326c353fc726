namespace Httpx.Tests.Messages;

public sealed class StoredCookieTests
{
    [Theory]
    [InlineData("a", "b\r\nX-Evil: 1", "U+000D")]
    [InlineData("a", "b\n", "U+000A")]
    [InlineData("a", "b\r", "U+000D")]
    [InlineData("a", "b\0", "U+0000")]
    [InlineData("a", "b\u001f", "U+001F")]
    [InlineData("a", "b\u007f", "U+007F")]
    [InlineData("a", "b; c=d", "U+003B")]
    [InlineData("a\n", "b", "U+000A")]
    [InlineData("a;", "b", "U+003B")]
    [InlineData("a=", "b", "'='")]
    [InlineData(" a", "b", "white space")]
    [InlineData("a", "b\t", "white space")]
    [InlineData("", "", "a value")]
    [InlineData("", "a=b", "no '='")]
    public void What_could_not_be_sent_is_refused(string name, string value, string why)
    {
        var exception = Should.Throw<ArgumentException>(() => new StoredCookie(name, value));
        exception.Message.ShouldContain(why);
        exception.Message.ShouldNotContain("Evil");
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused()
    {
        // Not among the cases above: attributes cannot hold one.
        Should.Throw<ArgumentException>(() => new StoredCookie("a", "b\ud800")).Message.ShouldContain("U+D800");
        Should.Throw<ArgumentException>(() => new StoredCookie("\udc00a", "b")).Message.ShouldContain("U+DC00");
    }

    [Fact]
    public void Sizes_are_bounded()
    {
        new StoredCookie("a", new string('b', 4095)).Pair.Length.ShouldBe(4097);
        Should.Throw<ArgumentException>(() => new StoredCookie("a", new string('b', 4096))).Message.ShouldContain("4096");
        Should.Throw<ArgumentException>(() => new StoredCookie("a", new string('\u00e9', 2048))).Message.ShouldContain("4096");
    }

    [Theory]
    [InlineData("b c")]
    [InlineData("\"b\"")]
    [InlineData("b=c,d")]
    [InlineData("\u00e9\ud83d\ude00")]
    [InlineData("a\tb")]
    [InlineData("")]
    public void Other_values_are_taken_as_they_are(string value) => new StoredCookie("a", value).Value.ShouldBe(value);

    [Theory]
    [InlineData("", "", false)]
    [InlineData(".Example.ORG", "example.org", false)]
    [InlineData("localhost", "localhost", true)]
    [InlineData("co.uk", "co.uk", true)]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("[::1]", "::1", true)]
    [InlineData("::1", "::1", true)]
    [InlineData("B\u00fccher.example", "xn--bcher-kva.example", false)]
    [InlineData("2001:DB8:0::1", "2001:db8::1", true)]
    public void Domains_are_normalised(string domain, string expected, bool isHostOnly)
    {
        var cookie = new StoredCookie("a", "b") { Domain = domain };
        (cookie.Domain, cookie.IsHostOnly).ShouldBe((expected, isHostOnly));
    }

    [Theory]
    [InlineData("example.org:80")]
    [InlineData("http://example.org")]
    [InlineData("example.org/x")]
    [InlineData("exa mple.org")]
    [InlineData("..example.org")]
    [InlineData("example..org")]
    [InlineData("1:2")]
    [InlineData("\u00e9/x")]
    [InlineData("\u00e9\u0000")]
    [InlineData("fe80::1%1")]
    [InlineData(".")]
    [InlineData("example.org\n")]
    public void What_is_no_domain_is_refused(string domain) =>
        Should.Throw<ArgumentException>(() => new StoredCookie("a", "b") { Domain = domain }).Message.ShouldContain("host name");

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("/x;y")]
    [InlineData("/x\n")]
    public void What_is_no_path_is_refused(string path) =>
        Should.Throw<ArgumentException>(() => new StoredCookie("a", "b") { Path = path }).Message.ShouldContain("path");

    [Fact]
    public void A_cookie_for_every_host_is_no_host_s_own() => new StoredCookie("a", "b") { IsHostOnly = true }.IsHostOnly.ShouldBeFalse();

    [Fact]
    public void The_value_is_masked()
    {
        new StoredCookie("a", "s3cret").ToString().ShouldBe("<Cookie a=[secure] for every host, />");
        new StoredCookie("", "s3cret") { Domain = "h", Path = "/p" }.ToString().ShouldBe("<Cookie =[secure] for h/p>");
    }
}
