using System.Text;

namespace Httpx.Tests.Config;

public sealed class NetRcTests
{
    [Theory]
    [InlineData("machine h login u password p", "u:p")]
    [InlineData("machine h\nlogin u\npassword p\n", "u:p")]
    [InlineData("machine h password p login u account a", "u:p")]
    [InlineData("\ufeffmachine h\r\n\tlogin u\r\n\tpassword p\r\n", "u:p")]
    [InlineData("machine other login x password y\nmachine H login u password p", "u:p")]
    [InlineData("machine h login u password p\nmachine h login u2 password p2", "u:p")]
    [InlineData("default login d password e", "d:e")]
    [InlineData("default login d password e\nmachine h login u password p", "u:p")]
    [InlineData("# a comment machine h login no password no\nmachine h login u password p # another", "u:p")]
    [InlineData("machine h login u password #p", "u:#p")]
    [InlineData("machine \"h\" login \"u v\" password \"p \\\"q\\\" \\\\\"", "u v:p \"q\" \\")]
    [InlineData("machine h login u password a\\ b", "u:a b")]
    [InlineData("macdef init\ncd /pub\nmachine h login no password no\n\nmachine h login u password p", "u:p")]
    [InlineData("machine h login u password p\nmacdef init\ncd /pub\n", "u:p")]
    [InlineData("machine h login u password p:q", "u:p:q")]
    [InlineData("machine h password p", ":p")]
    [InlineData("machine h login u", null)]
    [InlineData("machine h login u password \"\"", null)]
    [InlineData("machine h login u password \"\"\ndefault login d password e", null)]
    [InlineData("machine h.evil login u password p", null)]
    [InlineData("machine sub.h login u password p", null)]
    [InlineData("", null)]
    public void The_entry_of_a_host_is_found(string text, string? expected) =>
        (NetRc.Parse(text, "netrc").Find("h") is var (login, password) ? $"{login}:{password}" : null).ShouldBe(expected);

    [Fact]
    public void A_user_that_is_named_gets_no_other_users_password()
    {
        var netrc = NetRc.Parse("machine h login a password 1\nmachine h login b password 2\ndefault login c password 3", "netrc");
        netrc.Find("h", "a").ShouldBe(("a", "1"));
        netrc.Find("h", "b").ShouldBe(("b", "2"));
        netrc.Find("h", "c").ShouldBe(("c", "3"));
        netrc.Find("h", "x").ShouldBeNull();
        netrc.Find("other", "a").ShouldBeNull();
    }

    [Theory]
    [InlineData("machine h login u password s3cret rubbish", 1)]
    [InlineData("machine h\nlogin u\ns3cret", 3)]
    [InlineData("login u password s3cret", 1)]
    [InlineData("\n\nmachine h login u password \"s3cret", 3)]
    [InlineData("machine h login u password", 1)]
    [InlineData("machine h login u password s3cret\u0001", 1)]
    public void What_breaks_the_grammar_is_told_by_its_line_and_never_repeated(string text, int line)
    {
        var message = Should.Throw<ArgumentException>(() => NetRc.Parse(text, "the/file")).Message;
        message.ShouldStartWith($"'the/file', line {line}, ");
        message.ShouldNotContain("s3cret");
    }

    [Fact]
    public void Lines_and_words_are_bounded()
    {
        Should.Throw<ArgumentException>(() => NetRc.Parse("machine h password " + new string('p', 4097), "f")).Message.ShouldContain("4096");
        Should.Throw<ArgumentException>(() => NetRc.Parse("# " + new string(' ', 17_000), "f")).Message.ShouldContain("16384");
        NetRc.Parse("machine h password " + new string('p', 4096), "f").Find("h").ShouldNotBeNull();
    }

    [Fact]
    public void Files_are_bounded_and_named()
    {
        using var folder = new TempFolder();
        var huge = folder.Write("huge", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("# comment\n", 14_000))));
        Should.Throw<ArgumentException>(() => NetRc.Load(huge)).Message.ShouldContain(huge);
        Should.Throw<ArgumentException>(() => NetRc.Load(folder.Path)).Message.ShouldContain(folder.Path);
        Should.Throw<FileNotFoundException>(() => NetRc.Load("/nowhere/netrc")).Message.ShouldContain("/nowhere/netrc");
        Should.Throw<FileNotFoundException>(() => new NetRcAuth("/nowhere/netrc"));
        NetRc.Load(folder.Write("good", "machine h login u password p")).Find("h").ShouldBe(("u", "p"));
    }
}
