// The contract's signatures: replaced, type by type, by the real thing. No file here survives the first release.
#pragma warning disable
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Httpx;

/// <summary>A request.</summary>
public sealed class Request
{
    public Request(string method, Url url, QueryParams? query = null, Headers? headers = null, Cookies? cookies = null,
        RequestContent? content = null, FormData? data = null, Files? files = null, object? json = null) => throw X.N;
    public string Method => throw X.N;
    public Url Url { get => throw X.N; set => throw X.N; }
    public Headers Headers => throw X.N;
    public ReadOnlyMemory<byte> Content => throw X.N;
    public Cookies Cookies => throw X.N;
    public IDictionary<string, object?> Extensions => throw X.N;
    /// <summary>The body as a transport sends it; null where there is none.</summary>
    public RequestContent? Body => throw X.N;
    public ReadOnlyMemory<byte> Read(CancellationToken cancellationToken = default) => throw X.N;
    public Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken = default) => throw X.N;
    public override string ToString() => throw X.N;

    /// <summary>A request whose headers are complete, as a redirect or an auth flow makes it: nothing is added.</summary>
    internal Request(string method, Url url, Headers headers, RequestContent? body) => throw X.N;
    /// <summary>A request as a client builds it: the headers are the merged ones and become the request's own; Host, Cookie and body headers are added.</summary>
    internal static Request Build(string method, Url url, Headers headers, Cookies? cookies, RequestContent? body) => throw X.N;
    /// <summary>The limits of the exchange, filled in by the client; Extensions shows them as "timeout".</summary>
    internal Timeouts? Timeouts { get => throw X.N; set => throw X.N; }
    /// <summary>An extension without creating the dictionary.</summary>
    internal bool TryGetExtension(string name, out object? value) => throw X.N;
}
