using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FsCheck;
using FsCheck.Fluent;

namespace Httpx.Tests.Content;

public sealed partial class JsonContentTests
{
    [Fact]
    public void A_value_is_written_compact_names_as_written_and_unescaped()
    {
        Write(new { Name = "J\u00fcrgen \U0001F600 <a href='x'>&+ \u2028\u007f", a_b = 1, List = new[] { 1.5, 2 }, None = (string?)null, Yes = true })
            .ShouldBe("{\"Name\":\"J\u00fcrgen \U0001F600 <a href='x'>&+ \u2028\u007f\",\"a_b\":1,\"List\":[1.5,2],\"None\":null,\"Yes\":true}");
    }

    [Theory]
    [InlineData("\"\\\b\t\n\f\r", """ "\"\\\b\t\n\f\r" """)]
    [InlineData("\0\u0001\u001f", """ "\u0000\u0001\u001f" """)]
    [InlineData("/", """ "/" """)]
    public void Only_what_must_be_escaped_is(string text, string json)
    {
        Write(text).ShouldBe(json.Trim());
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_the_replacement_character()
    {
        Write("a\ud83dz\ude00").ShouldBe("\"a\ufffdz\ufffd\"");
        Write("\U0001F600\ud83d\"").ShouldBe("\"\U0001F600\ufffd\\\"\"");
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(false, "false")]
    [InlineData("", "\"\"")]
    public void What_is_empty_and_not_null_is_a_body(object value, string json)
    {
        Write(value).ShouldBe(json);
        Write(Array.Empty<int>()).ShouldBe("[]");
        Write(new { }).ShouldBe("{}");
    }

    [Fact]
    public void Json_is_bytes_of_its_type()
    {
        var content = JsonContent.Create(new { a = 1 }, null);

        content.ContentType.ShouldBe("application/json");
        content.Length.ShouldBe(7);
        content.CanReplay.ShouldBeTrue();
    }

    [Fact]
    public void Numbers_that_JSON_does_not_know_are_refused()
    {
        foreach (var value in new object[] { double.NaN, double.PositiveInfinity, new[] { float.NegativeInfinity } })
        {
            var complaint = Should.Throw<ArgumentException>(() => JsonContent.Create(value, null));
            complaint.ParamName.ShouldBe("json");
            complaint.InnerException.ShouldNotBeNull();
        }
    }

    [Fact]
    public void What_cannot_be_JSON_is_refused()
    {
        var cycle = new List<object>();
        cycle.Add(cycle);

        Should.Throw<ArgumentException>(() => JsonContent.Create(cycle, null)).ParamName.ShouldBe("json");
        Should.Throw<ArgumentException>(() => JsonContent.Create((Action)(() => { }), null)).ParamName.ShouldBe("json");
    }

    [Fact]
    public void What_a_converter_throws_comes_out_as_it_is()
    {
        Should.Throw<TimeZoneNotFoundException>(() => JsonContent.Create(new Throwing(), null)).Message.ShouldBe("from the getter");
    }

    [Fact]
    public void JSON_elements_nodes_and_documents_are_written_as_they_are()
    {
        using var document = JsonDocument.Parse("{ \"a\": [1, \"\u00e9\"] }");
        Write(document).ShouldBe("{\"a\":[1,\"\u00e9\"]}");
        Write(document.RootElement).ShouldBe("{\"a\":[1,\"\u00e9\"]}");
        Write(new JsonObject { ["a"] = new JsonArray(1, "\u00e9\U0001F600") }).ShouldBe("{\"a\":[1,\"\u00e9\U0001F600\"]}");
        Write(JsonValue.Create(5)).ShouldBe("5");
        Should.Throw<InvalidOperationException>(() => JsonContent.Create(default(JsonElement), null));
    }

    [Fact]
    public void Options_decide_and_stay_as_they_were()
    {
        var options = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n" };

        Write(new { SomeName = "\u00e9" }, options).ShouldBe("{\n  \"someName\": \"\\u00E9\"\n}");
        Write(new JsonObject { ["A"] = 1 }, options).ShouldBe("{\n  \"A\": 1\n}");
        options.IsReadOnly.ShouldBeFalse();
        options.TypeInfoResolver.ShouldBeNull();
    }

    [Fact]
    public void A_source_generated_context_serves_and_one_that_does_not_know_the_type_says_so()
    {
        var options = new JsonSerializerOptions { TypeInfoResolver = Generated.Default };

        Write(new Item("x", 2), options).ShouldBe("""{"Name":"x","Count":2}""");
        var complaint = Should.Throw<InvalidOperationException>(() => JsonContent.Create(new Throwing(), options));
        complaint.Message.ShouldContain("TypeInfoResolver");
        complaint.Message.ShouldContain(nameof(Throwing));
        Write(new JsonObject { ["A"] = 1 }, options).ShouldBe("""{"A":1}""");
    }

    [Fact]
    public void Any_text_reads_back_as_it_was()
    {
        Prop.ForAll<string?>(text =>
        {
            var valid = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? ""));
            return JsonSerializer.Deserialize<string>(Write(valid)) == valid
                && JsonSerializer.Deserialize<string[]>(Write(new[] { valid, "\U0001F600" + valid }))![1] == "\U0001F600" + valid;
        }).QuickCheckThrowOnFailure();
    }

    private static string Write(object value, JsonSerializerOptions? options = null)
    {
        JsonContent.Create(value, options).TryGetBytes(out var bytes).ShouldBeTrue();
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.Span);
    }

    internal sealed record Item(string Name, int Count);

    internal sealed class Throwing
    {
        public int Value => throw new TimeZoneNotFoundException("from the getter");
    }

    [JsonSerializable(typeof(Item))]
    private sealed partial class Generated : JsonSerializerContext;
}
