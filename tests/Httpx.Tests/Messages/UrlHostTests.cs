namespace Httpx.Tests.Messages;

public sealed class UrlHostTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("255.255.255.255", "255.255.255.255")]
    [InlineData("127.1", "127.0.0.1")]
    [InlineData("127.0.1", "127.0.0.1")]
    [InlineData("2130706433", "127.0.0.1")]
    [InlineData("0x7f.1", "127.0.0.1")]
    [InlineData("0X7F000001", "127.0.0.1")]
    [InlineData("017700000001", "127.0.0.1")]
    [InlineData("0177.0.0.01", "127.0.0.1")]
    [InlineData("1.2.3.4.", "1.2.3.4")]
    [InlineData("1.2.3.", "1.2.0.3")]
    [InlineData("192.168.257", "192.168.1.1")]
    [InlineData("0x", "0.0.0.0")]
    [InlineData("%31%32%37.0.0.1", "127.0.0.1")]
    [InlineData("\uff11\uff12\uff17.0.0.1", "127.0.0.1")]
    [InlineData("127\u30020\u30020\u30021", "127.0.0.1")]
    public void A_host_that_is_an_address_in_any_spelling_is_the_address(string host, string address)
    {
        var url = new Url($"http://{host}/x");
        url.Host.ShouldBe(address);
        url.RawHost.ShouldBe(address);
        url.Authority.ShouldBe(address);
    }

    [Theory]
    [InlineData("256.1.1.1")]
    [InlineData("999.999.999.999")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.08")]
    [InlineData("1..2")]
    [InlineData("4294967296")]
    [InlineData("0x100000000")]
    [InlineData("99999999999999999999999999")]
    [InlineData("1.2.65536")]
    [InlineData("example.1")]
    [InlineData("example.0x1")]
    [InlineData("example.09")]
    [InlineData("09.1.1.1")]
    public void A_host_that_ends_in_a_number_and_is_no_address_is_refused(string host) =>
        Should.Throw<InvalidUrlException>(() => new Url($"http://{host}")).Message.ShouldContain("Invalid IPv4 address");

    [Theory]
    [InlineData("023b76x43144")]
    [InlineData("1.2.3.x")]
    [InlineData("0x7f.example")]
    [InlineData("h2")]
    [InlineData("0xg")]
    [InlineData("a_b")]
    [InlineData("a..b")]
    [InlineData("a.com.")]
    [InlineData("xn")]
    [InlineData("!$&'()*+,;=~")]
    public void Other_hosts_are_names(string host) => new Url($"http://{host}/").Host.ShouldBe(host);

    [Theory]
    [InlineData("::", "::")]
    [InlineData("::1", "::1")]
    [InlineData("0:0:0:0:0:0:0:1", "::1")]
    [InlineData("2001:DB8::00A", "2001:db8::a")]
    [InlineData("1:0:0:2:0:0:0:3", "1:0:0:2::3")]
    [InlineData("1:0:0:2:0:0:3:4", "1::2:0:0:3:4")]
    [InlineData("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0")]
    [InlineData("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8")]
    [InlineData("::ffff:192.168.0.1", "::ffff:192.168.0.1")]
    [InlineData("::FFFF:C0A8:1", "::ffff:192.168.0.1")]
    [InlineData("::127.0.0.1", "::7f00:1")]
    [InlineData("64:ff9b::1.2.3.4", "64:ff9b::102:304")]
    public void IPv6_addresses_have_one_spelling(string address, string expected)
    {
        var url = new Url($"https://[{address}]:8443/x");
        url.Host.ShouldBe(expected);
        url.RawHost.ShouldBe(expected);
        url.Authority.ShouldBe($"[{expected}]:8443");
        url.ToString().ShouldBe($"https://[{expected}]:8443/x");
        System.Net.IPAddress.Parse(url.RawHost).ShouldBe(System.Net.IPAddress.Parse(address));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[::1")]
    [InlineData("::1]")]
    [InlineData("[::1]x")]
    [InlineData("x[::1]")]
    [InlineData("[[::1]]")]
    [InlineData("[g::1]")]
    [InlineData("[1:2]")]
    [InlineData("[:::1]")]
    [InlineData("[::1::]")]
    [InlineData("[:1]")]
    [InlineData("[1:]")]
    [InlineData("[1:2:3:4:5:6:7:8:9]")]
    [InlineData("[1:2:3:4:5:6:7:8::]")]
    [InlineData("[12345::]")]
    [InlineData("[::1.2.3]")]
    [InlineData("[::1.2.3.4.5]")]
    [InlineData("[::1.2.3.04]")]
    [InlineData("[::1.2.3.256]")]
    [InlineData("[::0x1.2.3.4]")]
    [InlineData("[1.2.3.4]")]
    [InlineData("[1.2.3.4::]")]
    [InlineData("[1:2:3:4:5:6:7:1.2.3.4]")]
    [InlineData("[fe80::1%25eth0]")]
    [InlineData("[fe80::1%eth0]")]
    [InlineData("[::1%.www.example.com]")]
    [InlineData("[v1.x]")]
    [InlineData("[::\uff11]")]
    public void What_is_no_IPv6_address_is_refused(string host) => Should.Throw<InvalidUrlException>(() => new Url($"http://{host}/"));

    [Theory]
    [InlineData("\u4e2d\u56fd.icom.museum", "xn--fiqs8s.icom.museum", "\u4e2d\u56fd.icom.museum")]
    [InlineData("K\u00f6nigsg\u00e4\u00dfchen.de", "xn--knigsgchen-b4a3dun.de", "k\u00f6nigsg\u00e4\u00dfchen.de")]
    [InlineData("fa\u00df.de", "xn--fa-hia.de", "fa\u00df.de")]
    [InlineData("\u03b2\u03cc\u03bb\u03bf\u03c2.com", "xn--nxasmm1c.com", "\u03b2\u03cc\u03bb\u03bf\u03c2.com")]
    [InlineData("\u0dc1\u0dca\u200d\u0dbb\u0dd3.com", "xn--10cl1a0b660p.com", "\u0dc1\u0dca\u200d\u0dbb\u0dd3.com")]
    [InlineData(
        "\u0646\u0627\u0645\u0647\u200c\u0627\u06cc.com", "xn--mgba3gch31f060k.com", "\u0646\u0627\u0645\u0647\u200c\u0627\u06cc.com")]
    [InlineData("www.xn--bcher-kva.example", "www.xn--bcher-kva.example", "www.b\u00fccher.example")]
    [InlineData("XN--BCHER-KVA.example", "xn--bcher-kva.example", "b\u00fccher.example")]
    [InlineData("B%C3%BCCHER.example", "xn--bcher-kva.example", "b\u00fccher.example")]
    [InlineData("\ud83d\udca9.la", "xn--ls8h.la", "\ud83d\udca9.la")]
    [InlineData("ex\u00adample\uff0eOrg", "example.org", "example.org")]
    [InlineData("a\u3002b", "a.b", "a.b")]
    public void International_names_are_ASCII_on_the_wire_and_Unicode_for_people(string host, string ascii, string unicode)
    {
        var url = new Url($"https://{host}:444/");
        url.RawHost.ShouldBe(ascii);
        url.Host.ShouldBe(unicode);
        url.ToString().ShouldBe($"https://{ascii}:444/");
        new Url($"https://{url.Host}:444/").ShouldBe(url);
    }

    [Theory]
    [InlineData("xn--")]
    [InlineData("xn--a")]
    [InlineData("a.xn--a-ecp.ru")]
    [InlineData("xn--9999999999")]
    [InlineData("xn--\u00e4")]
    [InlineData("\u00ad")]
    [InlineData("\u200d\u00e4")]
    [InlineData("-\u00e4")]
    [InlineData("\u00e4..b")]
    [InlineData("\ud800.com")]
    [InlineData("\ufdd0.com")]
    [InlineData("\u00e4%2fb")]
    [InlineData("%ff")]
    public void Invalid_international_names_are_refused(string host) => Should.Throw<InvalidUrlException>(() => new Url($"http://{host}/"));

    [Fact]
    public void Names_are_as_long_as_the_DNS_allows()
    {
        var label = new string('a', 63);
        var name = $"{label}.{label}.{label}.{new string('b', 61)}";
        new Url($"http://{label}/").RawHost.ShouldBe(label);
        new Url($"http://{name}/").RawHost.ShouldBe(name);
        new Url($"http://{name}./").RawHost.ShouldBe(name + ".");
        Should.Throw<InvalidUrlException>(() => new Url($"http://{label}a/")).Message.ShouldContain("63");
        Should.Throw<InvalidUrlException>(() => new Url($"http://{name}b/")).Message.ShouldContain("253");
        Should.Throw<InvalidUrlException>(() => new Url($"http://{new string('\u00e4', 200)}/"));
    }
}
