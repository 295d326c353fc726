// The contract's signatures: replaced, type by type, by the real thing. No file here survives the first release.
#pragma warning disable
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Httpx;

/// <summary>One query parameter, as it is written into a collection expression.</summary>
public readonly record struct QueryParam(string Name, string Value)
{
    public static implicit operator QueryParam((string Name, string? Value) p) => new(p.Name, p.Value ?? "");
    public static implicit operator QueryParam((string Name, bool Value) p) => throw X.N;
    public static implicit operator QueryParam((string Name, int Value) p) => throw X.N;
    public static implicit operator QueryParam((string Name, long Value) p) => throw X.N;
    public static implicit operator QueryParam((string Name, double Value) p) => throw X.N;
    public static implicit operator QueryParam((string Name, decimal Value) p) => throw X.N;
}
/// <summary>Immutable query multi-map.</summary>
[CollectionBuilder(typeof(QueryParams), nameof(Create))]
public sealed class QueryParams : IEquatable<QueryParams>
{
    public QueryParams() => throw X.N;
    public static QueryParams Create(ReadOnlySpan<QueryParam> query) => throw X.N;
    public IEnumerator<QueryParam> GetEnumerator() => throw X.N;
    public QueryParams(string? query) => throw X.N;
    public QueryParams(IEnumerable<KeyValuePair<string, object?>> query) => throw X.N;

    [return: NotNullIfNotNull(nameof(query))]
    public static implicit operator QueryParams?(string? query) => throw X.N;
    public static implicit operator QueryParams(Dictionary<string, string> query) => throw X.N;
    public static implicit operator QueryParams(Dictionary<string, object?> query) => throw X.N;
    public static implicit operator QueryParams((string Name, string Value)[] query) => throw X.N;
    public static implicit operator QueryParams((string Name, object? Value)[] query) => throw X.N;

    /// <summary>For initialisers only: <c>new() { ["page"] = 2 }</c>.</summary>
    public object? this[string name] { init => throw X.N; }
    public QueryParams Set(string name, object? value) => throw X.N;
    public QueryParams Add(string name, object? value) => throw X.N;
    public QueryParams Remove(string name) => throw X.N;
    public QueryParams Merge(QueryParams query) => throw X.N;
    public string? Get(string name, string? defaultValue = null) => throw X.N;
    public IReadOnlyList<string> GetList(string name) => throw X.N;
    public IReadOnlyList<KeyValuePair<string, string>> MultiItems() => throw X.N;
    public bool ContainsKey(string name) => throw X.N;
    public int Count => throw X.N;
    public IReadOnlyList<string> Keys => throw X.N;
    public bool Equals(QueryParams? other) => throw X.N;
    public override bool Equals(object? obj) => throw X.N;
    public override int GetHashCode() => throw X.N;
    public override string ToString() => throw X.N;
}
