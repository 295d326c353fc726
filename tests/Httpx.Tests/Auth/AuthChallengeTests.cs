namespace Httpx.Tests.Authentication;

public sealed class AuthChallengeTests
{
    [Theory]
    [InlineData("Digest realm=\"r\", nonce=\"n\"", "Digest[realm=r nonce=n]")]
    [InlineData("Basic realm=\"simple\", Digest realm=\"a, b\", nonce=\"n\"", "Basic[realm=simple] Digest[realm=a, b nonce=n]")]
    [InlineData("Digest realm=\"r\", nonce=\"n\", Basic realm=\"s\"", "Digest[realm=r nonce=n] Basic[realm=s]")]
    [InlineData("Negotiate YIIabc==, Basic realm=\"s\"", "Negotiate[] Basic[realm=s]")]
    [InlineData("Negotiate, NTLM, Basic realm=s", "Negotiate[] NTLM[] Basic[realm=s]")]
    [InlineData("Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\", Basic realm=\"simple\"", "Newauth[realm=apps type=1 title=Login to \"apps\"] Basic[realm=simple]")]
    [InlineData(",, Digest  realm = \"r\" ,\t, nonce\t=n ,", "Digest[realm=r nonce=n]")]
    [InlineData("dIGEST REALM=\"r\"", "dIGEST[realm=r]")]
    [InlineData("Digest realm=\"\"", "Digest[realm=]")]
    [InlineData("", "")]
    [InlineData(" , ", "")]
    public void Several_challenges_in_one_line_are_told_apart(string line, string expected) => Show(line).ShouldBe(expected);

    [Theory]
    [InlineData("Digest realm=\"unclosed")]
    [InlineData("Digest realm=\"r\", realm=\"s\"")]
    [InlineData("Digest realm=\"r\", \"nonce\"")]
    [InlineData("Digest realm=\"r\", =n")]
    [InlineData("Digest realm=\"r\", nonce=,")]
    public void What_breaks_the_grammar_is_marked(string line) =>
        AuthChallenge.Parse(line).ShouldContain(challenge => challenge.Scheme == "Digest" && challenge.IsMalformed);

    [Fact]
    public void A_line_of_a_megabyte_is_read_in_no_time()
    {
        var hostile = new[] { new string('"', 1 << 20), string.Concat(Enumerable.Repeat("a=,", 1 << 18)), "Digest a=\"" + new string('\\', 1 << 20) };
        foreach (var line in hostile)
        {
            AuthChallenge.Parse(line);
        }
    }

    [Fact]
    public void Parameters_without_a_scheme_are_read_too() =>
        AuthChallenge.ParseParameters("nextnonce=\"abc\", qop=auth, nc=00000001")["nextnonce"].ShouldBe("abc");

    private static string Show(string line) => string.Join(' ', AuthChallenge.Parse(line).Select(challenge =>
    {
        string[] names = ["realm", "nonce", "type", "title"];
        var parameters = names.Where(name => challenge[name] is not null).Select(name => $"{name}={challenge[name]}");
        return $"{challenge.Scheme}[{string.Join(' ', parameters)}]";
    }));
}
