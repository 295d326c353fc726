using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace Httpx;

/// <summary>The header fields of a message: an ordered dictionary whose names compare without case and may repeat.</summary>
/// <remarks>
/// <para>Order, case and bytes are kept as they were set or received (<see cref="Raw"/>, <see cref="MultiItems"/>). The dictionary's view
/// (the indexer, <see cref="Keys"/>, <see cref="Items"/>, enumeration) has each name once, in lower case, repeats joined with ", ".</para>
/// <para>Names and values are checked when they are set: a name must be a token, a value must have no control characters, so that no field
/// can smuggle in another. Not safe for changes by several threads at once. See RFC 9110 5 and
/// <see href="https://www.python-httpx.org/api/#headers"/>.</para>
/// </remarks>
[CollectionBuilder(typeof(Headers), nameof(Create))]
public sealed partial class Headers : IEnumerable<KeyValuePair<string, string>>, IEquatable<Headers>
{
    // The one representation is the wire's: "Name: value\r\n" for each field. Sending it is one copy, receiving it another, and a
    // string is made only of what somebody asks for. The array may be shared by copies; whoever changes his copy first takes his own.
    private byte[] _block = [];
    private int _length;
    private int _count;
    private bool _isShared;
    private Encoding? _encoding;

    /// <summary>No fields.</summary>
    public Headers()
    {
    }

    /// <summary>The given fields, in their order.</summary>
    /// <param name="headers">Names and values; a name may repeat.</param>
    /// <param name="encoding">For values that are not ASCII; default UTF-8.</param>
    /// <exception cref="ArgumentException">A name is no token, or a value has a control character or cannot be encoded.</exception>
    public Headers(IEnumerable<KeyValuePair<string, string>> headers, Encoding? encoding = null)
    {
        ArgumentNullException.ThrowIfNull(headers);
        _encoding = encoding;
        if (headers is Headers others)
        {
            (_block, _length, _count) = (others._block, others._length, others._count);
            _encoding ??= others._encoding;
            _isShared = others._isShared = true;
            return;
        }

        foreach (var (name, value) in headers)
        {
            Add(name, value);
        }
    }

    /// <summary>How many fields there are, repeats counted.</summary>
    public int Count => _count;

    /// <summary>The names, each once and in lower case, in the order of their first fields.</summary>
    public IReadOnlyList<string> Keys => List(static item => item.Key);

    /// <summary>The values in the order of <see cref="Keys"/>, repeats joined with ", ".</summary>
    public IReadOnlyList<string> Values => List(static item => item.Value);

    /// <summary>Names and values, each name once and in lower case, repeats joined with ", ".</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Items => List(static item => item);

    /// <summary>Every field as it is on the wire, in the case and the bytes in which it was set or received.</summary>
    public IReadOnlyList<(ReadOnlyMemory<byte> Name, ReadOnlyMemory<byte> Value)> Raw
    {
        get
        {
            _isShared = true; // the slices must not change under their reader
            var list = new List<(ReadOnlyMemory<byte>, ReadOnlyMemory<byte>)>(_count);
            for (var start = 0; start < _length;)
            {
                var line = _block.AsSpan(start, _length - start);
                var colon = line.IndexOf((byte)':');
                var end = line.IndexOf((byte)'\n');
                list.Add((_block.AsMemory(start, colon), _block.AsMemory(start + colon + 2, end - 1 - colon - 2)));
                start += end + 1;
            }

            return list;
        }
    }

    /// <summary>
    /// How values that are not ASCII are read and written. Default: ASCII where all fields are, else UTF-8 where all fields are
    /// valid UTF-8, else ISO-8859-1; values are written in UTF-8 unless it is set.
    /// </summary>
    public Encoding Encoding
    {
        get => _encoding ?? Detected();
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _encoding = value;
        }
    }

    /// <summary>The value of a name; of several fields joined with ", ". Setting replaces the first one in place and removes the
    /// others.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <exception cref="KeyNotFoundException">There is no such field (<see cref="Get"/> and <see cref="ContainsKey"/> do not
    /// throw).</exception>
    /// <exception cref="ArgumentException">When setting: the name is no token, or the value has a control character.</exception>
    public string this[string name]
    {
        get => Get(name) ?? throw new KeyNotFoundException($"There is no header '{name}'.");
        set
        {
            FieldText.ThrowIfNotName(name, nameof(name));
            FieldText.ThrowIfNotValue(name, value, nameof(value));
            Set(name, value);
        }
    }

    /// <summary>The fields of a dictionary. Null stays null.</summary>
    /// <param name="headers">Names and values.</param>
    [return: NotNullIfNotNull(nameof(headers))]
    public static implicit operator Headers?(Dictionary<string, string>? headers) => headers is null ? null : new Headers(headers);

    /// <summary>The fields of an array of pairs, in which a name may repeat. Null stays null.</summary>
    /// <param name="headers">Names and values.</param>
    [return: NotNullIfNotNull(nameof(headers))]
    public static implicit operator Headers?((string Name, string Value)[]? headers) => headers is null ? null : Create(headers);

    /// <summary>Whether both have the same fields, whatever their order and the case of the names.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Headers? left, Headers? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether their fields differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Headers? left, Headers? right) => !(left == right);

    /// <summary>What a collection expression makes: <c>headers: [("a", "1"), ("a", "2")]</c>.</summary>
    /// <param name="headers">Names and values; a name may repeat.</param>
    public static Headers Create(ReadOnlySpan<(string Name, string Value)> headers)
    {
        var made = new Headers();
        foreach (var (name, value) in headers)
        {
            made.Add(name, value);
        }

        return made;
    }

    /// <summary>The value of a name, of several fields joined with ", "; the default where there is none.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <param name="defaultValue">Returned where there is no such field. Default null.</param>
    public string? Get(string name, string? defaultValue = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        string? joined = null;
        StringBuilder? more = null;
        foreach (var value in Find(name))
        {
            var text = Decode(value);
            if (joined is null)
            {
                joined = text;
                continue;
            }

            more ??= new StringBuilder(joined);
            more.Append(", ").Append(text);
        }

        return more?.ToString() ?? joined ?? defaultValue;
    }

    /// <summary>The values of all fields of a name, in their order; empty where there is none.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <param name="splitCommas">Whether each value is a list to be split at its commas (those in quotes apart). Default false.</param>
    public IReadOnlyList<string> GetList(string name, bool splitCommas = false)
    {
        ArgumentNullException.ThrowIfNull(name);
        List<string>? list = null;
        foreach (var value in Find(name))
        {
            list ??= [];
            var text = Decode(value);
            if (splitCommas)
            {
                AddElements(list, text);
            }
            else
            {
                list.Add(text);
            }
        }

        return list ?? (IReadOnlyList<string>)[];
    }

    /// <summary>Adds a field behind all others, whether or not there is one of that name.</summary>
    /// <param name="name">The name: a token.</param>
    /// <param name="value">The value; white space around it goes.</param>
    /// <exception cref="ArgumentException">The name is no token, or the value has a control character or cannot be encoded.</exception>
    public void Add(string name, string value)
    {
        FieldText.ThrowIfNotName(name, nameof(name));
        FieldText.ThrowIfNotValue(name, value, nameof(value));
        Splice(_length, _length, name, value);
        _count++;
    }

    /// <summary>Removes all fields of a name; false where there was none.</summary>
    /// <param name="name">The name, in any case.</param>
    public bool Remove(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var before = _count;
        RemoveFrom(0, name);
        return _count < before;
    }

    /// <summary>Whether there is a field of that name.</summary>
    /// <param name="name">The name, in any case.</param>
    public bool ContainsKey(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Find(name).MoveNext();
    }

    /// <summary>Every field as a pair, repeats apart, names in lower case.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> MultiItems()
    {
        var list = new List<KeyValuePair<string, string>>(_count);
        foreach (var field in RawFields())
        {
            list.Add(new(FieldText.LowerName(field.Name), Decode(field.Value)));
        }

        return list;
    }

    /// <summary>Takes over the fields of another set: the names that it has are removed here, then its fields are added.</summary>
    /// <param name="other">The other set.</param>
    public void Update(Headers other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (ReferenceEquals(this, other) || other._count == 0)
        {
            return;
        }

        if (_count > 0)
        {
            foreach (var field in other.RawFields())
            {
                RemoveFrom(0, FieldText.LowerName(field.Name));
            }
        }

        Reserve(other._length);
        other.Block.CopyTo(_block.AsSpan(_length));
        _length += other._length;
        _count += other._count;
    }

    /// <summary>The value of a name, which is added first where it is missing.</summary>
    /// <param name="name">The name: a token.</param>
    /// <param name="value">The value to add where there is none.</param>
    /// <exception cref="ArgumentException">The name is no token, or the value has a control character.</exception>
    public string SetDefault(string name, string value)
    {
        if (Get(name) is { } there)
        {
            return there;
        }

        Add(name, value);
        return this[name];
    }

    /// <summary>A set of its own with the same fields. Cheap: the bytes are shared until one of the two changes.</summary>
    public Headers Copy() => new(this);

    /// <summary>Names and values as in <see cref="Items"/>.</summary>
    public IEnumerator<(string Name, string Value)> GetEnumerator()
    {
        foreach (var (name, value) in Items)
        {
            yield return (name, value);
        }
    }

    IEnumerator<KeyValuePair<string, string>> IEnumerable<KeyValuePair<string, string>>.GetEnumerator() => Items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Items.GetEnumerator();

    /// <summary>Whether both have the same fields, whatever their order and the case of the names.</summary>
    /// <param name="other">The other set.</param>
    public bool Equals(Headers? other)
    {
        if (other is null || other._count != _count)
        {
            return false;
        }

        return ReferenceEquals(this, other) || Sorted().AsSpan().SequenceEqual(other.Sorted());
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Headers);

    /// <summary>A hash of the fields. It changes when they do, so do not change a set that is a key.</summary>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (name, value) in Sorted())
        {
            hash.Add(name);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    /// <summary>The fields for a person; secrets (Authorization, Proxy-Authorization, Cookie, Set-Cookie) are masked.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("Headers(");
        var separator = "";
        foreach (var (name, value) in MultiItems())
        {
            var isSecret = name is "authorization" or "proxy-authorization" or "cookie" or "set-cookie";
            text.Append(separator).Append(name).Append(": ").Append(isSecret ? "[secure]" : value);
            separator = "; ";
        }

        return text.Append(')').ToString();
    }

    private List<T> List<T>(Func<KeyValuePair<string, string>, T> select)
    {
        var list = new List<T>(_count);
        var seen = new HashSet<string>(_count, StringComparer.Ordinal);
        foreach (var field in RawFields())
        {
            var name = FieldText.LowerName(field.Name);
            if (seen.Add(name))
            {
                list.Add(select(new(name, Get(name)!)));
            }
        }

        return list;
    }

    private (string Name, string Value)[] Sorted()
    {
        var pairs = new (string Name, string Value)[_count];
        var i = 0;
        foreach (var field in RawFields())
        {
            pairs[i++] = (FieldText.LowerName(field.Name), Decode(field.Value));
        }

        Array.Sort(pairs, static (a, b) =>
        {
            var names = string.CompareOrdinal(a.Name, b.Name);
            return names != 0 ? names : string.CompareOrdinal(a.Value, b.Value);
        });
        return pairs;
    }

    // Commas within quoted strings do not separate (RFC 9110 5.6.1, 5.6.4).
    private static void AddElements(List<string> list, string text)
    {
        var start = 0;
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                quoted = !quoted;
            }
            else if (quoted && text[i] == '\\')
            {
                i++;
            }
            else if (!quoted && text[i] == ',')
            {
                list.Add(text[start..i].Trim(' ', '\t'));
                start = i + 1;
            }
        }

        list.Add(text[start..].Trim(' ', '\t'));
    }
}
