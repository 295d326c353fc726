using Httpx;

namespace Quickstart;

/// <summary>Keeping: one client for many requests.</summary>
internal static class Clients
{
    public static void Walk(string url)
    {
        Show.Title("Clients");
        using var client = new Client(new()
        {
            BaseUrl = url,
            Headers = { ["X-Auth"] = "from-client" },
            Query = "client=1",
            EventHooks = { Response = { response => Console.WriteLine($"  {response.Request.Method} {response.Url} -> {response.StatusCode}") } },
        });
        var response = client.Get("/get", query: "request=2", headers: new() { ["X-Custom"] = "from-request" });
        Show.Value(response.Json().GetProperty("args"));
        Show.Value(response.Json().GetProperty("headers").GetProperty("X-Auth"));

        client.Get("/cookies/set?session=abc");
        Show.Value(client.Cookies["session"]);
        Show.Value(client.Get("/cookies").Json().GetProperty("cookies"));

        var request = client.BuildRequest("GET", "/headers");
        request.Headers["X-Built"] = "by hand";
        Show.Value(request);
        Show.Value(client.Send(request));
    }
}
