using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Httpx.Tests.Decoding;

public sealed class LineDecoderTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("a", new[] { "a" })]
    [InlineData("a\n", new[] { "a" })]
    [InlineData("a\n\n", new[] { "a", "" })]
    [InlineData("\n", new[] { "" })]
    [InlineData("a\nb", new[] { "a", "b" })]
    [InlineData("a\r\nb\r\n", new[] { "a", "b" })]
    [InlineData("a\rb\r", new[] { "a", "b" })]
    [InlineData("a\r\rb", new[] { "a", "", "b" })]
    [InlineData("a\n\rb", new[] { "a", "", "b" })]
    [InlineData("a\r\n\r\nb", new[] { "a", "", "b" })]
    [InlineData("a\r\r\nb", new[] { "a", "", "b" })]
    [InlineData("a\vb\fc", new[] { "a", "b", "c" })]
    [InlineData("a\u001Cb\u001Dc\u001Ed", new[] { "a", "b", "c", "d" })]
    [InlineData("a\u001Fb\tc\0d\u0008e", new[] { "a\u001Fb\tc\0d\u0008e" })]
    [InlineData("a\u0085b\u2028c\u2029d", new[] { "a", "b", "c", "d" })]
    [InlineData("\u2028a\n\u2028b\nc", new[] { "", "a", "", "b", "c" })]
    [InlineData("a\u2027b\u202Ac\u0084d\u0086e", new[] { "a\u2027b\u202Ac\u0084d\u0086e" })]
    [InlineData("caf\u00E9\n\U0001F600\r\n", new[] { "caf\u00E9", "\U0001F600" })]
    public void Lines_end_where_python_ends_them(string text, string[] expected)
    {
        for (var size = 1; size <= text.Length + 1; size++)
        {
            Split(text, size).SequenceEqual(expected).ShouldBeTrue($"in chunks of {size}");
        }
    }

    [Fact]
    public void Any_text_in_any_chunks_splits_as_the_plain_rules_say()
    {
        var character = Gen.Elements("ab\n\r\v\f\u001C\u001D\u001E\u0085\u2028\u2029\u00E9\u4E2D".ToCharArray());
        var cases = from text in Gen.ArrayOf(character)
                    from size in Gen.Choose(1, 7)
                    select (Text: new string(text), size);
        Prop.ForAll(cases.ToArbitrary(), it =>
        {
            var expected = Plain(it.Text);
            return Split(it.Text, it.size).SequenceEqual(expected) && SplitBytes(it.Text, it.size).SequenceEqual(expected);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_line_is_there_as_soon_as_its_return_is()
    {
        var lines = new LineDecoder();
        lines.Push("a\r");
        lines.TryRead(out var line).ShouldBeTrue();
        line.ShouldBe("a");
        lines.TryRead(out _).ShouldBeFalse();
        lines.Push("");
        lines.TryRead(out _).ShouldBeFalse();
        lines.Push("\nb");
        lines.TryRead(out _).ShouldBeFalse();
        lines.TryFlush(out line).ShouldBeTrue();
        line.ShouldBe("b");
        lines.TryFlush(out _).ShouldBeFalse();
    }

    [Fact]
    public void Pushing_before_the_lines_were_read_is_a_mistake()
    {
        var lines = new LineDecoder();
        lines.Push("a\nb");
        Should.Throw<InvalidOperationException>(() => lines.Push("c"));
        var encoded = new EncodedLines(Encoding.UTF8);
        encoded.Push("a\nb"u8.ToArray());
        Should.Throw<InvalidOperationException>(() => encoded.Push("c"u8.ToArray()));
        encoded.Complete();
        while (encoded.TryRead(out _))
        {
        }

        Should.Throw<InvalidOperationException>(() => encoded.Push("c"u8.ToArray()));
    }

    [Fact]
    public void A_line_of_100_megabytes_in_small_chunks_takes_linear_time()
    {
        const int Length = 100_000_000;
        var chunk = new string('x', 1000);
        var clock = Stopwatch.StartNew();
        var lines = new LineDecoder();
        for (var i = 0; i < Length / chunk.Length; i++)
        {
            lines.Push(chunk);
            lines.TryRead(out _).ShouldBeFalse();
        }

        lines.Push("\nrest");
        lines.TryRead(out var line).ShouldBeTrue();
        line!.Length.ShouldBe(Length);
        line.AsSpan().ContainsAnyExcept('x').ShouldBeFalse();

        // Quadratic would be hours.
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_chunk_of_many_ends_beyond_ascii_takes_linear_time()
    {
        var clock = Stopwatch.StartNew();
        foreach (var end in new[] { "\u2028", "\r", "\u0085\n", "\r\n" })
        {
            Split(string.Concat(Enumerable.Repeat(end, 500_000)), int.MaxValue).Count.ShouldBeInRange(500_000, 1_000_000);
        }

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Bytes_become_lines_across_every_border()
    {
        const string Text = "\u4E2D\u6587\r\nline\u2028caf\u00E9 \U0001F600\n\nlast";
        foreach (var name in new[] { "utf-8", "utf-16", "utf-32be", "gb18030" })
        {
            var encoding = TextEncodings.Find(name)!;
            for (var size = 1; size < 20; size++)
            {
                SplitBytes(Text, size, encoding).ShouldBe(["\u4E2D\u6587", "line", "caf\u00E9 \U0001F600", "", "last"]);
            }
        }
    }

    [Fact]
    public void A_body_in_memory_becomes_lines_too()
    {
        var text = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"line {i} caf\u00E9{(i % 2 == 0 ? "\n" : "\r\n")}"));
        SplitBytes(text, int.MaxValue).ShouldBe(Enumerable.Range(0, 50_000).Select(i => $"line {i} caf\u00E9"));
    }

    [Fact]
    public void A_cut_character_at_the_end_is_part_of_the_last_line()
    {
        var lines = new EncodedLines(Encoding.UTF8);
        lines.Push(new byte[] { (byte)'a', (byte)'\n', 0xE4, 0xB8 });
        var read = new List<string>();
        Drain(lines, read);
        lines.Complete();
        Drain(lines, read);
        read.ShouldBe(["a", "\uFFFD"]);
        lines.TryRead(out _).ShouldBeFalse();
    }

    private static List<string> Split(string text, int size)
    {
        var lines = new LineDecoder();
        var read = new List<string>();
        string? line;
        for (var start = 0; start < text.Length; start += Math.Min(size, text.Length - start))
        {
            lines.Push(text.AsSpan(start, Math.Min(size, text.Length - start)));
            while (lines.TryRead(out line))
            {
                read.Add(line);
            }
        }

        if (lines.TryFlush(out line))
        {
            read.Add(line);
        }

        return read;
    }

    private static List<string> SplitBytes(string text, int size, Encoding? encoding = null)
    {
        encoding ??= Encoding.UTF8;
        var lines = new EncodedLines(encoding);
        var read = new List<string>();
        foreach (var chunk in encoding.GetBytes(text).Chunk(size))
        {
            lines.Push(chunk);
            Drain(lines, read);
        }

        lines.Complete();
        Drain(lines, read);
        return read;
    }

    private static void Drain(EncodedLines lines, List<string> read)
    {
        while (lines.TryRead(out var line))
        {
            read.Add(line);
        }
    }

    /// <summary>The rules, a character at a time.</summary>
    private static List<string> Plain(string text)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (!"\n\r\v\f\u001C\u001D\u001E\u0085\u2028\u2029".Contains(text[i]))
            {
                line.Append(text[i]);
                continue;
            }

            lines.Add(line.ToString());
            line.Clear();
            i += text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? 1 : 0;
        }

        if (line.Length > 0)
        {
            lines.Add(line.ToString());
        }

        return lines;
    }
}
