using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Messages;

public sealed class CookieFileTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2030-06-01T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void A_cookies_txt_is_written_as_others_read_it()
    {
        var jar = new CookieJar(new ManualClock(Now));
        jar.Receive("https://www.example.org/",
            "host=1; Path=/x", "domain=2; Domain=example.org; Secure; HttpOnly; Expires=Sat, 01 Jun 2030 13:00:00 GMT", "nameless; Path=/", "empty=");
        jar.Add(new StoredCookie("every", "host"));
        jar.Add(new StoredCookie("left\tout", "1"));
        Text(jar, CookieFormat.Netscape).Split('\n')[3..].ShouldBe(
        [
            "www.example.org\tFALSE\t/x\tFALSE\t0\thost\t1",
            "#HttpOnly_.example.org\tTRUE\t/\tTRUE\t1906549200\tdomain\t2",
            "www.example.org\tFALSE\t/\tFALSE\t0\t\tnameless",
            "www.example.org\tFALSE\t/\tFALSE\t0\tempty\t",
            "\tFALSE\t/\tFALSE\t0\tevery\thost",
            "",
        ]);
        Text(jar, CookieFormat.Netscape).ShouldStartWith("# Netscape HTTP Cookie File\n");
    }

    [Theory]
    [InlineData("example.org\tFALSE\t/\tFALSE\t0\ta\tb", "a=b example.org/ host")]
    [InlineData("# comment\r\n\r\n.example.org\tTRUE\t/x\tTRUE\t1906549200\ta\tb\r\n", "a=b example.org/x secure 2030-06-01T13:00:00")]
    [InlineData("#HttpOnly_example.org\ttrue\t/\tfalse\t\ta\tb", "a=b example.org/ httponly")]
    [InlineData("\ufeffexample.org\tFALSE\t/\tFALSE\t0\ta\tb", "a=b example.org/ host")]
    [InlineData("EXAMPLE.org\tFALSE\t/\tFALSE\t1906549200.75\ta\tb", "a=b example.org/ host 2030-06-01T13:00:00")]
    [InlineData("example.org\tFALSE\t/\tFALSE\t99999999999999999999\ta\tb", "a=b example.org/ host 9999-12-31T23:59:59")]
    [InlineData("example.org\tFALSE\t/\tFALSE\t0\ta", "a= example.org/ host")]
    [InlineData("example.org\tFALSE\t/\tFALSE\t0\ta\tb\tc", "a=b\tc example.org/ host")]
    [InlineData("co.uk\tTRUE\t/\tFALSE\t0\ta\tb", "a=b co.uk/ host")] // spans nothing
    [InlineData("example.org\tFALSE\t/\tFALSE\t1\ta\tb", "")] // expired
    [InlineData("example.org\tFALSE\t/\tFALSE\t-1\ta\tb", "")]
    [InlineData("", "")]
    public void A_cookies_txt_of_others_is_read(string file, string expected) =>
        string.Join(' ', Load(file, CookieFormat.Netscape).Select(Show)).ShouldBe(expected);

    [Theory]
    [InlineData("{\"cookies\": []}", 1)]
    [InlineData("# x\n\nexample.org TRUE / FALSE 0 s3cret s3cret", 3)]
    [InlineData("# x\nexample.org\tFALSE\t/\tFALSE\t0\ts3cret=\tb", 2)]
    [InlineData("# x\nexample.org\tFALSE\t/\tFALSE\t0\ta\ts3cret;c=d", 2)]
    [InlineData("# x\nexample.org\tFALSE\t/\tFALSE\t0\ta\ts3cret\0", 2)]
    [InlineData("# x\nexample.org\tFALSE\t/\tFALSE\t0\ta\t s3cret", 2)]
    [InlineData("# x\ns3cret org\tFALSE\t/\tFALSE\t0\ta\tb", 2)]
    [InlineData("# x\nexample.org\ts3cret\t/\tFALSE\t0\ta\tb", 2)]
    [InlineData("# x\nexample.org\tFALSE\ts3cret\tFALSE\t0\ta\tb", 2)]
    [InlineData("# x\nexample.org\tFALSE\t/\ts3cret\t0\ta\tb", 2)]
    [InlineData("# x\nexample.org\tFALSE\t/\tFALSE\ts3cret\ta\tb", 2)]
    [InlineData("# x\nexample.org\tFALSE\t/\tFALSE\t0 s3cret\ta\tb", 2)]
    public void A_bad_cookies_txt_is_told_by_its_line_and_never_repeated(string file, int line) => Refuse(file, line, CookieFormat.Netscape);

    [Theory]
    [InlineData("", 1)]
    [InlineData("[]", 1)]
    [InlineData("{}", 1)]
    [InlineData("{\"cookies\": 1}", 1)]
    [InlineData("{\"cookies\": [1]}", 1)]
    [InlineData("{\n\"cookies\": [\n{\"name\": \"s3cret\"}\n]}", 3)]
    [InlineData("{\n\"cookies\": [\n{\"name\": s3cret}\n]}", 3)]
    [InlineData("{\n\"cookies\": [\n{\"name\": \"a\", \"value\": \"s3cret", 3)]
    [InlineData("{\n\"cookies\": [\n{\"name\": \"a\", \"value\": \"s3cret\\ud800\"}\n]}", 3)]
    [InlineData("{\n\"cookies\": [\n{\"name\": \"a\", \"value\": \"s3cret\\r\\n\"}\n]}", 3)]
    [InlineData("{\n\"cookies\": [\n{\"name\": 1, \"value\": \"s3cret\"}\n]}", 3)]
    [InlineData("{\n\"cookies\": [{\"name\": \"a\",\n\"domain\": \"s3cret/\"}\n]}", 3)]
    [InlineData("{\n\"cookies\": [{\"name\": \"a\",\n\"path\": \"s3cret\"}\n]}", 3)]
    [InlineData("{\n\"cookies\": [{\"name\": \"a\",\n\"secure\": \"s3cret\"}\n]}", 3)]
    [InlineData("{\n\"cookies\": [{\"name\": \"a\",\n\"expires\": \"s3cret\"}\n]}", 3)]
    [InlineData("{\n\"cookies\": [{\"name\": \"a\",\n\"sameSite\": \"s3cret\"}\n]}", 3)]
    [InlineData("{\n\"cookies\": []\n} s3cret", 3)]
    [InlineData("{\n\"cookies\": []\n", 3)]
    [InlineData("# Netscape HTTP Cookie File", 1)]
    public void Bad_JSON_is_told_by_its_line_and_never_repeated(string file, int line) => Refuse(file, line, CookieFormat.Json);

    [Fact]
    public void What_JSON_says_more_is_passed_over_and_what_it_leaves_out_is_the_default() =>
        Load("{\"version\": {\"x\": []}, \"cookies\": [{\"value\": \"b\", \"more\": [1], \"name\": \"a\", \"expires\": null}]}", CookieFormat.Json)
            .Select(Show).ShouldBe(["a=b /"]);

    [Fact]
    public void A_bad_file_adds_nothing()
    {
        var jar = new CookieJar();
        Should.Throw<FormatException>(() => jar.Load(Bytes("example.org\tFALSE\t/\tFALSE\t0\ta\tb\nbad")));
        jar.ShouldBeEmpty();
    }

    [Fact]
    public void Any_cookies_come_back_from_JSON_as_they_were() =>
        Prop.ForAll(Jars().ToArbitrary(), jar =>
        {
            var file = Text(jar, CookieFormat.Json);
            var loaded = Load(file, CookieFormat.Json);
            loaded.Select(Full).ShouldBe(jar.Select(Full));
            Text(loaded, CookieFormat.Json).ShouldBe(file);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_cookies_come_back_from_a_cookies_txt_with_all_that_it_can_hold() =>
        Prop.ForAll(Jars().ToArbitrary(), jar =>
        {
            var loaded = Load(jar, CookieFormat.Netscape);
            loaded.Select(Show).ShouldBe(jar.Where(cookie => !(cookie.Name + cookie.Path).Contains('\t')).Select(Show));
            loaded.SelectMany(cookie => cookie.Pair).ShouldBe(
                jar.Where(cookie => !(cookie.Name + cookie.Path).Contains('\t')).SelectMany(cookie => cookie.Pair));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_bytes_are_a_file_or_none() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<bool>(), (bytes, isJson) =>
        {
            try
            {
                new CookieJar().Load(new MemoryStream(bytes), isJson ? CookieFormat.Json : CookieFormat.Netscape);
            }
            catch (FormatException exception)
            {
                exception.Message.ShouldStartWith("The cookie file is bad at line ");
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(CookieFormat.Netscape)]
    [InlineData(CookieFormat.Json)]
    public async Task Files_are_written_and_read_async_too(CookieFormat format)
    {
        var jar = new CookieJar { new StoredCookie("a", "b") { Domain = "example.org" } };
        using var file = new MemoryStream();
        await jar.SaveAsync(file, format, TestContext.Current.CancellationToken);
        file.ToArray().ShouldBe(Encoding.UTF8.GetBytes(Text(jar, format)));
        file.Position = 0;
        var loaded = new CookieJar();
        await loaded.LoadAsync(file, format, TestContext.Current.CancellationToken);
        loaded.ShouldHaveSingleItem().Domain.ShouldBe("example.org");
    }

    [Fact]
    public void There_is_no_third_format() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new CookieJar().Save(new MemoryStream(), (CookieFormat)2));

    private static void Refuse(string file, int line, CookieFormat format)
    {
        var exception = Should.Throw<FormatException>(() => Load(file, format));
        exception.Message.ShouldStartWith($"The cookie file is bad at line {line}: ");
        exception.ToString().ShouldNotContain("s3cret");
    }

    // Jars as servers and programs fill them.
    private static Gen<CookieJar> Jars()
    {
        var text = Gen.Elements("a", "b1", "\u00e9", "x y", "t\tab", "\ud83d\ude00", "\"q\"", "%41", "#").ListOf().Select(string.Concat);
        var received =
            from name in text
            from value in text
            from latin1 in Gen.Elements("", "\u00e9")
            from attributes in Gen.Elements("", "; Domain=example.org", "; Secure", "; HttpOnly", "; Path=/x\ty", "; Max-Age=100",
                "; SameSite=Lax", "; SameSite=Strict", "; SameSite=None; Secure", "; Expires=1 jan 2031 1:1:1").ListOf()
            select (Action<CookieJar>)(jar => jar.Receive(
                [.. Encoding.UTF8.GetBytes(name), (byte)'=', .. Encoding.UTF8.GetBytes(value), .. Encoding.Latin1.GetBytes(latin1),
                    .. Encoding.ASCII.GetBytes(string.Concat(attributes))],
                JarDriver.Origin("https://www.example.org/a/b")));
        var added =
            from name in text
            from value in text
            from domain in Gen.Elements("", "example.org", "co.uk", "::1", "10.0.0.1")
            from path in Gen.Elements("/", "/x", "/\u00e9")
            from ticks in Gen.Choose(1, int.MaxValue)
            from flags in Gen.Choose(0, 15)
            select (Action<CookieJar>)(jar => jar.Add(new StoredCookie($"n{name}n", $"v{value}v")
            {
                Domain = domain,
                Path = path,
                Expires = (flags & 1) == 0 ? null : Now.AddSeconds(1).AddTicks(ticks),
                Secure = (flags & 2) != 0,
                HttpOnly = (flags & 4) != 0,
                IsHostOnly = (flags & 8) != 0,
            }));
        return Gen.OneOf(received, added).ListOf().Select(fill =>
        {
            var jar = new CookieJar(new ManualClock(Now));
            foreach (var one in fill)
            {
                one(jar);
            }

            return jar;
        });
    }

    private static CookieJar Load(string file, CookieFormat format)
    {
        var jar = new CookieJar(new ManualClock(Now));
        jar.Load(Bytes(file), format);
        return jar;
    }

    private static CookieJar Load(CookieJar saved, CookieFormat format)
    {
        using var file = new MemoryStream();
        saved.Save(file, format);
        file.Position = 0;
        var jar = new CookieJar(new ManualClock(Now));
        jar.Load(file, format);
        return jar;
    }

    private static MemoryStream Bytes(string file) => new(Encoding.UTF8.GetBytes(file));

    private static string Text(CookieJar jar, CookieFormat format)
    {
        using var file = new MemoryStream();
        jar.Save(file, format);
        return Encoding.UTF8.GetString(file.ToArray());
    }

    // What both formats hold.
    private static string Show(StoredCookie cookie) =>
        $"{cookie.Name}={cookie.Value} {cookie.Domain}{cookie.Path}{(cookie.IsHostOnly ? " host" : "")}{(cookie.Secure ? " secure" : "")}"
        + $"{(cookie.HttpOnly ? " httponly" : "")}{cookie.Expires?.UtcDateTime.ToString(" yyyy-MM-ddTHH:mm:ss", null)}";

    private static (string, SameSite, DateTimeOffset?, DateTimeOffset?, string) Full(StoredCookie cookie) =>
        (Show(cookie), cookie.SameSite, cookie.Expires, cookie.CreatedAt, Convert.ToHexString(cookie.Pair));
}
