using System.Text;
using BenchmarkDotNet.Attributes;

namespace Httpx.Bench.Micro;

/// <summary>Writing a form of ten fields, and a multipart body with a file of 64 KiB.</summary>
[MemoryDiagnoser, ShortRunJob]
public class BodyBenchmarks
{
    private static readonly Dictionary<string, string> Fields =
        Enumerable.Range(0, 10).ToDictionary(i => $"field{i}", i => $"some value & \u00E9 {i}");

    private static readonly byte[] File = Encoding.ASCII.GetBytes(new string('x', 64 * 1024));

    [Benchmark]
    public int PlatformForm()
    {
        using var content = new FormUrlEncodedContent(Fields);
        return Length(content);
    }

    [Benchmark]
    public int HttpxForm() => new Request("POST", "http://h/", data: Fields).Read().Length;

    [Benchmark]
    public int PlatformMultipart()
    {
        using var content = new MultipartFormDataContent
        {
            { new StringContent("v"), "field" },
            { new ByteArrayContent(File), "file", "a.txt" },
        };
        return Length(content);
    }

    [Benchmark]
    public int HttpxMultipart() =>
        new Request("POST", "http://h/", data: new() { ["field"] = "v" }, files: new() { ["file"] = ("a.txt", File) }).Read().Length;

    private static int Length(HttpContent content)
    {
        var copy = new MemoryStream();
        content.CopyTo(copy, null, default);
        return (int)copy.Length;
    }
}
