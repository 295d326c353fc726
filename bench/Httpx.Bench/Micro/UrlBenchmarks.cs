using BenchmarkDotNet.Attributes;

namespace Httpx.Bench.Micro;

/// <summary>Parsing a url and asking for what a request needs of it.</summary>
[MemoryDiagnoser]
public class UrlBenchmarks
{
    [Params("https://example.org/", "https://user@api.example.org:8443/v1/items/a%20b/../c?page=2&tag=x%2Cy#top", "https://b\u00FCcher.example/stra\u00DFe")]
    public string Text { get; set; } = "";

    [Benchmark(Baseline = true)]
    public int Platform()
    {
        var url = new Uri(Text);
        return url.IdnHost.Length + url.PathAndQuery.Length + url.Port;
    }

    [Benchmark]
    public int Httpx()
    {
        var url = new Url(Text);
        return url.RawHost.Length + url.FullPath.Length + url.Port;
    }
}
