// The contract's signatures: replaced, type by type, by the real thing. No file here survives the first release.
#pragma warning disable
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Httpx;

/// <summary>Storage of cookies.</summary>
public sealed class CookieJar
{
    public int Count => throw X.N;
}
/// <summary>Dictionary-like view of a cookie jar.</summary>
[CollectionBuilder(typeof(Cookies), nameof(Create))]
public sealed class Cookies : IEnumerable<KeyValuePair<string, string>>
{
    public Cookies() => throw X.N;
    public static Cookies Create(ReadOnlySpan<(string Name, string Value)> cookies) => throw X.N;
    public Cookies(Cookies cookies) => throw X.N;
    public Cookies(CookieJar jar) => throw X.N;
    public static implicit operator Cookies(Dictionary<string, string> cookies) => throw X.N;
    public static implicit operator Cookies((string Name, string Value)[] cookies) => throw X.N;

    public CookieJar Jar => throw X.N;
    public string this[string name] { get => throw X.N; set => throw X.N; }
    public void Add(string name, string value) => throw X.N;
    public void Set(string name, string value, string domain = "", string path = "/") => throw X.N;
    public string? Get(string name, string? defaultValue = null, string? domain = null, string? path = null) => throw X.N;
    public void Delete(string name, string? domain = null, string? path = null) => throw X.N;
    public void Clear(string? domain = null, string? path = null) => throw X.N;
    public bool Remove(string name) => throw X.N;
    public bool ContainsKey(string name) => throw X.N;
    public int Count => throw X.N;
    public IReadOnlyList<string> Keys => throw X.N;
    public IReadOnlyList<string> Values => throw X.N;
    public void Update(Cookies other) => throw X.N;
    public void ExtractCookies(Response response) => throw X.N;
    public void SetCookieHeader(Request request) => throw X.N;
    /// <summary>The value of the Cookie header for a url; null where no cookie fits.</summary>
    internal string? HeaderFor(Url url) => throw X.N;
    /// <summary>Stores the Set-Cookie fields of a response to a url.</summary>
    internal void Extract(Url url, Headers responseHeaders) => throw X.N;
    public IEnumerator<(string Name, string Value)> GetEnumerator() => throw X.N;
    IEnumerator<KeyValuePair<string, string>> IEnumerable<KeyValuePair<string, string>>.GetEnumerator() => throw X.N;
    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => throw X.N;
}
