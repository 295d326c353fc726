using System.Text;

namespace Httpx.Engine;

/// <summary>What is to be sent next, collected so that a head and a small body leave in one write.</summary>
internal sealed class WriteBuffer
{
#if DEBUG
    private const int InitialSize = 16;
#else
    private const int InitialSize = 1024;
#endif

    /// <summary>A buffer that one exchange blew up beyond this goes when it is cleared: a connection may live long.</summary>
    private const int KeptSize = 64 * 1024;

    private byte[] _bytes = new byte[InitialSize];
    private int _length;

    /// <summary>How many bytes there are to send.</summary>
    internal int Length => _length;

    /// <summary>The bytes to send.</summary>
    internal ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, _length);

    internal void Clear()
    {
        _length = 0;
        if (_bytes.Length > KeptSize)
        {
            _bytes = new byte[InitialSize];
        }
    }

    /// <summary>Room for at least <paramref name="size"/> bytes; <see cref="Wrote"/> tells how many were used.</summary>
    internal Memory<byte> Room(int size)
    {
        Reserve(size);
        return _bytes.AsMemory(_length);
    }

    internal void Wrote(int count) => _length += count;

    internal void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    internal void Write(byte value)
    {
        Reserve(1);
        _bytes[_length++] = value;
    }

    /// <summary>Writes text whose characters are known to be ASCII.</summary>
    internal void WriteAscii(ReadOnlySpan<char> text)
    {
        Reserve(text.Length);
        Ascii.FromUtf16(text, _bytes.AsSpan(_length), out var written);
        _length += written;
    }

    private void Reserve(int size)
    {
        if (_bytes.Length - _length < size)
        {
            Array.Resize(ref _bytes, Math.Max(checked(_length + size), _bytes.Length * 2));
        }
    }
}
