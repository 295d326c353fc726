using BenchmarkDotNet.Attributes;
using Httpx.Engine;
using Httpx.Engine.Http1;

namespace Httpx.Bench.Micro;

/// <summary>Heads of responses, and a chunked body, out of a buffer that holds them.</summary>
[MemoryDiagnoser]
public class HeadReaderBenchmarks
{
    private readonly ReadBuffer _input = new();
    private readonly HeadReader _heads = new();
    private readonly ChunkedReader _chunks = new();
    private readonly byte[] _destination = new byte[64 * 1024];

    private static byte[] ShortHead { get; } =
        [.. "HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: text/plain\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\n"u8];

    private static byte[] LooseHead { get; } =
        [.. "HTTP/1.1 200 OK\nServer:nginx\nContent-Type:  text/plain\nConnection: keep-alive\nContent-Length: 5\n\n"u8];

    private static byte[] LongHead { get; } =
    [
        .. "HTTP/1.1 200 OK\r\n"u8,
        .. Enumerable.Repeat("X-Some-Header: some value of a usual length\r\n"u8.ToArray(), 15).SelectMany(line => line),
        .. "Content-Length: 5\r\n\r\n"u8,
    ];

    private static byte[] Chunks { get; } =
        [.. Enumerable.Repeat<byte[]>([.. "400\r\n"u8, .. new byte[1024], .. "\r\n"u8], 60).SelectMany(chunk => chunk), .. "0\r\n\r\n"u8];

    [Benchmark(Baseline = true)]
    public int FourFields() => ReadHead(ShortHead);

    [Benchmark]
    public int FourFieldsWrittenLoosely() => ReadHead(LooseHead);

    [Benchmark]
    public int SixteenFields() => ReadHead(LongHead);

    [Benchmark]
    public int SixtyChunksOfOneKibibyte()
    {
        Receive(Chunks);
        _chunks.Reset();
        var total = 0;
        while (!_chunks.IsComplete)
        {
            total += _chunks.Read(_input, _destination);
        }

        return total;
    }

    private int ReadHead(byte[] bytes)
    {
        Receive(bytes);
        _heads.Reset();
        return _heads.TryRead(_input, toHead: false, out var head) ? head.StatusCode : 0;
    }

    private void Receive(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var room = _input.Room().Span;
            var count = Math.Min(room.Length, bytes.Length);
            bytes[..count].CopyTo(room);
            _input.Received(count);
            bytes = bytes[count..];
        }
    }
}
