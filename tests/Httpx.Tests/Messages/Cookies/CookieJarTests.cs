using System.Text;
using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Messages;

public sealed class CookieJarTests
{
    private readonly ManualClock _clock = new("2030-06-01T12:00:00Z");
    private readonly CookieJar _jar;

    public CookieJarTests() => _jar = new CookieJar(_clock);

    [Theory]
    // The domain.
    [InlineData("http://example.org/", "a=1", "http://example.org/", true)]
    [InlineData("http://example.org/", "a=1", "http://sub.example.org/", false)]
    [InlineData("http://example.org/", "a=1; Domain=example.org", "http://sub.example.org/", true)]
    [InlineData("http://example.org/", "a=1; Domain=.EXAMPLE.org", "http://x.sub.example.org/", true)]
    [InlineData("http://sub.example.org/", "a=1; Domain=example.org", "http://example.org/", true)]
    [InlineData("http://example.org/", "a=1; Domain=sub.example.org", "http://sub.example.org/", false)]
    [InlineData("http://example.org/", "a=1; Domain=example.com", "http://example.com/", false)]
    [InlineData("http://example.org/", "a=1; Domain=ample.org", "http://ample.org/", false)]
    [InlineData("http://example.org/", "a=1; Domain=example.org", "http://notexample.org/", false)]
    [InlineData("http://example.org/", "a=1; Domain=", "http://example.org/", true)]
    [InlineData("http://example.org/", "a=1; Domain=.", "http://example.org/", true)]
    [InlineData("http://x.example.org/", "a=1; Domain=..example.org", "http://x.example.org/", false)]
    [InlineData("http://example.org/", "a=1; Domain=example.org:80", "http://example.org/", false)]
    [InlineData("http://example.org/", "a=1; Domain=ex\u00e4mple.org", "http://example.org/", false)]
    [InlineData("http://example.org:8080/", "a=1", "http://example.org:9090/", true)]
    // Public suffixes.
    [InlineData("http://example.co.uk/", "a=1; Domain=co.uk", "http://example.co.uk/", false)]
    [InlineData("http://example.co.uk/", "a=1; Domain=CO.UK", "http://example.co.uk/", false)]
    [InlineData("http://example.co.uk/", "a=1; Domain=co.uk.", "http://example.co.uk/", false)]
    [InlineData("http://example.co.uk/", "a=1; Domain=uk", "http://example.co.uk/", false)]
    [InlineData("http://user.github.io/", "a=1; Domain=github.io", "http://user.github.io/", false)]
    [InlineData("http://github.io/", "a=1; Domain=github.io", "http://github.io/", true)]
    [InlineData("http://github.io/", "a=1; Domain=github.io", "http://user.github.io/", false)]
    [InlineData("http://www.ck/", "a=1; Domain=www.ck", "http://x.www.ck/", true)]
    [InlineData("http://localhost/", "a=1; Domain=localhost", "http://localhost/", true)]
    [InlineData("http://localhost/", "a=1; Domain=localhost", "http://x.localhost/", false)]
    [InlineData("http://app.intranet/", "a=1; Domain=intranet", "http://app.intranet/", false)]
    // A dot at the end of a host.
    [InlineData("http://example.co.uk./", "a=1; Domain=co.uk.", "http://example.co.uk./", false)]
    [InlineData("http://example.co.uk./", "a=1; Domain=co.uk", "http://example.co.uk./", false)]
    [InlineData("http://example.org./", "a=1; Domain=example.org.", "http://example.org./", true)]
    [InlineData("http://example.org./", "a=1; Domain=example.org.", "http://sub.example.org./", false)]
    [InlineData("http://example.org./", "a=1", "http://example.org/", false)]
    // Addresses.
    [InlineData("http://192.168.0.1/", "a=1", "http://192.168.0.1/", true)]
    [InlineData("http://192.168.0.1/", "a=1; Domain=192.168.0.1", "http://192.168.0.1/", true)]
    [InlineData("http://192.168.0.1/", "a=1; Domain=168.0.1", "http://192.168.0.1/", false)]
    [InlineData("http://192.168.0.1/", "a=1; Domain=0.1", "http://192.168.0.1/", false)]
    [InlineData("http://[::1]/", "a=1", "http://[::1]/", true)]
    [InlineData("http://[::1]/", "a=1; Domain=::1", "http://[::1]/", true)]
    // The path.
    [InlineData("http://example.org/a/b?/c/", "a=1", "http://example.org/a/", true)]
    [InlineData("http://example.org/a/b", "a=1", "http://example.org/", false)]
    [InlineData("http://example.org/a", "a=1", "http://example.org/", true)]
    [InlineData("http://example.org/a/b", "a=1; Path=", "http://example.org/a", true)]
    [InlineData("http://example.org/a/b", "a=1; Path=foo", "http://example.org/a?x", true)]
    [InlineData("http://example.org/", "a=1; Path=/foo", "http://example.org/foo", true)]
    [InlineData("http://example.org/", "a=1; Path=/foo", "http://example.org/foo?x", true)]
    [InlineData("http://example.org/", "a=1; Path=/foo", "http://example.org/foo/", true)]
    [InlineData("http://example.org/", "a=1; Path=/foo", "http://example.org/foo/bar", true)]
    [InlineData("http://example.org/", "a=1; Path=/foo", "http://example.org/foobar", false)]
    [InlineData("http://example.org/", "a=1; Path=/foo", "http://example.org/FOO", false)]
    [InlineData("http://example.org/", "a=1; Path=/foo/", "http://example.org/foo", false)]
    // Secure connections.
    [InlineData("https://example.org/", "a=1; Secure", "https://example.org/", true)]
    [InlineData("https://example.org/", "a=1; Secure", "http://example.org/", false)]
    [InlineData("https://example.org/", "a=1; Secure", "ws://example.org/", false)]
    [InlineData("https://example.org/", "a=1; Secure", "wss://example.org/", true)]
    [InlineData("http://example.org/", "a=1; Secure", "https://example.org/", false)]
    [InlineData("http://localhost/", "a=1; Secure", "http://localhost/", false)]
    [InlineData("https://example.org/", "a=1", "http://example.org/", true)]
    [InlineData("https://example.org/", "a=1; SameSite=None", "https://example.org/", false)]
    [InlineData("https://example.org/", "a=1; SameSite=None; Secure", "https://example.org/", true)]
    [InlineData("http://example.org/", "a=1; SameSite=Strict", "http://example.org/", true)]
    // Prefixes.
    [InlineData("https://example.org/x", "__Secure-a=1; Secure", "https://example.org/", true)]
    [InlineData("https://example.org/x", "__Secure-a=1", "https://example.org/", false)]
    [InlineData("https://example.org/x", "__secure-a=1", "https://example.org/", false)]
    [InlineData("https://example.org/x", "__Host-a=1; Secure; Path=/", "https://example.org/", true)]
    [InlineData("https://example.org/x", "__Host-a=1; Secure", "https://example.org/", false)]
    [InlineData("https://example.org/x", "__Host-a=1; Secure; Path=/x", "https://example.org/x", false)]
    [InlineData("https://example.org/x", "__Host-a=1; Path=/", "https://example.org/", false)]
    [InlineData("https://example.org/x", "__Host-a=1; Secure; Path=/; Domain=example.org", "https://example.org/", false)]
    [InlineData("https://example.org/x", "__hOST-a=1; Secure; Path=/; Domain=example.org", "https://example.org/", false)]
    [InlineData("http://example.org/x", "__Host-a=1; Secure; Path=/", "https://example.org/", false)]
    [InlineData("https://example.org/x", "=__Host-a=1; Secure; Path=/", "https://example.org/", false)]
    [InlineData("https://example.org/x", "__secure-a; Secure; Path=/", "https://example.org/", false)]
    // The end.
    [InlineData("http://example.org/", "a=1; Max-Age=1", "http://example.org/", true)]
    [InlineData("http://example.org/", "a=1; Max-Age=0", "http://example.org/", false)]
    [InlineData("http://example.org/", "a=1; Max-Age=-5", "http://example.org/", false)]
    [InlineData("http://example.org/", "a=1; Max-Age=1e5", "http://example.org/", true)]
    [InlineData("http://example.org/", "a=1; Max-Age=99999999999999999999999999", "http://example.org/", true)]
    [InlineData("http://example.org/", "a=1; Max-Age=5; Expires=1 jan 1970 1:1:1", "http://example.org/", true)]
    [InlineData("http://example.org/", "a=1; Expires=1 jan 2040 1:1:1; Max-Age=0", "http://example.org/", false)]
    [InlineData("http://example.org/", "a=1; Expires=Fri, 31 Dec 9999 23:59:59 GMT", "http://example.org/", true)]
    [InlineData("http://example.org/", "a=1; Expires=1 jan 1601 00:00:00", "http://example.org/", false)]
    [InlineData("http://example.org/", "a=1; Expires=soon", "http://example.org/", true)]
    public void A_cookie_is_sent_where_it_belongs(string from, string field, string to, bool isSent)
    {
        _jar.Receive(from, field);
        _jar.HeaderFor(to).ShouldBe(isSent ? field.Split(';')[0].Trim('=') : null);
    }

    [Theory]
    [InlineData("https://example.org/", "a=2", "a=2")] // a secure origin may
    [InlineData("http://example.org/", "a=2", "a=1")]
    [InlineData("http://example.org/", "a=2; Path=/login/x", "a=1")]
    [InlineData("http://example.org/", "a=; Max-Age=0", "a=1")]
    [InlineData("http://sub.example.org/", "a=2", "a=1")]
    [InlineData("http://sub.example.org/", "a=2; Domain=example.org", "a=1")]
    [InlineData("http://sub.example.org/", "b=2; Domain=example.org; Path=/", "a=1; b=2")]
    public void An_insecure_origin_cannot_touch_a_secure_cookie(string from, string field, string expected)
    {
        _jar.Receive("https://example.org/", "a=1; Secure; Path=/; Domain=example.org");
        _jar.Receive(from, field.Contains("Domain", StringComparison.Ordinal) || from.Contains("sub", StringComparison.Ordinal)
            ? field : field + "; Domain=example.org");
        _jar.HeaderFor("https://sub.example.org/login/x").ShouldBe(expected);
    }

    [Fact]
    public void An_insecure_cookie_beside_the_path_of_a_secure_one_is_taken()
    {
        _jar.Receive("https://example.org/", "a=1; Secure; Path=/login");
        _jar.Receive("http://example.org/", "a=2; Path=/other");
        _jar.Receive("http://example.org/", "a=3; Path=/");
        _jar.HeaderFor("https://example.org/login").ShouldBe("a=1; a=3");
        _jar.HeaderFor("https://example.org/other").ShouldBe("a=2; a=3");
    }

    [Fact]
    public void Longer_paths_come_first_then_older_cookies_and_a_newer_value_keeps_the_place()
    {
        _jar.Receive("http://sub.example.org/", "a=1; Path=/", "b=1; Path=/x; Domain=example.org", "c=1; Path=/; Domain=example.org", "d=1; Path=/x/y");
        _jar.Add(new StoredCookie("e", "1") { Path = "/x" });
        _jar.Add(new StoredCookie("f", "1"));
        _jar.HeaderFor("http://sub.example.org/x/y").ShouldBe("d=1; b=1; e=1; a=1; c=1; f=1");

        _jar.Receive("http://sub.example.org/", "a=2; Path=/");
        _jar.HeaderFor("http://sub.example.org/x").ShouldBe("b=1; e=1; a=2; c=1; f=1");
        _jar.Select(cookie => cookie.Name).ShouldBe(["a", "b", "c", "d", "e", "f"]);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(70)]
    public void The_cookies_of_several_domains_are_put_into_one_order(int count)
    {
        string[] urls = ["http://c.b.example.org/", "http://b.example.org/", "http://example.org/"];
        for (var i = 0; i < count; i++)
        {
            var url = urls[i * 7 % 3];
            _jar.Receive(url, $"n{i}=1; Path=/{new string('p', i * 5 % 4)}; Domain={new Url(url).Host}");
        }

        var expected = Enumerable.Range(0, count).OrderByDescending(i => i * 5 % 4).Select(i => $"n{i}=1");
        _jar.HeaderFor("http://c.b.example.org/ppp").ShouldBe(string.Join("; ", expected.Where(pair => Fits(pair))));

        // The path of one "p" is no beginning of "ppp" at a "/".
        static bool Fits(string pair) => (int.Parse(pair[1..^2], null) * 5 % 4) is 0 or 3;
    }

    [Fact]
    public void A_host_s_cookie_and_a_domain_s_cookie_of_one_name_live_side_by_side()
    {
        _jar.Receive("http://example.org/", "a=1", "a=2; Domain=example.org");
        _jar.HeaderFor("http://example.org/").ShouldBe("a=1; a=2");
        _jar.HeaderFor("http://sub.example.org/").ShouldBe("a=2");
    }

    [Fact]
    public void Attributes_are_kept()
    {
        _jar.Receive("https://sub.example.org/x/y",
            "a=1; Domain=.Example.org; Path=/x; Expires=Sat, 01 Jun 2030 13:00:00 GMT; Secure; HttpOnly; SameSite=Strict", "b=2");
        var a = _jar.First();
        (a.Name, a.Value, a.Domain, a.IsHostOnly, a.Path).ShouldBe(("a", "1", "example.org", false, "/x"));
        (a.Secure, a.HttpOnly, a.SameSite).ShouldBe((true, true, SameSite.Strict));
        a.Expires.ShouldBe(_clock.Now.AddHours(1));
        a.CreatedAt.ShouldBe(_clock.Now);
        var b = _jar.Last();
        (b.Domain, b.IsHostOnly, b.Path, b.Expires, b.SameSite).ShouldBe(("sub.example.org", true, "/x", null, SameSite.Unspecified));
    }

    [Fact]
    public void A_cookie_ends_at_its_hour_and_is_forgotten()
    {
        _jar.Receive("http://example.org/", "a=1; Max-Age=60", "b=1");
        _clock.Now += TimeSpan.FromSeconds(59);
        _jar.HeaderFor("http://example.org/").ShouldBe("a=1; b=1");
        _clock.Now += TimeSpan.FromSeconds(1);
        _jar.Count.ShouldBe(1);
        _jar.ShouldHaveSingleItem().Name.ShouldBe("b");
        _jar.HeaderFor("http://example.org/").ShouldBe("b=1");
        _clock.Now -= TimeSpan.FromHours(1);
        _jar.HeaderFor("http://example.org/").ShouldBe("b=1", "what has ended does not come back with the clock");
    }

    [Theory]
    [InlineData("a=1; Max-Age=999999999")]
    [InlineData("a=1; Expires=Fri, 31 Dec 9999 23:59:59 GMT")]
    public void No_server_is_remembered_for_more_than_400_days(string field)
    {
        _jar.Receive("http://example.org/", field);
        _jar.ShouldHaveSingleItem().Expires.ShouldBe(_clock.Now.AddDays(400));
    }

    [Fact]
    public void A_program_may_keep_a_cookie_as_long_as_it_likes()
    {
        _jar.Add(new StoredCookie("a", "1") { Expires = DateTimeOffset.MaxValue });
        _clock.Now = _clock.Now.AddYears(1000);
        _jar.HeaderFor("http://example.org/").ShouldBe("a=1");
    }

    [Theory]
    [InlineData("a=; Max-Age=0; Path=/x", "b=1")]
    [InlineData("a=; Max-Age=0", "a=1; b=1")]
    [InlineData("a=; Max-Age=0; Path=/x; Domain=example.org", "a=1; b=1")]
    [InlineData("A=; Max-Age=0; Path=/x", "a=1; b=1")]
    public void Only_the_cookie_of_that_name_domain_and_path_is_deleted(string field, string expected)
    {
        _jar.Receive("http://example.org/", "a=1; Path=/x", "b=1");
        _jar.Receive("http://example.org/", field);
        _jar.HeaderFor("http://example.org/x").ShouldBe(expected);
    }

    [Fact]
    public void Bytes_are_sent_as_they_came()
    {
        byte[] utf8 = [(byte)'u', (byte)'=', 0xc3, 0xa9];
        byte[] latin1 = [(byte)'l', (byte)'=', 0xe9];
        var origin = JarDriver.Origin("http://example.org/");
        _jar.Receive(utf8, origin);
        _jar.Receive(latin1, origin);
        _jar.Receive("q=\"%41\\\"\""u8, origin);
        _jar.Select(cookie => cookie.Value).ShouldBe(["\u00e9", "\u00e9", "\"%41\\\"\""]);

        var headers = new Headers();
        _jar.AddHeader(origin, headers);
        headers.TryGetRaw("cookie"u8, out var value).ShouldBeTrue();
        value.ToArray().ShouldBe([.. utf8, .. "; "u8, .. latin1, .. "; q=\"%41\\\"\""u8]);
    }

    [Fact]
    public void A_response_sets_fifty_cookies_at_most()
    {
        var headers = new Headers();
        for (var i = 0; i < 60; i++)
        {
            headers.Add("Set-Cookie", $"n{i}=1");
        }

        _jar.Extract(JarDriver.Origin("http://example.org/"), headers);
        _jar.Count.ShouldBe(CookieJar.MaxCookiesPerResponse);
        _jar.Last().Name.ShouldBe("n49");
    }

    [Fact]
    public void A_request_carries_150_cookies_and_8190_bytes_at_most()
    {
        for (var i = 0; i < 160; i++)
        {
            _jar.Receive("http://many.example.org/", $"n{i}=1");
            _jar.Receive("http://big.example.org/", $"n{i:000}={new string('x', 95)}");
        }

        _jar.HeaderFor("http://many.example.org/")!.Split("; ").ShouldBe(Enumerable.Range(0, 150).Select(i => $"n{i}=1"));
        var big = _jar.HeaderFor("http://big.example.org/")!;
        big.Length.ShouldBeInRange(8190 - 102, 8190);
        big.Split("; ").ShouldAllBe(pair => pair.Length == 100);
    }

    [Fact]
    public void A_domain_keeps_180_cookies_and_gives_up_insecure_ones_that_nobody_used()
    {
        _jar.Receive("https://example.org/", "secure=1; Secure; Path=/old", "used=1; Path=/used", "unused=1; Path=/unused", "short=1; Max-Age=1");
        for (var i = 4; i < CookieStore.MaxCookiesPerDomain; i++)
        {
            _jar.Receive("https://example.org/", $"n{i}=1");
        }

        _clock.Now += TimeSpan.FromSeconds(0.5);
        _jar.HeaderFor("https://example.org/used").ShouldNotBeNull();
        _jar.Count.ShouldBe(180);

        _clock.Now += TimeSpan.FromSeconds(1);
        _jar.Receive("https://example.org/", "more1=1");
        Names().ShouldNotContain("short", "it has expired");
        Names().ShouldContain("unused");
        _jar.Receive("https://example.org/", "more2=1");
        Names().ShouldNotContain("unused");
        _jar.Receive("https://example.org/", "more3=1");
        Names().ShouldContain("secure");
        Names().ShouldContain("more3");
        _jar.Count.ShouldBe(180);

        List<string> Names() => _jar.Select(cookie => cookie.Name).ToList();
    }

    [Fact]
    public void A_jar_keeps_3000_cookies_and_gives_up_those_that_nobody_used()
    {
        for (var i = 0; i < CookieStore.MaxCookies; i++)
        {
            _jar.Receive($"http://h{i % 50}.example.org/", $"n{i}=1");
        }

        _jar.Count.ShouldBe(3000);
        _clock.Now += TimeSpan.FromSeconds(1);
        _jar.HeaderFor("http://h0.example.org/");
        for (var i = 0; i < 100; i++)
        {
            _jar.Receive("http://other.example.org/", $"m{i}=1");
        }

        _jar.Count.ShouldBe(3000);
        _jar.Count(cookie => cookie.Domain == "h0.example.org").ShouldBe(60);
        _jar.Count(cookie => cookie.Domain == "other.example.org").ShouldBe(100);
        _jar.ShouldNotContain(cookie => cookie.Name == "n1" || cookie.Name == "n2");
    }

    [Fact]
    public void Hostile_fields_take_no_time()
    {
        string[] fields =
        [
            "a=1" + new string(';', 4000), "a=1;" + string.Concat(Enumerable.Repeat("=;", 2000)), new string('=', 4000), new string(' ', 5000),
            "a=1; Domain=" + string.Concat(Enumerable.Repeat("a.", 500)), "a=1; Expires=" + string.Concat(Enumerable.Repeat("1:", 500)),
        ];
        for (var i = 0; i < 10_000; i++)
        {
            _jar.Receive("http://example.org/", fields[i % fields.Length]);
        }

        var host = string.Concat(Enumerable.Repeat("a.", 30_000)) + "org";
        _jar.HeaderFor(new CookieOrigin(host, "/", isSecure: false)).ShouldBeNull();
    }

    [Fact]
    public void An_empty_jar_and_a_host_without_cookies_cost_no_memory()
    {
        var foreign = new CookieJar();
        foreign.Receive("http://example.org/", "a=1");
        foreach (var jar in new[] { new CookieJar(), foreign })
        {
            // The runtime may allocate on this thread for its own ends; not each time, though.
            Enumerable.Range(0, 10).Min(_ => Cost(jar)).ShouldBe(0);
        }

        static long Cost(CookieJar jar)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var header = jar.HeaderFor(new CookieOrigin("www.example.com", "/", isSecure: true));
            var cost = GC.GetAllocatedBytesForCurrentThread() - before;
            header.ShouldBeNull();
            return cost;
        }
    }

    [Fact]
    public void Many_threads_share_a_jar()
    {
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, thread =>
        {
            for (var i = 0; i < 500; i++)
            {
                _jar.Receive($"http://h{i % 7}.example.org/", $"t{thread}=x{i}; Path=/", $"gone{thread}=1; Max-Age={i % 2}");
                var header = _jar.HeaderFor($"http://h{i % 7}.example.org/");
                header.ShouldNotBeNull();
                header.Split("; ").ShouldAllBe(pair => pair.Contains("=x") || pair.StartsWith("gone"));
                _jar.Count.ShouldBeGreaterThan(0);
                if (i % 50 == 0)
                {
                    _jar.Copy().ShouldNotBeEmpty();
                }
            }
        });

        _jar.Count(cookie => cookie.Name.StartsWith('t')).ShouldBe(8 * 7);
        _jar.Clear();
        _jar.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void A_cookie_is_added_and_removed_by_name_domain_and_path()
    {
        var cookie = new StoredCookie("a", "1") { Domain = "example.org", Path = "/x" };
        _jar.Add(cookie);
        _jar.Remove(new StoredCookie("a", "1") { Domain = "example.org" }).ShouldBeFalse();
        _jar.Remove(new StoredCookie("a", "other") { Domain = "example.org", Path = "/x" }).ShouldBeTrue();
        _jar.ShouldBeEmpty();
        _jar.Add(cookie);
        _jar.Add(new StoredCookie("a", "") { Domain = "example.org", Path = "/x", Expires = _clock.Now });
        _jar.ShouldBeEmpty();
    }

    [Fact]
    public void Values_are_masked()
    {
        _jar.Receive("http://example.org/", "a=s3cret");
        _jar.ToString().ShouldBe("<CookieJar[<Cookie a=[secure] for example.org/>]>");
    }

    [Fact]
    public void A_nameless_cookie_is_its_value()
    {
        _jar.Receive("http://example.org/", "token");
        (_jar.Single().Name, _jar.Single().Value).ShouldBe(("", "token"));
        Encoding.ASCII.GetString(_jar.Single().Pair).ShouldBe("token");
    }
}
