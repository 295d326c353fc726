using System.Globalization;
using System.Text.RegularExpressions;
using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Messages;

public sealed class PublicSuffixesTests
{
    [Theory]
    [InlineData("com", true)]
    [InlineData("co.uk", true)]
    [InlineData("uk", true)]
    [InlineData("github.io", true)] // of the private part
    [InlineData("example.com", false)]
    [InlineData("www.example.com", false)]
    [InlineData("example.co.uk", false)]
    [InlineData("user.github.io", false)]
    [InlineData("anything.ck", true)] // *.ck
    [InlineData("www.ck", false)] // !www.ck
    [InlineData("city.kobe.jp", false)]
    [InlineData("c.kobe.jp", true)]
    [InlineData("kobe.jp", true)] // beneath it everything is one but city.kobe.jp
    [InlineData("jp", true)]
    [InlineData("localhost", true)] // a top-level domain that nobody knows
    [InlineData("no-such-tld", true)]
    [InlineData("example.no-such-tld", false)]
    [InlineData("xn--55qx5d.cn", true)]
    [InlineData("xn--85x722f.xn--55qx5d.cn", false)]
    [InlineData("", true)]
    public void Public_suffixes_are_told_from_the_names_beneath_them(string name, bool expected) =>
        PublicSuffixes.Contains(name).ShouldBe(expected);

    [Fact]
    public void The_vectors_of_the_list_s_makers_hold()
    {
        var vectors = File.ReadLines(Repository.Corpus("publicsuffix/tests/tests.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal) && line != "null null")
            .Select(line => line.Split(' '))
            .ToList();

        vectors.Count.ShouldBeGreaterThan(60);
        foreach (var vector in vectors)
        {
            var expected = vector[1] == "null" ? null : Ascii(vector[1]);
            Registrable(Ascii(vector[0])).ShouldBe(expected, vector[0]);
        }
    }

    [Fact]
    public void Every_rule_of_the_resource_is_found()
    {
        var path = Path.Combine(Repository.Root, "src/Httpx/Messages/Cookies/public-suffixes.txt");
        var rules = File.ReadLines(path).Where(line => !line.StartsWith("//", StringComparison.Ordinal)).Select(line => line.Split(' ')).ToList();

        rules.Count.ShouldBeGreaterThan(9000);
        rules.Select(rule => rule[0]).ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            var mark = rule.Length > 1 ? rule[1] : "";
            PublicSuffixes.Contains(rule[0]).ShouldBe(mark != "!", rule[0]);
            PublicSuffixes.Contains("zz--no-such-rule." + rule[0]).ShouldBe(mark == "*", rule[0]);
        }
    }

    [Fact]
    public void The_list_tells_its_date_its_source_and_its_licence()
    {
        PublicSuffixes.Head.ShouldContain("Mozilla Public License, v. 2.0");
        PublicSuffixes.Head.ShouldContain("// Source: ");
        var date = Regex.Match(PublicSuffixes.Head, "^// Date: (.*)$", RegexOptions.Multiline).Groups[1].Value;
        DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(new DateOnly(2023, 2, 9));
    }

    // The shortest name that is no public suffix; a name that begins with a dot has none.
    private static string? Registrable(string name)
    {
        string? registrable = null;
        for (var rest = name; !name.StartsWith('.') && !PublicSuffixes.Contains(rest); rest = rest[(rest.IndexOf('.') + 1)..])
        {
            registrable = rest;
        }

        return registrable;
    }

    private static string Ascii(string name) =>
        name.StartsWith('.') ? name : new IdnMapping().GetAscii(name).ToLowerInvariant();
}
