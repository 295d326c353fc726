// The contract's signatures: replaced, type by type, by the real thing. No file here survives the first release.
#pragma warning disable
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Httpx;

/// <summary>Ordered, case-insensitive multi-map of header fields.</summary>
[CollectionBuilder(typeof(Headers), nameof(Create))]
public sealed class Headers : IEnumerable<KeyValuePair<string, string>>, IEquatable<Headers>
{
    public Headers() => throw X.N;
    public static Headers Create(ReadOnlySpan<(string Name, string Value)> headers) => throw X.N;
    public Headers(IEnumerable<KeyValuePair<string, string>> headers, Encoding? encoding = null) => throw X.N;

    [return: NotNullIfNotNull(nameof(headers))]
    public static implicit operator Headers?(Dictionary<string, string>? headers) => throw X.N;
    [return: NotNullIfNotNull(nameof(headers))]
    public static implicit operator Headers?((string Name, string Value)[]? headers) => throw X.N;

    public string this[string name] { get => throw X.N; set => throw X.N; }
    public string? Get(string name, string? defaultValue = null) => throw X.N;
    public IReadOnlyList<string> GetList(string name, bool splitCommas = false) => throw X.N;
    public void Add(string name, string value) => throw X.N;
    public bool Remove(string name) => throw X.N;
    public bool ContainsKey(string name) => throw X.N;
    public int Count => throw X.N;
    public IReadOnlyList<string> Keys => throw X.N;
    public IReadOnlyList<string> Values => throw X.N;
    public IReadOnlyList<KeyValuePair<string, string>> Items => throw X.N;
    public IReadOnlyList<KeyValuePair<string, string>> MultiItems() => throw X.N;
    public IReadOnlyList<(ReadOnlyMemory<byte> Name, ReadOnlyMemory<byte> Value)> Raw => throw X.N;
    public Encoding Encoding { get => throw X.N; set => throw X.N; }
    public void Update(Headers other) => throw X.N;
    public string SetDefault(string name, string value) => throw X.N;
    public Headers Copy() => throw X.N;
    public IEnumerator<(string Name, string Value)> GetEnumerator() => throw X.N;
    IEnumerator<KeyValuePair<string, string>> IEnumerable<KeyValuePair<string, string>>.GetEnumerator() => throw X.N;
    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => throw X.N;
    public bool Equals(Headers? other) => throw X.N;
    public override bool Equals(object? obj) => throw X.N;
    public override int GetHashCode() => throw X.N;
    public override string ToString() => throw X.N;

    // For the rest of the library. The one representation is the wire's: "Name: value\r\n" for each field, in order.
    /// <summary>Takes a block of validated fields as its own.</summary>
    internal static Headers FromBlock(byte[] block, int length, int count) => throw X.N;
    /// <summary>All fields as they go on the wire, without the empty line.</summary>
    internal ReadOnlySpan<byte> Block => throw X.N;
    internal bool Contains(ReadOnlySpan<byte> name) => throw X.N;
    /// <summary>The first field of that name (case does not matter).</summary>
    internal bool TryGetRaw(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value) => throw X.N;
    /// <summary>The values of all fields of that name, one by one.</summary>
    internal FieldValues RawValues(ReadOnlySpan<byte> name) => throw X.N;
    /// <summary>Every field; names and values as bytes.</summary>
    internal RawFields RawFields() => throw X.N;
    /// <summary>Text of a value of this set, by <see cref="Encoding"/>.</summary>
    internal string Decode(ReadOnlySpan<byte> value) => throw X.N;
    /// <summary>Adds in front of all others (Host).</summary>
    internal void Prepend(string name, string value) => throw X.N;
    /// <summary>Adds a field that is known to be valid.</summary>
    internal void AddRaw(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => throw X.N;
}

internal ref struct FieldValues
{
    public FieldValues GetEnumerator() => this;
    public ReadOnlySpan<byte> Current => throw X.N;
    public bool MoveNext() => throw X.N;
}

internal ref struct RawFields
{
    public RawFields GetEnumerator() => this;
    public RawField Current => throw X.N;
    public bool MoveNext() => throw X.N;
}

internal readonly ref struct RawField
{
    public ReadOnlySpan<byte> Name => throw X.N;
    public ReadOnlySpan<byte> Value => throw X.N;
}
