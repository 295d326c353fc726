using System.Collections.ObjectModel;

namespace Httpx;

/// <summary>The links of Link fields (RFC 8288 3): <c>&lt;/page?p=2&gt;; rel="next"; title="a, b"</c>.</summary>
/// <remarks>
/// Each link has its target under <c>url</c>, as it is written, and its parameters beside it. It is found by its relation type, by each of
/// them where it has several, and by its target where it has none. Where two links share a key the later one is found, as in HTTPX.
/// Rubbish between links is skipped; time is linear in the length of the fields.
/// </remarks>
internal static class Links
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> None =
        ReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>.Empty;

    /// <summary>The links of all Link fields of a response.</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Parse(Headers headers)
    {
        var fields = headers.GetList("Link");
        if (fields.Count == 0)
        {
            return None;
        }

        var links = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in fields)
        {
            Add(links, field);
        }

        return links;
    }

    private static void Add(Dictionary<string, IReadOnlyDictionary<string, string>> links, ReadOnlySpan<char> field)
    {
        while (true)
        {
            var start = field.IndexOf('<');
            var length = start < 0 ? -1 : field[(start + 1)..].IndexOf('>');
            if (length < 0)
            {
                return;
            }

            var url = field.Slice(start + 1, length).Trim(" \t").ToString();
            var link = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["url"] = url };
            var reader = new ParameterReader(field, start + length + 2, endsAtComma: true);
            while (reader.Next(out var name, out var value))
            {
                // The first of two with one name counts (RFC 8288 3.3 says so of rel), and none can take the target's place.
                link.TryAdd(name, value);
            }

            Register(links, link, url);
            field = field[reader.Position..];
        }
    }

    private static void Register(
        Dictionary<string, IReadOnlyDictionary<string, string>> links, Dictionary<string, string> link, string url)
    {
        var relations = link.GetValueOrDefault("rel", "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (relations.Length == 0)
        {
            links[url] = link;
        }

        foreach (var relation in relations)
        {
            links[relation] = link;
        }
    }
}
