using System.Net;

namespace Httpx.Tests.Messages;

public sealed class ContainerCookiesTests
{
    [Fact]
    public void A_container_s_cookies_go_where_they_went()
    {
        var container = new CookieContainer();
        container.SetCookies(new Uri("https://www.example.org/x/y"), "host=1; Path=/x");
        container.SetCookies(new Uri("https://www.example.org/x/y"), "domain=2; Domain=example.org; Path=/; Secure; HttpOnly; Expires=Fri, 01 Jan 2100 00:00:00 GMT");
        container.SetCookies(new Uri("https://www.example.org/x/y"), "own=4; Domain=www.example.org; Path=/x");
        container.Add(new Cookie("added", "3", "/", ".example.org"));
        container.Add(new Uri("http://127.0.0.1/"), new Cookie("ip", "5"));

        var jar = CookieJar.FromCookieContainer(container);
        jar.HeaderFor("https://www.example.org/x").ShouldBe("host=1; own=4; domain=2; added=3");
        jar.HeaderFor("https://other.example.org/x").ShouldBe("domain=2; added=3");
        jar.HeaderFor("https://sub.www.example.org/x").ShouldBe("own=4; domain=2; added=3");
        jar.HeaderFor("http://www.example.org/").ShouldBe("added=3");
        jar.HeaderFor("http://127.0.0.1/").ShouldBe("ip=5");
        var domain = jar.Single(cookie => cookie.Name == "domain");
        (domain.Secure, domain.HttpOnly, domain.IsHostOnly).ShouldBe((true, true, false));
        domain.Expires.ShouldBe(new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        jar.Single(cookie => cookie.Name == "host").IsHostOnly.ShouldBeTrue();
    }

    [Fact]
    public void A_jar_s_cookies_go_where_they_went()
    {
        var jar = new CookieJar();
        jar.Receive("https://www.example.org/x/y",
            "host=1; Path=/x", "secure=2; Secure", "domain=3; Domain=example.org; Path=/; HttpOnly; Max-Age=1000");
        jar.Add(new StoredCookie("ip", "4") { Domain = "::1" });

        var container = jar.ToCookieContainer();
        Names("https://www.example.org/x/").ShouldBe("domain host secure");
        Names("http://www.example.org/x/").ShouldBe("domain host");
        Names("https://sub.www.example.org/x/").ShouldBe("domain");
        Names("https://example.org/x/").ShouldBe("domain");
        Names("http://[::1]/").ShouldBe("ip");
        var domain = container.GetAllCookies().Single(cookie => cookie.Name == "domain");
        domain.HttpOnly.ShouldBeTrue();
        domain.Expires.ToUniversalTime().ShouldBe(jar.Single(cookie => cookie.Name == "domain").Expires!.Value.UtcDateTime);

        string Names(string url) => string.Join(' ', container.GetCookies(new Uri(url)).Select(cookie => cookie.Name).Order());
    }

    [Fact]
    public void What_a_container_cannot_hold_is_left_out()
    {
        var jar = new CookieJar
        {
            new StoredCookie("every", "host"),
            new StoredCookie("", "nameless") { Domain = "example.org" },
            new StoredCookie("a,b", "comma") { Domain = "example.org" },
            new StoredCookie("comma", "a,b") { Domain = "example.org" },
            new StoredCookie("good", "1") { Domain = "example.org" },
        };
        jar.ToCookieContainer().GetAllCookies().Select(cookie => cookie.Name).ShouldBe(["good"]);
    }

    [Fact]
    public void A_container_with_many_cookies_of_one_domain_is_filled()
    {
        var jar = new CookieJar();
        for (var i = 0; i < CookieStore.MaxCookiesPerDomain; i++)
        {
            jar.Add(new StoredCookie($"n{i}", new string('x', 4000)) { Domain = "example.org", IsHostOnly = i % 2 == 0 });
        }

        jar.ToCookieContainer().Count.ShouldBe(CookieStore.MaxCookiesPerDomain);
        CookieJar.FromCookieContainer(jar.ToCookieContainer()).Count.ShouldBe(CookieStore.MaxCookiesPerDomain);
    }
}
