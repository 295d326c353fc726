// The contract's signatures: replaced, type by type, by the real thing. No file here survives the first release.
#pragma warning disable
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Httpx;

/// <summary>One proxy.</summary>
public sealed class Proxy
{
    public Proxy(Url url, Auth? auth = null, Headers? headers = null, Verify? verify = null) => throw X.N;
    public Url Url => throw X.N;
    public Auth? Auth => throw X.N;
    public Headers Headers => throw X.N;
    public static implicit operator Proxy?(string? url) => throw X.N;
}
/// <summary>Pattern to proxy.</summary>
public sealed class Proxies : IEnumerable<KeyValuePair<string, Proxy?>>
{
    public Proxies() => throw X.N;
    public static Proxies None => throw X.N;
    public Proxy? this[string pattern] { get => throw X.N; set => throw X.N; }
    public void Add(string pattern, Proxy? proxy) => throw X.N;
    public static implicit operator Proxies(string url) => throw X.N;
    public static implicit operator Proxies(Proxy proxy) => throw X.N;
#nullable disable annotations
    public static implicit operator Proxies(Dictionary<string, string> proxies) => throw X.N;
#nullable restore annotations
    public static implicit operator Proxies(Dictionary<string, Proxy?> proxies) => throw X.N;
    public IEnumerator<KeyValuePair<string, Proxy?>> GetEnumerator() => throw X.N;
    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => throw X.N;
}
