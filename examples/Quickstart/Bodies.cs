using System.Text;
using Httpx;

namespace Quickstart;

/// <summary>Sending: forms, files, JSON, bytes.</summary>
internal static class Bodies
{
    public static void Walk(string url)
    {
        Show.Title("Sending forms");
        var response = Http.Post(url + "/post", data: new() { ["key1"] = "value1", ["key2"] = new[] { "value2", "value3" } });
        Show.Value(response.Json().GetProperty("form"));

        Show.Title("Sending files");
        var report = new MemoryStream(Encoding.UTF8.GetBytes("a,b\n1,2\n"));
        response = Http.Post(url + "/post",
            data: new() { ["note"] = "with a field" },
            files: new() { ["upload"] = ("report.csv", report, "text/csv"), ["readme"] = ("readme.txt", "just text") });
        Show.Value(response.Json().GetProperty("form"));
        Show.Value(response.Json().GetProperty("files"));

        Show.Title("Sending JSON");
        response = Http.Post(url + "/post", json: new { integer = 123, boolean = true, list = new[] { "a", "b" } });
        Show.Value(response.Json().GetProperty("json"));

        Show.Title("Sending bytes");
        response = Http.Put(url + "/put", content: "Hello, world"u8, headers: new() { ["Content-Type"] = "text/plain" });
        Show.Value(response.Json().GetProperty("data"));
    }
}
