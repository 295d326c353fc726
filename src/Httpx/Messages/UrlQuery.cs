namespace Httpx;

/// <summary>Changes to a query that leave everything else in it as it is written.</summary>
internal static class UrlQuery
{
    /// <summary>Puts parameters into a query: a name's values take the place of the first pair of that name, new ones come last.</summary>
    /// <param name="query">The query, percent-encoded.</param>
    /// <param name="added">The parameters.</param>
    /// <param name="alsoRemove">A further name whose pairs go.</param>
    internal static string Merge(ReadOnlySpan<char> query, QueryParams added, string? alsoRemove = null)
    {
        if (query.IsEmpty)
        {
            return added.ToString();
        }

        var pending = new HashSet<string>(added.Keys, StringComparer.Ordinal);
        var replaced = new HashSet<string>(pending, StringComparer.Ordinal);
        if (alsoRemove is not null)
        {
            replaced.Add(alsoRemove);
        }

        Span<char> memory = stackalloc char[512];
        var to = new TextBuffer(memory);
        try
        {
            foreach (var range in query.Split('&'))
            {
                var pair = query[range];
                var name = NameOf(pair);
                if (pair.IsEmpty || !replaced.Contains(name))
                {
                    AppendPair(ref to, pair);
                }
                else if (pending.Remove(name))
                {
                    added.AppendTo(ref to, name);
                }
            }

            foreach (var name in added.Keys)
            {
                if (pending.Contains(name))
                {
                    added.AppendTo(ref to, name);
                }
            }

            return to.Written.ToString();
        }
        finally
        {
            to.Dispose();
        }
    }

    /// <summary>Puts one query behind another that gives defaults: its pairs stay where the other has none of that name.</summary>
    internal static string MergeText(ReadOnlySpan<char> defaults, ReadOnlySpan<char> query)
    {
        if (defaults.IsEmpty || query.IsEmpty)
        {
            return (defaults.IsEmpty ? query : defaults).ToString();
        }

        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var range in query.Split('&'))
        {
            named.Add(NameOf(query[range]));
        }

        Span<char> memory = stackalloc char[512];
        var to = new TextBuffer(memory);
        try
        {
            foreach (var range in defaults.Split('&'))
            {
                if (!named.Contains(NameOf(defaults[range])))
                {
                    AppendPair(ref to, defaults[range]);
                }
            }

            AppendPair(ref to, query);
            return to.Written.ToString();
        }
        finally
        {
            to.Dispose();
        }
    }

    /// <summary>Both, with "&amp;" between where neither is empty.</summary>
    internal static string Join(ReadOnlySpan<char> query, string more) =>
        query.IsEmpty ? more : more.Length == 0 ? query.ToString() : string.Concat(query, "&", more);

    private static string NameOf(ReadOnlySpan<char> pair) =>
        PercentEncoding.UnescapeForm(pair.IndexOf('=') is var equals and >= 0 ? pair[..equals] : pair);

    private static void AppendPair(ref TextBuffer to, ReadOnlySpan<char> pair)
    {
        if (to.Length > 0)
        {
            to.Append('&');
        }

        to.Append(pair);
    }
}
