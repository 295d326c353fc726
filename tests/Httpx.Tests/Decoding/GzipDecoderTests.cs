using System.Buffers.Binary;
using System.IO.Compression;
using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Decoding;

public sealed class GzipDecoderTests
{
    private static readonly byte[] Member = Encoded.Gzip(Encoded.Text);
    private static readonly byte[] EmptyMember = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    [Theory]
    [BothFaces]
    public async Task Members_follow_one_another(Face face)
    {
        byte[] body = [.. EmptyMember, .. Member, .. EmptyMember, .. Member, .. EmptyMember];
        await ShouldDecode(face, body, [.. Encoded.Text, .. Encoded.Text]);
    }

    [Theory]
    [BothFaces]
    public async Task Members_that_are_truncated_are_noticed_too(Face face)
    {
        for (var length = 1; length < Member.Length; length++)
        {
            await ShouldFail(face, [.. Member, .. Member[..length]]);
        }
    }

    [Theory]
    [BothFaces(1)]
    [BothFaces(3)]
    [BothFaces(511)]
    [BothFaces(100_000)]
    public async Task Zeros_after_the_last_member_are_padding(Face face, int zeros)
    {
        await ShouldDecode(face, [.. Member, .. new byte[zeros]], Encoded.Text);
        await ShouldDecode(face, [.. Member, .. EmptyMember, .. new byte[zeros]], Encoded.Text);
        await ShouldFail(face, [.. Member, .. new byte[zeros], 1]);
        await ShouldFail(face, [.. Member, .. new byte[zeros], .. Member]);
    }

    [Theory]
    [BothFaces("01")]
    [BothFaces("1F")]
    [BothFaces("1F00")]
    [BothFaces("1F8A")]
    [BothFaces("1F8B")]
    [BothFaces("8B")]
    [BothFaces("0D0A")]
    [BothFaces("FF000000000000000000")]
    [BothFaces("747261696C696E67206761726261676521")]
    public async Task Garbage_after_a_member_is_refused(Face face, string garbage) =>
        await ShouldFail(face, [.. Member, .. Convert.FromHexString(garbage)]);

    [Theory]
    [BothFaces]
    public async Task A_wrong_checksum_or_length_is_refused(Face face)
    {
        for (var i = 1; i <= 8; i++)
        {
            var damaged = (byte[])Member.Clone();
            damaged[^i] ^= 0x10;
            await ShouldFail(face, damaged);
            await ShouldFail(face, [.. damaged, .. Member]);
        }
    }

    [Theory]
    [BothFaces]
    public async Task Wrong_magic_method_and_reserved_flags_are_refused(Face face)
    {
        foreach (var (index, value) in new[] { (0, 0x1E), (1, 0x8C), (2, 7), (3, 0x20), (3, 0x40), (3, 0x80) })
        {
            var damaged = (byte[])Member.Clone();
            damaged[index] = (byte)value;
            await ShouldFail(face, damaged);
        }
    }

    [Theory]
    [BothFaces]
    public async Task Optional_fields_of_the_header_are_passed_over(Face face)
    {
        for (var flags = 0; flags < 32; flags++)
        {
            await ShouldDecode(face, WithHeader(flags, name: "file.txt"), Encoded.Text);
        }

        await ShouldDecode(face, WithHeader(8, name: new string('n', 1 << 20)), Encoded.Text, segments: [1000, 1 << 21]);
        var damaged = WithHeader(2, name: "");
        damaged[10] ^= 1;
        await ShouldFail(face, damaged);
    }

    [Theory]
    [BothFaces]
    public async Task Data_that_end_in_zeros_at_every_border_survive(Face face)
    {
        // Stored blocks, so that the encoded bytes are the data's own, zeros in front of each border.
        var data = new byte[300_000];
        for (var i = 0; i < data.Length; i += 1024)
        {
            data[i] = (byte)(i >> 10);
        }

        var stream = new MemoryStream();
        using (var encoder = new GZipStream(stream, CompressionLevel.NoCompression, leaveOpen: true))
        {
            encoder.Write(data);
        }

        await ShouldDecode(face, stream.ToArray(), data, segments: [100, 1024, 4096, 8192, 1 << 20]);
    }

    private static async Task ShouldDecode(Face face, byte[] body, byte[] expected, int[]? segments = null)
    {
        foreach (var segment in segments ?? [1, 2, 5, 1 << 20])
        {
            var source = ScriptedStream.Cut(face, body, segment);
            (await Encoded.ReadAllAsync(Encoded.Decode("gzip", source))).ShouldBe(expected);
            source.EndWasRead.ShouldBeTrue();
        }
    }

    private static async Task ShouldFail(Face face, byte[] body)
    {
        foreach (var segment in new[] { 1, 2, Member.Length, 1 << 20 })
        {
            var decoded = Encoded.Decode("gzip", ScriptedStream.Cut(face, body, segment));
            var message = $"in segments of {segment}: {Convert.ToHexString(body)}";
            await Should.ThrowAsync<DecodingException>(() => Encoded.ReadAllAsync(decoded), message);
        }
    }

    /// <summary>The member with the optional fields that the flags name: 1 text, 2 header checksum, 4 extra, 8 name, 16 comment.</summary>
    private static byte[] WithHeader(int flags, string name)
    {
        var header = new MemoryStream();
        header.Write([0x1F, 0x8B, 8, (byte)flags, 1, 2, 3, 4, 0, 3]);
        if ((flags & 4) != 0)
        {
            header.Write([5, 0, 1, 2, 3, 0, 5]);
        }

        foreach (var flag in new[] { 8, 16 })
        {
            if ((flags & flag) != 0)
            {
                header.Write(System.Text.Encoding.Latin1.GetBytes(name));
                header.WriteByte(0);
            }
        }

        if ((flags & 2) != 0)
        {
            var crc = new byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(crc, Crc32(header.ToArray()));
            header.Write(crc.AsSpan(0, 2));
        }

        return [.. header.ToArray(), .. Member[10..]];
    }

    private static uint Crc32(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
