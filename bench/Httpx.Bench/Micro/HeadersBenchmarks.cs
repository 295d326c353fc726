using System.Text;
using BenchmarkDotNet.Attributes;
using Httpx.Engine;
using Httpx.Engine.Http1;

namespace Httpx.Bench.Micro;

/// <summary>A dozen headers of a response: parsed from the wire's bytes, and two of them looked up.</summary>
/// <remarks>The platform's parser is not to be had alone: its half cuts lines at their ends and colons, without any check.</remarks>
[MemoryDiagnoser]
public class HeadersBenchmarks
{
    private const string Fields =
        "Date: Tue, 24 Nov 2026 22:00:00 GMT\r\nServer: nginx\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: 1234\r\n"
        + "Connection: keep-alive\r\nVary: Accept-Encoding\r\nETag: \"abc\"\r\nCache-Control: max-age=60\r\nX-Request-Id: 7f1c\r\n"
        + "X-Frame-Options: DENY\r\nStrict-Transport-Security: max-age=31536000\r\nSet-Cookie: a=b; Path=/\r\n";

    private readonly byte[] _fields = Encoding.ASCII.GetBytes(Fields);
    private readonly byte[] _head = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n" + Fields + "\r\n");
    private readonly HeadReader _reader = new();
    private readonly ReadBuffer _input = new();

    [Benchmark(Baseline = true)]
    public int Platform()
    {
        using var response = new HttpResponseMessage { Content = new ByteArrayContent([]) };
        for (var rest = _fields.AsSpan(); !rest.IsEmpty;)
        {
            var end = rest.IndexOf((byte)'\n');
            var colon = rest.IndexOf((byte)':');
            var (name, value) = (Encoding.Latin1.GetString(rest[..colon]), Encoding.Latin1.GetString(rest[(colon + 2)..(end - 1)]));
            if (!response.Headers.TryAddWithoutValidation(name, value))
            {
                response.Content.Headers.TryAddWithoutValidation(name, value);
            }

            rest = rest[(end + 1)..];
        }

        return response.Headers.NonValidated["ETag"].ToString().Length + response.Content.Headers.NonValidated["Content-Type"].ToString().Length;
    }

    [Benchmark]
    public int Httpx()
    {
        for (var rest = _head.AsMemory(); !rest.IsEmpty;)
        {
            var room = _input.Room();
            var count = Math.Min(room.Length, rest.Length);
            rest[..count].CopyTo(room);
            _input.Received(count);
            rest = rest[count..];
        }

        _reader.Reset();
        _reader.TryRead(_input, toHead: false, out var head);
        return head.Headers["ETag"].Length + head.Headers["Content-Type"].Length;
    }
}
