using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Httpx;

/// <summary>The fields of a form, in order; a name may be there more than once. Sent url-encoded, or as parts beside
/// <see cref="Files"/>.</summary>
/// <remarks>
/// A value is a string, a number, a bool (<c>true</c>/<c>false</c>), null (empty), bytes, or a sequence of them, which gives the field
/// once for each item. See <see href="https://www.python-httpx.org/quickstart/#sending-form-encoded-data"/>.
/// </remarks>
[CollectionBuilder(typeof(FormData), nameof(Create))]
public sealed class FormData : IEnumerable<KeyValuePair<string, object?>>
{
    private readonly List<(string Name, object? Value)> _fields;

    /// <summary>A form without fields, which as an argument means no form at all.</summary>
    public FormData()
    {
        _fields = [];
    }

    /// <summary>A form of these fields.</summary>
    /// <param name="fields">Names and values.</param>
    public FormData(IEnumerable<KeyValuePair<string, object?>> fields)
        : this()
    {
        ArgumentNullException.ThrowIfNull(fields);
        foreach (var (name, value) in fields)
        {
            Add(name, value);
        }
    }

    /// <summary>A form of these fields.</summary>
    /// <param name="fields">Names and values.</param>
    public FormData(IEnumerable<KeyValuePair<string, string>> fields)
        : this()
    {
        ArgumentNullException.ThrowIfNull(fields);
        foreach (var (name, value) in fields)
        {
            Add(name, value);
        }
    }

    private FormData(int capacity)
    {
        _fields = new(capacity);
    }

    /// <summary>How many fields there are; a sequence counts as one.</summary>
    public int Count => _fields.Count;

    /// <summary>The fields in order, while none is added.</summary>
    internal ReadOnlySpan<(string Name, object? Value)> Fields => CollectionsMarshal.AsSpan(_fields);

    /// <summary>Sets a field in place of all of that name.</summary>
    /// <param name="name">The field's name.</param>
    public object? this[string name]
    {
        set
        {
            ArgumentNullException.ThrowIfNull(name);
            var first = _fields.FindIndex(field => field.Name == name);
            if (first < 0)
            {
                _fields.Add((name, value));
                return;
            }

            _fields[first] = (name, value);
            var seen = 0;
            _fields.RemoveAll(field => field.Name == name && seen++ > 0);
        }
    }

    /// <summary>A form of these fields, for collection expressions: <c>data: [("a", "1"), ("a", 2)]</c>.</summary>
    /// <param name="fields">Names and values.</param>
    public static FormData Create(ReadOnlySpan<(string Name, object? Value)> fields)
    {
        var form = new FormData(fields.Length);
        foreach (var (name, value) in fields)
        {
            form.Add(name, value);
        }

        return form;
    }

    /// <summary>A form of a dictionary's fields.</summary>
    /// <param name="fields">Names and values; null is no form.</param>
    [return: NotNullIfNotNull(nameof(fields))]
    public static implicit operator FormData?(Dictionary<string, string>? fields) => fields is null ? null : new(fields);

    /// <inheritdoc cref="op_Implicit(Dictionary{string, string}?)"/>
    [return: NotNullIfNotNull(nameof(fields))]
    public static implicit operator FormData?(Dictionary<string, object?>? fields) => fields is null ? null : new(fields);

    /// <summary>A form of these fields, repeats and all.</summary>
    /// <param name="fields">Names and values; null is no form.</param>
    [return: NotNullIfNotNull(nameof(fields))]
    public static implicit operator FormData?((string Name, string Value)[]? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var form = new FormData(fields.Length);
        foreach (var (name, value) in fields)
        {
            form.Add(name, value);
        }

        return form;
    }

    /// <inheritdoc cref="op_Implicit(ValueTuple{string, string}[])"/>
    [return: NotNullIfNotNull(nameof(fields))]
    public static implicit operator FormData?((string Name, object? Value)[]? fields) => fields is null ? null : Create(fields);

    /// <summary>Adds a field behind all others, whether or not there is one of that name.</summary>
    /// <param name="name">The field's name; may be empty.</param>
    /// <param name="value">Its value.</param>
    public void Add(string name, object? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        _fields.Add((name, value));
    }

    /// <summary>The fields in order, sequences as they were given.</summary>
    public IEnumerator<(string Name, object? Value)> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator<KeyValuePair<string, object?>> IEnumerable<KeyValuePair<string, object?>>.GetEnumerator()
    {
        foreach (var (name, value) in _fields)
        {
            yield return new(name, value);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<KeyValuePair<string, object?>>)this).GetEnumerator();
}
