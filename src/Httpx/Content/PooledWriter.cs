using System.Buffers;

namespace Httpx;

/// <summary>Collects the bytes of a body in a rented array, so that only the finished body is allocated.</summary>
/// <remarks>What it held is wiped before others may rent the array: forms carry passwords.</remarks>
internal sealed class PooledWriter : IBufferWriter<byte>, IDisposable
{
    private const int InitialSize = 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(InitialSize);

    /// <summary>How many bytes were written.</summary>
    internal int Length { get; private set; }

    /// <inheritdoc/>
    public void Advance(int count) => Length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(Length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsSpan(Length);
    }

    /// <summary>Gives the array back. Once only.</summary>
    public void Dispose() => Return();

    /// <summary>Writes one byte.</summary>
    internal void Append(byte value)
    {
        Reserve(1);
        _bytes[Length++] = value;
    }

    /// <summary>Writes a byte as a percent sign and two upper-case digits, and returns how many bytes those are.</summary>
    internal static int Percent(byte value, Span<byte> destination)
    {
        var digits = "0123456789ABCDEF"u8;
        destination[2] = digits[value & 0xf];
        destination[1] = digits[value >> 4];
        destination[0] = (byte)'%';
        return 3;
    }

    /// <summary>What was written, as an array of its own; then there is nothing any more.</summary>
    internal byte[] Take()
    {
        var written = _bytes.AsSpan(0, Length).ToArray();
        _bytes.AsSpan(0, Length).Clear();
        Length = 0;
        return written;
    }

    private void Reserve(int size)
    {
        if (_bytes.Length - Length < size)
        {
            Grow(size);
        }
    }

    private void Grow(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(Length + size), (int)Math.Min(Length * 2L, Array.MaxLength)));
        _bytes.AsSpan(0, Length).CopyTo(larger);
        Return();
        _bytes = larger;
    }

    private void Return()
    {
        _bytes.AsSpan(0, Length).Clear();
        ArrayPool<byte>.Shared.Return(_bytes);
    }
}
