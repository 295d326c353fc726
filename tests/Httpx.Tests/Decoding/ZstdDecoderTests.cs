using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Decoding;

public sealed class ZstdDecoderTests
{
    /// <summary>The first libzstd that agrees with all of its own vectors: those before take some broken blocks for good.</summary>
    private const uint Strict = 1_05_07;

    [Theory]
    [BothFaces]
    public async Task Public_vectors_decode_the_same_in_any_segments(Face face)
    {
        var files = Directory.GetFiles(Repository.Corpus("zstd/tests/golden-decompression"), "*.zst");
        files.Length.ShouldBeGreaterThan(3);
        foreach (var file in files.Where(file => ZstdLibrary.Instance?.Version >= Strict || Path.GetFileName(file) != "zeroSeq_2B.zst"))
        {
            var body = await File.ReadAllBytesAsync(file);
            var whole = await Decode(face, body, 1 << 20);
            (await Decode(face, body, 11)).ShouldBe(whole, file);
            var length = Path.GetFileName(file) switch
            {
                "block-128k.zst" => 131_068,
                "rle-first-block.zst" => 1_048_576,
                "empty-block.zst" => 0,
                "zeroSeq_2B.zst" => 13,
                _ => whole.Length,
            };
            whole.Length.ShouldBe(length, file);
        }
    }

    [Theory]
    [BothFaces]
    public async Task Public_vectors_of_errors_are_refused(Face face)
    {
        var files = Directory.GetFiles(Repository.Corpus("zstd/tests/golden-decompression-errors"), "*.zst");
        files.Length.ShouldBeGreaterThan(2);
        Encoded.SkipWithout("zstd");
        Assert.SkipWhen(ZstdLibrary.Instance!.Version < Strict, "The libzstd of this machine takes these for good.");
        foreach (var file in files)
        {
            var body = await File.ReadAllBytesAsync(file);
            await Should.ThrowAsync<DecodingException>(() => Decode(face, body, 1 << 20), file);
            await Should.ThrowAsync<DecodingException>(() => Decode(face, body, 1), file);
        }
    }

    [Theory]
    [BothFaces]
    public async Task Frames_follow_one_another_and_skippable_ones_are_skipped(Face face)
    {
        byte[] skipped = Encoded.ZstdSkippable([1, 2, 3]);
        byte[] empty = Encoded.ZstdFrame([]);
        byte[] body =
        [
            .. skipped, .. Encoded.ZstdText(), .. empty, .. Encoded.ZstdSkippable([]), .. Encoded.ZstdFrame(Encoded.Text), .. skipped,
        ];
        foreach (var segment in new[] { 1, 2, 9, 1000 })
        {
            (await Decode(face, body, segment)).ShouldBe([.. Encoded.Text, .. Encoded.Text]);
        }

        for (var cut = 1; cut < skipped.Length; cut++)
        {
            await Should.ThrowAsync<DecodingException>(() => Decode(face, body[..^cut], 1000));
        }
    }

    [Theory]
    [BothFaces("00")]
    [BothFaces("28")]
    [BothFaces("28B52FFD")]
    [BothFaces("0000000000000000")]
    [BothFaces("54726169")]
    public async Task Garbage_after_a_frame_is_refused(Face face, string garbage) =>
        await Should.ThrowAsync<DecodingException>(() => Decode(face, [.. Encoded.ZstdText(), .. Convert.FromHexString(garbage)], 1000));

    [Theory]
    [BothFaces]
    public async Task A_wrong_checksum_is_refused(Face face)
    {
        Encoded.SkipWithout("zstd");
        var body = Encoded.ZstdText();
        body[^1] ^= 1;
        (await Should.ThrowAsync<DecodingException>(() => Decode(face, body, 1000))).Message.ShouldContain("checksum");
    }

    [Theory]
    [BothFaces]
    public async Task A_window_may_be_8_megabytes_and_no_larger(Face face)
    {
        (await Decode(face, Encoded.ZstdFrame(Encoded.Text, windowLog: 23), 1000)).ShouldBe(Encoded.Text);
        foreach (var log in new[] { 24, 27, 31 })
        {
            await Should.ThrowAsync<DecodingException>(() => Decode(face, Encoded.ZstdFrame(Encoded.Text, log), 1000));
        }
    }

    private static Task<byte[]> Decode(Face face, byte[] body, int segment)
    {
        Encoded.SkipWithout("zstd");
        return Encoded.ReadAllAsync(Encoded.Decode("zstd", ScriptedStream.Cut(face, body, segment)), 4096);
    }
}
