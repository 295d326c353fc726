namespace Httpx.Tests.Sending;

public sealed class UrlPatternTests
{
    [Theory]
    // Nothing said fits everything.
    [InlineData("", "http://example.com/", true)]
    [InlineData("", "custom://example.com/", true)]
    [InlineData("all://", "https://example.com:123/x", true)]
    [InlineData("all://*", "http://example.com/", true)]
    // Schemes.
    [InlineData("http://", "http://example.com/", true)]
    [InlineData("http://", "https://example.com/", false)]
    [InlineData("HTTPS://", "https://example.com/", true)]
    [InlineData("custom://", "custom://x/", true)]
    [InlineData("custom://", "http://x/", false)]
    [InlineData("file://", "file:///etc/hosts", true)]
    [InlineData("http://*", "http://example.com/", true)]
    [InlineData("http://*", "https://example.com/", false)]
    // Hosts.
    [InlineData("all://example.com", "http://example.com/", true)]
    [InlineData("all://example.com/", "http://example.com/a?b", true)]
    [InlineData("all://EXAMPLE.com", "http://example.COM/", true)]
    [InlineData("all://example.com", "http://www.example.com/", false)]
    [InlineData("all://example.com", "http://other.com/", false)]
    [InlineData("http://example.com", "https://example.com/", false)]
    // Sub-domains, and sub-domains with their domain.
    [InlineData("all://*.example.com", "http://www.example.com/", true)]
    [InlineData("all://*.example.com", "http://a.b.example.com/", true)]
    [InlineData("all://*.example.com", "http://example.com/", false)]
    [InlineData("all://*.example.com", "http://wwwexample.com/", false)]
    [InlineData("all://*example.com", "http://www.example.com/", true)]
    [InlineData("all://*example.com", "http://example.com/", true)]
    [InlineData("all://*example.com", "http://wwwexample.com/", false)]
    [InlineData("all://*.example.com", "http://www.example.com.evil.org/", false)]
    // Ports; the scheme's own is as good as none.
    [InlineData("http://example.com", "http://example.com:8080/", true)]
    [InlineData("http://example.com:80", "http://example.com/", true)]
    [InlineData("https://example.com:443", "https://example.com/", true)]
    [InlineData("http://example.com:8080", "http://example.com:8080/", true)]
    [InlineData("http://example.com:8080", "http://example.com/", false)]
    [InlineData("all://example.com:80", "http://example.com/", true)]
    [InlineData("all://example.com:80", "https://example.com/", false)]
    [InlineData("all://*:1080", "http://a:1080/", true)]
    [InlineData("all://*:1080", "http://a/", false)]
    [InlineData("all://*.example.org:8080", "https://x.example.org:8080/", true)]
    // Address literals and names of other scripts.
    [InlineData("http://[::1]", "http://[0:0:0:0:0:0:0:1]/", true)]
    [InlineData("http://[::1]:8080", "http://[::1]:8080/", true)]
    [InlineData("http://[::1]:8080", "http://[::1]/", false)]
    [InlineData("http://127.0.0.1", "http://127.0.0.1:5000/", true)]
    [InlineData("all://*.b\u00fccher.example", "https://www.xn--bcher-kva.example/", true)]
    [InlineData("all://b\u00fccher.example", "https://b\u00fccher.example/", true)]
    public void A_pattern_fits_the_urls_of_its_scheme_host_and_port(string pattern, string url, bool expected) =>
        new UrlPattern(pattern).Matches(url).ShouldBe(expected);

    [Theory]
    [InlineData("http", "'http://'")]
    [InlineData("all", "'all://'")]
    [InlineData("http:", "'http://'")]
    [InlineData("example.com", "all://example.com")]
    [InlineData("example.com:8080", "all://example.com:8080")]
    [InlineData("*.example.com", "all://*.example.com")]
    [InlineData("://example.com", "scheme")]
    [InlineData("1http://example.com", "scheme")]
    [InlineData("http://example.com/path", "path")]
    [InlineData("http://example.com?q", "path")]
    [InlineData("http://user@example.com", "user name")]
    [InlineData("http://example.com:x", "port")]
    [InlineData("http://example.com:65536", "port")]
    [InlineData("http://example.com:-1", "port")]
    [InlineData("http://a*b", "asterisk")]
    [InlineData("http://*.", "asterisk")]
    [InlineData("http://**", "asterisk")]
    [InlineData("http://a b", "host")]
    public void What_is_no_pattern_is_refused_with_a_hint(string pattern, string hint) =>
        Should.Throw<ArgumentException>(() => new UrlPattern(pattern)).Message.ShouldContain(hint);

    [Fact]
    public void The_most_specific_pattern_goes_first_and_equals_stay_in_order()
    {
        string[] given =
        [
            "all://", "", "http://", "https://", "all://*.example.com", "all://example.com", "all://sub.example.com", "http://example.com",
            "all://*:8080", "http://example.com:8080", "all://*example.com",
        ];
        string[] expected =
        [
            "http://example.com:8080", "all://*:8080", "all://sub.example.com", "http://example.com", "all://example.com",
            "all://*.example.com", "all://*example.com", "https://", "http://", "all://", "",
        ];

        given.OrderBy(text => new UrlPattern(text)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("http://example.com:80", "http://example.com", true)]
    [InlineData("HTTP://Example.com/", "http://example.com", true)]
    [InlineData("all://", "", true)]
    [InlineData("all://*", "all://", true)]
    [InlineData("all://*.example.com", "all://example.com", false)]
    [InlineData("all://*.example.com", "all://*example.com", false)]
    [InlineData("http://example.com:8080", "http://example.com", false)]
    public void Two_spellings_of_one_pattern_are_equal(string one, string other, bool expected)
    {
        new UrlPattern(one).Equals(new UrlPattern(other)).ShouldBe(expected);
        if (expected)
        {
            new UrlPattern(one).GetHashCode().ShouldBe(new UrlPattern(other).GetHashCode());
        }
    }
}
