using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Httpx.Tests.Decoding;

public sealed class TextDecoderTests
{
    private const string Mixed = "ascii \u00E9 \u0416 \u20AC \u4E2D\u6587 \U0001F600 end";

    public static TheoryData<string, string> Texts { get; } = new()
    {
        { "utf-8", Mixed },
        { "utf-16le", Mixed },
        { "utf-16be", Mixed },
        { "utf-32le", Mixed },
        { "utf-32be", Mixed },
        { "gb18030", Mixed },
        { "gbk", "\u4E2D\u6587 abc" },
        { "big5", "\u4E2D\u6587 abc" },
        { "shift_jis", "\u65E5\u672C\u8A9E \uFF71\uFF72 abc" },
        { "euc-jp", "\u65E5\u672C\u8A9E \uFF71\uFF72 abc" },
        { "iso-2022-jp", "\u65E5\u672C\u8A9E abc \u65E5" },
        { "euc-kr", "\uD55C\uAD6D\uC5B4 abc" },
        { "koi8-r", "\u041F\u0440\u0438\u0432\u0435\u0442" },
        { "windows-1252", "\u201Cquoted\u201D \u20AC" },
        { "iso-8859-1", "caf\u00E9" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Characters_cut_by_a_border_come_out_whole(string name, string text)
    {
        var encoding = TextEncodings.Find(name)!;
        var bytes = encoding.GetBytes(text);
        for (var size = 1; size <= bytes.Length; size++)
        {
            Decode(encoding, bytes, size).ShouldBe(text);
        }
    }

    [Theory]
    [InlineData("utf-8", "EFBBBF6162", "ab")]
    [InlineData("utf-8", "EFBBBF", "")]
    [InlineData("utf-8", "EFBBBFEFBBBF61", "\uFEFFa")]
    [InlineData("utf-8", "61EFBBBF62", "a\uFEFFb")]
    [InlineData("utf-8", "EFBB", "\uFFFD")]
    [InlineData("utf-16", "FFFE61006200", "ab")]
    [InlineData("utf-16", "FEFF00610062", "ab")]
    [InlineData("utf-16le", "FEFF00610062", "ab")]
    [InlineData("utf-16be", "FEFF00610062", "ab")]
    [InlineData("utf-16be", "FFFE61006200", "ab")]
    [InlineData("utf-32", "FFFE000061000000", "a")]
    [InlineData("utf-32", "0000FEFF00000061", "a")]
    [InlineData("utf-32be", "FFFE000061000000", "a")]
    [InlineData("gb18030", "8431953361", "a")]
    [InlineData("iso-8859-1", "FFFE61", "\u00FF\u00FEa")]
    [InlineData("windows-1252", "EFBBBF61", "\u00EF\u00BB\u00BFa")]
    [InlineData("utf-16", "61", "\uFFFD")]
    [InlineData("utf-16", "610062", "a\uFFFD")]
    [InlineData("utf-32", "610000", "\uFFFD")]
    [InlineData("utf-8", "61E4B8", "a\uFFFD")]
    [InlineData("utf-8", "F09F98", "\uFFFD")]
    [InlineData("utf-8", "", "")]
    [InlineData("utf-16", "", "")]
    public void Marks_are_removed_and_cut_characters_replaced(string name, string hex, string expected)
    {
        var encoding = TextEncodings.Find(name)!;
        var bytes = Convert.FromHexString(hex);
        TextDecoder.DecodeAll(encoding, bytes).ShouldBe(expected);
        for (var size = 1; size <= Math.Max(1, bytes.Length); size++)
        {
            Decode(encoding, bytes, size).ShouldBe(expected, $"in chunks of {size}");
        }
    }

    [Fact]
    public void Any_bytes_in_any_chunks_decode_as_the_whole()
    {
        var cases = from bytes in ArbMap.Default.ArbFor<byte[]>().Generator
                    from size in Gen.Choose(1, 9)
                    from name in Gen.Elements("utf-8", "utf-16", "utf-32", "shift_jis", "gb18030", "us-ascii", "windows-1252")
                    select (bytes, size, name);
        Prop.ForAll(cases.ToArbitrary(), it =>
        {
            var encoding = TextEncodings.Find(it.name)!;
            return Decode(encoding, it.bytes, it.size) == Decode(encoding, it.bytes, int.MaxValue);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Large_chunks_are_decoded_like_small_ones()
    {
        var text = string.Concat(Enumerable.Repeat(Mixed, 20_000));
        foreach (var name in new[] { "utf-8", "utf-16", "gb18030" })
        {
            var encoding = TextEncodings.Find(name)!;
            var bytes = encoding.GetBytes(text);
            Decode(encoding, bytes, bytes.Length).ShouldBe(text);
            Decode(encoding, bytes, 100_001).ShouldBe(text);
            TextDecoder.DecodeAll(encoding, bytes).ShouldBe(text);
        }
    }

    private static string Decode(Encoding encoding, byte[] bytes, int size)
    {
        var decoder = new TextDecoder(encoding);
        var text = new StringBuilder();
        foreach (var chunk in bytes.Chunk(size))
        {
            text.Append(decoder.Decode(chunk)).Append(decoder.Decode([]));
        }

        return text.Append(decoder.Flush()).ToString();
    }
}
