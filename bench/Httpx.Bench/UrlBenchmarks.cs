using BenchmarkDotNet.Attributes;

namespace Httpx.Bench;

/// <summary>Reading a url, and what a request takes from it, beside <see cref="Uri"/>, which puts most of its work off until then.</summary>
[MemoryDiagnoser]
public class UrlBenchmarks
{
    [Params(
        "https://api.example.org/v1/users/42?fields=name,email",
        "http://127.0.0.1:8080/plaintext",
        "https://example.org",
        "http://Example.org/a b/../c?d e",
        "http://b\u00fccher.example/\u00e4")]
    public string Text { get; set; } = "";

    [Benchmark(Baseline = true)]
    public Uri Uri() => new(Text);

    [Benchmark]
    public Url Url() => new(Text);

    [Benchmark]
    public int UriForRequest()
    {
        var uri = new Uri(Text);
        return uri.IdnHost.Length + uri.Port + uri.PathAndQuery.Length;
    }

    [Benchmark]
    public int UrlForRequest()
    {
        var url = new Url(Text);
        return url.RawHostSpan.Length + url.Port + url.FullPathSpan.Length;
    }
}
