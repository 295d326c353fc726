using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Httpx.Engine;
using Httpx.Engine.Dialing;

namespace Httpx.Tests.Engine.Dialing;

public sealed class SocksHandshakeTests
{
    private const string Accepted = "05 00 00 01 7f000001 1f90";

    [Fact]
    public void Without_credentials_none_are_offered()
    {
        var exchange = Run(() => new("example.com", 443, null, null), "05 00", Accepted);
        exchange.Sent.ShouldBe(["050100", "05010003" + "0b" + Hex("example.com") + "01bb"]);
        exchange.IsComplete.ShouldBeTrue();
        exchange.Left.ShouldBe("");
    }

    [Fact]
    public void A_user_name_and_a_password_go_when_they_are_asked_for()
    {
        var exchange = Run(() => new("example.com", 80, "u\u00E9", "p:@"), "05 02", "01 00", Accepted);
        exchange.Sent.ShouldBe(
            ["05020002", "01" + "03" + Hex("u\u00E9") + "03" + Hex("p:@"), "05010003" + "0b" + Hex("example.com") + "0050"]);
        exchange.IsComplete.ShouldBeTrue();
    }

    [Fact]
    public void They_do_not_go_to_a_proxy_that_does_not_want_them()
    {
        var exchange = Run(() => new("example.com", 80, "user", "secret"), "05 00", Accepted);
        exchange.Sent.ShouldBe(["05020002", "05010003" + "0b" + Hex("example.com") + "0050"]);
        exchange.IsComplete.ShouldBeTrue();
    }

    [Theory]
    [InlineData("127.0.0.1", "01 7f000001")]
    [InlineData("::1", "04 00000000000000000000000000000001")]
    [InlineData("[2001:db8::1]", "04 20010db8000000000000000000000001")]
    [InlineData("::ffff:1.2.3.4", "04 00000000000000000000ffff01020304")]
    [InlineData("127.1", "03 05 3132372e31")] // An address to some only: what it means is left to the proxy.
    [InlineData("0x7f.1", "03 06 307837662e31")]
    [InlineData("localhost", "03 09 6c6f63616c686f7374")] // Names are never looked up here.
    public void Hosts_go_as_addresses_or_as_names(string host, string address) =>
        Run(() => new(host, 1, null, null), "05 00", Accepted).Sent[1].ShouldBe("050100" + address.Replace(" ", "") + "0001");

    [Theory]
    [InlineData("05 00 00 01 00000000 0000")]
    [InlineData("05 00 00 03 00 0000")]
    [InlineData("05 00 00 03 04 61626364 0000")]
    [InlineData("05 00 00 04 00000000000000000000000000000000 ffff")]
    [InlineData("05 00 ff 01 00000000 0000")] // What is reserved is not looked at.
    public void The_reply_may_bind_any_kind_of_address_and_what_follows_is_the_origins(string reply)
    {
        Run(() => new("h", 1, null, null), "05 00", reply).IsComplete.ShouldBeTrue();
        var exchange = Run(() => new("h", 1, null, null), "05 00", reply + " 160301");
        exchange.IsComplete.ShouldBeTrue();
        exchange.Left.ShouldBe("160301");
    }

    [Fact]
    public void A_handshake_cut_anywhere_waits_for_more()
    {
        var bytes = Convert.FromHexString("0502" + "0100" + "0500000304616263640000");
        for (var length = 0; length < bytes.Length; length++)
        {
            Run(() => new("h", 1, "u", "p"), Convert.ToHexString(bytes[..length])).IsComplete.ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("04 00", "SOCKS5")]
    [InlineData("48", "SOCKS5")] // "HTTP/1.1 400": told by the first byte.
    [InlineData("05 ff", "none were given")]
    [InlineData("05 02", "none were given")]
    [InlineData("05 01", "not offered")]
    [InlineData("05 80", "not offered")]
    [InlineData("05 00 04", "SOCKS5")]
    [InlineData("05 00 05 01", "general failure")] // Without the rest, which some proxies leave out.
    [InlineData("05 00 05 02", "rules")]
    [InlineData("05 00 05 03", "network is unreachable")]
    [InlineData("05 00 05 04", "host is unreachable")]
    [InlineData("05 00 05 05", "refused")]
    [InlineData("05 00 05 06", "time to live")]
    [InlineData("05 00 05 07", "CONNECT")]
    [InlineData("05 00 05 08", "type")]
    [InlineData("05 00 05 09", "unknown reason 9")]
    [InlineData("05 00 05 ff 00 01 00000000 0000", "unknown reason 255")]
    [InlineData("05 00 05 00 00 02 00", "unknown type 2")]
    [InlineData("05 00 05 00 00 00 00", "unknown type 0")]
    public void What_goes_wrong_is_named(string received, string telling) =>
        Refused(() => Run(() => new("origin.example", 443, null, null), received)).ShouldContain(telling);

    [Theory]
    [InlineData("05 ff", "neither")]
    [InlineData("05 01", "not offered")]
    [InlineData("05 02 05 00", "version 5")]
    [InlineData("05 02 01 01", "refused the user name")]
    [InlineData("05 02 01 ff", "refused the user name")]
    public void What_goes_wrong_with_the_credentials_is_named_without_them(string received, string telling)
    {
        var message = Refused(() => Run(() => new("origin.example", 443, "user1", "secret"), received));
        message.ShouldContain(telling);
        message.ShouldNotContain("user1");
        message.ShouldNotContain("secret");
    }

    [Fact]
    public void A_refusal_names_the_origin() =>
        Refused(() => Run(() => new("origin.example", 443, null, null), "05 00 05 05")).ShouldContain("origin.example:443");

    // CVE-2023-38545: a name whose length does not fit into the byte for it.
    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    [InlineData(0, false)]
    public void A_name_has_one_to_255_bytes(int length, bool isAccepted)
    {
        var name = new string('a', length);
        if (isAccepted)
        {
            Run(() => new(name, 1, null, null), "05 00").Sent[1].ShouldBe("05010003" + "ff" + Hex(name) + "0001");
        }
        else
        {
            Refused(() => new SocksHandshake(name, 1, null, null)).ShouldContain("255");
        }
    }

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    [InlineData(0, false)]
    public void Credentials_have_one_to_255_bytes(int length, bool isAccepted)
    {
        var text = new string('a', length);
        if (isAccepted)
        {
            Run(() => new("h", 1, text, text), "05 02").Sent[1].ShouldBe("01" + "ff" + Hex(text) + "ff" + Hex(text));
        }
        else
        {
            Refused(() => new SocksHandshake("h", 1, text, "p")).ShouldContain("user name");
            Refused(() => new SocksHandshake("h", 1, "u", text)).ShouldContain("password");
            Refused(() => new SocksHandshake("h", 1, "u", null)).ShouldContain("password");
        }
    }

    [Fact]
    public void Bytes_count_and_not_characters() => Refused(() => new SocksHandshake("h", 1, new string('\u00E9', 128), "p"));

    [Theory]
    [InlineData("fe80::1%eth0")]
    [InlineData("[fe80::1%25eth0]")]
    [InlineData("b\u00FCcher.example")]
    public void Hosts_that_a_proxy_cannot_understand_are_refused(string host) => Refused(() => new SocksHandshake(host, 1, null, null));

    [Fact]
    public void Hostile_bytes_end_in_a_connection_a_wait_or_a_ProxyException() =>
        Prop.ForAll(
            Gen.Elements("\0\x01\x02\x03\x04\x05\xFF"u8.ToArray()).ArrayOf().ToArbitrary(),
            bytes => Outcome(() => Run(() => new("h", 1, "u", "p"), "0502" + Convert.ToHexString(bytes)))
                .ShouldBeOneOf("open", "waits", "refused"))
            .Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(1000).WithQuietOnSuccess(true));

    private static string Outcome(Func<Exchange> run)
    {
        try
        {
            return run().IsComplete ? "open" : "waits";
        }
        catch (ProxyException)
        {
            return "refused";
        }
    }

    private static string Refused(Func<object> make) => Should.Throw<ProxyException>(make).Message;

    private static string Hex(string text) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));

    // The outcome must not depend on how the bytes are cut; the exchange that is returned has them message by message.
    private static Exchange Run(Func<SocksHandshake> make, params string[] received)
    {
        var messages = received.Select(message => Convert.FromHexString(message.Replace(" ", "", StringComparison.Ordinal))).ToArray();
        var all = messages.SelectMany(message => message).ToArray();
        var expected = Outcome(() => Exchange.Of(make(), messages));
        Outcome(() => Exchange.Of(make(), all.Chunk(1))).ShouldBe(expected);
        Outcome(() => Exchange.Of(make(), [all])).ShouldBe(expected);
        return Exchange.Of(make(), messages);
    }

    private sealed record Exchange(IReadOnlyList<string> Sent, bool IsComplete, string Left)
    {
        internal static Exchange Of(SocksHandshake handshake, IEnumerable<byte[]> segments)
        {
            var input = new ReadBuffer();
            var output = new WriteBuffer();
            var sent = new List<string>();
            Step([]);
            foreach (var segment in segments)
            {
                Step(segment);
            }

            return new Exchange(sent, handshake.IsComplete, Convert.ToHexStringLower(input.Span));

            void Step(byte[] segment)
            {
                Http1.Feed.Receive(input, segment);
                handshake.Advance(input, output);
                if (output.Length > 0)
                {
                    sent.Add(Convert.ToHexStringLower(output.Memory.Span));
                    output.Clear();
                }
            }
        }
    }
}
