using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Messages;

/// <summary>The URL standard's table of cases, and the older copy of it that HTTPX tests itself with.</summary>
public sealed partial class WhatwgUrlTests
{
    private const string Current = "whatwg-url/url/tests/urltestdata.json";
    private const string Older = "whatwg-url/tests/models/whatwg.json";

    // What is read otherwise than the standard does, and why; each reason with a test of the input or its base.
    private static readonly (string Reason, Func<string, bool> Holds)[] Differences =
    [
        ("Control characters are refused, as in HTTPX, not dropped: what is dropped by one reader is seen by another.",
            input => input.Any(one => one is < ' ' or '\u007f')),
        ("Spaces before and after are escaped like those within, as in HTTPX: nothing is dropped silently.",
            input => input.StartsWith(' ') || input.EndsWith(' ')),
        ("A backslash is no slash (RFC 3986): in a host it is refused, in a path escaped.",
            input => input.Contains('\\')),
        ("A scheme of the web without '//' names no host (RFC 3986): such a url is refused where it must be absolute.",
            input => WithoutSlashes().IsMatch(input)),
        ("An empty host is not looked for further on: '///x' is refused.",
            input => input.StartsWith("///", StringComparison.Ordinal)),
        ("A relative path does not begin with ':' (RFC 3986 4.2), as in HTTPX.",
            input => input.StartsWith(':')),
        ("An encoded dot is no dot, as in HTTPX: what is encoded stays as it is.",
            input => input.Contains("%2e", StringComparison.OrdinalIgnoreCase)),
        ("The apostrophe is allowed in a query (RFC 3986), and stays, as in HTTPX.",
            input => input.Contains("?'", StringComparison.Ordinal)),
    ];

    [Theory]
    [InlineData(Current, 200)]
    [InlineData(Older, 200)]
    public void Each_normal_form_is_read_into_its_components(string table, int atLeast)
    {
        var count = 0;
        foreach (var row in Rows(table).Where(row => row.Href is not null))
        {
            Url url = row.Href!;
            url.Scheme.ShouldBe(row.Protocol.TrimEnd(':'), row.Href);
            Bracketed(url.RawHost).ShouldBe(row.Hostname.ToLowerInvariant(), row.Href);
            url.ExplicitPort.ShouldBe(row.Port.Length == 0 ? null : int.Parse(row.Port, CultureInfo.InvariantCulture), row.Href);
            if (!IsOpaque(row))
            {
                url.FullPath.Split('?')[0].ShouldBe(row.Pathname.Length == 0 ? "/" : row.Pathname, row.Href);
                (url.Query.Length == 0 ? "" : "?" + url.Query).ShouldBe(row.Search, row.Href);
            }

            if (IsWeb(row.Href!))
            {
                url.ToString().ShouldBeSameAs(row.Href, "a normal form is kept as the very string that it is");
            }

            new Url(url.ToString(), allowRelative: true).ShouldBe(url);
            count++;
        }

        count.ShouldBeGreaterThan(atLeast);
    }

    [Theory]
    [InlineData(Current)]
    [InlineData(Older)]
    public void Each_url_of_the_web_is_normalised_as_the_standard_says_or_differs_for_a_reason(string table)
    {
        var used = new HashSet<string>();
        var same = 0;
        foreach (var row in Rows(table).Where(row => row.Href is not null && IsWeb(row.Href)))
        {
            var read = Read(row);
            if (read == row.Href)
            {
                same++;
                continue;
            }

            var reason = Differences.FirstOrDefault(difference => difference.Holds(row.Input)).Reason;
            reason.ShouldNotBeNull($"<{row.Input}> against <{row.Base}> became {read}, not {row.Href}");
            used.Add(reason);
        }

        same.ShouldBeGreaterThan(150);
        used.Count.ShouldBe(Differences.Length, "a difference that no case shows is no difference any more");
    }

    [Theory]
    [InlineData(Current, 100)]
    [InlineData(Older, 100)]
    public void What_the_standard_refuses_is_refused(string table, int atLeast)
    {
        var count = 0;
        foreach (var row in Rows(table).Where(row => row.Href is null && (IsWeb(row.Input) || row.Base is { } b && IsWeb(b))))
        {
            // "http:" against an https url is a url without a host, which no client sends.
            if (Read(row) is { } read && read != "http:")
            {
                Assert.Fail($"<{row.Input}> against <{row.Base}> became {read}.");
            }

            count++;
        }

        count.ShouldBeGreaterThan(atLeast);
    }

    private static string? Read(Row row)
    {
        try
        {
            return (row.Base is null ? new Url(row.Input) : new Url(row.Base).Join(row.Input)).ToString();
        }
        catch (InvalidUrlException)
        {
            return null;
        }
    }

    private static bool IsWeb(string url) =>
        url.StartsWith("http:", StringComparison.Ordinal) || url.StartsWith("https:", StringComparison.Ordinal);

    // Paths without a slash, where the standard escapes next to nothing and we what we escape everywhere.
    private static bool IsOpaque(Row row) => !row.Pathname.StartsWith('/') && row.Pathname.Length > 0;

    private static string Bracketed(string host) => host.Contains(':') ? $"[{host}]" : host;

    private static List<Row> Rows(string table)
    {
        // Half surrogates are in the table, which the reader of JSON refuses: the texts are unescaped here.
        var rows = new List<Row>();
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.Corpus(table)));
        foreach (var row in document.RootElement.EnumerateArray())
        {
            if (row.ValueKind == JsonValueKind.Object && row.GetProperty("input").ValueKind == JsonValueKind.String)
            {
                rows.Add(new Row(
                    Text(row, "input")!, Text(row, "base"), Text(row, "href"), Text(row, "protocol") ?? "", Text(row, "hostname") ?? "",
                    Text(row, "port") ?? "", Text(row, "pathname") ?? "", Text(row, "search") ?? ""));
            }
        }

        return rows;
    }

    private static string? Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? Escapes().Replace(value.GetRawText()[1..^1], Unescape)
            : null;

    private static string Unescape(Match match) => match.Value[1] switch
    {
        'u' => ((char)int.Parse(match.Value.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString(),
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        'b' => "\b",
        'f' => "\f",
        var other => other.ToString(),
    };

    [GeneratedRegex(@"\\(u[0-9a-fA-F]{4}|.)")]
    private static partial Regex Escapes();

    [GeneratedRegex("^https?:(?!//)")]
    private static partial Regex WithoutSlashes();

    private sealed record Row(
        string Input, string? Base, string? Href, string Protocol, string Hostname, string Port, string Pathname, string Search);
}
