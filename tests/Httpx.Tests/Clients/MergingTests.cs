using System.Text;

namespace Httpx.Tests.Clients;

/// <summary>How client and request make one request: the facts of HTTPX's merging, one by one.</summary>
public sealed class MergingTests : IDisposable
{
    private readonly Client _client = new(new() { Transport = new MockTransport(_ => new Response(200)) });

    public void Dispose() => _client.Dispose();

    [Fact]
    public void Default_headers_have_their_order()
    {
        var request = _client.BuildRequest("GET", "https://example.org/");

        var version = typeof(Client).Assembly.GetName().Version!.ToString(3);
        Lines(request).ShouldBe(
        [
            "Host: example.org", "Accept: */*", $"Accept-Encoding: {ContentCoding.AcceptEncoding}", "Connection: keep-alive",
            $"User-Agent: httpx-dotnet/{version}",
        ]);
    }

    [Fact]
    public void Headers_of_the_request_replace_the_clients_of_their_name_and_stand_behind_them()
    {
        _client.Headers = [("X-Client", "1"), ("X-Both", "a"), ("X-Both", "b")];

        var request = _client.BuildRequest(
            "GET", "https://example.org/", headers: [("x-both", "c"), ("X-Request", "2"), ("accept", "text/html")]);

        Lines(request).Where(line => !line.StartsWith("User-Agent", StringComparison.Ordinal)).Skip(2).ShouldBe(
            ["Connection: keep-alive", "X-Client: 1", "x-both: c", "X-Request: 2", "accept: text/html"]);
        _client.Headers.GetList("X-Both").ShouldBe(["a", "b"], "the client's own are as they were");
    }

    [Fact]
    public void Assigned_headers_are_laid_over_the_defaults_and_a_default_can_be_removed()
    {
        _client.Headers = new() { ["User-Agent"] = "mine" };
        _client.Headers.Keys.ShouldBe(["accept", "accept-encoding", "connection", "user-agent"]);
        _client.Headers["User-Agent"].ShouldBe("mine");

        _client.Headers.Remove("User-Agent");
        _client.BuildRequest("GET", "https://example.org/").Headers.ContainsKey("User-Agent").ShouldBeFalse();

        _client.Headers = [];
        _client.Headers["User-Agent"].ShouldStartWith("httpx-dotnet/");
    }

    [Fact]
    public void A_request_that_is_changed_does_not_change_the_client_nor_the_next_request()
    {
        var request = _client.BuildRequest("GET", "https://example.org/");
        request.Headers["Accept"] = "changed";
        request.Headers["X-New"] = "1";

        _client.Headers["Accept"].ShouldBe("*/*");
        _client.BuildRequest("GET", "https://example.org/").Headers["Accept"].ShouldBe("*/*");
        _client.BuildRequest("GET", "https://example.org/").Headers.ContainsKey("X-New").ShouldBeFalse();
    }

    [Fact]
    public void Headers_that_requests_to_one_origin_share_follow_every_change()
    {
        string Sent(string url) => string.Join(", ", Lines(_client.BuildRequest("GET", url)).Where(
            line => line.StartsWith("Host", StringComparison.Ordinal) || line.StartsWith("X-", StringComparison.Ordinal)));

        for (var i = 0; i < 3; i++)
        {
            Sent("https://a.example/").ShouldBe("Host: a.example");
        }

        Sent("https://b.example/").ShouldBe("Host: b.example");
        Sent("https://b.example:8443/").ShouldBe("Host: b.example:8443");
        Sent("https://b.example:8443/").ShouldBe("Host: b.example:8443");
        _client.Headers["X-A"] = "1";
        Sent("https://b.example:8443/").ShouldBe("Host: b.example:8443, X-A: 1");
        Sent("https://b.example:8443/").ShouldBe("Host: b.example:8443, X-A: 1");
        _client.Headers["X-A"] = "2";
        Sent("https://b.example:8443/").ShouldBe("Host: b.example:8443, X-A: 2");
        _client.Headers.Remove("X-A");
        Sent("https://b.example:8443/").ShouldBe("Host: b.example:8443");
        _client.Headers = new() { ["Host"] = "virtual" };
        Sent("https://b.example:8443/").ShouldBe("Host: virtual");
        Sent("https://b.example:8443/").ShouldBe("Host: virtual");
        Sent("/relative").ShouldBe("Host: virtual");
    }

    [Theory]
    // MRG-3: a relative url is appended, never resolved.
    [InlineData("https://h/some/path", "/testing/123", "https://h/some/path/testing/123")]
    [InlineData("https://h/some/path/", "testing/123", "https://h/some/path/testing/123")]
    [InlineData("https://h/api", "/x", "https://h/api/x")]
    [InlineData("https://h", "/x", "https://h/x")]
    // MRG-4: dot segments go after that, and an encoded slash is none.
    [InlineData("https://h/some/path/", "../testing/123", "https://h/some/testing/123")]
    [InlineData("https://h/a%2Fb", "/c%2Fd", "https://h/a%2Fb/c%2Fd")]
    // MRG-5: an absolute url has nothing to do with the base.
    [InlineData("https://h/api", "http://other/x", "http://other/x")]
    // MRG-6: what is almost nothing.
    [InlineData("http://h/a", "", "http://h/a/")]
    [InlineData("http://h/a", "?a=b", "http://h/a/?a=b")]
    public void A_relative_url_is_appended_to_the_base(string baseUrl, string url, string expected)
    {
        _client.BaseUrl = baseUrl;

        _client.BuildRequest("GET", url).Url.ToString().ShouldBe(expected);
    }

    [Fact]
    public void Without_a_base_a_relative_url_stays_one() => _client.BuildRequest("GET", "/x").Url.IsRelativeUrl.ShouldBeTrue();

    [Theory]
    // MRG-8: first the client's, then the request's; an equal key of the request replaces all of the client's.
    [InlineData("a=1&b=2", "https://h/", "c=3", "a=1&b=2&c=3")]
    [InlineData("a=1&a=2&b=3", "https://h/", "a=4", "a=4&b=3")]
    // The url's own query is kept; equal keys are replaced by the request's, and go before the client's.
    [InlineData("", "https://h/?a=1", "b=2", "a=1&b=2")]
    [InlineData("", "https://h/?a=1&c=3", "a=2", "a=2&c=3")]
    [InlineData("x=1", "https://h/?a=1", "", "a=1&x=1")]
    [InlineData("a=0&x=1", "https://h/?a=1", "", "a=1&x=1")]
    [InlineData("a=0&x=1", "https://h/?a=1", "x=2", "a=1&x=2")]
    // Nothing to add leaves the url as it was written.
    [InlineData("", "https://h/?b=%20&a=x%2Fy", "", "b=%20&a=x%2Fy")]
    public void Queries_merge_and_nothing_is_dropped(string clients, string url, string requests, string expected)
    {
        _client.Query = clients;

        _client.BuildRequest("GET", url, query: requests).Url.Query.ShouldBe(expected);
    }

    [Fact]
    public void Cookies_of_the_request_go_with_the_clients_and_stay_out_of_the_jar()
    {
        _client.Cookies.Set("a", "client");
        _client.Cookies.Set("b", "client");

        var request = _client.BuildRequest("GET", "https://example.org/", cookies: [("b", "request"), ("c", "request")]);

        request.Headers["Cookie"].Split("; ").Order().ShouldBe(["a=client", "b=request", "c=request"]);
        _client.Cookies["b"].ShouldBe("client");
        _client.Cookies.ContainsKey("c").ShouldBeFalse();
    }

    [Fact]
    public void A_Cookie_header_of_the_callers_is_sent_as_it_is()
    {
        _client.Cookies["a"] = "jar";

        _client.BuildRequest("GET", "https://example.org/", headers: new() { ["Cookie"] = "mine=1" }).Headers["Cookie"].ShouldBe("mine=1");
    }

    [Fact]
    public void Time_limits_of_the_request_replace_the_clients()
    {
        _client.Timeout = 7;

        _client.BuildRequest("GET", "https://h/").Timeouts.ShouldBe(new Timeouts(7));
        _client.BuildRequest("GET", "https://h/", timeout: 3).Timeouts.ShouldBe(new Timeouts(3));
        _client.BuildRequest("GET", "https://h/", timeout: Timeouts.None).Timeouts.ShouldBe(Timeouts.None);
        _client.BuildRequest("GET", "https://h/").Extensions["timeout"].ShouldBe(new Timeouts(7));
    }

    [Fact]
    public void A_request_that_is_only_sent_gets_nothing_but_the_time_limits()
    {
        _client.Headers["X-Client"] = "1";
        _client.Query = "a=1";
        _client.Cookies["c"] = "1";
        _client.Timeout = 7;
        var plain = new Request("GET", "https://example.org/");
        var limited = new Request("GET", "https://example.org/");
        limited.Extensions["timeout"] = new Timeouts(2);

        _client.Send(plain);
        _client.Send(limited);

        Lines(plain).ShouldBe(["Host: example.org"]);
        plain.Url.ToString().ShouldBe("https://example.org/");
        plain.Timeouts.ShouldBe(new Timeouts(7));
        limited.Timeouts.ShouldBe(new Timeouts(2), "what the request says itself stays");
    }

    [Fact]
    public void Bodies_bring_their_headers_behind_the_merged_ones()
    {
        var request = _client.BuildRequest("POST", "https://example.org/", json: new Dictionary<string, int> { ["a"] = 1 });

        Encoding.UTF8.GetString(request.Content.Span).ShouldBe("""{"a":1}""");
        Lines(request)[^2..].ShouldBe(["Content-Length: 7", "Content-Type: application/json"]);
    }

    [Fact]
    public void A_boundary_in_the_merged_Content_Type_is_the_bodys()
    {
        _client.Headers["Content-Type"] = "multipart/form-data; boundary=mine";

        var request = _client.BuildRequest("POST", "https://example.org/", files: new() { ["f"] = "x" });

        request.Read();
        Encoding.UTF8.GetString(request.Content.Span).ShouldStartWith("--mine\r\n");
    }

    [Fact]
    public void Json_is_written_as_the_client_says()
    {
        using var client = new Client(new()
        {
            Transport = new MockTransport(_ => new Response(200)),
            JsonOptions = new() { PropertyNamingPolicy = System.Text.Json.JsonNamingPolicy.CamelCase },
        });

        Encoding.UTF8.GetString(client.BuildRequest("POST", "https://h/", json: new Named("x")).Content.Span)
            .ShouldBe("""{"name":"x"}""");
    }

    [Theory]
    [InlineData("get", "GET")]
    [InlineData("report", "REPORT")]
    public void The_method_is_upper_case(string given, string expected) =>
        _client.BuildRequest(given, "https://h/").Method.ShouldBe(expected);

    [Fact]
    public void What_is_missing_is_named()
    {
        Should.Throw<ArgumentNullException>(() => _client.BuildRequest(null!, "https://h/")).ParamName.ShouldBe("method");
        Should.Throw<ArgumentNullException>(() => _client.BuildRequest("GET", null!)).ParamName.ShouldBe("url");
        Should.Throw<ArgumentException>(() => _client.BuildRequest("NO METHOD", "https://h/"));
    }

    private static List<string> Lines(Request request) =>
        [.. Encoding.ASCII.GetString(request.Headers.Block).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)];

    private sealed record Named(string Name);
}
