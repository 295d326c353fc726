using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Decoding;

public sealed class ContentCodingTests
{
    [Fact]
    public void Accept_encoding_names_zstd_only_where_it_can_be_decoded() =>
        ContentCoding.AcceptEncoding.ShouldBe(ZstdLibrary.Instance is null ? "gzip, deflate, br" : "gzip, deflate, br, zstd");

    [Theory]
    [InlineData(true, "gzip")]
    [InlineData(true, "GZIP")]
    [InlineData(true, "x-gzip")]
    [InlineData(true, "X-GZip")]
    [InlineData(true, " \tgzip ")]
    [InlineData(true, "deflate")]
    [InlineData(true, "br")]
    [InlineData(true, "identity, br")]
    [InlineData(true, "br, identity")]
    [InlineData(true, "foo, gzip")]
    [InlineData(true, ",, gzip ,")]
    [InlineData(false, "gzip, foo")]
    [InlineData(false, "identity")]
    [InlineData(false, "foo")]
    [InlineData(false, "gzip;q=1")]
    [InlineData(false, "compress")]
    [InlineData(false, "")]
    [InlineData(false, " , ,")]
    public void Is_encoded_if_the_last_coding_is_known(bool expected, string value)
    {
        Headers headers = [("Content-Encoding", value)];
        ContentCoding.IsEncoded(headers).ShouldBe(expected);
        var source = new ScriptedStream(Face.Blocking);
        ReferenceEquals(ContentCoding.Decode(source, headers), source).ShouldBe(!expected);
    }

    [Fact]
    public void Without_the_field_nothing_is_allocated()
    {
        Headers headers = [("Content-Type", "text/plain"), ("Content-Length", "5"), ("Server", "x")];
        ContentCoding.IsEncoded(headers);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            ContentCoding.IsEncoded(headers);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Theory]
    [BothFaces]
    public async Task Several_codings_come_off_in_reverse_order(Face face)
    {
        var body = Encoded.Brotli(Encoded.Deflate(Encoded.Gzip(Encoded.Zlib(Encoded.Gzip(Encoded.Text)))));
        Headers headers =
        [
            ("content-encoding", "gzip, Deflate"), ("Content-Encoding", "identity"), ("CONTENT-ENCODING", "x-gzip,deflate , br"),
        ];
        foreach (var size in new[] { 1, 7, 10_000 })
        {
            var source = ScriptedStream.Cut(face, body, size);
            var decoded = ContentCoding.Decode(source, headers);
            decoded.IsAsync.ShouldBe(face == Face.Async);
            (await Encoded.ReadAllAsync(decoded)).ShouldBe(Encoded.Text);
            source.EndWasRead.ShouldBeTrue();
            await decoded.CloseAsync();
            source.Closings.ShouldBe(1);
        }
    }

    [Fact]
    public async Task Decoding_stops_at_an_unknown_coding_as_the_others_lie_beneath_it()
    {
        var beneath = Encoded.Gzip(Encoded.Text);
        var source = new ScriptedStream(Face.Blocking, Encoded.Brotli(beneath));
        var decoded = ContentCoding.Decode(source, [("Content-Encoding", "gzip, foo, br")]);
        (await Encoded.ReadAllAsync(decoded)).ShouldBe(beneath);
    }

    [Theory]
    [InlineData("gzip, gzip, gzip, gzip, gzip, gzip")]
    [InlineData("foo, foo, foo, foo, foo, foo")]
    [InlineData("identity, gzip, br, deflate, gzip, br, identity, deflate")]
    public void More_than_five_codings_are_refused_before_anything_is_read(string value)
    {
        Headers headers = [("Content-Encoding", value)];
        var source = new ScriptedStream(Face.Blocking, Encoded.Gzip(Encoded.Text));
        ContentCoding.IsEncoded(headers).ShouldBeTrue();
        Should.Throw<DecodingException>(() => ContentCoding.Decode(source, headers)).Message.ShouldContain("more than 5");
        source.Position.ShouldBe(0);
    }

    [Fact]
    public void A_list_of_a_megabyte_is_read_in_no_time()
    {
        foreach (var item in new[] { "identity,", ",", "gzip,", "x" })
        {
            Headers headers = [("Content-Encoding", string.Concat(Enumerable.Repeat(item, (1 << 20) / item.Length)))];
            ContentCoding.IsEncoded(headers).ShouldBe(item == "gzip,");
        }
    }

    [Fact]
    public async Task Without_libzstd_its_coding_is_one_of_the_unknown()
    {
        Assert.SkipUnless(ZstdLibrary.Instance is null, "There is a libzstd on this machine.");
        var source = new ScriptedStream(Face.Blocking, Encoded.ZstdText());
        (await Encoded.ReadAllAsync(ContentCoding.Decode(source, [("Content-Encoding", "zstd")]))).ShouldBe(Encoded.ZstdText());
    }
}
