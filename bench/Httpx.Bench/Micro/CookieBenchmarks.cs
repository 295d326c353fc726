using System.Net;
using BenchmarkDotNet.Attributes;

namespace Httpx.Bench.Micro;

/// <summary>The Cookie header for one url out of a jar of 60 cookies of 20 sites.</summary>
[MemoryDiagnoser]
public class CookieBenchmarks
{
    private readonly CookieContainer _container = new();
    private readonly Cookies _cookies = new();
    private readonly Uri _uri = new("http://www.site7.example/shop/cart");
    private readonly Request _request = new("GET", "http://www.site7.example/shop/cart");

    [GlobalSetup]
    public void Fill()
    {
        for (var site = 0; site < 20; site++)
        {
            foreach (var (name, path) in new[] { ("session", "/"), ("cart", "/shop"), ("admin", "/admin") })
            {
                _container.Add(new Cookie(name, $"value{site}", path, $".site{site}.example"));
                _cookies.Set(name, $"value{site}", $".site{site}.example", path);
            }
        }
    }

    [Benchmark(Baseline = true)]
    public int Platform() => _container.GetCookieHeader(_uri).Length;

    [Benchmark]
    public int Httpx()
    {
        _request.Headers.Remove("Cookie");
        _cookies.SetCookieHeader(_request);
        return _request.Headers["Cookie"].Length;
    }
}
