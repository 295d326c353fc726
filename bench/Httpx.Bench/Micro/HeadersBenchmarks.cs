using BenchmarkDotNet.Attributes;

namespace Httpx.Bench.Micro;

/// <summary>A dozen headers of a response: taken in, and two of them asked for.</summary>
[MemoryDiagnoser, ShortRunJob]
public class HeadersBenchmarks
{
    private static readonly (string Name, string Value)[] Fields =
    [
        ("Date", "Tue, 24 Nov 2026 22:00:00 GMT"), ("Server", "nginx"), ("Content-Type", "application/json; charset=utf-8"),
        ("Content-Length", "1234"), ("Connection", "keep-alive"), ("Vary", "Accept-Encoding"), ("ETag", "\"abc\""),
        ("Cache-Control", "max-age=60"), ("X-Request-Id", "7f1c"), ("X-Frame-Options", "DENY"),
        ("Strict-Transport-Security", "max-age=31536000"), ("Set-Cookie", "a=b; Path=/"),
    ];

    [Benchmark(Baseline = true)]
    public int Platform()
    {
        using var response = new HttpResponseMessage { Content = new ByteArrayContent([]) };
        foreach (var (name, value) in Fields)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
            {
                response.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return response.Headers.NonValidated["ETag"].ToString().Length + response.Content.Headers.NonValidated["Content-Type"].ToString().Length;
    }

    [Benchmark]
    public int Httpx()
    {
        Headers headers = Fields;
        return headers["ETag"].Length + headers["Content-Type"].Length;
    }
}
