namespace Httpx.Tests.Config;

public sealed class EnvironmentProxiesTests
{
    [Fact]
    public void Nothing_set_is_no_proxy() => EnvironmentProxies.From(new Dictionary<string, string>()).ShouldBeNull();

    [Fact]
    public void Each_variable_is_for_its_scheme_and_the_lower_case_one_goes_first()
    {
        var proxies = From(("HTTP_PROXY", "http://a"), ("http_proxy", "http://b"), ("HTTPS_PROXY", "c:3128"), ("all_proxy", "socks5://d"))!;
        proxies.Select(pair => (pair.Key, pair.Value!.Url.Host)).ShouldBe([("http://", "b"), ("https://", "c"), ("all://", "d")]);
        proxies["https://"]!.Url.Port.ShouldBe(3128);
    }

    [Theory]
    [InlineData("REQUEST_METHOD")]
    [InlineData("GATEWAY_INTERFACE")]
    public void A_CGI_programs_HTTP_PROXY_is_its_callers_and_not_taken(string variable)
    {
        From(("HTTP_PROXY", "http://evil"), (variable, "GET")).ShouldBeNull();
        From(("http_proxy", "http://good"), (variable, "GET"))!["http://"]!.Url.Host.ShouldBe("good");
    }

    [Theory]
    [InlineData("example.org", "all://*example.org")]
    [InlineData(".example.org", "all://*.example.org")]
    [InlineData("*.example.org", "all://*.example.org")]
    [InlineData("example.org:8080", "all://*example.org:8080")]
    [InlineData("localhost", "all://localhost")]
    [InlineData("10.1.2.3", "all://10.1.2.3")]
    [InlineData("::1", "all://[::1]")]
    [InlineData("[::1]", "all://[::1]")]
    [InlineData("https://example.org", "https://example.org")]
    public void What_goes_directly_becomes_a_pattern_without_proxy(string entry, string pattern)
    {
        var proxies = From(("all_proxy", "http://p"), ("no_proxy", $" , {entry} ,"))!;
        proxies.Select(pair => pair.Key).ShouldBe(["all://", pattern]);
        proxies[pattern].ShouldBeNull();
    }

    [Fact]
    public void An_asterisk_alone_lets_everything_go_directly() => From(("all_proxy", "http://p"), ("NO_PROXY", "a, *")).ShouldBeNull();

    [Theory]
    [InlineData("http://user:s3cret@[::1")]
    [InlineData("ftp://user:s3cret@host")]
    public void A_variable_that_names_no_proxy_is_named_without_its_secrets(string value)
    {
        var exception = Should.Throw<ArgumentException>(() => From(("https_proxy", value)));
        exception.Message.ShouldContain("https_proxy");
        exception.ToString().ShouldNotContain("s3cret");
    }

    private static Proxies? From(params (string Name, string Value)[] variables) =>
        EnvironmentProxies.From(variables.ToDictionary(variable => variable.Name, variable => variable.Value));
}
