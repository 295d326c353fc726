using System.Globalization;
using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Httpx.Tests.Fixtures;
using Microsoft.AspNetCore.WebUtilities;

namespace Httpx.Tests.Content;

public sealed class FormContentTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("AZaz09-._~", "AZaz09-._~")]
    [InlineData("*", "%2A")]
    [InlineData("a b+c", "a+b%2Bc")]
    [InlineData("a&b=c%", "a%26b%3Dc%25")]
    [InlineData("!'()/:;?@[]$,", "%21%27%28%29%2F%3A%3B%3F%40%5B%5D%24%2C")]
    [InlineData("\r\n\t\0\u007f", "%0D%0A%09%00%7F")]
    [InlineData("h\u00e9", "h%C3%A9")]
    [InlineData("\u20ac", "%E2%82%AC")]
    [InlineData("\U0001F600x", "%F0%9F%98%80x")]
    public void Text_is_quoted_as_HTTPX_quotes_it(string text, string quoted)
    {
        Encode([(text, text)]).ShouldBe($"{quoted}={quoted}");
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_the_replacement_character()
    {
        Encode([("a", "\ud800x\udc00")]).ShouldBe("a=%EF%BF%BDx%EF%BF%BD");
    }

    [Fact]
    public void Fields_keep_their_order_and_repeats()
    {
        Encode([("b", "1"), ("a", "2"), ("b", "3")]).ShouldBe("b=1&a=2&b=3");
    }

    [Fact]
    public void Values_are_written_the_same_in_every_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            Encode(new FormData
            {
                ["true"] = true,
                ["false"] = false,
                ["null"] = null,
                ["int"] = -5,
                ["long"] = long.MaxValue,
                ["double"] = 1.5,
                ["decimal"] = 1.50m,
                ["char"] = '&',
                ["enum"] = DayOfWeek.Monday,
                ["guid"] = Guid.Empty,
                ["version"] = new Version(1, 2),
                ["date"] = new DateOnly(2024, 2, 29),
                ["time"] = new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.Zero),
            }).ShouldBe("true=true&false=false&null=&int=-5&long=9223372036854775807&double=1.5&decimal=1.50&char=%26&enum=Monday"
                + "&guid=00000000-0000-0000-0000-000000000000&version=1.2&date=2024-02-29&time=2024-02-29T01%3A02%3A03.0000000%2B00%3A00");
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void A_sequence_repeats_its_field_and_an_empty_one_omits_it()
    {
        Encode(new FormData { ["a"] = new[] { "1", "2" }, ["none"] = Array.Empty<int>(), ["b"] = new object?[] { 1, true, null } })
            .ShouldBe("a=1&a=2&b=1&b=true&b=");
        Encode(new FormData { ["none"] = Array.Empty<int>() }).ShouldBe("");
    }

    [Fact]
    public void Bytes_are_one_value()
    {
        Encode(new FormData { ["a"] = new byte[] { (byte)'x', 0xff, (byte)' ' } }).ShouldBe("a=x%FF+");
    }

    [Fact]
    public void A_value_without_a_text_is_refused_by_name()
    {
        object[] refused = [new object(), new Dictionary<string, string>(), new[] { new[] { 1 } }, new MemoryStream()];
        foreach (var value in refused)
        {
            Should.Throw<ArgumentException>(() => Bodies.Body(new FormData { ["field"] = value })).Message.ShouldContain("'field'");
        }
    }

    [Fact]
    public void Setting_replaces_every_field_of_the_name_and_adding_appends()
    {
        var form = new FormData { { "a", 1 }, { "b", 2 }, { "a", 3 } };
        form.Count.ShouldBe(3);
        form["a"] = 4;

        Encode(form).ShouldBe("a=4&b=2");
        form.ShouldBe([("a", (object?)4), ("b", 2)]);
        ((IEnumerable<KeyValuePair<string, object?>>)form).ShouldBe([new("a", 4), new("b", 2)]);
    }

    [Fact]
    public void A_form_comes_from_dictionaries_pairs_and_tuples()
    {
        FormData fromStrings = new Dictionary<string, string> { ["a"] = "1" };
        FormData fromObjects = new Dictionary<string, object?> { ["a"] = 1 };
        FormData fromTuples = new[] { ("a", "1") };
        FormData fromObjectTuples = new (string, object?)[] { ("a", 1) };
        var fromPairs = new FormData([new KeyValuePair<string, string>("a", "1")]);

        foreach (var form in new[] { fromStrings, fromObjects, fromTuples, fromObjectTuples, fromPairs })
        {
            Encode(form).ShouldBe("a=1");
        }

        Should.Throw<ArgumentNullException>(() => new FormData { { null!, 1 } });
        Should.Throw<ArgumentNullException>(() => new FormData { [null!] = 1 });
    }

    [Theory]
    [BothFaces]
    public async Task A_form_is_bytes_with_its_type(Face face)
    {
        var content = Bodies.Body([("a", "1 2")]);

        content.ContentType.ShouldBe("application/x-www-form-urlencoded");
        content.Length.ShouldBe(5);
        content.CanReplay.ShouldBeTrue();
        content.TryGetBytes(out _).ShouldBeTrue();
        (await Bodies.TextAsync(content, face)).ShouldBe("a=1+2");
    }

    [Fact]
    public void A_large_value_is_written_whole()
    {
        var text = new string('a', 100_000) + new string('\u20ac', 100_000);

        Encode([("k", text)]).ShouldBe("k=" + WebUtility.UrlEncode(text));
    }

    [Fact]
    public void Any_form_reads_back_as_it_was()
    {
        Prop.ForAll<(string Name, string Value)[]>(fields =>
        {
            var valid = fields.Select(field => (Valid(field.Name), Valid(field.Value))).ToArray();
            if (valid.Length == 0)
            {
                return true; // no fields, no body
            }

            var read = new FormReader(Encode(valid)).ReadForm();
            return valid.GroupBy(field => field.Item1, StringComparer.OrdinalIgnoreCase) // as the reader does
                .All(group => read[group.Key].SequenceEqual(group.Select(field => (string?)field.Item2)));
        }).QuickCheckThrowOnFailure();

        // Half surrogates have no UTF-8.
        static string Valid(string? text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? "x"));
    }

    private static string Encode(FormData form)
    {
        Bodies.Body(form).TryGetBytes(out var bytes).ShouldBeTrue();
        return Encoding.ASCII.GetString(bytes.Span);
    }
}
