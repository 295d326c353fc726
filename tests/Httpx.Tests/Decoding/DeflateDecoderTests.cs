using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Decoding;

public sealed class DeflateDecoderTests
{
    [Theory]
    [BothFaces(0)]
    [BothFaces(1)]
    [BothFaces(2)]
    [BothFaces(3)]
    public async Task Zlib_data_of_every_level_and_raw_data_are_told_apart(Face face, int level)
    {
        foreach (var raw in new[] { false, true })
        {
            var encoded = new MemoryStream();
            using (Stream encoder = raw
                ? new System.IO.Compression.DeflateStream(encoded, (System.IO.Compression.CompressionLevel)level, leaveOpen: true)
                : new System.IO.Compression.ZLibStream(encoded, (System.IO.Compression.CompressionLevel)level, leaveOpen: true))
            {
                encoder.Write(Encoded.Text);
            }

            foreach (var segment in new[] { 1, 2, 1000 })
            {
                (await Decode(face, encoded.ToArray(), segment)).ShouldBe(Encoded.Text);
            }
        }
    }

    [Theory]
    [BothFaces]
    public async Task A_zlib_checksum_is_checked(Face face)
    {
        for (var i = 1; i <= 4; i++)
        {
            var damaged = Encoded.Zlib(Encoded.Text);
            damaged[^i] ^= 1;
            await Should.ThrowAsync<DecodingException>(() => Decode(face, damaged, 1000));
        }
    }

    [Theory]
    [BothFaces]
    public async Task A_preset_dictionary_is_refused(Face face)
    {
        var failure = await Should.ThrowAsync<DecodingException>(() => Decode(face, [0x78, 0xBB, 1, 2, 3, 4, 5, 6], 1));
        failure.Message.ShouldContain("dictionary");
    }

    [Theory]
    [BothFaces]
    public async Task What_follows_is_skipped_up_to_a_limit(Face face)
    {
        foreach (var body in new[] { Encoded.Zlib(Encoded.Text), Encoded.Deflate(Encoded.Text) })
        {
            foreach (var segment in new[] { 1, body.Length, 1 << 20 })
            {
                (await Decode(face, [.. body, 1, 2, 3], segment)).ShouldBe(Encoded.Text);
            }

            await Should.ThrowAsync<DecodingException>(() => Decode(face, [.. body, .. new byte[100_000]], 1 << 20));
        }
    }

    private static Task<byte[]> Decode(Face face, byte[] body, int segment) =>
        Encoded.ReadAllAsync(Encoded.Decode("deflate", ScriptedStream.Cut(face, body, segment)));
}
