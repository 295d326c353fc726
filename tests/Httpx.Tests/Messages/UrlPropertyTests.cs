using FsCheck;
using FsCheck.Fluent;

namespace Httpx.Tests.Messages;

public sealed class UrlPropertyTests
{
    // Pieces that mean something to a parser, and some that should not.
    private static readonly string[] Pieces =
    [
        "http", "https", "HTTP", "ws", "custom", "mailto", ":", "//", "/", "\\", "?", "#", "@", "[", "]", ".", "..", "/.", "/../",
        "%", "%2", "%2e", "%41", "%00", "%zz", "a", "B", "h.example", "xn--", "xn--bcher-kva", "127.0.0.1", "0x7f", "1", "09", "256",
        "::1", "::ffff:1.2.3.4",
        ":80", ":443", ":65536", "\u00e4", "\u00df", "\ud83d\ude07", "\ud800", "\udc00", "\u3002", "\u200d", "\uff11", "\u00ad", "\u2100",
        " ", "\t", "\r\n", "\0", "\u007f", "&", "=", "+", "'", "\"", "<", ">", "^", "`", "{", "|", "}", "~", "_", "-", ";", ",",
    ];

    private static readonly Arbitrary<string> Texts = Gen.OneOf(
        Gen.Elements(Pieces).ListOf().Select(string.Concat),
        Gen.Elements(Pieces).ListOf().Select(pieces => "http://" + string.Concat(pieces)),
        Gen.Elements(Pieces).ListOf().Select(pieces => "https://h/" + string.Concat(pieces)),
        Gen.Elements(Pieces).ListOf().Select(pieces => "https://u:p@h:81/?" + string.Concat(pieces)),
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "")).ToArbitrary();

    private static readonly FsCheck.Config Thorough = FsCheck.Config.QuickThrowOnFailure.WithMaxTest(5_000).WithQuietOnSuccess(true);

    [Fact]
    public void A_text_is_a_url_or_an_InvalidUrlException() => Check.One(Thorough, Prop.ForAll(Texts, text =>
    {
        if (Read(text) is { } url)
        {
            url.ToString().AsSpan().ContainsAnyExceptInRange((char)0x21, (char)0x7e).ShouldBeFalse(url.ToString());
        }
    }));

    [Fact]
    public void The_text_of_a_url_reads_as_the_same_url() => Check.One(Thorough, Prop.ForAll(Texts, text =>
    {
        if (Read(text) is { } url)
        {
            Url again = url.ToString();
            Components(again).ShouldBe(Components(url));
            again.ToString().ShouldBeSameAs(url.ToString());
        }
    }));

    [Fact]
    public void Proof_and_writer_agree() => Check.One(Thorough, Prop.ForAll(Texts, text =>
    {
        // CopyWith without changes splits and writes everything, whichever way the url came in.
        if (Read(text) is { } url)
        {
            Components(url.CopyWith()).ShouldBe(Components(url));
        }
    }));

    [Fact]
    public void What_two_urls_make_is_a_url_or_an_InvalidUrlException() => Check.One(Thorough, Prop.ForAll(Texts, Texts, (first, second) =>
    {
        if (Read(first) is not { } url || Read(second) is not { } other)
        {
            return;
        }

        foreach (var make in new Func<Url>[] { () => url.Join(other), () => url.Append(other), () => url.CopyMergeParams(other.Params) })
        {
            try
            {
                var made = make();
                Components(made.ToString()).ShouldBe(Components(made));
            }
            catch (InvalidUrlException)
            {
                // Some pairs make no url; what counts is that nothing else is thrown.
            }
        }
    }));

    [Fact]
    public void No_component_changes_another() => Check.One(Thorough, Prop.ForAll(Texts, text =>
    {
        var url = new Url("https://user:pass@h:81/p?q=1#f");
        foreach (var (part, copy) in new (int, Func<Url>)[]
        {
            (0, () => url.CopyWith(scheme: text)), (1, () => url.CopyWith(username: text)), (2, () => url.CopyWith(password: text)),
            (3, () => url.CopyWith(host: text)), (5, () => url.CopyWith(path: text)), (6, () => url.CopyWith(query: text)),
            (7, () => url.CopyWith(fragment: text)),
        })
        {
            try
            {
                var changed = copy();
                if (part == 3 && text.Length == 0)
                {
                    continue;
                }

                var before = Components(url);
                var after = Components(changed.ToString());
                before[part] = after[part] = "";
                after[^1] = changed.Scheme.Length > 0 ? after[^1] : before[^1];
                after.ShouldBe(before);
            }
            catch (InvalidUrlException)
            {
                // Refused is as good as escaped.
            }
        }
    }));

    [Fact]
    public void Credentials_come_back_as_they_were() => Check.One(Thorough, Prop.ForAll(Texts, text =>
    {
        if (text.Any(one => one < ' ' || one == '\u007f' || char.IsSurrogate(one)))
        {
            return;
        }

        var url = new Url("https://h/").CopyWith(username: text, password: text);
        url.Username.ShouldBe(text);
        url.Password.ShouldBe(text);
        url.ToLogString().ShouldNotContain(":" + text + "@");
    }));

    [Fact]
    public void Parameters_come_back_as_they_were() => Check.One(Thorough, Prop.ForAll(Texts, Texts, (name, value) =>
    {
        if (name.Any(char.IsSurrogate) || value.Any(char.IsSurrogate))
        {
            return;
        }

        QueryParams query = [(name, value), ("x", "1"), (name, "")];
        new QueryParams(query.ToString()).MultiItems().ShouldBe(query.MultiItems());
        var url = new Url("https://h/?x=2&y=%20", query: query);
        url.Params.GetList(name).ShouldBe(query.GetList(name));
        url.Params.Remove(name).Remove("x").ToString().ShouldBe(name == "y" ? "" : "y=+");
    }));

    private static Url? Read(string text)
    {
        try
        {
            return text;
        }
        catch (InvalidUrlException)
        {
            return null;
        }
    }

    private static string[] Components(Url url) =>
    [
        url.Scheme, url.Username, url.Password, url.RawHost, $"{url.ExplicitPort}", url.FullPath.Split('?')[0], url.Query, url.Fragment,
        url.ToString().Length > 0 && url.IsAbsoluteUrl ? "absolute" : "relative",
    ];
}
