using System.Security.Cryptography.X509Certificates;
using Httpx;
using Httpx.TestServer;

namespace Quickstart;

/// <summary>The same without blocking, over TLS, and over HTTP/2 where both sides can.</summary>
internal static class Asynchronous
{
    public static async Task WalkAsync(TestApp app)
    {
        Show.Title("Async");
        await using var client = new AsyncClient(new()
        {
            BaseUrl = app.SecureUrl,
            Http2 = true,
            Verify = new X509Certificate2Collection(app.Authority),
        });

        var response = await client.GetAsync("/get");
        Show.Value(response);
        Show.Value(response.HttpVersion);

        var before = app.ConnectionCount;
        var responses = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => client.GetAsync("/anything", query: [("i", i)])));
        Show.Value(responses.Count(answer => answer.IsSuccess));
        Show.Value(app.ConnectionCount - before);

        await using var stream = await client.StreamAsync("GET", "/stream/2");
        await foreach (var line in stream.IterLinesAsync())
        {
            Console.WriteLine(line);
        }
    }
}
