using System.Text;
using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Messages;

/// <summary>The vectors that browsers were compared by when RFC 6265 was written.</summary>
public sealed class HttpStateTests
{
    private const string Start = "http://home.example.org:8888/cookie-parser?";

    private const string Nameless =
        "a cookie may have no name, and its value is then sent alone (RFC 6265bis 5.6, step 3); in 2010 it was ignored";

    private const string ControlCharacter =
        "a control character voids the whole field (RFC 6265bis 5.6, step 1); in 2010 the field was cut off there";

    /// <summary>Where RFC 6265bis wants something else: what it wants, and why.</summary>
    private static readonly Dictionary<string, (string? Header, string Reason)> Differences = new()
    {
        ["0004"] = ("foo", Nameless),
        ["0021"] = ("a=b; x; c=d", Nameless),
        ["0023"] = ("foo", Nameless),
        ["0024"] = ("foo", Nameless),
        ["0025"] = ("foo", Nameless),
        ["0026"] = ("foo", Nameless),
        ["0027"] = ("bar", Nameless),
        ["0028"] = ("foo", Nameless),
        ["chromium0009"] = ("BLAHHH", Nameless),
        ["chromium0010"] = ("\"BLA\\\"HHH\"", Nameless),
        ["chromium0012"] = ("ABC", Nameless),
        ["mozilla0012"] = ("test=\"fubar! = foo; five", Nameless),
        ["mozilla0014"] = ("six", Nameless),
        ["mozilla0015"] = ("seven", Nameless),
        ["mozilla0016"] = ("eight", Nameless),
        ["mozilla0017"] = ("eight; test=six", Nameless),
        ["name0017"] = ("a=bar", Nameless),
        ["name0023"] = ("foo", Nameless),
        ["name0025"] = ("==a=bar", Nameless),
        ["name0028"] = ("a", Nameless),
        ["name0031"] = ("\"foo", Nameless),
        ["name0032"] = ("\"foo\\\"bar", Nameless),
        ["name0033"] = ("aaa", Nameless),
        ["disabled-chromium0022"] = (null, ControlCharacter),
        ["disabled-chromium0023"] = (null, ControlCharacter),
        ["optional-domain0042"] = ("foo=bar", "the last Domain holds even if it is empty (RFC 6265bis 5.6.3); in 2010 it did not count"),
    };

    [Fact]
    public void The_corpus_passes_but_for_what_RFC_6265bis_changed()
    {
        var folder = Repository.Corpus("cookies-http-state/tests/data/parser");
        var names = Directory.GetFiles(folder, "*-test").Select(path => Path.GetFileName(path)[..^"-test".Length]).Order().ToList();
        names.Count.ShouldBeGreaterThan(200);
        Differences.Keys.Except(names).ShouldBeEmpty();

        var failures = new List<string>();
        foreach (var name in names)
        {
            var vector = Lines($"{folder}/{name}-expected").Find(line => line.StartsWith("Cookie: ", StringComparison.Ordinal))?["Cookie: ".Length..];
            var expected = Differences.TryGetValue(name, out var difference) ? difference.Header : vector;
            var header = Run(name, Lines($"{folder}/{name}-test"));
            if (header != expected)
            {
                failures.Add($"{name}: {header ?? "nothing"}, and not {expected ?? "nothing"}");
            }
            else if (difference.Reason is not null && header == vector)
            {
                failures.Add($"{name} is no difference any more");
            }
        }

        failures.ShouldBeEmpty();
    }

    private static string? Run(string name, List<string> lines)
    {
        var clock = new ManualClock("2011-01-01"); // when the vectors' dates were still to come
        var jar = new CookieJar(clock);
        var location = $"/cookie-parser-result?{name}";
        foreach (var line in lines)
        {
            if (line.StartsWith("Set-Cookie:", StringComparison.Ordinal))
            {
                jar.Receive(Start + name, line["Set-Cookie:".Length..].Trim(' ', '\t'));
            }
            else if (line.StartsWith("Location: ", StringComparison.Ordinal))
            {
                location = line["Location: ".Length..];
            }
        }

        var headers = new Headers();
        jar.AddHeader(JarDriver.Origin(new Uri(new Uri(Start), location).AbsoluteUri), headers);
        return headers.TryGetRaw("cookie"u8, out var value) ? Encoding.Latin1.GetString(value) : null;
    }

    // Byte for byte: two of the vectors have a CR or a NUL within a line.
    private static List<string> Lines(string path) => [.. File.ReadAllText(path, Encoding.Latin1).Split('\n')];
}
