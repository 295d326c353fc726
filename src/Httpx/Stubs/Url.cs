// The contract's signatures: replaced, type by type, by the real thing. No file here survives the first release.
#pragma warning disable
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Httpx;

/// <summary>Immutable url.</summary>
public sealed class Url : IEquatable<Url>
{
    public Url(string url, bool allowRelative = false, QueryParams? query = null) => throw X.N;
    public Url(Uri uri, QueryParams? query = null) => throw X.N;

    public static implicit operator Url(string url) => throw X.N;
    public static implicit operator Url(Uri uri) => throw X.N;

    public string Scheme => throw X.N;
    public string Authority => throw X.N;
    public string Host => throw X.N;
    public string RawHost => throw X.N;
    public int Port => throw X.N;
    public int? ExplicitPort => throw X.N;
    public string Path => throw X.N;
    public string Query => throw X.N;
    public string FullPath => throw X.N;
    public string Fragment => throw X.N;
    public bool IsSsl => throw X.N;
    public bool IsAbsoluteUrl => throw X.N;
    public bool IsRelativeUrl => throw X.N;
    public string UserInfo => throw X.N;
    public string Username => throw X.N;
    public string Password => throw X.N;
    public QueryParams Params => throw X.N;
    public string Origin => throw X.N;

    public Url CopyWith(string? scheme = null, string? authority = null, string? path = null, string? query = null,
        string? fragment = null, string? host = null, int? port = null, string? username = null,
        string? password = null, string? userInfo = null, QueryParams? queryParams = null) => throw X.N;
    public Url CopySetParam(string name, object? value) => throw X.N;
    public Url CopyAddParam(string name, object? value) => throw X.N;
    public Url CopyRemoveParam(string name) => throw X.N;
    public Url CopyMergeParams(QueryParams query) => throw X.N;
    public Url Join(Url url) => throw X.N;
    public Uri ToUri() => throw X.N;
    public string ToLogString() => throw X.N;
    public override string ToString() => throw X.N;
    public bool Equals(Url? other) => throw X.N;
    public override bool Equals(object? obj) => throw X.N;
    public override int GetHashCode() => throw X.N;
    public static bool operator ==(Url? left, Url? right) => throw X.N;
    public static bool operator !=(Url? left, Url? right) => throw X.N;

    // For the rest of the library: pieces of ToString() that cost nothing. All ASCII.
    internal ReadOnlySpan<char> SchemeSpan => throw X.N;
    /// <summary>Host and port as in the Host header: IPv6 in brackets, no default port, no userinfo.</summary>
    internal ReadOnlySpan<char> AuthoritySpan => throw X.N;
    /// <summary>The host without brackets and port.</summary>
    internal ReadOnlySpan<char> RawHostSpan => throw X.N;
    /// <summary>Path and query as sent; at least "/".</summary>
    internal ReadOnlySpan<char> FullPathSpan => throw X.N;
    internal bool HasUserInfo => throw X.N;
    /// <summary>Whether scheme, host and port are the same.</summary>
    internal bool IsSameOrigin(Url other) => throw X.N;
    /// <summary>Concatenates a relative url to this base as HTTPX does (httpx-behaviour.md MRG-2 to MRG-7); an absolute one is returned as it is.</summary>
    internal Url Append(Url url) => throw X.N;
}
