using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Messages;

public sealed class CookiesTests
{
    [Fact]
    public void Every_way_to_write_cookies_down_makes_the_same()
    {
        Cookies[] all =
        [
            new() { ["a"] = "1", ["b"] = "2" },
            new() { { "a", "1" }, { "b", "2" } },
            [("a", "1"), ("b", "2")],
            new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" },
            new (string, string)[] { ("a", "1"), ("b", "2") },
            new(new List<KeyValuePair<string, string>> { new("a", "1"), new("b", "2") }),
        ];
        foreach (var cookies in all)
        {
            cookies.Keys.ShouldBe(["a", "b"]);
            cookies.Values.ShouldBe(["1", "2"]);
            cookies.Count.ShouldBe(2);
            cookies.ToDictionary().ShouldBe(new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" });
            var pairs = "";
            foreach (var (name, value) in cookies)
            {
                pairs += name + value;
            }

            pairs.ShouldBe("a1b2");
        }

        Cookies? none = (Dictionary<string, string>?)null;
        none.ShouldBeNull();
        none = ((string, string)[]?)null;
        none.ShouldBeNull();
    }

    [Fact]
    public void A_cookie_without_a_domain_goes_to_every_host()
    {
        var cookies = new Cookies { ["a"] = "1" };
        cookies.Jar.HeaderFor("http://example.org/").ShouldBe("a=1");
        cookies.Jar.HeaderFor("https://other.example.com/x").ShouldBe("a=1");
        cookies.Jar.HeaderFor("http://127.0.0.1/").ShouldBe("a=1");
    }

    [Fact]
    public void A_cookie_with_a_domain_goes_there_and_beneath()
    {
        var cookies = new Cookies();
        cookies.Set("a", "1", domain: "example.org", path: "/x");
        cookies.Jar.HeaderFor("http://sub.example.org/x/y").ShouldBe("a=1");
        cookies.Jar.HeaderFor("http://example.org/").ShouldBeNull();
        cookies.Jar.HeaderFor("http://example.com/x").ShouldBeNull();
    }

    [Fact]
    public void A_public_suffix_set_by_hand_reaches_its_host_alone()
    {
        var cookies = new Cookies();
        cookies.Set("a", "1", domain: "co.uk");
        cookies.Jar.HeaderFor("http://co.uk/").ShouldBe("a=1");
        cookies.Jar.HeaderFor("http://example.co.uk/").ShouldBeNull();
    }

    [Fact]
    public void What_is_missing_is_told()
    {
        var cookies = new Cookies { ["a"] = "1" };
        cookies["a"].ShouldBe("1");
        Should.Throw<KeyNotFoundException>(() => cookies["A"]).Message.ShouldContain("'A'");
        cookies.Get("b").ShouldBeNull();
        cookies.Get("b", "default").ShouldBe("default");
        new Cookies().Get("b", "default").ShouldBe("default");
        cookies.ContainsKey("b").ShouldBeFalse();
        cookies.TryGetValue("b", out _).ShouldBeFalse();
        cookies.TryGetValue("a", out var value).ShouldBeTrue();
        value.ShouldBe("1");
    }

    [Fact]
    public void An_ambiguous_name_is_told_with_its_places_and_without_values()
    {
        var cookies = new Cookies { ["a"] = "s3cret0" };
        cookies.Set("a", "s3cret1", "example.org");
        cookies.Set("a", "s3cret2", "example.org", "/x");
        var message = Should.Throw<CookieConflictException>(() => cookies["a"]).Message;
        message.ShouldContain("'a'");
        message.ShouldContain("every host, /; example.org/; example.org/x");
        message.ShouldNotContain("s3cret");
        Should.Throw<CookieConflictException>(() => cookies.Get("a", domain: "example.org"));
        cookies.Get("a", domain: "").ShouldBe("s3cret0");
        cookies.Get("a", domain: ".EXAMPLE.org", path: "/").ShouldBe("s3cret1");
        cookies.Get("a", path: "/x").ShouldBe("s3cret2");
        cookies.Get("a", domain: "example.org", path: "/y").ShouldBeNull();
        cookies.Get("a", domain: "no host").ShouldBeNull();
        cookies.ContainsKey("a").ShouldBeTrue();
    }

    [Fact]
    public void Cookies_are_deleted_by_name_domain_and_path()
    {
        Filled().ShouldBeAfter(cookies => cookies.Delete("a"), "b0");
        Filled().ShouldBeAfter(cookies => cookies.Delete("a", "example.org"), "a0 b0");
        Filled().ShouldBeAfter(cookies => cookies.Delete("a", "example.org", "/"), "a0 a2 b0");
        Filled().ShouldBeAfter(cookies => cookies.Delete("a", ""), "a1 a2 b0");
        Filled().ShouldBeAfter(cookies => cookies.Delete("c"), "a0 a1 a2 b0");
        Filled().ShouldBeAfter(cookies => cookies.Remove("b").ShouldBeTrue(), "a0 a1 a2");
        Filled().ShouldBeAfter(cookies => cookies.Remove("c").ShouldBeFalse(), "a0 a1 a2 b0");
        Filled().ShouldBeAfter(cookies => cookies.Clear(), "");
        Filled().ShouldBeAfter(cookies => cookies.Clear("example.org"), "a0 b0");
        Filled().ShouldBeAfter(cookies => cookies.Clear("example.org", "/x"), "a0 a1 b0");
        Should.Throw<ArgumentException>(() => new Cookies().Clear(path: "/"));
        new Cookies().Clear();

        static Cookies Filled()
        {
            var cookies = new Cookies { ["a"] = "a0" };
            cookies.Set("a", "a1", "example.org");
            cookies.Set("a", "a2", "example.org", "/x");
            cookies.Set("b", "b0");
            return cookies;
        }
    }

    [Fact]
    public void A_copy_is_its_own_and_a_jar_is_shared()
    {
        var first = new Cookies { ["a"] = "1" };
        var copy = new Cookies(first);
        copy["a"] = "2";
        copy["b"] = "2";
        first["b"] = "1";
        first.Values.ShouldBe(["1", "1"]);
        copy.Values.ShouldBe(["2", "2"]);

        var view = new Cookies(first.Jar);
        view["c"] = "3";
        first["c"].ShouldBe("3");
        new Cookies(new Cookies()).Count.ShouldBe(0);
    }

    [Fact]
    public void An_update_replaces_by_name_domain_and_path()
    {
        var cookies = new Cookies { ["a"] = "1", ["b"] = "1" };
        var other = new Cookies { ["a"] = "2" };
        other.Set("b", "2", "example.org");
        cookies.Update(other);
        cookies.Values.ShouldBe(["2", "1", "2"]);
        cookies.Update(cookies);
        cookies.Update(new Dictionary<string, string> { ["c"] = "3" });
        cookies.Count.ShouldBe(4);
    }

    [Fact]
    public void A_response_s_cookies_go_into_its_url_s_next_request()
    {
        var cookies = new Cookies();
        var request = new Request("GET", "https://example.org/x/y");
        cookies.ExtractCookies(new Response(200, headers: [("set-cookie", "a=1; Secure"), ("Set-Cookie", "b=2, c=3; Path=/")], request: request));
        cookies.Keys.ShouldBe(["a", "b"]);
        cookies.HeaderFor("https://example.org/x").ShouldBe("a=1; b=2, c=3");

        var next = new Request("GET", "https://example.org/x");
        cookies.SetCookieHeader(next);
        next.Headers["cookie"].ShouldBe("a=1; b=2, c=3");
        var other = new Request("GET", "https://example.com/x");
        cookies.SetCookieHeader(other);
        other.Headers.ContainsKey("cookie").ShouldBeFalse();
        new Cookies().HeaderFor("https://example.org/x").ShouldBeNull();
    }

    [Fact]
    public void A_cookie_header_set_by_hand_is_left_alone()
    {
        var request = new Request("GET", "https://example.org/", headers: [("Cookie", "mine=1")]);
        new Cookies { ["a"] = "1" }.SetCookieHeader(request);
        request.Headers.GetList("cookie").ShouldBe(["mine=1"]);
    }

    [Fact]
    public void Expired_cookies_do_not_show()
    {
        var clock = new ManualClock("2030-01-01");
        var cookies = new Cookies(new CookieJar(clock));
        cookies.Jar.Receive("http://example.org/", "a=1; Max-Age=1", "b=1");
        cookies.Keys.ShouldBe(["a", "b"]);
        clock.Now += TimeSpan.FromSeconds(1);
        cookies.Keys.ShouldBe(["b"]);
        cookies.Get("a").ShouldBeNull();
        cookies.Count.ShouldBe(1);
    }

    [Fact]
    public void Values_are_masked() =>
        new Cookies { ["a"] = "s3cret" }.ToString().ShouldBe("<Cookies[<Cookie a=[secure] for every host, />]>");
}

file static class CookiesAssertions
{
    internal static void ShouldBeAfter(this Cookies cookies, Action<Cookies> change, string values)
    {
        change(cookies);
        string.Join(' ', cookies.Values).ShouldBe(values);
    }
}
