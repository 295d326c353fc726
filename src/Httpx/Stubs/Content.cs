// The contract's signatures: replaced, type by type, by the real thing. No file here survives the first release.
#pragma warning disable
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Httpx;

/// <summary>A body.</summary>
public abstract class RequestContent
{
    private protected RequestContent() { }
    /// <summary>How many bytes there are, where that is known before the body is read; else null.</summary>
    public abstract long? Length { get; }
    /// <summary>Whether the body can be sent again (for a redirect, an auth round trip or a retry).</summary>
    public abstract bool CanReplay { get; }
    /// <summary>The Content-Type that goes with the body where the request names none; null for none.</summary>
    internal virtual string? ContentType => null;
    /// <summary>The whole body where it is in memory already.</summary>
    internal virtual bool TryGetBytes(out ReadOnlyMemory<byte> bytes) { bytes = default; return false; }
    /// <summary>Opens the body from its beginning. Throws StreamConsumedException where it was used up and cannot be replayed;
    /// InvalidOperationException where only the async face can read it and blocking is asked for.</summary>
    internal abstract ByteStream Open(bool blocking);
    /// <summary>The one body that the arguments of a request make (content before files with data, before data, before json); null for none.</summary>
    /// <param name="contentType">The request's own Content-Type, whose boundary a multipart body takes over; null if there is none.</param>
    internal static RequestContent? FromArguments(RequestContent? content, FormData? data, Files? files, object? json, JsonSerializerOptions? jsonOptions, string? contentType) => throw X.N;
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator RequestContent?(string? text) => throw X.N;
    [return: NotNullIfNotNull(nameof(bytes))]
    public static implicit operator RequestContent?(byte[]? bytes) => throw X.N;
    public static implicit operator RequestContent(ReadOnlyMemory<byte> bytes) => throw X.N;
    public static implicit operator RequestContent(Memory<byte> bytes) => throw X.N;
    public static implicit operator RequestContent(ReadOnlySpan<byte> bytes) => throw X.N;
    [return: NotNullIfNotNull(nameof(stream))]
    public static implicit operator RequestContent?(Stream? stream) => throw X.N;
    public static RequestContent From(IEnumerable<ReadOnlyMemory<byte>> chunks) => throw X.N;
    public static RequestContent From(IEnumerable<byte[]> chunks) => throw X.N;
    public static RequestContent From(IAsyncEnumerable<ReadOnlyMemory<byte>> chunks) => throw X.N;
    public static RequestContent From(IAsyncEnumerable<byte[]> chunks) => throw X.N;
    public static RequestContent From(System.Buffers.ReadOnlySequence<byte> bytes) => throw X.N;
}
/// <summary>Url-encoded form fields.</summary>
[CollectionBuilder(typeof(FormData), nameof(Create))]
public sealed class FormData : IEnumerable<KeyValuePair<string, object?>>
{
    public FormData() => throw X.N;
    public static FormData Create(ReadOnlySpan<(string Name, object? Value)> fields) => throw X.N;
    public static implicit operator FormData(Dictionary<string, string> fields) => throw X.N;
    public static implicit operator FormData(Dictionary<string, object?> fields) => throw X.N;
    public static implicit operator FormData((string Name, string Value)[] fields) => throw X.N;
    public object? this[string name] { set => throw X.N; }
    public void Add(string name, object? value) => throw X.N;
    public IEnumerator<(string Name, object? Value)> GetEnumerator() => throw X.N;
    IEnumerator<KeyValuePair<string, object?>> IEnumerable<KeyValuePair<string, object?>>.GetEnumerator() => throw X.N;
    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => throw X.N;
}
/// <summary>One file of a multipart body.</summary>
public sealed class FileField
{
    public FileField(Stream content, string? fileName = null, string? contentType = null, Headers? headers = null) => throw X.N;
    public static implicit operator FileField(Stream content) => throw X.N;
    public static implicit operator FileField(byte[] content) => throw X.N;
    public static implicit operator FileField(string content) => throw X.N;
    public static implicit operator FileField(FileInfo file) => throw X.N;
    public static implicit operator FileField((string? FileName, Stream Content) file) => throw X.N;
    public static implicit operator FileField((string? FileName, Stream Content, string? ContentType) file) => throw X.N;
    public static implicit operator FileField((string? FileName, byte[] Content) file) => throw X.N;
    public static implicit operator FileField((string? FileName, byte[] Content, string? ContentType) file) => throw X.N;
    public static implicit operator FileField((string? FileName, string Content) file) => throw X.N;
    public static implicit operator FileField((string? FileName, string Content, string? ContentType) file) => throw X.N;
}
/// <summary>Files of a multipart body.</summary>
[CollectionBuilder(typeof(Files), nameof(Create))]
public sealed class Files : IEnumerable<KeyValuePair<string, FileField>>
{
    public Files() => throw X.N;
    public static Files Create(ReadOnlySpan<(string Name, FileField File)> files) => throw X.N;
    public FileField this[string name] { set => throw X.N; }
    public void Add(string name, FileField file) => throw X.N;
    public static implicit operator Files(Dictionary<string, FileField> files) => throw X.N;
    public IEnumerator<(string Name, FileField File)> GetEnumerator() => throw X.N;
    IEnumerator<KeyValuePair<string, FileField>> IEnumerable<KeyValuePair<string, FileField>>.GetEnumerator() => throw X.N;
    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => throw X.N;
}
