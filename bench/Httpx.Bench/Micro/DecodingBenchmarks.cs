using System.IO.Compression;
using System.Text;
using BenchmarkDotNet.Attributes;

namespace Httpx.Bench.Micro;

/// <summary>Reading a gzipped body of 256 KiB, and the lines of one of 10,000 lines.</summary>
[MemoryDiagnoser]
public class DecodingBenchmarks
{
    private readonly byte[] _lines = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 10_000).Select(i => $"line {i} of the body\n")));
    private byte[] _compressed = [];

    [GlobalSetup]
    public void Compress()
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(_lines);
        }

        _compressed = compressed.ToArray();
    }

    [Benchmark]
    public int PlatformGzip()
    {
        using var gzip = new GZipStream(new MemoryStream(_compressed), CompressionMode.Decompress);
        var whole = new MemoryStream();
        gzip.CopyTo(whole);
        return (int)whole.Length;
    }

    [Benchmark]
    public int HttpxGzip() => new Response(200, headers: [("Content-Encoding", "gzip")], content: _compressed).Read().Length;

    [Benchmark]
    public int PlatformLines()
    {
        using var reader = new StreamReader(new MemoryStream(_lines));
        var count = 0;
        while (reader.ReadLine() is not null)
        {
            count++;
        }

        return count;
    }

    [Benchmark]
    public int HttpxLines() => new Response(200, content: _lines).IterLines().Count();
}
