using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Httpx;

/// <summary>
/// The parameters of a query: names with one value or several each. Immutable; made from a text, a dictionary, pairs or a collection
/// expression.
/// </summary>
/// <remarks>
/// A value may be a string, a number (written alike in every culture), a bool (<c>true</c>, <c>false</c>), null (empty), a date or time
/// (ISO 8601), a url, or a sequence of these, which repeats the name; other types are refused. Names are case-sensitive and the order is
/// kept; equality ignores it between names. It is no <see cref="IEnumerable{T}"/>, because a collection initialiser would then lose its
/// entries; <c>foreach</c> works. See <see href="https://www.python-httpx.org/api/#queryparams">HTTPX's QueryParams</see>.
/// </remarks>
[CollectionBuilder(typeof(QueryParams), nameof(Create))]
public sealed class QueryParams : IEquatable<QueryParams>
{
    internal static readonly QueryParams Empty = new();

    // Written by the constructors and, while an object initialiser runs, by the indexer.
    private QueryParam[] _items;

    /// <summary>No parameters.</summary>
    public QueryParams()
    {
        _items = [];
    }

    /// <summary>Reads a query as a form sends it: "+" and <c>%XX</c> decoded, a name without "=" with an empty value.</summary>
    /// <param name="query">The query, with or without "?" before it; null is none.</param>
    public QueryParams(string? query)
    {
        _items = Parse(query);
    }

    /// <summary>Takes pairs; a value that is a sequence repeats its name.</summary>
    /// <param name="query">Names and values, neither encoded.</param>
    /// <exception cref="ArgumentException">A value is of a kind that has no text, or a name is null.</exception>
    public QueryParams(IEnumerable<KeyValuePair<string, object?>> query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var items = new List<QueryParam>();
        foreach (var (name, value) in query)
        {
            QueryParam.AddAll(items, name, value);
        }

        _items = [.. items];
    }

    private QueryParams(QueryParam[] items)
    {
        _items = items;
    }

    /// <summary>Takes the elements of a collection expression.</summary>
    /// <param name="query">The parameters.</param>
    /// <exception cref="ArgumentException">A name is null.</exception>
    public static QueryParams Create(ReadOnlySpan<QueryParam> query)
    {
        foreach (ref readonly var one in query)
        {
            if (one.Name is null)
            {
                throw new ArgumentException("The name of a query parameter is null.", nameof(query));
            }
        }

        return new(query.ToArray());
    }

    /// <summary>Reads a query; null stays null.</summary>
    /// <param name="query">The query, with or without "?" before it.</param>
    [return: NotNullIfNotNull(nameof(query))]
    public static implicit operator QueryParams?(string? query) => query is null ? null : new QueryParams(query);

    /// <summary>Takes names and values; null stays null.</summary>
    /// <param name="query">Names and values, neither encoded.</param>
    [return: NotNullIfNotNull(nameof(query))]
    public static implicit operator QueryParams?(Dictionary<string, string>? query)
    {
        if (query is null)
        {
            return null;
        }

        var items = new QueryParam[query.Count];
        var count = 0;
        foreach (var pair in query)
        {
            items[count++] = (pair.Key, pair.Value);
        }

        return new(items);
    }

    /// <summary>Takes names and values; a value that is a sequence repeats its name; null stays null.</summary>
    /// <param name="query">Names and values, neither encoded.</param>
    /// <exception cref="ArgumentException">A value is of a kind that has no text.</exception>
    [return: NotNullIfNotNull(nameof(query))]
    public static implicit operator QueryParams?(Dictionary<string, object?>? query) =>
        query is null ? null : new QueryParams((IEnumerable<KeyValuePair<string, object?>>)query);

    /// <summary>Takes pairs in their order; null stays null.</summary>
    /// <param name="query">Names and values, neither encoded.</param>
    /// <exception cref="ArgumentException">A name is null.</exception>
    [return: NotNullIfNotNull(nameof(query))]
    public static implicit operator QueryParams?((string Name, string Value)[]? query) =>
        query is null ? null : Create(Array.ConvertAll(query, pair => (QueryParam)pair));

    /// <summary>Takes pairs in their order; a value that is a sequence repeats its name; null stays null.</summary>
    /// <param name="query">Names and values, neither encoded.</param>
    /// <exception cref="ArgumentException">A value is of a kind that has no text, or a name is null.</exception>
    [return: NotNullIfNotNull(nameof(query))]
    public static implicit operator QueryParams?((string Name, object? Value)[]? query) =>
        query is null ? null : new QueryParams(Array.ConvertAll(query, pair => KeyValuePair.Create(pair.Name, pair.Value)));

    /// <summary>For initialisers only: <c>new() { ["page"] = 2 }</c>. A name given again replaces.</summary>
    /// <param name="name">The name, not encoded.</param>
    /// <exception cref="ArgumentException">The value is of a kind that has no text, or the name is null.</exception>
    public object? this[string name]
    {
        init => _items = Set(name, value)._items;
    }

    /// <summary>How many different names there are.</summary>
    public int Count => _items.Length <= 1 ? _items.Length : Keys.Count;

    /// <summary>The different names, in the order of their first use.</summary>
    public IReadOnlyList<string> Keys
    {
        get
        {
            var seen = new HashSet<string>(_items.Length, StringComparer.Ordinal);
            var keys = new List<string>(_items.Length);
            foreach (ref readonly var item in _items.AsSpan())
            {
                if (seen.Add(item.Name))
                {
                    keys.Add(item.Name);
                }
            }

            return keys;
        }
    }

    internal bool IsEmpty => _items.Length == 0;

    /// <summary>Goes through the parameters in their order.</summary>
    public IEnumerator<QueryParam> GetEnumerator() => ((IEnumerable<QueryParam>)_items).GetEnumerator();

    /// <summary>Makes a copy where the name has this value, or these values, only: at its first place, or at the end.</summary>
    /// <param name="name">The name, not encoded.</param>
    /// <param name="value">The value, or a sequence of values.</param>
    /// <exception cref="ArgumentException">The value is of a kind that has no text, or the name is null.</exception>
    public QueryParams Set(string name, object? value)
    {
        var values = new List<QueryParam>();
        QueryParam.AddAll(values, name, value);
        return values.Count == 0 ? Remove(name) : Merge(new QueryParams([.. values]));
    }

    /// <summary>Makes a copy with a value, or each value of a sequence, added at the end.</summary>
    /// <param name="name">The name, not encoded.</param>
    /// <param name="value">The value, or a sequence of values.</param>
    /// <exception cref="ArgumentException">The value is of a kind that has no text, or the name is null.</exception>
    public QueryParams Add(string name, object? value)
    {
        var items = new List<QueryParam>(_items);
        QueryParam.AddAll(items, name, value);
        return new([.. items]);
    }

    /// <summary>Makes a copy without the name.</summary>
    /// <param name="name">The name, not encoded.</param>
    public QueryParams Remove(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new(Array.FindAll(_items, item => item.Name != name));
    }

    /// <summary>Makes a copy with others merged in: they replace those of equal name at their first place; new names come last.</summary>
    /// <param name="query">The others.</param>
    public QueryParams Merge(QueryParams query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (IsEmpty || query.IsEmpty)
        {
            return IsEmpty ? query : this;
        }

        var groups = new Dictionary<string, List<QueryParam>>(StringComparer.Ordinal);
        foreach (ref readonly var item in query._items.AsSpan())
        {
            if (!groups.TryGetValue(item.Name, out var group))
            {
                groups.Add(item.Name, group = []);
            }

            group.Add(item);
        }

        var merged = new List<QueryParam>(_items.Length + query._items.Length);
        var placed = new HashSet<string>(StringComparer.Ordinal);
        foreach (ref readonly var item in _items.AsSpan())
        {
            if (!groups.TryGetValue(item.Name, out var group))
            {
                merged.Add(item);
            }
            else if (placed.Add(item.Name))
            {
                merged.AddRange(group);
            }
        }

        foreach (ref readonly var item in query._items.AsSpan())
        {
            if (!placed.Contains(item.Name))
            {
                merged.Add(item);
            }
        }

        return new([.. merged]);
    }

    /// <summary>The first value of the name.</summary>
    /// <param name="name">The name, not encoded.</param>
    /// <param name="defaultValue">What to return where there is none. Default null.</param>
    public string? Get(string name, string? defaultValue = null)
    {
        foreach (ref readonly var item in _items.AsSpan())
        {
            if (item.Name == name)
            {
                return item.Value;
            }
        }

        return defaultValue;
    }

    /// <summary>All values of the name, in their order.</summary>
    /// <param name="name">The name, not encoded.</param>
    public IReadOnlyList<string> GetList(string name)
    {
        var values = new List<string>();
        foreach (ref readonly var item in _items.AsSpan())
        {
            if (item.Name == name)
            {
                values.Add(item.Value);
            }
        }

        return values;
    }

    /// <summary>All names and values, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> MultiItems() =>
        Array.ConvertAll(_items, item => KeyValuePair.Create(item.Name, item.Value));

    /// <summary>Whether there is a value of the name.</summary>
    /// <param name="name">The name, not encoded; in its own case.</param>
    public bool ContainsKey(string name) => Get(name) is not null;

    /// <summary>Whether the other has the same names with the same values, each name's in the same order.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(QueryParams? other) => other is not null
        && (ReferenceEquals(this, other) || (_items.Length == other._items.Length && Sorted().AsSpan().SequenceEqual(other.Sorted())));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as QueryParams);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        // A sum, because the order between names is no difference.
        var sum = _items.Length;
        foreach (ref readonly var item in _items.AsSpan())
        {
            sum = unchecked(sum + item.GetHashCode());
        }

        return sum;
    }

    /// <summary>Whether both have the same names with the same values.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(QueryParams? left, QueryParams? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether the two differ in names or values.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(QueryParams? left, QueryParams? right) => !(left == right);

    /// <summary>The query as a form sends it: a space is "+", everything that is not unreserved <c>%XX</c> (RFC 3986 2.3).</summary>
    public override string ToString()
    {
        if (IsEmpty)
        {
            return "";
        }

        Span<char> memory = stackalloc char[512];
        var to = new TextBuffer(memory);
        try
        {
            AppendTo(ref to, name: null);
            return to.Written.ToString();
        }
        finally
        {
            to.Dispose();
        }
    }

    /// <summary>Appends the pairs of one name, or all, encoded, with "&amp;" before each but the very first.</summary>
    internal void AppendTo(ref TextBuffer to, string? name)
    {
        foreach (ref readonly var item in _items.AsSpan())
        {
            if (name is not null && item.Name != name)
            {
                continue;
            }

            if (to.Length > 0)
            {
                to.Append('&');
            }

            PercentEncoding.EscapeForm(ref to, item.Name);
            to.Append('=');
            PercentEncoding.EscapeForm(ref to, item.Value);
        }
    }

    private static QueryParam[] Parse(string? query)
    {
        var text = query.AsSpan();
        text = text.StartsWith('?') ? text[1..] : text;
        var items = new List<QueryParam>();
        foreach (var range in text.Split('&'))
        {
            var pair = text[range];
            if (!pair.IsEmpty)
            {
                var equals = pair.IndexOf('=');
                items.Add(new QueryParam(
                    PercentEncoding.UnescapeForm(equals < 0 ? pair : pair[..equals]),
                    equals < 0 ? "" : PercentEncoding.UnescapeForm(pair[(equals + 1)..])));
            }
        }

        return [.. items];
    }

    // A stable sort: values of one name stay in their order.
    private QueryParam[] Sorted() => [.. _items.OrderBy(item => item.Name, StringComparer.Ordinal)];
}
