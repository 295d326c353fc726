using System.Text;

namespace Httpx.Tests.Sending;

public sealed class RedirectPolicyTests
{
    [Theory]
    [InlineData(301, "GET", "GET")]
    [InlineData(301, "POST", "GET")]
    [InlineData(301, "PUT", "PUT")]
    [InlineData(301, "DELETE", "DELETE")]
    [InlineData(301, "HEAD", "HEAD")]
    [InlineData(302, "GET", "GET")]
    [InlineData(302, "POST", "GET")]
    [InlineData(302, "PUT", "GET")]
    [InlineData(302, "DELETE", "GET")]
    [InlineData(302, "PATCH", "GET")]
    [InlineData(302, "OPTIONS", "GET")]
    [InlineData(302, "REPORT", "GET")]
    [InlineData(302, "HEAD", "HEAD")]
    [InlineData(303, "POST", "GET")]
    [InlineData(303, "PUT", "GET")]
    [InlineData(303, "HEAD", "HEAD")]
    [InlineData(307, "POST", "POST")]
    [InlineData(307, "HEAD", "HEAD")]
    [InlineData(308, "POST", "POST")]
    [InlineData(308, "PATCH", "PATCH")]
    public void The_status_decides_the_method(int status, string method, string expected) =>
        Next(new Request(method, "https://example.org/"), status, "/next")!.Method.ShouldBe(expected);

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(300)]
    [InlineData(304)]
    [InlineData(305)]
    [InlineData(306)]
    [InlineData(401)]
    public void Another_status_with_a_Location_is_no_redirect(int status) =>
        Next(new Request("GET", "https://example.org/"), status, "/next").ShouldBeNull();

    [Fact]
    public void A_redirect_status_without_Location_is_no_redirect() =>
        RedirectPolicy.Next(new Request("GET", "https://example.org/"), new Response(302), new Cookies()).ShouldBeNull();

    [Theory]
    // Absolute and scheme-relative.
    [InlineData("http://a/b/c", "http://other/x", "http://other/x")]
    [InlineData("http://a/b/c", "HTTPS://OTHER/x", "https://other/x")]
    [InlineData("https://a/b/c", "//other/x", "https://other/x")]
    [InlineData("https://a/b/c", "//other:8443/x", "https://other:8443/x")]
    // Relative.
    [InlineData("http://a/b/c", "/x", "http://a/x")]
    [InlineData("http://a/b/c", "x", "http://a/b/x")]
    [InlineData("http://a/b/c", "../x", "http://a/x")]
    [InlineData("http://a/b/c", "..", "http://a/")]
    [InlineData("http://a/b/c?q=1", "?r=2", "http://a/b/c?r=2")]
    [InlineData("http://a/b/c?q=1", "", "http://a/b/c?q=1")]
    [InlineData("http://a/b/c?q=1", "   ", "http://a/b/c?q=1")]
    [InlineData("http://a:8080/b", "/x", "http://a:8080/x")]
    [InlineData("http://user:pw@a/b", "/x", "http://user:pw@a/x")]
    [InlineData("http://user:pw@a/b", "//other/x", "http://other/x")]
    [InlineData("http://[::1]:81/b", "/x", "http://[::1]:81/x")]
    // A scheme without a host means the host that was asked.
    [InlineData("http://a/b", "https:/y", "https://a/y")]
    [InlineData("http://a:8080/b", "https:/y", "https://a/y")]
    [InlineData("http://a:8080/b", "http:/y", "http://a:8080/y")]
    [InlineData("https://a/b", "https://:443/", "https://a/")]
    [InlineData("https://a/b", "https://:8443/y?z", "https://a:8443/y?z")]
    [InlineData("https://[::1]/b", "https:/y", "https://[::1]/y")]
    [InlineData("https://a:8443/b", "https://", "https://a:8443/")]
    [InlineData("http://a/b", "https:///y", "https://a/y")]
    // Fragments: the old one is inherited, a new one wins.
    [InlineData("http://a/b#old", "/x", "http://a/x#old")]
    [InlineData("http://a/b#old", "/x#new", "http://a/x#new")]
    [InlineData("http://a/b#o%20ld", "/x", "http://a/x#o%20ld")]
    [InlineData("http://a/b", "#new", "http://a/b#new")]
    // What is written as it should not be.
    [InlineData("http://a/b", " /x ", "http://a/x")]
    [InlineData("http://a/b", "/a b", "http://a/a%20b")]
    [InlineData("http://a/b", "/a%20b%2Fc", "http://a/a%20b%2Fc")]
    [InlineData("http://a/b", "/\u00e9", "http://a/%C3%A9")]
    [InlineData("http://a/b", "http://b\u00fccher.example/", "http://xn--bcher-kva.example/")]
    // Other schemes: a url like any other here, which nobody serves.
    [InlineData("http://a/b", "ftp://other/x", "ftp://other/x")]
    [InlineData("http://a/b", "market://details?id=42", "market://details?id=42")]
    [InlineData("http://a/b", "file:///etc/passwd", "file:///etc/passwd")]
    public void Location_is_resolved_against_the_request(string url, string location, string expected) =>
        Next(new Request("GET", url), 302, location)!.Url.ToString().ShouldBe(expected);

    [Fact]
    public void Bytes_that_are_no_utf8_are_percent_encoded_as_they_are() =>
        Next(new Request("GET", "http://a/"), 302, [0x2F, 0xE9, 0x2F, 0x78])!.Url.ToString().ShouldBe("http://a/%E9/x");

    [Theory]
    [InlineData("/a\0b")]
    [InlineData("/a\rb")]
    [InlineData("/a\u0001b")]
    [InlineData("/a\u007Fb")]
    [InlineData("/a\tb")]
    [InlineData("http://example.com:99999999/")]
    [InlineData("http://exa mple.com/")]
    [InlineData("http://[::1%25.example.com]/")]
    [InlineData("http://%00/")]
    [InlineData("//[/")]
    [InlineData("https://\ud83d\ude07\u200b.com/\u0000")]
    public void A_Location_that_is_no_url_is_the_peers_fault(string location)
    {
        var request = new Request("GET", "https://example.org/");

        var exception = Should.Throw<RemoteProtocolException>(() => Next(request, 302, Encoding.UTF8.GetBytes(location)));

        exception.Message.ShouldStartWith("Invalid URL in location header:");
        exception.Request.ShouldBeSameAs(request);
    }

    [Fact]
    public void A_Location_of_a_hundred_kilobytes_is_refused() =>
        Should.Throw<RemoteProtocolException>(() => Next(new Request("GET", "http://a/"), 302, "/" + new string('x', 100_000)));

    [Fact]
    public void Two_Locations_that_differ_are_refused_and_two_that_agree_are_one()
    {
        var request = new Request("GET", "http://a/");

        Should.Throw<RemoteProtocolException>(() => RedirectPolicy.Next(
            request, new Response(302, headers: [("Location", "/x"), ("Location", "/y")]), new Cookies()));
        RedirectPolicy.Next(request, new Response(302, headers: [("Location", "/x"), ("Location", "/x")]), new Cookies())!
            .Url.ToString().ShouldBe("http://a/x");
    }

    [Theory]
    // Same origin: all stay.
    [InlineData("https://example.org/", "https://example.org/x", true, true)]
    [InlineData("https://example.org/", "https://EXAMPLE.org:443/x", true, true)]
    [InlineData("http://example.org:80/", "/x", true, true)]
    [InlineData("https://b\u00fccher.example/", "https://xn--bcher-kva.example/", true, true)]
    // The step up on the default ports: the server's credentials stay, the proxy's do not.
    [InlineData("http://example.org/", "https://example.org/x", true, false)]
    [InlineData("http://example.org:80/", "https://example.org:443/x", true, false)]
    // Everything else is another origin.
    [InlineData("https://example.org/", "http://example.org/x", false, false)]
    [InlineData("https://example.org/", "https://www.example.org/x", false, false)]
    [InlineData("https://www.example.org/", "https://example.org/x", false, false)]
    [InlineData("https://example.org/", "https://example.org:8443/x", false, false)]
    [InlineData("http://example.org:8080/", "https://example.org/x", false, false)]
    [InlineData("http://example.org/", "https://example.org:8443/x", false, false)]
    [InlineData("https://example.org/", "https://evil.example/x", false, false)]
    [InlineData("https://example.org/", "https://example.org.evil.example/x", false, false)]
    [InlineData("https://example.org/", "https://example.org@evil.example/x", false, false)]
    [InlineData("https://example.org/", "https://user:pw@evil.example/x", false, false)]
    public void Credentials_stay_with_their_origin(string url, string location, bool keepsAuthorization, bool keepsProxyAuthorization)
    {
        var request = new Request("GET", url, headers: new()
        {
            ["Authorization"] = "Basic c2VjcmV0",
            ["Proxy-Authorization"] = "Basic cHJveHk=",
            ["X-Api-Key"] = "goes along",
        });

        var next = Next(request, 302, location)!;

        next.Headers.ContainsKey("Authorization").ShouldBe(keepsAuthorization);
        next.Headers.ContainsKey("Proxy-Authorization").ShouldBe(keepsProxyAuthorization);
        next.Headers["X-Api-Key"].ShouldBe("goes along");
        request.Headers["Authorization"].ShouldBe("Basic c2VjcmV0", "the request that was answered is history");
    }

    [Fact]
    public void A_Host_of_the_callers_survives_within_the_origin_only()
    {
        var request = new Request("GET", "https://example.org/", headers: new() { ["Host"] = "virtual" });

        Next(request, 302, "/x")!.Headers["Host"].ShouldBe("virtual");
        Next(request, 302, "https://other.example:8443/x")!.Headers["Host"].ShouldBe("other.example:8443");
        Next(request, 302, "https://other.example/x")!.Headers.MultiItems()[0].Key.ShouldBe("host", "it is the first header again");
    }

    [Fact]
    public void Cookies_are_chosen_anew_from_the_jar()
    {
        var jar = new Cookies();
        jar.Set("here", "1", domain: "example.org");
        jar.Set("there", "2", domain: "other.example");
        var request = new Request("GET", "https://example.org/", headers: new() { ["Cookie"] = "given=by hand" });

        string? CookieAt(string location) =>
            RedirectPolicy.Next(request, new Response(302, headers: [("Location", location)]), jar)!.Headers.Get("Cookie");

        CookieAt("/x").ShouldBe("here=1");
        CookieAt("https://other.example/").ShouldBe("there=2");
        CookieAt("https://third.example/").ShouldBeNull();
    }

    [Fact]
    public void A_referrer_is_not_told_from_https_to_http()
    {
        var request = new Request("GET", "https://example.org/", headers: new() { ["Referer"] = "https://example.org/secret" });

        Next(request, 302, "http://example.org/")!.Headers.ContainsKey("Referer").ShouldBeFalse();
        Next(request, 302, "https://other.example/")!.Headers.ContainsKey("Referer").ShouldBeTrue();
    }

    [Fact]
    public void A_body_that_is_dropped_takes_its_headers_along()
    {
        var request = new Request("POST", "https://example.org/", content: "body", headers: new()
        {
            ["Content-Type"] = "text/plain",
            ["Content-Encoding"] = "identity",
            ["Content-Language"] = "en",
            ["Expect"] = "100-continue",
            ["X-Other"] = "stays",
        });

        var next = Next(request, 303, "/x")!;

        next.Body.ShouldBeNull();
        next.Headers.Keys.ShouldBe(["host", "x-other"]);
    }

    [Fact]
    public void A_body_of_unknown_length_that_is_dropped_takes_its_transfer_coding_along()
    {
        var request = new Request("POST", "https://example.org/", content: RequestContent.From([new byte[1], new byte[2]]));
        request.Headers["Transfer-Encoding"].ShouldBe("chunked");

        Next(request, 302, "/x")!.Headers.ContainsKey("Transfer-Encoding").ShouldBeFalse();
    }

    [Theory]
    [InlineData(307, "POST")]
    [InlineData(308, "PUT")]
    [InlineData(301, "PUT")]
    public void A_body_that_is_kept_is_the_same_object_with_the_same_headers(int status, string method)
    {
        var request = new Request(method, "https://example.org/", content: "body", headers: new() { ["Content-Type"] = "text/plain" });

        var next = Next(request, status, "https://other.example/")!;

        next.Body.ShouldBeSameAs(request.Body);
        next.Headers["Content-Length"].ShouldBe("4");
        next.Headers["Content-Type"].ShouldBe("text/plain");
    }

    [Fact]
    public void Time_limits_and_extensions_go_along()
    {
        var request = new Request("GET", "https://example.org/") { Timeouts = new Timeouts(3) };
        request.Extensions["trace"] = "mine";

        var next = Next(request, 302, "/x")!;

        next.Timeouts.ShouldBe(new Timeouts(3));
        next.Extensions["trace"].ShouldBe("mine");
    }

    private static Request? Next(Request request, int status, string location) =>
        Next(request, status, Encoding.UTF8.GetBytes(location));

    // As the wire delivers it: nothing has checked the value.
    private static Request? Next(Request request, int status, byte[] location)
    {
        byte[] block = [.. "Location: "u8, .. location, .. "\r\n"u8];
        var response = new Response(status, "HTTP/1.1", null, Headers.FromBlock(block, block.Length, 1), ReadOnlyMemory<byte>.Empty);
        return RedirectPolicy.Next(request, response, new Cookies());
    }
}
