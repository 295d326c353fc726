using System.IO.Compression;
using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Decoding;

/// <summary>Bodies that unfold to much more than they are, or to nothing for long.</summary>
public sealed class BombTests
{
    private const int Unfolded = 1 << 20;
    private const long Read = 1L << 28;

    [Theory]
    [BothFaces("gzip")]
    [BothFaces("deflate")]
    [BothFaces("br")]
    [BothFaces("zstd")]
    public async Task An_endless_bomb_is_read_in_constant_memory(Face face, string coding)
    {
        Encoded.SkipWithout(coding);
        var source = new ScriptedStream(face, Bomb(coding));
        var decoded = Encoded.Decode(coding, source);
        var buffer = new byte[64 * 1024];
        var read = 0L;
        await Encoded.ReadAsync(decoded, buffer);
        var before = GC.GetAllocatedBytesForCurrentThread();
        while (read < Read)
        {
            var count = await Encoded.ReadAsync(decoded, buffer);
            count.ShouldBeInRange(1, buffer.Length);
            buffer.AsSpan(0, count).ContainsAnyExcept((byte)0).ShouldBeFalse();
            read += count;
        }

        // What was not asked for is still in the source; and what was, a quarter of a gigabyte, lay in the buffer only.
        if (face == Face.Blocking)
        {
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(Read / 50);
        }

        source.Position.ShouldBeLessThan(Read / 50);
        await decoded.CloseAsync();
    }

    [Theory]
    [BothFaces("gzip,gzip")]
    [BothFaces("gzip,br")]
    [BothFaces("br,deflate")]
    [BothFaces("gzip, gzip, gzip, gzip, gzip")]
    public async Task A_bomb_within_bombs_is_decoded_only_as_far_as_it_is_read(Face face, string codings)
    {
        var body = new byte[Unfolded];
        foreach (var coding in codings.Split(',', StringSplitOptions.TrimEntries))
        {
            body = coding switch
            {
                "gzip" => Encoded.Gzip(body),
                "br" => Encoded.Brotli(body),
                _ => Encoded.Zlib(body),
            };
        }

        var decoded = Encoded.Decode(codings, ScriptedStream.Cut(face, body, 1));
        var buffer = new byte[100];
        (await Encoded.ReadAsync(decoded, buffer)).ShouldBeInRange(1, 100);
        (await Encoded.ReadAllAsync(decoded, 10_000)).Length.ShouldBeInRange(Unfolded - 100, Unfolded - 1);
    }

    [Theory]
    [BothFaces("gzip")]
    [BothFaces("deflate")]
    [BothFaces("br")]
    [BothFaces("zstd")]
    public async Task A_million_empty_blocks_are_a_loop(Face face, string coding)
    {
        Encoded.SkipWithout(coding);
        byte[] emptyStored = [0, 0, 0, 0xFF, 0xFF];
        (byte[] Head, byte[] Block, byte[] Tail) body = coding switch
        {
            "gzip" => ([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3], emptyStored, [3, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            "deflate" => ([0x78, 0x9C], emptyStored, [3, 0, 0, 0, 0, 1]),

            // A window of 16 bits is one zero bit; then last 0, nibbles 3 (metadata), reserved 0, length bytes 0, and to the border.
            "br" => ([0x0C], [0x06], [0x03]),
            _ => ([], Encoded.ZstdFrame([]), []),
        };
        const int Blocks = 1_000_000;
        var chunk = Enumerable.Repeat(body.Block, 1000).SelectMany(bytes => bytes).ToArray();
        var segments = Enumerable.Repeat(new ReadOnlyMemory<byte>(chunk), Blocks / 1000);
        var decoded = Encoded.Decode(coding, new ScriptedStream(face, segments.Prepend(body.Head).Append(body.Tail)));
        (await Encoded.ReadAllAsync(decoded)).ShouldBeEmpty();
    }

    /// <summary>Zeros without end, a megabyte in each segment but the first.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Bomb(string coding)
    {
        if (coding == "zstd")
        {
            yield return new byte[] { 0x28, 0xB5, 0x2F, 0xFD, 0, 0x68 };
            byte[] repeated = [.. Encoded.ZstdBlock(128 * 1024, type: 1, last: false), 0];
            while (true)
            {
                yield return repeated;
            }
        }

        // Once an encoder has seen zeros only, every megabyte more is encoded alike, so that one of them can be repeated.
        var encoded = new MemoryStream();
        using Stream encoder = coding switch
        {
            "gzip" => new GZipStream(encoded, CompressionMode.Compress),
            "deflate" => new DeflateStream(encoded, CompressionMode.Compress),
            _ => new BrotliStream(encoded, CompressionMode.Compress),
        };
        var zeros = new byte[Unfolded];
        var last = Array.Empty<byte>();
        for (var i = 0; i < 4; i++)
        {
            encoder.Write(zeros);
            encoder.Flush();
            last = encoded.ToArray();
            encoded.SetLength(0);
            yield return last;
        }

        while (true)
        {
            yield return last;
        }
    }
}
