// The contract's signatures: replaced, type by type, by the real thing. No file here survives the first release.
#pragma warning disable
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Httpx;

/// <summary>A response.</summary>
public sealed class Response : IDisposable, IAsyncDisposable
{
    public Response(int statusCode, Headers? headers = null, RequestContent? content = null, string? text = null,
        string? html = null, object? json = null, Request? request = null, string httpVersion = "HTTP/1.1",
        string? reasonPhrase = null) => throw X.N;
    public int StatusCode => throw X.N;
    public string ReasonPhrase => throw X.N;
    public string HttpVersion => throw X.N;
    public Url Url => throw X.N;
    public Headers Headers => throw X.N;
    public ReadOnlyMemory<byte> Content => throw X.N;
    public string Text => throw X.N;
    public Encoding Encoding { get => throw X.N; set => throw X.N; }
    public bool IsRedirect => throw X.N;
    public Request Request { get => throw X.N; set => throw X.N; }
    public Request? NextRequest => throw X.N;
    public Cookies Cookies => throw X.N;
    public IReadOnlyList<Response> History => throw X.N;
    public TimeSpan Elapsed => throw X.N;
    public bool IsSuccess => throw X.N;
    public bool IsClientError => throw X.N;
    public bool IsServerError => throw X.N;
    public bool IsError => throw X.N;
    public bool IsInformational => throw X.N;
    public bool HasRedirectLocation => throw X.N;
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Links => throw X.N;
    public long NumBytesDownloaded => throw X.N;
    public bool IsClosed => throw X.N;
    public bool IsStreamConsumed => throw X.N;
    public Headers Trailers => throw X.N;

    public Response RaiseForStatus() => throw X.N;
    public T? Json<T>() => throw X.N;
    public JsonElement Json() => throw X.N;
    public ReadOnlyMemory<byte> Read(CancellationToken cancellationToken = default) => throw X.N;
    public IEnumerable<ReadOnlyMemory<byte>> IterRaw(int? chunkSize = null, CancellationToken cancellationToken = default) => throw X.N;
    public IEnumerable<ReadOnlyMemory<byte>> IterBytes(int? chunkSize = null, CancellationToken cancellationToken = default) => throw X.N;
    public IEnumerable<string> IterText(int? chunkSize = null, CancellationToken cancellationToken = default) => throw X.N;
    public IEnumerable<string> IterLines(int? chunkSize = null, CancellationToken cancellationToken = default) => throw X.N;
    public void Close() => throw X.N;
    public Response Next(CancellationToken cancellationToken = default) => throw X.N;
    public Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken = default) => throw X.N;
    public IAsyncEnumerable<ReadOnlyMemory<byte>> IterRawAsync(int? chunkSize = null, CancellationToken cancellationToken = default) => throw X.N;
    public IAsyncEnumerable<ReadOnlyMemory<byte>> IterBytesAsync(int? chunkSize = null, CancellationToken cancellationToken = default) => throw X.N;
    public IAsyncEnumerable<string> IterTextAsync(int? chunkSize = null, CancellationToken cancellationToken = default) => throw X.N;
    public IAsyncEnumerable<string> IterLinesAsync(int? chunkSize = null, CancellationToken cancellationToken = default) => throw X.N;
    public Task CloseAsync() => throw X.N;
    public Task<Response> NextAsync(CancellationToken cancellationToken = default) => throw X.N;
    public Stream AsStream() => throw X.N;
    public void CopyTo(Stream destination, IProgress<long>? progress = null, CancellationToken cancellationToken = default) => throw X.N;
    public Task CopyToAsync(Stream destination, IProgress<long>? progress = null, CancellationToken cancellationToken = default) => throw X.N;
    public void Dispose() => throw X.N;
    public ValueTask DisposeAsync() => throw X.N;
    public override string ToString() => throw X.N;

    // For transports and the sender.
    /// <summary>A response whose body is still to come, as it is on the wire (transfer coding removed, content coding not).</summary>
    internal Response(int statusCode, string httpVersion, string? reasonPhrase, Headers headers, ByteStream body) => throw X.N;
    /// <summary>A response whose whole body arrived with its head; content coding not removed. The connection is free already.</summary>
    internal Response(int statusCode, string httpVersion, string? reasonPhrase, Headers headers, ReadOnlyMemory<byte> body) => throw X.N;
    /// <summary>TimeProvider.System.GetTimestamp() just before the transport was called.</summary>
    internal long StartedAt { set => throw X.N; }
    internal Encoding? DefaultEncoding { set => throw X.N; }
    internal Func<ReadOnlyMemory<byte>, Encoding?>? DetectEncoding { set => throw X.N; }
    internal JsonSerializerOptions? JsonOptions { set => throw X.N; }
    internal long? MaxBytes { set => throw X.N; }
    internal Request? RequestOrNull => throw X.N;
    internal void SetHistory(IReadOnlyList<Response> history) => throw X.N;
    /// <summary>The redirect that was not followed, and who can follow it (for Next and NextAsync; null for a response that no client made).</summary>
    internal void SetNext(Request next, Func<Request, bool, CancellationToken, ValueTask<Response>>? follow) => throw X.N;
    /// <summary>Reads the body into Content by either face: on the blocking one the task is complete.</summary>
    internal ValueTask ReadCoreAsync(bool blocking, CancellationToken cancellationToken) => throw X.N;
    /// <summary>Closes by either face; idempotent, never throws for a broken peer.</summary>
    internal ValueTask CloseCoreAsync() => throw X.N;
    /// <summary>Puts a wrapper (a deadline, say) around the body that is not read yet; no effect on a body that is in memory.</summary>
    internal void WrapBody(Func<ByteStream, ByteStream> wrap) => throw X.N;
}
