using System.Globalization;

namespace Httpx.Tests.Messages;

public sealed class QueryParamsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("?", "")]
    [InlineData("a=1", "a=1")]
    [InlineData("?a=1", "a=1")]
    [InlineData("a", "a=")]
    [InlineData("a=", "a=")]
    [InlineData("=1", "=1")]
    [InlineData("a=1&&b=2&", "a=1&b=2")]
    [InlineData("a=1=2", "a=1%3D2")]
    [InlineData("a+b=c+d", "a+b=c+d")]
    [InlineData("a%20b=c%2Bd", "a+b=c%2Bd")]
    [InlineData("a=%zz%", "a=%25zz%25")]
    [InlineData("a=%E4", "a=%EF%BF%BD")]
    [InlineData("a=\u00e4/b", "a=%C3%A4%2Fb")]
    [InlineData("a=1&b=2&a=3", "a=1&b=2&a=3")]
    [InlineData("a=with%2520spaces", "a=with%2520spaces")]
    [InlineData("a=~*-._'()", "a=~%2A-._%27%28%29")]
    public void Text_is_read_and_written_as_forms_are(string text, string expected) => new QueryParams(text).ToString().ShouldBe(expected);

    [Fact]
    public void Values_are_encoded_as_forms_are()
    {
        QueryParams query = [("u", "with%20spaces"), ("v", "a b/c+d&e=f"), ("\u00e4", "\ud83d\ude07")];
        query.ToString().ShouldBe("u=with%2520spaces&v=a+b%2Fc%2Bd%26e%3Df&%C3%A4=%F0%9F%98%87");
        new QueryParams(query.ToString()).ShouldBe(query);
    }

    [Fact]
    public void Values_have_one_text_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            QueryParams query = [("a", 1), ("b", true), ("c", 1.5), ("d", -2.25m), ("e", 1L << 40), ("f", false), ("g", (string?)null)];
            query.ToString().ShouldBe("a=1&b=true&c=1.5&d=-2.25&e=1099511627776&f=false&g=");
            QueryParams objects = new Dictionary<string, object?>
            {
                ["a"] = 1.5f,
                ["b"] = true,
                ["c"] = null,
                ["d"] = new[] { 1, 2 },
                ["e"] = new object?[] { "x", false, null },
                ["f"] = new DateOnly(2026, 1, 2),
                ["g"] = Guid.Empty,
                ["h"] = 'x',
                ["i"] = new Uri("http://h/"),
                ["j"] = Array.Empty<string>(),
                ["k"] = DayOfWeek.Friday,
            };
            objects.ToString().ShouldBe("a=1.5&b=true&c=&d=1&d=2&e=x&e=false&e=&f=2026-01-02&g=00000000-0000-0000-0000-000000000000"
                + "&h=x&i=http%3A%2F%2Fh%2F&k=Friday");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void All_ways_to_write_them_come_to_the_same()
    {
        var expected = new QueryParams("a=1&b=2");
        QueryParams text = "a=1&b=2";
        QueryParams strings = new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" };
        QueryParams objects = new Dictionary<string, object?> { ["a"] = 1, ["b"] = 2L };
        QueryParams pairs = new[] { ("a", "1"), ("b", "2") };
        QueryParams objectPairs = new (string, object?)[] { ("a", 1), ("b", "2") };
        QueryParams initialised = new() { ["a"] = 1, ["b"] = "2" };
        QueryParams collected = [("a", 1), ("b", "2")];
        var constructed = new QueryParams([KeyValuePair.Create("a", (object?)1), KeyValuePair.Create("b", (object?)"2")]);
        QueryParams[] all = [text, strings, objects, pairs, objectPairs, initialised, collected, constructed];
        foreach (var one in all)
        {
            one.ShouldBe(expected);
            one.ToString().ShouldBe("a=1&b=2");
            one.GetHashCode().ShouldBe(expected.GetHashCode());
        }
    }

    [Fact]
    public void Null_is_no_query()
    {
        string? text = null;
        Dictionary<string, string>? strings = null;
        Dictionary<string, object?>? objects = null;
        QueryParams? fromText = text, fromStrings = strings, fromObjects = objects;
        (fromText is null && fromStrings is null && fromObjects is null).ShouldBeTrue();
        new QueryParams((string?)null).Count.ShouldBe(0);
        new QueryParams().ToString().ShouldBe("");
        new QueryParams { ["a"] = null }.ToString().ShouldBe("a=");
    }

    [Fact]
    public void Values_are_found_by_name()
    {
        var query = new QueryParams("a=1&b=2&a=3&c=");
        query.Count.ShouldBe(3);
        query.Keys.ShouldBe(["a", "b", "c"]);
        query.Get("a").ShouldBe("1");
        query.Get("A").ShouldBeNull();
        query.Get("x", "none").ShouldBe("none");
        query.GetList("a").ShouldBe(["1", "3"]);
        query.GetList("x").ShouldBeEmpty();
        query.ContainsKey("c").ShouldBeTrue();
        query.ContainsKey("C").ShouldBeFalse();
        query.MultiItems().Select(item => $"{item.Key}{item.Value}").ShouldBe(["a1", "b2", "a3", "c"]);
        var seen = new List<QueryParam>();
        foreach (var item in query)
        {
            seen.Add(item);
        }

        seen.ShouldBe([("a", "1"), ("b", "2"), ("a", "3"), ("c", "")]);
    }

    [Fact]
    public void Changes_make_copies()
    {
        var query = new QueryParams("a=1&b=2&a=3");
        query.Set("a", 4).ToString().ShouldBe("a=4&b=2");
        query.Set("a", new[] { 5, 6 }).ToString().ShouldBe("a=5&a=6&b=2");
        query.Set("a", Array.Empty<int>()).ToString().ShouldBe("b=2");
        query.Set("c", null).ToString().ShouldBe("a=1&b=2&a=3&c=");
        query.Add("a", true).ToString().ShouldBe("a=1&b=2&a=3&a=true");
        query.Remove("a").ToString().ShouldBe("b=2");
        query.Remove("x").ShouldBe(query);
        query.Merge("b=7&c=8&c=9").ToString().ShouldBe("a=1&b=7&a=3&c=8&c=9");
        query.Merge(new QueryParams()).ShouldBe(query);
        new QueryParams().Merge(query).ShouldBe(query);
        query.ToString().ShouldBe("a=1&b=2&a=3");
    }

    [Fact]
    public void The_order_between_names_is_no_difference_that_within_one_is()
    {
        var query = new QueryParams("a=1&b=2&a=3");
        (query == "a=1&a=3&b=2").ShouldBeTrue();
        query.GetHashCode().ShouldBe(new QueryParams("b=2&a=1&a=3").GetHashCode());
        (query != "a=3&a=1&b=2").ShouldBeTrue();
        (query == "A=1&b=2&a=3").ShouldBeFalse();
        (query == null).ShouldBeFalse();
        query.Equals((object)"a=1&b=2&a=3").ShouldBeFalse();
        Equals(query, new QueryParams("a=1&b=2&a=3")).ShouldBeTrue();
    }

    [Fact]
    public void What_has_no_text_is_refused_by_its_type()
    {
        var dictionary = new Dictionary<string, int>();
        Should.Throw<ArgumentException>(() => new QueryParams().Set("a", dictionary)).Message.ShouldContain("Dictionary");
        Should.Throw<ArgumentException>(() => new QueryParams().Set("a", new byte[1])).Message.ShouldContain("Byte[]");
        Should.Throw<ArgumentException>(() => new QueryParams().Add("a", new[] { new[] { 1 } })).Message.ShouldContain("Int32[]");
        Should.Throw<ArgumentException>(() => new QueryParams().Add(null!, 1));
        Should.Throw<ArgumentException>(() => QueryParams.Create([default]));
        Should.Throw<ArgumentNullException>(() => new QueryParams().Merge(null!));
    }
}
