using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Httpx;

/// <summary>Chunks of bytes in, lines out: a <see cref="TextDecoder"/> before a <see cref="LineDecoder"/>.</summary>
/// <remarks>
/// <code>
/// foreach chunk: lines.Push(chunk); while (lines.TryRead(out var line)) { ... }
/// at the end: lines.Complete(); while (lines.TryRead(out var line)) { ... }
/// </code>
/// </remarks>
internal sealed class EncodedLines
{
    /// <summary>How many bytes are decoded at a time, so that a body that is in memory is not there as text once more.</summary>
    private const int Slice = 8 * 1024;

    private readonly TextDecoder _decoder;
    private readonly LineDecoder _lines = new();
    private ReadOnlyMemory<byte> _bytes;
    private Stage _stage;

    internal EncodedLines(Encoding encoding)
    {
        _decoder = new TextDecoder(encoding);
    }

    private enum Stage
    {
        Open,
        Completed,
        Flushed,
    }

    /// <summary>Takes the next chunk, which stays unchanged until <see cref="TryRead"/> has returned false.</summary>
    internal void Push(ReadOnlyMemory<byte> bytes)
    {
        if (!_bytes.IsEmpty || _stage != Stage.Open)
        {
            throw new InvalidOperationException("The lines of the chunk before have not all been read, or the text is complete.");
        }

        _bytes = bytes;
    }

    /// <summary>Says that the last chunk was pushed: a line without an end comes out too.</summary>
    internal void Complete() => _stage = Stage.Completed;

    /// <summary>The next line; false if the next chunk is needed, or after <see cref="Complete"/> if that was all.</summary>
    internal bool TryRead([NotNullWhen(true)] out string? line)
    {
        while (!_lines.TryRead(out line))
        {
            if (!_bytes.IsEmpty)
            {
                var slice = _bytes[..Math.Min(_bytes.Length, Slice)];
                _bytes = _bytes[slice.Length..];
                _lines.Push(_decoder.DecodeChars(slice.Span).Span);
            }
            else if (_stage == Stage.Completed)
            {
                _stage = Stage.Flushed;
                _lines.Push(_decoder.FlushChars().Span);
            }
            else
            {
                return _stage == Stage.Flushed && _lines.TryFlush(out line);
            }
        }

        return true;
    }
}
