using Httpx;

namespace Quickstart;

/// <summary>Asking: urls, queries, headers.</summary>
internal static class Requests
{
    public static void Walk(string url)
    {
        Show.Title("Making requests");
        var response = Http.Get(url + "/get");
        Show.Value(response);
        Show.Value(response.StatusCode);
        Show.Value(response.Headers["content-type"]);
        Show.Value(Http.Delete(url + "/delete"));
        Show.Value(Http.Head(url + "/get"));
        Show.Value(Http.Options(url + "/anything"));

        Show.Title("Query parameters");
        response = Http.Get(url + "/get", query: new() { ["key1"] = "value1", ["key2"] = new[] { "value2", "value3" }, ["page"] = 2 });
        Show.Value(response.Url);
        response = Http.Get(url + "/get?from=url", query: [("a", "1"), ("a", "2")]);
        Show.Value(response.Url);

        Show.Title("Custom headers");
        response = Http.Get(url + "/headers", headers: new() { ["X-Token"] = "abc", ["User-Agent"] = "quickstart/1" });
        Show.Value(response.Json().GetProperty("headers"));
    }
}
