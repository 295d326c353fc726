using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Httpx;

/// <summary>Chunks of bytes as they come in, pieces of one size out; only the last may be shorter, and none is empty.</summary>
internal sealed class ByteChunker
{
    private readonly int _size;
    private ReadOnlyMemory<byte> _bytes;
    private byte[] _partial = [];
    private int _held;

    /// <exception cref="ArgumentOutOfRangeException">The size is not at least 1.</exception>
    internal ByteChunker(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        _size = size;
    }

    /// <summary>Takes the next chunk, which nobody changes afterwards: pieces that lie within one chunk are parts of its memory.</summary>
    internal void Push(ReadOnlyMemory<byte> bytes)
    {
        if (!_bytes.IsEmpty)
        {
            throw new InvalidOperationException("The pieces of the chunk before have not all been read.");
        }

        _bytes = bytes;
    }

    /// <summary>The next whole piece. False: what is left was put aside, the next chunk may come.</summary>
    internal bool TryRead(out ReadOnlyMemory<byte> piece)
    {
        if (_held == 0 && _bytes.Length >= _size)
        {
            piece = _bytes[.._size];
            _bytes = _bytes[_size..];
            return true;
        }

        var taken = Math.Min(_size - _held, _bytes.Length);
        if (_held + taken > _partial.Length)
        {
            // Grows with what came: the size is the caller's wish, not a promise of the body's.
            Array.Resize(ref _partial, (int)Math.Min(_size, Math.Max(2L * _partial.Length, _held + taken)));
        }

        _bytes.Span[..taken].CopyTo(_partial.AsSpan(_held));
        _bytes = _bytes[taken..];
        _held += taken;
        return _held == _size ? TryFlush(out piece) : Nothing(out piece);
    }

    /// <summary>After the last chunk: the shorter piece that is left, if there is one.</summary>
    internal bool TryFlush(out ReadOnlyMemory<byte> piece)
    {
        piece = _partial.AsMemory(0, _held);
        (_partial, _held) = ([], 0);
        return !piece.IsEmpty;
    }

    private static bool Nothing(out ReadOnlyMemory<byte> piece)
    {
        piece = default;
        return false;
    }
}

/// <summary>Text as it comes in, pieces of one size out; only the last may be shorter, and none is empty.</summary>
/// <remarks>Sizes count characters as HTTPX does, Unicode code points: a surrogate pair is one, and is never torn.</remarks>
internal sealed class TextChunker
{
    private readonly int _size;
    private readonly StringBuilder _partial = new();
    private string _text = "";
    private int _position;
    private int _held;

    /// <exception cref="ArgumentOutOfRangeException">The size is not at least 1.</exception>
    internal TextChunker(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        _size = size;
    }

    /// <summary>Takes the next chunk.</summary>
    internal void Push(string text)
    {
        if (_position < _text.Length)
        {
            throw new InvalidOperationException("The pieces of the chunk before have not all been read.");
        }

        (_text, _position) = (text, 0);
    }

    /// <summary>The next whole piece. False: what is left was put aside, the next chunk may come.</summary>
    internal bool TryRead([NotNullWhen(true)] out string? piece)
    {
        var rest = _text.AsSpan(_position);
        var length = Measure(rest, _size - _held, out var count);
        _position += length;
        if (_held == 0 && count == _size)
        {
            piece = length == _text.Length ? _text : rest[..length].ToString();
            return true;
        }

        _partial.Append(rest[..length]);
        _held += count;
        piece = null;
        return _held == _size && TryFlush(out piece);
    }

    /// <summary>After the last chunk: the shorter piece that is left, if there is one.</summary>
    internal bool TryFlush([NotNullWhen(true)] out string? piece)
    {
        piece = _held == 0 ? null : _partial.ToString();
        _partial.Clear();
        _held = 0;
        return piece is not null;
    }

    /// <summary>How long the first characters of a text are, at most so many; and how many they are.</summary>
    private static int Measure(ReadOnlySpan<char> text, int max, out int count)
    {
        var length = Math.Min(text.Length, max);
        var plain = text[..length].IndexOfAnyInRange('\uD800', '\uDFFF');
        if (plain < 0)
        {
            return count = length;
        }

        for (count = length = plain; length < text.Length && count < max; count++)
        {
            length += char.IsHighSurrogate(text[length]) && length + 1 < text.Length && char.IsLowSurrogate(text[length + 1]) ? 2 : 1;
        }

        return length;
    }
}
