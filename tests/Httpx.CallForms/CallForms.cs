// Every line is one form of call that must compile against the library.
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Httpx;

static class CallForms
{
    static Client client = null!;
    static AsyncClient ac = null!;
    static void Helpers(CancellationToken ct)
    {
        _ = Http.Get("https://h/", query: "a=1", auth: ("user", "pass"), timeout: 5.0);
        _ = Http.Get("https://h/", timeout: 5);
        _ = Http.Get("https://h/", timeout: TimeSpan.FromSeconds(5));
        _ = Http.Get("https://h/", timeout: 2.5f);
        _ = Http.Get("https://h/", timeout: 5L);
        TimeSpan? maybe = null; double? md = null; int? mi = null;
        _ = Http.Get("https://h/", timeout: maybe);
        _ = Http.Get("https://h/", timeout: md);
        _ = Http.Get("https://h/", timeout: mi);
        _ = Http.Get("https://h/", timeout: null);
        _ = Http.Get("https://h/", timeout: Timeouts.None);
        _ = Http.Get("https://h/", timeout: new(5) { Connect = TimeSpan.FromSeconds(10) });
        _ = Http.Get("https://h/", timeout: Timeouts.None with { Read = TimeSpan.FromSeconds(1) });
        _ = Http.Get("https://h/", timeout: new() { Read = TimeSpan.FromSeconds(1) });
        _ = Http.Get(new Uri("https://h/"));
        var host = "h";
        _ = Http.Get($"https://{host}/x");
        _ = Http.Get("https://h/", verify: false);
        _ = Http.Get("https://h/", verify: "/etc/ca.pem", cert: ("a.pem", "a.key"));
        _ = Http.Get("https://h/", cert: ("a.pem", "a.key", "pw"));
        _ = Http.Get("https://h/", proxies: "http://p:8080");
        _ = Http.Get("https://h/", proxies: new() { ["http://"] = "http://p:1", ["all://*.x.org"] = null });
        _ = Http.Get("https://h/", proxies: new Dictionary<string, string> { ["http://"] = "http://p:1" });
        _ = Http.Get("https://h/", proxies: new Dictionary<string, string?> { ["http://"] = null });
        _ = Http.Get("https://h/", proxies: Proxies.None, auth: Auth.None);
        _ = Http.Get("https://h/", auth: ("user", null));
        _ = Http.Get("https://h/", cancellationToken: ct);
        _ = Http.Get("https://h/", auth: Auth.From(r => { r.Headers["x"] = "y"; return r; }));
        (string, string)? cred = null;
        _ = Http.Get("https://h/", auth: cred);
        string? none = null;
        _ = Http.Post("https://h/", content: none);
        _ = Http.Get("https://h/", query: none);
    }
    static void Query()
    {
        _ = client.Get("/x", query: "a=1");
        _ = client.Get("/x", query: new Dictionary<string, string> { ["a"] = "1" });
        _ = client.Get("/x", query: new Dictionary<string, object?> { ["a"] = 1, ["b"] = true, ["c"] = null, ["d"] = new[] { 1, 2 } });
        _ = client.Get("/x", query: new() { ["a"] = "1" });
        _ = client.Get("/x", query: new[] { ("a", "1"), ("a", "2") });
        _ = client.Get("/x", query: [("a", "1"), ("a", "2")]);
        _ = client.Get("/x", query: new (string, object?)[] { ("a", 1), ("b", true) });
        _ = client.Get("/x", query: [("a", 1), ("b", true)]);
        var q = new QueryParams("a=1");
        _ = q == new QueryParams("a=1");
        foreach (var (k, v) in q.MultiItems()) { }
    }
    static void Head()
    {
        _ = client.Get("/x", headers: new() { ["a"] = "1" });
        _ = client.Get("/x", headers: new() { { "a", "1" }, { "a", "2" } });
        _ = client.Get("/x", headers: new Dictionary<string, string> { ["a"] = "1" });
        _ = client.Get("/x", headers: new[] { ("a", "1"), ("a", "2") });
        _ = client.Get("/x", headers: [("a", "1"), ("a", "2")]);
        _ = client.Get("/x", headers: []);
        _ = client.Get("/x", cookies: new() { ["a"] = "1" });
        _ = client.Get("/x", cookies: [("a", "1")]);
        _ = client.Get("/x", cookies: new Dictionary<string, string> { ["a"] = "1" });
        var h = new Headers { ["X-A"] = "1" };
        foreach (var (k, v) in h) { _ = k + v; }
        foreach (var (k, v) in h.MultiItems()) { }
        _ = h == new Headers();
        _ = h.Get("a", null);
        _ = h is { Count: 0 };
        client.Headers["x"] = "y";
        client.Headers = new() { ["x"] = "y" };
        _ = h.ToDictionary();
    }
    static async Task Clients(CancellationToken ct)
    {
        using var c1 = new Client();
        using var c2 = new Client(new() { BaseUrl = "https://api.example.org", Http2 = true, Timeout = 10 });
        await using var c3 = new AsyncClient(new() { Headers = new() { ["x-token"] = "…" } });
        using var c4 = new AsyncClient();
        using var c5 = new Client(new() { Headers = { ["x-token"] = "…" } });
        using var c6 = new Client(new() { Auth = ("u", "p"), Query = "a=1", Cookies = new() { ["a"] = "b" }, Verify = false, Cert = ("a", "b"), Proxies = "http://p:1", Limits = new() { MaxConnections = 1, MaxKeepaliveConnections = null }, MaxRedirects = 5, AllowRedirects = false, TrustEnv = false });
        using var c7 = new Client(new() { Transport = new MockTransport(r => new Response(200)) });
        using var c8 = new Client(new() { Mounts = new() { ["all://"] = new MockTransport(r => new Response(200)), ["http://x"] = null } });
        using var c9 = new Client(new() { EventHooks = new() { Request = { r => Console.WriteLine(r), async r => await Task.Yield() } } });
        using var c11 = new Client(new() { EventHooks = new() { Response = { r => r.RaiseForStatus() } } });
        using var c12 = new Client(new() { EventHooks = new() { Response = { r => throw new InvalidOperationException() } } });
        using var c13 = new Client { BaseUrl = "https://h" };
        client.Auth = ("u", "p"); client.Auth = null; client.Timeout = 3; client.Timeout = TimeSpan.FromMinutes(1); client.BaseUrl = "https://h/api"; client.Query = "a=1"; client.Cookies = new() { ["a"] = "b" };
        client.Cookies["a"] = "b"; client.EventHooks.Request.Add(r => { }); 
        using (var r = client.Stream("GET", "/x")) foreach (var line in r.IterLines()) { }
        await using (var r = await ac.StreamAsync("GET", "/x")) await foreach (var line in r.IterLinesAsync()) { }
        await foreach (var line in (await ac.StreamAsync("GET", "/x")).IterLinesAsync().WithCancellation(ct)) { }
        _ = await ac.GetAsync("/x", cancellationToken: ct);
        _ = client.Post("/x", json: new { a = 1, b = "x" });
        _ = client.Post("/x", json: new[] { 1, 2 });
        _ = client.Post("/x", json: 5);
        _ = client.Post("/x", content: "abc");
        _ = client.Post("/x", content: "abc"u8);
        _ = client.Post("/x", content: "abc"u8.ToArray());
        _ = client.Post("/x", content: new MemoryStream());
        _ = client.Post("/x", content: File.OpenRead("x"));
        _ = client.Post("/x", content: new byte[3].AsMemory());
        _ = client.Post("/x", content: (ReadOnlyMemory<byte>)new byte[3]);
        _ = client.Post("/x", content: RequestContent.From([new byte[1], new byte[2]]));
        _ = client.Post("/x", data: new() { ["a"] = "1", ["b"] = new[] { "2", "3" }, ["c"] = true });
        _ = client.Post("/x", data: new Dictionary<string, string> { ["a"] = "1" });
        _ = client.Post("/x", data: [("a", "1")]);
        _ = client.Post("/x", data: new[] { ("a", "1") });
        _ = client.Get("/x", allowRedirects: false);
        _ = client.Request("GET", "/x").Json<Dictionary<string, int>>()!["a"];
        _ = client.Get("/x").RaiseForStatus().Json().GetProperty("a").GetInt32();
        _ = await (await ac.GetAsync("/x")).RaiseForStatus().ReadAsync();
        _ = client.Send(new("GET", "https://h/x"), stream: true);
        _ = client.Send(client.BuildRequest("GET", "/x", timeout: 3));
        _ = client.Request("GET", url: null!);
    }
    static void FilesForms()
    {
        Stream s = null!;
        _ = client.Post("/x", files: new() { ["f"] = s });
        _ = client.Post("/x", files: new() { ["f"] = File.OpenRead("x") });
        _ = client.Post("/x", files: new() { ["f"] = ("name.txt", s) });
        _ = client.Post("/x", files: new() { ["f"] = ("name.txt", File.OpenRead("x")) });
        _ = client.Post("/x", files: new() { ["f"] = ("name.txt", new MemoryStream(), "text/plain") });
        _ = client.Post("/x", files: new() { ["f"] = ("name.txt", new byte[3]) });
        _ = client.Post("/x", files: new() { ["f"] = ("name.txt", "text") });
        _ = client.Post("/x", files: new() { ["f"] = new FileInfo("x") });
        _ = client.Post("/x", files: new() { ["f"] = "x" });
        _ = client.Post("/x", files: new() { ["f"] = (null, s) });
        _ = client.Post("/x", files: new() { { "f", s }, { "f", s } });
        _ = client.Post("/x", files: new Dictionary<string, FileField> { ["f"] = s });
        _ = client.Post("/x", files: [("f", s)]);
        _ = client.Post("/x", files: new() { ["f"] = new(s, "n", "t/p", new() { ["X"] = "1" }) });
        var t = ("name.txt", new MemoryStream());
        _ = client.Post("/x", files: new() { ["f"] = t });
        _ = client.Post("/x", files: new() { ["f"] = new byte[3] });
    }
    static void Urls()
    {
        Url u = "https://h/x"; Url u2 = new Uri("https://h");
        _ = u == "https://h/x";
        _ = new Url("/x", allowRelative: true);
        _ = new Url("https://h", query: new Dictionary<string, object?> { ["a"] = 1 });
        _ = u.CopyWith(queryParams: "a=1");
        _ = u.CopyWith(port: 8080, scheme: "http");
        _ = u.Join("../y");
        _ = u.CopyMergeParams(new Dictionary<string, string> { ["a"] = "1" });
        _ = u + "/y";
        switch ((object)u) { case Url { Host: "h", Port: 443 }: break; }
        _ = Assert(u, "https://h/x");
        _ = "https://h/x" == u;
        _ = Equals(u, "https://h/x");
        _ = u == null;
        _ = u is null;
    }
    static bool Assert<T>(T a, T b) => true;
    static void Mocks()
    {
        _ = new MockTransport(r => new Response(200, text: "x"));
        _ = new MockTransport(async (r, ct) => { await Task.Yield(); return new Response(200); });
        _ = new MockTransport(r => throw new ReadTimeoutException("x", r));
        _ = new MockTransport(_ => new(200, json: new { a = 1 }));
        _ = new Response(200, headers: new() { ["a"] = "1" }, content: "x");
        _ = new Response(200, content: "x"u8.ToArray());
        _ = new Response((int)System.Net.HttpStatusCode.OK);
        _ = new Response(200, headers: [("set-cookie", "a=1"), ("set-cookie", "b=2")]);
        _ = new Response(200, json: new Dictionary<string, int> { ["a"] = 1 });
        _ = new MockTransport(r => r.Url.Path switch { "/a" => new Response(200), _ => throw new Exception() });
    }
}
sealed class TokenAuth(string token) : Auth
{
    public override IEnumerable<Request> Flow(Request request, AuthFlow flow)
    {
        request.Headers["Authorization"] = token;
        yield return request;
        if (flow.Response.StatusCode == 401) { request.Headers["Authorization"] = "2"; yield return request; }
    }
}
