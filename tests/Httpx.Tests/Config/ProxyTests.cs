using System.Text;

namespace Httpx.Tests.Config;

public sealed class ProxyTests
{
    [Fact]
    public void Credentials_of_the_url_are_taken_out_of_it()
    {
        var proxy = new Proxy("http://us%40er:p%3Aw@proxy.test:8080");
        proxy.Url.ToString().ShouldNotContain("p%3Aw");
        proxy.Credentials!.Username.ShouldBe("us@er");
        proxy.Credentials.Password.ShouldBe("p:w");
        proxy.HeadersForProxy()["proxy-authorization"].ShouldBe("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("us@er:p:w")));
        proxy.ToString().ShouldNotContain("p:w");
        new Proxy("http://proxy.test").Auth.ShouldBeNull();
    }

    [Fact]
    public void Explicit_credentials_and_headers_go_before_the_urls()
    {
        var proxy = new Proxy("http://a:b@proxy.test", auth: ("c", "d"), headers: [("X-Proxy", "1")]);
        proxy.Credentials!.Username.ShouldBe("c");
        proxy.HeadersForProxy()["x-proxy"].ShouldBe("1");
        proxy.Headers.ContainsKey("proxy-authorization").ShouldBeFalse();
        new Proxy("http://h", headers: [("Proxy-Authorization", "Bearer x")], auth: ("c", "d"))
            .HeadersForProxy().GetList("proxy-authorization").ShouldBe(["Bearer x"]);
    }

    [Theory]
    [InlineData("ftp://proxy")]
    [InlineData("proxy:8080")]
    [InlineData("socks4://proxy")]
    [InlineData("//proxy")]
    [InlineData("/proxy")]
    public void A_url_that_is_none_of_a_proxy_is_refused(string url) =>
        Should.Throw<ArgumentException>(() => new Proxy(url)).ParamName.ShouldBe("url");

    [Fact]
    public void Only_a_user_name_and_password_can_be_told()
    {
        Should.Throw<ArgumentException>(() => new Proxy("http://proxy", auth: new BearerAuth("x")));
        new Proxy("http://a:b@proxy", auth: Auth.None).Credentials.ShouldBeNull();
    }

    [Theory]
    [InlineData("http://p", 80, false)]
    [InlineData("https://p", 443, false)]
    [InlineData("socks5://p", 1080, true)]
    [InlineData("socks5h://p:1", 1, true)]
    public void Each_kind_has_its_usual_port(string url, int port, bool socks)
    {
        var proxy = new Proxy(url);
        proxy.Port.ShouldBe(port);
        proxy.IsSocks.ShouldBe(socks);
    }

    [Fact]
    public void Proxies_are_made_from_what_a_caller_has()
    {
        Proxies one = "http://p:1";
        one["all://"]!.Url.ToString().ShouldStartWith("http://p:1");
        Proxies two = new Dictionary<string, string> { ["http://"] = "http://p:1", ["https://"] = "http://p:2" };
        two.Select(pair => pair.Key).ShouldBe(["http://", "https://"]);
        Proxies direct = new Dictionary<string, Proxy?> { ["all://local"] = null };
        direct["all://local"].ShouldBeNull();
        ((Proxies?)(string?)null).ShouldBeNull();
        Proxies.None.ShouldBeEmpty();
        Should.Throw<InvalidOperationException>(() => Proxies.None["all://"] = "http://p");
        Should.Throw<KeyNotFoundException>(() => one["http://"]);
    }
}
