using System.Runtime.InteropServices;
using System.Text;

namespace Httpx.Tests.Decoding;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16le")]
    [InlineData("utf-16be")]
    [InlineData("utf-32le")]
    [InlineData("utf-32be")]
    public void Every_unicode_encoding_is_told_with_and_without_a_mark(string name)
    {
        var encoding = TextEncodings.Find(name)!;
        foreach (var json in new[] { "{\"a\": \"caf\u00E9 \U0001F600\"}", "[]", "1", "12", "\"\u4E2D\"", "{ }" })
        {
            foreach (var mark in new[] { "", "\uFEFF" })
            {
                // Four bytes that are one digit, or two, cannot be told from their zeros alone where they are less than four.
                var bytes = encoding.GetBytes(mark + json);
                Encoding.UTF8.GetString(JsonText.ToUtf8(bytes).Span).ShouldBe(json);
            }
        }
    }

    [Fact]
    public void Utf8_is_not_copied()
    {
        var bytes = new byte[] { 0xEF, 0xBB, 0xBF, (byte)'[', (byte)']' };
        MemoryMarshal.TryGetArray(JsonText.ToUtf8(bytes), out var segment).ShouldBeTrue();
        segment.Array.ShouldBeSameAs(bytes);
        segment.Offset.ShouldBe(3);
        MemoryMarshal.TryGetArray(JsonText.ToUtf8(bytes.AsMemory(3)), out segment).ShouldBeTrue();
        segment.Array.ShouldBeSameAs(bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("31")]
    [InlineData("00")]
    [InlineData("EF")]
    [InlineData("EFBB")]
    [InlineData("FF")]
    public void What_is_too_short_to_tell_is_left_as_it_is(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        JsonText.ToUtf8(bytes).ToArray().ShouldBe(bytes);
    }

    [Fact]
    public void Lone_surrogates_are_replaced() =>
        Encoding.UTF8.GetString(JsonText.ToUtf8(Convert.FromHexString("2200" + "00D8" + "2200")).Span).ShouldBe("\"\uFFFD\"");
}
