using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Httpx.Tests.Decoding;

/// <summary>Bodies with a content coding on them, and what reads them back.</summary>
internal static class Encoded
{
    internal const string Sentences =
        "The quick brown fox jumps over the lazy dog. The quick brown fox jumps over the lazy dog; the lazy dog sleeps on, and on, and on.";

    private const CompressionLevel Level = CompressionLevel.Optimal;

    internal static byte[] Text { get; } = Encoding.ASCII.GetBytes(Sentences);

    internal static byte[] Gzip(byte[] data) => Write(data, to => new GZipStream(to, Level, leaveOpen: true));

    internal static byte[] Zlib(byte[] data) => Write(data, to => new ZLibStream(to, Level, leaveOpen: true));

    internal static byte[] Deflate(byte[] data) => Write(data, to => new DeflateStream(to, Level, leaveOpen: true));

    internal static byte[] Brotli(byte[] data) => Write(data, to => new BrotliStream(to, Level, leaveOpen: true));

    /// <summary><see cref="Text"/> as `zstd -19 --check` writes it.</summary>
    internal static byte[] ZstdText() => Convert.FromBase64String(
        "KLUv/QRoNQIA4gMOEZB9UPpD6Q+lz9c9FeSMnckB4UTyIMq3E6FnX3xQ8jzv5D1a9yvK8u2EuP2W6aOWtbwzDNNHawQDACtGjXmIAk1VBth3ryo=");

    /// <summary>One zstd frame of raw blocks, as the platform has no encoder (RFC 8878 3.1.1): a window of 2^windowLog bytes.</summary>
    internal static byte[] ZstdFrame(byte[] data, int windowLog = 17)
    {
        var frame = new MemoryStream();
        frame.Write([0x28, 0xB5, 0x2F, 0xFD, 0, (byte)((windowLog - 10) << 3)]);
        var blocks = data.Length == 0 ? [[]] : data.Chunk(1 << Math.Min(windowLog, 17)).ToArray();
        for (var i = 0; i < blocks.Length; i++)
        {
            frame.Write(ZstdBlock(blocks[i].Length, type: 0, last: i == blocks.Length - 1));
            frame.Write(blocks[i]);
        }

        return frame.ToArray();
    }

    /// <summary>The header of a block: type 0 is raw, 1 one byte to be repeated.</summary>
    internal static byte[] ZstdBlock(int size, int type, bool last)
    {
        var header = (size << 3) | (type << 1) | (last ? 1 : 0);
        return [(byte)header, (byte)(header >> 8), (byte)(header >> 16)];
    }

    internal static byte[] ZstdSkippable(byte[] data)
    {
        var frame = new byte[8 + data.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(frame, 0x184D2A53);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(4), data.Length);
        data.CopyTo(frame, 8);
        return frame;
    }

    /// <summary>A body of that coding around <see cref="Text"/>; skips the test where the machine cannot decode it.</summary>
    internal static byte[] OfText(string coding)
    {
        SkipWithout(coding);
        return coding switch
        {
            "gzip" => Gzip(Text),
            "zlib" => Zlib(Text),
            "deflate" => Deflate(Text),
            "br" => Brotli(Text),
            _ => ZstdText(),
        };
    }

    internal static void SkipWithout(string coding) =>
        Assert.SkipWhen(coding == "zstd" && ZstdLibrary.Instance is null, "There is no libzstd on this machine.");

    internal static ByteStream Decode(string coding, ByteStream source) =>
        ContentCoding.Decode(source, [("Content-Encoding", coding == "zlib" ? "deflate" : coding)]);

    /// <summary>Reads to the end; on the blocking face no read may suspend.</summary>
    internal static async Task<byte[]> ReadAllAsync(ByteStream stream, int bufferSize = 1000, CancellationToken cancellationToken = default)
    {
        var all = new MemoryStream();
        var buffer = new byte[bufferSize];
        int count;
        while ((count = await ReadAsync(stream, buffer, cancellationToken)) > 0)
        {
            all.Write(buffer, 0, count);
        }

        (await ReadAsync(stream, buffer, cancellationToken)).ShouldBe(0, "The end is for good.");
        return all.ToArray();
    }

    internal static async ValueTask<int> ReadAsync(ByteStream stream, Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        stream.IsAsync ? await stream.ReadAsync(buffer, cancellationToken) : Blocking.Result(stream.ReadAsync(buffer, cancellationToken));

    private static byte[] Write(byte[] data, Func<Stream, Stream> encoder)
    {
        var encoded = new MemoryStream();
        using (var stream = encoder(encoded))
        {
            stream.Write(data);
        }

        return encoded.ToArray();
    }
}
