using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Messages;

public sealed class SetCookieTests
{
    [Theory]
    [InlineData("a=b", "a=b")]
    [InlineData(" a\t=  b ; x", "a=b")]
    [InlineData("a=b=c", "a=b=c")]
    [InlineData("a=\"b; c\"", "a=\"b")]
    [InlineData("a=%0d%0a", "a=%0d%0a")]
    [InlineData("a", "=a")]
    [InlineData("=a", "=a")]
    [InlineData("a=", "a=")]
    [InlineData("a=b; Domain=.Example.ORG", "a=b domain:Example.ORG")]
    [InlineData("a=b; Domain=..x", "a=b domain:.x")]
    [InlineData("a=b; Domain=x; Domain=y", "a=b domain:y")]
    [InlineData("a=b; Domain=x; Domain=", "a=b")]
    [InlineData("a=b; Domain", "a=b")]
    [InlineData("a=b; Path=/x", "a=b path:/x")]
    [InlineData("a=b; Path=x", "a=b path:")]
    [InlineData("a=b; Path=/x; Path", "a=b path:")]
    [InlineData("a=b; SECURE; httponly=no", "a=b secure httponly")]
    [InlineData("a=b; Secure x", "a=b")]
    [InlineData("a=b; SameSite=lax", "a=b samesite:Lax")]
    [InlineData("a=b; SameSite=STRICT", "a=b samesite:Strict")]
    [InlineData("a=b; SameSite=None; SameSite=foo", "a=b")]
    [InlineData("a=b; Max-Age=10", "a=b maxage:10")]
    [InlineData("a=b; Max-Age=-10", "a=b maxage:-1")]
    [InlineData("a=b; Max-Age=-", "a=b maxage:-1")]
    [InlineData("a=b; Max-Age=10; Max-Age=1e5", "a=b maxage:10")]
    [InlineData("a=b; Max-Age=+10", "a=b")]
    [InlineData("a=b; Max-Age=", "a=b")]
    [InlineData("a=b; Max-Age=1000000000000000000000000000000", "a=b maxage:9223372036854775807")]
    [InlineData("a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "a=b expires:1970-01-01")]
    [InlineData("a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Expires=never", "a=b expires:1970-01-01")]
    [InlineData("a=b;;;=;x=y;", "a=b")]
    [InlineData("", null)]
    [InlineData("=", null)]
    [InlineData(" ; Path=/", null)]
    [InlineData("a=b\0", null)]
    [InlineData("a=b; x=\r\n", null)]
    [InlineData("a=b; x=\u007f", null)]
    [InlineData("a\u0001=b", null)]
    [InlineData("a=b\tc", "a=b\tc")]
    public void A_field_is_read_as_RFC_6265bis_says(string field, string? expected) => Show(Encoding.Latin1.GetBytes(field)).ShouldBe(expected);

    [Fact]
    public void Sizes_are_bounded()
    {
        Show(Field($"a={new string('x', 4095)}")).ShouldNotBeNull();
        Show(Field($"a={new string('x', 4096)}")).ShouldBeNull();
        Show(Field($"a=b; x={new string('y', 5000 - 7)}")).ShouldBe("a=b");
        Show(Field($"a=b; x={new string('y', 5000 - 6)}")).ShouldBeNull();
        Show(Field($"a=b; Path=/{new string('x', 1023)}")).ShouldBe($"a=b path:/{new string('x', 1023)}");
        Show(Field($"a=b; Path=/{new string('x', 1024)}")).ShouldBe("a=b");
    }

    [Fact]
    public void Any_bytes_are_a_field_or_none_and_what_is_taken_can_be_sent() =>
        Prop.ForAll(Fields().ToArbitrary(), field =>
        {
            var jar = new CookieJar(new ManualClock("2030-01-01"));
            jar.Receive(field, JarDriver.Origin("https://a.example.org/x/y"));
            foreach (var cookie in jar)
            {
                cookie.Pair.ShouldAllBe(c => c >= ' ' && c != 0x7f && c != ';' || c == '\t');
                cookie.Path.ShouldStartWith("/");
                new[] { "a.example.org", "example.org" }.ShouldContain(cookie.Domain);
            }
        }).QuickCheckThrowOnFailure();

    // Random bytes alone would hardly ever be a field: pieces of fields are mixed in.
    private static Gen<byte[]> Fields()
    {
        string[] pieces =
        [
            "a", "=", ";", " ", "\t", "; Path=", "/", "/x", "; Domain=", "example.org", "org", ".", "; Max-Age=", "9", "-", "; Expires=",
            "1 jan 2040 1:1:1", "; Secure", "; SameSite=", "none", "__Host-", "__Secure-", "\0", "\u007f", "\u00e9", "\u00c3\u00a9",
        ];
        var piece = Gen.OneOf(
            Gen.Elements(pieces).Select(Encoding.Latin1.GetBytes),
            Gen.Choose(0, 255).Select(c => new[] { (byte)c }));
        return piece.ListOf().Select(list => list.SelectMany(bytes => bytes).ToArray());
    }

    private static byte[] Field(string text) => Encoding.Latin1.GetBytes(text);

    private static string? Show(byte[] field)
    {
        if (!SetCookie.TryParse(field, out var cookie))
        {
            return null;
        }

        var text = new StringBuilder();
        text.Append(Encoding.Latin1.GetString(cookie.Name)).Append('=').Append(Encoding.Latin1.GetString(cookie.Value));
        text.Append(cookie.Domain.IsEmpty ? "" : $" domain:{Encoding.Latin1.GetString(cookie.Domain)}");
        text.Append(cookie.HasPath ? $" path:{Encoding.Latin1.GetString(cookie.Path)}" : "");
        text.Append(cookie.Expires is { } expires ? $" expires:{expires:yyyy-MM-dd}" : "");
        text.Append(cookie.MaxAge is { } maxAge ? $" maxage:{maxAge}" : "");
        text.Append(cookie.Secure ? " secure" : "").Append(cookie.HttpOnly ? " httponly" : "");
        text.Append(cookie.SameSite != SameSite.Unspecified ? $" samesite:{cookie.SameSite}" : "");
        return text.ToString();
    }
}
