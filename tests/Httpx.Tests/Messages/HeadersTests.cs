using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Httpx.Tests.Messages;

public sealed class HeadersTests
{
    [Fact]
    public void Names_compare_without_case_and_repeats_are_joined()
    {
        Headers headers = [("Accept", "text/html"), ("X-Id", "1"), ("ACCEPT", "text/plain")];
        headers["accept"].ShouldBe("text/html, text/plain");
        headers.Get("x-ID").ShouldBe("1");
        headers.GetList("accept").ShouldBe(["text/html", "text/plain"]);
        headers.Count.ShouldBe(3);
        headers.Keys.ShouldBe(["accept", "x-id"]);
        headers.Values.ShouldBe(["text/html, text/plain", "1"]);
    }

    [Fact]
    public void Order_case_and_bytes_are_kept()
    {
        Headers headers = [("X-B", "2"), ("x-a", "1"), ("X-b", "3")];
        headers.Raw.Select(field => (Text(field.Name), Text(field.Value))).ShouldBe([("X-B", "2"), ("x-a", "1"), ("X-b", "3")]);
        headers.MultiItems().Select(field => field.Key).ShouldBe(["x-b", "x-a", "x-b"]);
        Encoding.ASCII.GetString(headers.Block).ShouldBe("X-B: 2\r\nx-a: 1\r\nX-b: 3\r\n");
    }

    [Fact]
    public void Setting_replaces_the_first_field_in_place_and_removes_the_others()
    {
        Headers headers = [("a", "1"), ("b", "2"), ("A", "3"), ("c", "4"), ("a", "5")];
        headers["A"] = "longer than before";
        headers.MultiItems().ShouldBe([new("a", "longer than before"), new("b", "2"), new("c", "4")]);
        headers["a"] = "";
        headers["new"] = "6";
        headers.MultiItems().ShouldBe([new("a", ""), new("b", "2"), new("c", "4"), new("new", "6")]);
        Text(headers.Raw[0].Name).ShouldBe("a");
    }

    [Fact]
    public void Removing_takes_every_field_of_the_name()
    {
        Headers headers = [("a", "1"), ("b", "2"), ("A", "3")];
        headers.Remove("a").ShouldBeTrue();
        headers.Remove("a").ShouldBeFalse();
        headers.MultiItems().ShouldBe([new("b", "2")]);
        headers.Count.ShouldBe(1);
    }

    [Fact]
    public void An_update_removes_the_others_names_and_appends_its_fields()
    {
        Headers headers = [("a", "1"), ("b", "2"), ("a", "3"), ("c", "4")];
        headers.Update([("A", "x"), ("a", "y"), ("d", "z")]);
        headers.MultiItems().ShouldBe([new("b", "2"), new("c", "4"), new("a", "x"), new("a", "y"), new("d", "z")]);
        headers.Update(headers);
        headers.Count.ShouldBe(5);
    }

    [Fact]
    public void A_missing_name_is_null_empty_or_a_KeyNotFoundException()
    {
        var headers = new Headers();
        headers.Get("a").ShouldBeNull();
        headers.Get("a", "default").ShouldBe("default");
        headers.GetList("a").ShouldBeEmpty();
        headers.ContainsKey("a").ShouldBeFalse();
        Should.Throw<KeyNotFoundException>(() => headers["x-missing"]).Message.ShouldContain("x-missing");
        headers.SetDefault("a", "1").ShouldBe("1");
        headers.SetDefault("A", "2").ShouldBe("1");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("X Y")]
    [InlineData("X:")]
    [InlineData("X: y\r\nZ")]
    [InlineData("X\n")]
    [InlineData("\u00dc")]
    [InlineData("X\0")]
    [InlineData(" X")]
    public void A_name_that_is_no_token_is_refused_where_it_is_set(string name)
    {
        Should.Throw<ArgumentException>(() => new Headers().Add(name, "v"));
        Should.Throw<ArgumentException>(() => new Headers()[name] = "v");
        Should.Throw<ArgumentException>(() => Headers.Create([(name, "v")]));
        Should.Throw<ArgumentException>(() => new Headers(new Dictionary<string, string> { [name] = "v" }));
    }

    [Theory]
    [InlineData("a\r\nX-Evil: 1")]
    [InlineData("secret\n")]
    [InlineData("\r")]
    [InlineData("a\0b")]
    [InlineData("a\u0001")]
    [InlineData("a\u007f")]
    public void A_value_with_a_control_character_is_refused_and_not_shown(string value)
    {
        var exception = Should.Throw<ArgumentException>(() => new Headers { ["X-Name"] = value });
        exception.Message.ShouldContain("X-Name");
        exception.Message.ShouldNotContain("secret");
        Should.Throw<ArgumentException>(() => new Headers().Add("X-Name", value));
    }

    [Fact]
    public void White_space_around_a_value_goes_and_within_it_stays()
    {
        var headers = new Headers { ["a"] = " \tx \t y\t " };
        headers["a"].ShouldBe("x \t y");
    }

    [Fact]
    public void Text_that_is_not_ASCII_is_written_in_UTF8_and_read_back()
    {
        var headers = new Headers { ["a"] = "\u00e9\u20ac", ["b"] = "x" };
        headers.Encoding.ShouldBe(Encoding.UTF8);
        headers["a"].ShouldBe("\u00e9\u20ac");
        headers.Raw[0].Value.ToArray().ShouldBe("\u00e9\u20ac"u8.ToArray());
        new Headers { ["b"] = "x" }.Encoding.ShouldBe(Encoding.ASCII);
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_read_as_Latin1()
    {
        var headers = new Headers();
        headers.AddRaw("a"u8, [0xE9]);
        headers.Encoding.ShouldBe(Encoding.Latin1);
        headers["a"].ShouldBe("\u00e9");
        headers.Raw[0].Value.ToArray().ShouldBe([0xE9]);
    }

    [Fact]
    public void An_encoding_that_cannot_write_a_value_says_so()
    {
        var headers = new Headers([new("a", "\u00e9")], Encoding.Latin1);
        headers.Raw[0].Value.ToArray().ShouldBe([0xE9]);
        headers["a"].ShouldBe("\u00e9");
        Should.Throw<ArgumentException>(() => headers["b"] = "\u20ac").Message.ShouldContain("iso-8859-1");
        Should.Throw<ArgumentException>(() => new Headers([new("a", "\u010a")], Encoding.Unicode)).Message.ShouldContain("utf-16");
        Should.Throw<ArgumentException>(() => headers["b"] = "\ud800");
    }

    [Fact]
    public void A_list_is_split_at_its_commas_but_not_within_quotes()
    {
        Headers headers = [("if-match", "\"a,b\", W/\"c\\\",d\" ,e"), ("if-match", "f")];
        headers.GetList("if-match", splitCommas: true).ShouldBe(["\"a,b\"", "W/\"c\\\",d\"", "e", "f"]);
    }

    [Fact]
    public void A_copy_has_a_life_of_its_own()
    {
        Headers headers = [("a", "1"), ("b", "2")];
        var copy = headers.Copy();
        copy["a"] = "x";
        headers.Add("c", "3");
        copy.Remove("b");
        headers.MultiItems().ShouldBe([new("a", "1"), new("b", "2"), new("c", "3")]);
        copy.MultiItems().ShouldBe([new("a", "x")]);
        var third = headers.Copy();
        headers.Remove("a");
        third.Count.ShouldBe(3);
        third["a"].ShouldBe("1");
    }

    [Fact]
    public void What_Raw_gave_out_does_not_change_later()
    {
        Headers headers = [("a", "1"), ("b", "2")];
        var raw = headers.Raw;
        headers["a"] = "9";
        headers.Remove("b");
        Text(raw[0].Value).ShouldBe("1");
        Text(raw[1].Value).ShouldBe("2");
    }

    [Fact]
    public void Equality_asks_for_the_same_fields_in_any_order()
    {
        Headers headers = [("A", "1"), ("b", "2"), ("b", "3")];
        Headers same = [("b", "3"), ("a", "1"), ("B", "2")];
        headers.Equals(same).ShouldBeTrue();
        (headers == same).ShouldBeTrue();
        headers.GetHashCode().ShouldBe(same.GetHashCode());
        (headers != [("a", "1"), ("b", "2"), ("b", "2")]).ShouldBeTrue();
        (headers == new Headers()).ShouldBeFalse();
        ((Headers?)null == null).ShouldBeTrue();
        (new Headers() == null).ShouldBeFalse();
    }

    [Fact]
    public void Secrets_are_masked_for_a_person()
    {
        Headers headers = [("Authorization", "s3cret"), ("Proxy-Authorization", "s3cret"), ("Cookie", "s3cret"), ("Set-Cookie", "s3cret"), ("X", "y")];
        headers.ToString().ShouldNotContain("s3cret");
        headers.ToString().ShouldContain("authorization: [secure]");
        headers.ToString().ShouldContain("x: y");
    }

    [Fact]
    public void It_is_made_from_what_a_caller_has()
    {
        Headers? fromNull = (Dictionary<string, string>?)null;
        fromNull.ShouldBeNull();
        Headers fromDictionary = new Dictionary<string, string> { ["a"] = "1" };
        Headers fromPairs = new[] { ("a", "1"), ("a", "2") };
        Headers initialised = new() { { "a", "1" }, { "a", "2" } };
        fromDictionary["a"].ShouldBe("1");
        fromPairs.ShouldBe(initialised);
        fromPairs.ToDictionary()["a"].ShouldBe("1, 2");
        foreach (var (name, value) in fromPairs)
        {
            (name + value).ShouldBe("a1, 2");
        }
    }

    [Fact]
    public void The_library_searches_without_making_strings()
    {
        Headers headers = [("Set-Cookie", "a=1"), ("Vary", "*"), ("set-cookie", "b=2"), ("Set-Cookies", "no")];
        var found = new List<string>();
        foreach (var value in headers.RawValues("set-cookie"u8))
        {
            found.Add(Encoding.ASCII.GetString(value));
        }

        found.ShouldBe(["a=1", "b=2"]);
        headers.TryGetRaw("vary"u8, out var vary).ShouldBeTrue();
        Encoding.ASCII.GetString(vary).ShouldBe("*");
        headers.Contains("set"u8).ShouldBeFalse();
        headers.Prepend("Host", "h");
        headers.MultiItems()[0].ShouldBe(new("host", "h"));
    }

    [Fact]
    public void Any_sequence_of_changes_agrees_with_a_plain_list()
    {
        var names = Gen.Elements("a", "A", "bb", "Content-Type", "x-1");
        var values = Gen.Elements("", "1", "a longer value", "\u00e9");
        var steps = Gen.ListOf(from kind in Gen.Choose(0, 3) from name in names from value in values select (kind, name, value));
        Prop.ForAll(steps.ToArbitrary(), changes =>
        {
            var headers = new Headers();
            var model = new List<(string Name, string Value)>();
            foreach (var (kind, name, value) in changes)
            {
                Change(headers, model, kind, name, value);
            }

            headers.MultiItems().Select(item => (item.Key, item.Value)).ShouldBe(model.Select(item => (item.Name.ToLowerInvariant(), item.Value)));
            headers.Count.ShouldBe(model.Count);
        }).QuickCheckThrowOnFailure();
    }

    private static void Change(Headers headers, List<(string Name, string Value)> model, int kind, string name, string value)
    {
        bool Same((string Name, string Value) item) => item.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
        switch (kind)
        {
            case 0:
                headers.Add(name, value);
                model.Add((name, value));
                break;
            case 1:
                headers.Remove(name).ShouldBe(model.RemoveAll(Same) > 0);
                break;
            case 2:
                headers[name] = value;
                var first = model.FindIndex(Same);
                if (first < 0)
                {
                    model.Add((name, value));
                    break;
                }

                model[first] = (name, value);
                for (var i = model.Count - 1; i > first; i--)
                {
                    if (Same(model[i]))
                    {
                        model.RemoveAt(i);
                    }
                }

                break;
            default:
                headers.Copy().Add(name, value); // a copy's change must not show
                break;
        }
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.Latin1.GetString(bytes.Span);
}
