using System.Runtime.CompilerServices;

namespace Httpx;

/// <summary>The blocks of a body made into what the <c>Iter</c> methods yield: chunks that stay valid, text and lines. None is
/// empty.</summary>
/// <remarks>Nothing happens before the enumeration begins. Its end, by a failure or by giving up too, ends that of the blocks, and so
/// closes the body.</remarks>
internal static class BodyChunks
{
    // A line may come in any number of reads, so a wish for huge ones is not taken literally.
    private const int LargestRead = 1024 * 1024;

    /// <summary>Bytes in chunks of their own, of the given size or as they come.</summary>
    internal static async IAsyncEnumerable<ReadOnlyMemory<byte>> BytesAsync(
        Response response, bool blocking, bool decoded, int? chunkSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chunker = chunkSize is { } size ? new ByteChunker(size) : null;
        var isKept = response.IsKept;
        var blocks = response.BlocksAsync(blocking, decoded, ResponseBody.BlockSize, cancellationToken);
        await foreach (var block in blocks.ConfigureAwait(false))
        {
            var chunk = isKept ? block : block.ToArray();
            if (chunker is null)
            {
                yield return chunk;
                continue;
            }

            chunker.Push(chunk);
            while (chunker.TryRead(out var piece))
            {
                yield return piece;
            }
        }

        if (chunker is not null && chunker.TryFlush(out var last))
        {
            yield return last;
        }
    }

    /// <summary>Text in pieces of so many characters, or as it comes.</summary>
    internal static async IAsyncEnumerable<string> TextAsync(
        Response response, bool blocking, int? chunkSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chunker = chunkSize is { } size ? new TextChunker(size) : null;
        await foreach (var text in TextAsync(response, blocking, cancellationToken).ConfigureAwait(false))
        {
            if (chunker is null)
            {
                yield return text;
                continue;
            }

            chunker.Push(text);
            while (chunker.TryRead(out var piece))
            {
                yield return piece;
            }
        }

        if (chunker is not null && chunker.TryFlush(out var last))
        {
            yield return last;
        }
    }

    /// <summary>Text in lines.</summary>
    internal static async IAsyncEnumerable<string> LinesAsync(
        Response response, bool blocking, int? chunkSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = new EncodedLines(response.Encoding);
        var blockSize = Math.Min(chunkSize ?? ResponseBody.BlockSize, LargestRead);
        await foreach (var block in response.BlocksAsync(blocking, decoded: true, blockSize, cancellationToken).ConfigureAwait(false))
        {
            lines.Push(block);
            while (lines.TryRead(out var line))
            {
                yield return line;
            }
        }

        lines.Complete();
        while (lines.TryRead(out var line))
        {
            yield return line;
        }
    }

    /// <summary>What is in memory, as the one block that it is.</summary>
    internal static async IAsyncEnumerable<ReadOnlyMemory<byte>> Once(ReadOnlyMemory<byte> content)
    {
        // Nothing here waits; the await only keeps the compiler's promise that an async iterator may.
        await ValueTask.CompletedTask.ConfigureAwait(false);
        if (!content.IsEmpty)
        {
            yield return content;
        }
    }

    private static async IAsyncEnumerable<string> TextAsync(
        Response response, bool blocking, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (response.IsKept)
        {
            if (response.Text.Length > 0)
            {
                yield return response.Text;
            }

            yield break;
        }

        var decoder = new TextDecoder(response.Encoding);
        await foreach (
            var block in response.BlocksAsync(blocking, decoded: true, ResponseBody.BlockSize, cancellationToken).ConfigureAwait(false))
        {
            if (decoder.Decode(block.Span) is { Length: > 0 } text)
            {
                yield return text;
            }
        }

        if (decoder.Flush() is { Length: > 0 } rest)
        {
            yield return rest;
        }
    }
}
