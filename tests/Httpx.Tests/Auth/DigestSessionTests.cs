namespace Httpx.Tests.Authentication;

/// <summary>The examples of the standards, number for number.</summary>
public sealed class DigestSessionTests
{
    private const string Rfc7616 =
        "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=ALGORITHM, "
        + "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";

    [Theory]
    [InlineData("MD5", "8ca523f5e9506fed4657c9700eebdbec")]
    [InlineData("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")]
    public void RFC_7616_3_9_1(string algorithm, string response)
    {
        var session = Session(
            Rfc7616.Replace("ALGORITHM", algorithm), "Mufasa", "Circle of Life", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");
        session.Authorize("GET", "/dir/index.html", default).ShouldBe(
            "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "
            + $"uri=\"/dir/index.html\", response=\"{response}\", algorithm={algorithm}, "
            + "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\", qop=auth, nc=00000001, "
            + "cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\"");
    }

    // The RFC prints the numbers of a truncated SHA-512; these are those of its erratum 4897.
    [Fact]
    public void RFC_7616_3_9_2_with_SHA_512_256_and_a_hashed_user_name()
    {
        const string Challenge =
            "Digest realm=\"api@example.org\", qop=\"auth\", algorithm=SHA-512-256, nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\", "
            + "opaque=\"HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS\", charset=UTF-8, userhash=true";
        var session = Session(Challenge, "J\u00e4s\u00f8n Doe", "Secret, or not?", "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v");
        var value = session.Authorize("GET", "/doe.json", default);
        value.ShouldContain("username=\"793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b\"");
        value.ShouldContain("response=\"3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5\"");
        value.ShouldEndWith(", userhash=true");
    }

    [Fact]
    public void RFC_2069_without_a_quality_of_protection()
    {
        const string Challenge =
            "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"";
        Session(Challenge, "Mufasa", "CircleOfLife", "unused").Authorize("GET", "/dir/index.html", default).ShouldBe(
            "Digest username=\"Mufasa\", realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\", "
            + "response=\"1949323746fe6a43ef61f9606e7febea\", algorithm=MD5, opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");
    }

    [Fact]
    public void RFC_2617_3_5()
    {
        const string Challenge =
            "Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"";
        Session(Challenge, "Mufasa", "Circle Of Life", "0a4f113b").Authorize("GET", "/dir/index.html", default)
            .ShouldContain("response=\"6629fae49393a05397450978507c4ef1\"");
    }

    [Fact]
    public void The_use_of_a_nonce_is_counted_across_threads()
    {
        var session = Session("Digest realm=\"r\", nonce=\"n\", qop=\"auth\"", "u", "p", "c");
        var counts = new System.Collections.Concurrent.ConcurrentBag<string>();
        Parallel.For(0, 100, _ => counts.Add(Part(session.Authorize("GET", "/", default), "nc=")));
        counts.Distinct().Count().ShouldBe(100);
        counts.Order(StringComparer.Ordinal).First().ShouldBe("00000001");
        counts.Order(StringComparer.Ordinal).Last().ShouldBe("00000064");
    }

    [Fact]
    public void Quotes_and_backslashes_are_escaped() =>
        Session("Digest realm=\"a\\\"b\\\\c\", nonce=\"n\"", "u\"v", "p", "c").Authorize("GET", "/", default)
            .ShouldStartWith("Digest username=\"u\\\"v\", realm=\"a\\\"b\\\\c\", nonce=\"n\"");

    [Fact]
    public void A_name_beyond_ASCII_is_written_in_the_extended_form_where_the_server_reads_UTF_8() =>
        Session("Digest realm=\"r\", nonce=\"n\", charset=UTF-8", "J\u00e4s\u00f8n Doe", "p", "c").Authorize("GET", "/", default)
            .ShouldStartWith("Digest username*=UTF-8''J%C3%A4s%C3%B8n%20Doe, ");

    [Theory]
    [InlineData("MD5-sess")]
    [InlineData("sha-sess")]
    [InlineData("SHA-256-SESS")]
    [InlineData("SHA-512")]
    [InlineData("SHA-512-sess")]
    [InlineData("SHA-512-256-sess")]
    [InlineData("\"MD5\"")]
    public void Every_algorithm_is_echoed_as_the_server_wrote_it(string algorithm) =>
        Session($"Digest realm=\"r\", nonce=\"n\", qop=auth, algorithm={algorithm}", "u", "p", "c").Authorize("GET", "/", default)
            .ShouldContain($", algorithm={algorithm.Trim('"')}, ");

    // Computed by hand with Python's hashlib: H(H(H(u:r:p):n:c):n:00000001:c:auth-int:H(POST:/:H(body))).
    [Fact]
    public void The_body_is_part_of_the_hash_where_only_auth_int_is_offered() =>
        Session("Digest realm=\"r\", nonce=\"n\", qop=\"auth-int\", algorithm=MD5-sess", "u", "p", "c").Authorize("POST", "/", "body"u8)
            .ShouldContain("response=\"ec07e7bb64ebddc87baa685304678a0f\", algorithm=MD5-sess, qop=auth-int, nc=00000001, cnonce=\"c\"");

    [Theory]
    [InlineData("Digest realm=\"r\"", "Malformed")]
    [InlineData("Digest nonce=\"n\"", "Malformed")]
    [InlineData("Digest", "Malformed")]
    [InlineData("Digest realm=\"r, nonce=\"n\"", "Malformed")]
    [InlineData("Digest realm=\"r\", nonce=\"n\", nonce=\"m\"", "Malformed")]
    [InlineData("Digest realm=\"r\r\nX: y\", nonce=\"n\"", "Malformed")]
    [InlineData("Digest realm=\"r\", nonce=\"n\", algorithm=SHA3", "'SHA3'")]
    [InlineData("Digest realm=\"r\", nonce=\"n\", algorithm=MD5-MD5-MD5-MD5-MD5-MD5-MD5-MD5-MD5-MD5-MD5-MD5", "...'")]
    [InlineData("Digest realm=\"r\", nonce=\"n\", qop=\"other\"", "'other'")]
    public void A_challenge_that_cannot_be_answered_says_why(string line, string part) =>
        Should.Throw<ProtocolException>(() => DigestChallenge.Find([line])).Message.ShouldContain(part);

    [Fact]
    public void The_first_challenge_that_can_be_answered_is()
    {
        DigestChallenge.Find(["Basic realm=\"b\"", "Negotiate"]).ShouldBeNull();
        DigestChallenge.Find([]).ShouldBeNull();
        DigestChallenge.Find(["Digest realm=\"r\", nonce=\"1\", algorithm=SHA3, Digest realm=\"r\", nonce=\"2\", algorithm=SHA-256", "Digest realm=\"r\", nonce=\"3\""])!
            .Nonce.ShouldBe("2");
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("qop=\"auth\"", "auth")]
    [InlineData("qop=\"auth-int, auth\"", "auth")]
    [InlineData("qop=AUTH", "auth")]
    [InlineData("qop=\"auth-int\"", "auth-int")]
    [InlineData("qop=\"other, auth-int\"", "auth-int")]
    [InlineData("qop=\"\"", null)]
    public void Auth_goes_before_auth_int(string qop, string? chosen) =>
        DigestChallenge.Find([$"Digest realm=\"r\", nonce=\"n\", {qop}"])!.Qop.ShouldBe(chosen);

    private static DigestSession Session(string challenge, string username, string password, string cnonce) =>
        new(DigestChallenge.Find([challenge])!, username, password, cnonce);

    private static string Part(string value, string name)
    {
        var start = value.IndexOf(name, StringComparison.Ordinal) + name.Length;
        return value[start..value.IndexOf(',', start)];
    }
}
