using Httpx;

namespace Quickstart;

/// <summary>Reading: text, bytes, JSON, status, redirects, cookies, streams.</summary>
internal static class Responses
{
    private sealed record House(string Title, string[] Rooms, int Floors);

    public static void Walk(string url)
    {
        Show.Title("Response content");
        var response = Http.Get(url + "/encoding/utf8");
        Show.Value(response.Encoding.WebName);
        Show.Value(response.Text);
        response = Http.Get(url + "/gzip");
        Show.Value(response.Headers["content-encoding"]);
        Show.Value(response.Content.Length);
        response = Http.Get(url + "/json");
        Show.Value(response.Json().GetProperty("title"));
        using (var client = new Client(new() { JsonOptions = new(System.Text.Json.JsonSerializerDefaults.Web) }))
        {
            var house = client.Get(url + "/json").Json<House>()!;
            Show.Value(house.Rooms.Length);
        }

        Show.Title("Status codes");
        response = Http.Get(url + "/status/404");
        Show.Value(response.StatusCode);
        Show.Value(response.IsClientError);
        try
        {
            response.RaiseForStatus();
        }
        catch (HttpStatusException exception)
        {
            Show.Value(exception.Message);
        }

        Show.Title("Redirects and history");
        response = Http.Get(url + "/redirect/2");
        Show.Value(response.Url);
        Show.Value(string.Join(", ", response.History));
        response = Http.Get(url + "/redirect/2", allowRedirects: false);
        Show.Value(response);
        Show.Value(response.NextRequest);

        Show.Title("Cookies");
        response = Http.Get(url + "/cookies/set?chocolate=chip", allowRedirects: false);
        Show.Value(response.Cookies["chocolate"]);
        response = Http.Get(url + "/cookies", cookies: new() { ["peanut"] = "butter" });
        Show.Value(response.Json().GetProperty("cookies"));

        Show.Title("Streaming");
        using (var stream = Http.Stream("GET", url + "/stream/3"))
        {
            foreach (var line in stream.IterLines())
            {
                Console.WriteLine(line);
            }
        }

        using (var stream = Http.Stream("GET", url + "/bytes/100000"))
        {
            var total = 0;
            foreach (var chunk in stream.IterBytes())
            {
                total += chunk.Length;
            }

            Show.Value(total);
        }

        Show.Title("Time-outs");
        try
        {
            Http.Get(url + "/hang", timeout: 0.2);
        }
        catch (ReadTimeoutException exception)
        {
            Show.Value(exception.GetType().Name);
            Show.Value(exception.Message);
        }

        Show.Value(Http.Get(url + "/get", timeout: Timeouts.None));

        Show.Title("Authentication");
        Show.Value(Http.Get(url + "/basic-auth/user/pass", auth: ("user", "pass")));
        Show.Value(Http.Get(url + "/basic-auth/user/pass", auth: ("user", "wrong")));
        Show.Value(Http.Get(url + "/digest-auth/auth/user/pass", auth: new DigestAuth("user", "pass")));
        Show.Value(Http.Get(url + "/bearer", auth: new BearerAuth("token")));
    }
}
