using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Httpx;

/// <summary>The body of a request: text, bytes, a stream or an iterator. Made by implicit conversion or by <c>From</c>.</summary>
/// <remarks>
/// Bytes and streams are taken as they are and read when the body is sent: they must stay as they are until then. A body whose length is
/// known is sent with Content-Length, another one chunked. See <see href="https://www.python-httpx.org/api/#helper-functions"/>, content.
/// </remarks>
public abstract class RequestContent
{
    /// <summary>How much <see cref="ReadAsync"/> asks for at a time where the length is unknown.</summary>
    private const int BlockSize = 64 * 1024;

    private protected RequestContent()
    {
    }

    /// <summary>How many bytes there are, where that is known before the body is read; else null.</summary>
    public abstract long? Length { get; }

    /// <summary>Whether the body can be sent again, for a redirect, an authentication round trip or a retry.</summary>
    /// <remarks>One that cannot be is sent once all the same; only where it has to be sent again <see cref="StreamConsumedException"/> is
    /// thrown.</remarks>
    public abstract bool CanReplay { get; }

    /// <summary>The Content-Type that goes with the body where the request names none; null for none.</summary>
    internal virtual string? ContentType => null;

    /// <summary>A body of text, in UTF-8. No Content-Type is sent with it unless the request has one.</summary>
    /// <param name="text">The text; null is no body.</param>
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator RequestContent?(string? text) =>
        text is null ? null : new BytesContent(Encoding.UTF8.GetBytes(text));

    /// <summary>A body of bytes, not copied.</summary>
    /// <param name="bytes">The bytes; null is no body.</param>
    [return: NotNullIfNotNull(nameof(bytes))]
    public static implicit operator RequestContent?(byte[]? bytes) => bytes is null ? null : new BytesContent(bytes);

    /// <summary>A body of bytes, not copied.</summary>
    /// <param name="bytes">The bytes.</param>
    public static implicit operator RequestContent(ReadOnlyMemory<byte> bytes) => new BytesContent(bytes);

    /// <summary>A body of bytes, not copied.</summary>
    /// <param name="bytes">The bytes.</param>
    public static implicit operator RequestContent(Memory<byte> bytes) => new BytesContent(bytes);

    /// <summary>A body of bytes, copied.</summary>
    /// <param name="bytes">The bytes.</param>
    public static implicit operator RequestContent(ReadOnlySpan<byte> bytes) => new BytesContent(bytes.ToArray());

    /// <summary>What a stream has from its position on. The stream stays the caller's: it is read, never closed.</summary>
    /// <remarks>If it can seek, its length is known and it can be sent again, from the same position; if not, it is sent chunked and
    /// once.</remarks>
    /// <param name="stream">The stream; null is no body.</param>
    /// <exception cref="ArgumentException">The stream is closed or can only be written.</exception>
    [return: NotNullIfNotNull(nameof(stream))]
    public static implicit operator RequestContent?(Stream? stream) => stream is null ? null : new StreamContent(stream, rewind: false);

    /// <summary>The content of a file, which is opened anew each time it is sent, and closed thereafter.</summary>
    /// <param name="file">The file; null is no body.</param>
    [return: NotNullIfNotNull(nameof(file))]
    public static implicit operator RequestContent?(FileInfo? file) => file is null ? null : new FileContent(file);

    /// <summary>A body given chunk by chunk, by either client. Its length is unknown, so it is sent chunked; empty chunks are
    /// skipped.</summary>
    /// <remarks>
    /// To send it again it is enumerated again, which an iterator method answers by running anew. So one that can run only once (because
    /// it reads from a stream, say) cannot be sent twice: where the second run gives fewer bytes than the first,
    /// <see cref="StreamConsumedException"/> is thrown before the body is complete. A chunk is used up before the next is asked for.
    /// </remarks>
    /// <param name="chunks">The chunks. What they throw comes out as it is.</param>
    public static RequestContent From(IEnumerable<ReadOnlyMemory<byte>> chunks)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        return new ChunksContent(chunks);
    }

    /// <inheritdoc cref="From(IEnumerable{ReadOnlyMemory{byte}})"/>
    public static RequestContent From(IEnumerable<byte[]> chunks)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        return new ChunksContent(ChunksContent.Memories(chunks));
    }

    /// <summary>A body given chunk by chunk as it comes to be: for <see cref="AsyncClient"/> only.</summary>
    /// <remarks>As with the blocking form the length is unknown, empty chunks are skipped, and to send it again it is enumerated
    /// again.</remarks>
    /// <param name="chunks">The chunks. What they throw comes out as it is.</param>
    public static RequestContent From(IAsyncEnumerable<ReadOnlyMemory<byte>> chunks)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        return new AsyncChunksContent(chunks);
    }

    /// <inheritdoc cref="From(IAsyncEnumerable{ReadOnlyMemory{byte}})"/>
    public static RequestContent From(IAsyncEnumerable<byte[]> chunks)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        return new AsyncChunksContent(AsyncChunksContent.Memories(chunks));
    }

    /// <summary>A body of bytes in several pieces of memory, not copied.</summary>
    /// <param name="bytes">The bytes.</param>
    public static RequestContent From(ReadOnlySequence<byte> bytes) =>
        bytes.IsSingleSegment ? new BytesContent(bytes.First) : new SequenceContent(bytes);

    /// <summary>
    /// The one body that the arguments of a request make: content before files (with data) before data before json; null for none. Those
    /// that come after it are ignored, as HTTPX does.
    /// </summary>
    /// <param name="content">A body as it is.</param>
    /// <param name="data">Fields of a form.</param>
    /// <param name="files">Files, which make the form a multipart one.</param>
    /// <param name="json">A value to be written as JSON; null for none.</param>
    /// <param name="jsonOptions">How to write it; null for names as written, non-ASCII unescaped, compact.</param>
    /// <param name="contentType">The request's own Content-Type, whose boundary a multipart body takes over; null if there is
    /// none.</param>
    /// <exception cref="ArgumentException">A field, a part's header or the boundary cannot be sent, or the value has no JSON.</exception>
    internal static RequestContent? FromArguments(
        RequestContent? content, FormData? data, Files? files, object? json, JsonSerializerOptions? jsonOptions, string? contentType)
    {
        if (content is not null)
        {
            return content;
        }

        if (files is { Count: > 0 })
        {
            return MultipartContent.Create(data, files, contentType);
        }

        if (data is { Count: > 0 })
        {
            return FormContent.Create(data);
        }

        return json is null ? null : JsonContent.Create(json, jsonOptions);
    }

    /// <summary>The whole body where it is in memory already, in one piece.</summary>
    internal virtual bool TryGetBytes(out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        return false;
    }

    /// <summary>Opens the body from its beginning. It must be closed.</summary>
    /// <exception cref="StreamConsumedException">It was used up and cannot be sent again.</exception>
    /// <exception cref="InvalidOperationException">Only the async face can read it, and blocking is asked for.</exception>
    internal abstract ByteStream Open(bool blocking);

    /// <summary>Throws what <see cref="Open"/> would throw because the body was used up, without opening anything.</summary>
    internal virtual void ThrowIfConsumed()
    {
    }

    /// <summary>Reads the whole body into memory.</summary>
    internal ValueTask<ReadOnlyMemory<byte>> ReadAsync(bool blocking, CancellationToken cancellationToken) =>
        TryGetBytes(out var bytes) ? new(bytes) : ReadAllAsync(blocking, cancellationToken);

    private async ValueTask<ReadOnlyMemory<byte>> ReadAllAsync(bool blocking, CancellationToken cancellationToken)
    {
        var stream = Open(blocking);
        try
        {
            // One byte more than there should be, so that the end is met without growing.
            var bytes = new byte[Length is { } length and < int.MaxValue / 2 ? (int)length + 1 : BlockSize];
            var count = 0;
            while (true)
            {
                var read = await stream.ReadAsync(bytes.AsMemory(count), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    return bytes.AsMemory(0, count);
                }

                count += read;
                if (count == bytes.Length)
                {
                    Array.Resize(ref bytes, checked(count * 2));
                }
            }
        }
        finally
        {
            await stream.CloseAsync().ConfigureAwait(false);
        }
    }
}
