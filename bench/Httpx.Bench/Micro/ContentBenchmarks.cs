using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;

namespace Httpx.Bench.Micro;

/// <summary>From the arguments of a request to the bytes of its body, beside what HttpClient's contents do for the same bytes.</summary>
[MemoryDiagnoser]
public class ContentBenchmarks
{
    private static readonly (string Name, string Value)[] Fields =
    [
        ("grant_type", "authorization_code"), ("client_id", "s6BhdRkqt3"), ("code", "SplxlOBeZQQYbYS6WxSbIA"),
        ("redirect_uri", "https://client.example.com/cb?x=1"), ("scope", "openid profile email"), ("name", "J\u00fcrgen M\u00fcller"),
    ];

    private static readonly object Item = new
    {
        id = 12345,
        name = "J\u00fcrgen M\u00fcller",
        tags = new[] { "alpha", "beta", "gamma" },
        text = new string('x', 500) + " <b>&amp;</b> \"quoted\"",
    };

    private readonly byte[] _file = new byte[4096];
    private readonly byte[] _buffer = new byte[64 * 1024];

    [Benchmark]
    public int Form() => Written(RequestContent.FromArguments(null, Fields, null, null, null, null)!);

    [Benchmark]
    public async Task<int> FormUrlEncoded()
    {
        using var content = new FormUrlEncodedContent(Fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value)));
        return (await content.ReadAsByteArrayAsync()).Length;
    }

    [Benchmark]
    public int Json() => Written(RequestContent.FromArguments(null, null, null, Item, null, null)!);

    [Benchmark]
    public int SerializerAlone() => JsonSerializer.SerializeToUtf8Bytes(Item, Item.GetType()).Length;

    [Benchmark]
    public int Multipart() =>
        Written(RequestContent.FromArguments(null, [("a", "1"), ("b", "2")], new() { ["f"] = ("name.txt", _file) }, null, null, null)!);

    [Benchmark]
    public async Task<int> MultipartFormData()
    {
        using var content = new MultipartFormDataContent
        {
            { new StringContent("1", Encoding.UTF8), "a" },
            { new StringContent("2", Encoding.UTF8), "b" },
            { new ByteArrayContent(_file) { Headers = { ContentType = new("text/plain") } }, "f", "name.txt" },
        };
        await content.CopyToAsync(new MemoryStream(_buffer));
        return (int)content.Headers.ContentLength!.Value;
    }

    private static int Written(RequestContent content)
    {
        content.TryGetBytes(out var bytes);
        return bytes.Length;
    }
}
