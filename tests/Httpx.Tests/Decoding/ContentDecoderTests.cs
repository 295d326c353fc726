using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Decoding;

/// <summary>What all decoders have in common.</summary>
public sealed class ContentDecoderTests
{
    public static TheoryData<Face, string> All { get; } = new MatrixTheoryData<Face, string>(
        [Face.Blocking, Face.Async], ["gzip", "zlib", "deflate", "br", "zstd"]);

    [Theory]
    [MemberData(nameof(All))]
    public async Task Segments_and_reads_of_any_size_give_the_same_text(Face face, string coding)
    {
        var body = Encoded.OfText(coding);
        foreach (var (segment, buffer) in new[] { (1, 1), (1, 1000), (2, 3), (3, 1), (1000, 1), (1000, 1000), (13, 129), (1000, 129) })
        {
            var source = ScriptedStream.Cut(face, body, segment);
            (await Encoded.ReadAllAsync(Encoded.Decode(coding, source), buffer)).ShouldBe(Encoded.Text);
            source.EndWasRead.ShouldBeTrue("A connection is free only when the end of its body was seen.");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Every_prefix_is_truncated(Face face, string coding)
    {
        var body = Encoded.OfText(coding);
        for (var length = 1; length < body.Length; length++)
        {
            foreach (var segment in new[] { 1, 1000 })
            {
                var decoded = Encoded.Decode(coding, ScriptedStream.Cut(face, body[..length], segment));
                (await Should.ThrowAsync<DecodingException>(() => Encoded.ReadAllAsync(decoded), $"{length} of {body.Length} bytes"))
                    .Message.ShouldContain(coding == "zlib" ? "deflate" : coding);
                await Should.ThrowAsync<DecodingException>(() => Encoded.ReadAllAsync(decoded));
                await decoded.CloseAsync();
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_empty_body_is_empty_under_any_coding(Face face, string coding)
    {
        Encoded.SkipWithout(coding);
        (await Encoded.ReadAllAsync(Encoded.Decode(coding, new ScriptedStream(face)))).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_encoding_of_nothing_is_empty_too(Face face, string coding)
    {
        Encoded.SkipWithout(coding);
        var body = coding switch
        {
            "gzip" => Convert.FromHexString("1F8B08000000000000030300" + "00000000" + "00000000"),
            "zlib" => [0x78, 0x9C, 3, 0, 0, 0, 0, 1],
            "deflate" => [3, 0],
            "br" => [6],
            _ => Encoded.ZstdFrame([]),
        };
        (await Encoded.ReadAllAsync(Encoded.Decode(coding, ScriptedStream.Cut(face, body, 1)))).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_plain_body_under_a_coding_is_refused(Face face, string coding)
    {
        Encoded.SkipWithout(coding);
        foreach (var plain in new[] { "Hello, this is plain text.", "<!doctype html><html></html>", "{\"a\": [1, 2, 3]}" })
        {
            var decoded = Encoded.Decode(coding, new ScriptedStream(face, System.Text.Encoding.ASCII.GetBytes(plain)));
            await Should.ThrowAsync<DecodingException>(() => Encoded.ReadAllAsync(decoded), plain);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task What_was_sent_is_readable_before_more_comes(Face face, string coding)
    {
        Encoded.SkipWithout(coding);
        var first = coding switch
        {
            "gzip" => Flushed(stream => new System.IO.Compression.GZipStream(stream, System.IO.Compression.CompressionMode.Compress)),
            "zlib" => Flushed(stream => new System.IO.Compression.ZLibStream(stream, System.IO.Compression.CompressionMode.Compress)),
            "deflate" => Flushed(stream => new System.IO.Compression.DeflateStream(stream, System.IO.Compression.CompressionMode.Compress)),
            "br" => Flushed(stream => new System.IO.Compression.BrotliStream(stream, System.IO.Compression.CompressionMode.Compress)),
            _ => [0x28, 0xB5, 0x2F, 0xFD, 0, 0x38, .. Encoded.ZstdBlock(Encoded.Text.Length, 0, last: false), .. Encoded.Text],
        };

        // Whoever reads beyond the first segment fails: a server that sends an event at a time must not have to send the next.
        var source = new ScriptedStream(face, first) { Failure = new ReadException("read too far") };
        var decoded = Encoded.Decode(coding, source);
        var buffer = new byte[50];
        for (var total = 0; total < Encoded.Text.Length;)
        {
            total += await Encoded.ReadAsync(decoded, buffer);
        }

        (await Should.ThrowAsync<ReadException>(async () => await Encoded.ReadAsync(decoded, buffer))).Message.ShouldBe("read too far");
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_failure_of_the_source_comes_out_as_it_is(Face face, string coding)
    {
        var failure = new ReadException("reset");
        var source = new ScriptedStream(face, Encoded.OfText(coding)[..^1]) { Failure = failure };
        var decoded = Encoded.Decode(coding, source);
        (await Should.ThrowAsync<ReadException>(() => Encoded.ReadAllAsync(decoded))).ShouldBeSameAs(failure);
        await decoded.CloseAsync();
        source.Closings.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Cancelling_is_not_a_decoding_failure(Face face, string coding)
    {
        var body = Encoded.OfText(coding);
        var decoded = Encoded.Decode(coding, ScriptedStream.Cut(face, body, 1));
        await Should.ThrowAsync<OperationCanceledException>(() => Encoded.ReadAllAsync(decoded, cancellationToken: new(canceled: true)));

        // The read that was cancelled took nothing, so the next goes on where it was.
        (await Encoded.ReadAllAsync(decoded)).ShouldBe(Encoded.Text);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Closing_closes_the_source_whether_read_or_not(Face face, string coding)
    {
        var body = Encoded.OfText(coding);
        foreach (var reads in new[] { 0, 1, int.MaxValue })
        {
            var source = ScriptedStream.Cut(face, body, 20);
            var decoded = Encoded.Decode(coding, source);
            var buffer = new byte[10];
            for (var i = 0; i < reads && await Encoded.ReadAsync(decoded, buffer) > 0; i++)
            {
            }

            await decoded.CloseAsync();
            await decoded.CloseAsync();
            source.Closings.ShouldBeGreaterThan(0);
            if (reads < int.MaxValue)
            {
                await Should.ThrowAsync<StreamClosedException>(async () => await Encoded.ReadAsync(decoded, buffer));
            }
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zlib")]
    [InlineData("br")]
    [InlineData("zstd")]
    public async Task Closing_under_a_read_leaves_the_memory_to_that_read(string coding)
    {
        var body = Encoded.OfText(coding);
        var source = new GatedStream(body);
        var decoded = Encoded.Decode(coding, source);
        var read = decoded.ReadAsync(new byte[1000], default).AsTask();
        await decoded.CloseAsync();
        source.Open();
        (await read).ShouldBe(Encoded.Text.Length);
        await Should.ThrowAsync<StreamClosedException>(async () => await decoded.ReadAsync(new byte[10], default));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Trailers_are_those_of_the_source(Face face, string coding)
    {
        Headers trailers = [("x-checksum", "1")];
        var decoded = Encoded.Decode(coding, new ScriptedStream(face, Encoded.OfText(coding)) { TrailersAtEnd = trailers });
        decoded.Trailers.ShouldBeNull();
        decoded.Length.ShouldBeNull();
        await Encoded.ReadAllAsync(decoded);
        decoded.Trailers.ShouldBeSameAs(trailers);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Damage_never_gets_beyond_a_decoding_failure(Face face, string coding)
    {
        var body = Encoded.OfText(coding);
        var random = new Random(20260101);
        for (var round = 0; round < 400; round++)
        {
            var damaged = (byte[])body.Clone();
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            try
            {
                var text = await Encoded.ReadAllAsync(Encoded.Decode(coding, ScriptedStream.Cut(face, damaged, random.Next(1, 100))));
                if (coding is "gzip" or "zlib")
                {
                    text.ShouldBe(Encoded.Text, "A checksum that fits says that no data were damaged.");
                }
            }
            catch (DecodingException)
            {
            }
        }
    }

    private static byte[] Flushed(Func<Stream, Stream> encoder)
    {
        var encoded = new MemoryStream();
        using var stream = encoder(encoded);
        stream.Write(Encoded.Text);
        stream.Flush();
        return encoded.ToArray();
    }

    /// <summary>A body whose first read waits until somebody lets it go on.</summary>
    private sealed class GatedStream(byte[] body) : ByteStream
    {
        private readonly TaskCompletionSource _gate = new();
        private bool _read;

        internal override bool IsAsync => true;

        internal void Open() => _gate.SetResult();

        internal override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
        {
            await _gate.Task;
            var count = _read ? 0 : Math.Min(body.Length, destination.Length);
            if (count == 2)
            {
                // The two bytes that deflate looks at first.
                body.AsSpan(0, 2).CopyTo(destination.Span);
                body = body[2..];
                return 2;
            }

            body.AsSpan(0, count).CopyTo(destination.Span);
            _read = true;
            return count;
        }
    }
}
