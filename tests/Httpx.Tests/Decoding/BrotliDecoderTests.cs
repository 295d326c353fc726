using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Decoding;

public sealed class BrotliDecoderTests
{
    [Theory]
    [BothFaces]
    public async Task Public_vectors_decode_to_their_originals(Face face)
    {
        var compared = 0;
        foreach (var file in Directory.GetFiles(Repository.Corpus("brotli/tests/testdata"), "*.compressed*"))
        {
            var body = await File.ReadAllBytesAsync(file);
            var original = file[..file.IndexOf(".compressed", StringComparison.Ordinal)];
            var whole = await Decode(face, body, 1 << 20);
            if (File.Exists(original))
            {
                whole.ShouldBe(await File.ReadAllBytesAsync(original), file);
                compared++;
            }

            (await Decode(face, body, 7)).ShouldBe(whole, file);
        }

        compared.ShouldBeGreaterThan(30);
    }

    [Theory]
    [BothFaces]
    public async Task What_follows_the_end_is_refused(Face face)
    {
        var body = Encoded.Brotli(Encoded.Text);
        foreach (var trailing in new byte[][] { [0], [6], [1, 2, 3], body })
        {
            foreach (var segment in new[] { 1, body.Length, 1000 })
            {
                var failure = await Should.ThrowAsync<DecodingException>(() => Decode(face, [.. body, .. trailing], segment));
                failure.Message.ShouldContain("goes on");
            }
        }
    }

    [Theory]
    [BothFaces]
    public async Task A_window_beyond_the_standard_is_refused(Face face) =>
        await Should.ThrowAsync<DecodingException>(() => Decode(face, [0x11, 0x3E, 0, 0, 0, 0], 1000));

    private static Task<byte[]> Decode(Face face, byte[] body, int segment) =>
        Encoded.ReadAllAsync(Encoded.Decode("br", ScriptedStream.Cut(face, body, segment)), 4096);
}
