using System.Buffers;

namespace Httpx;

/// <summary>Gathers a body of unknown length, and hands it over in an array of exactly its size. Each byte is copied once, or not at
/// all.</summary>
/// <remarks>
/// Memory grows by what arrived, never by what was promised: a declared length is believed up to 1 MiB, in which case that array
/// itself is the result. Beyond it the bytes lie in pieces from the pool, each twice as large as the one before.
/// </remarks>
internal sealed class BodyBuffer
{
    private const int FirstPiece = 16 * 1024;
    private const int LargestPiece = 1024 * 1024;

    private readonly List<byte[]> _full = [];
    private readonly byte[]? _exact;
    private byte[] _piece;
    private int _used;
    private long _inFull;

    /// <summary>An empty buffer.</summary>
    /// <param name="expected">How many bytes should come; null where nobody said.</param>
    internal BodyBuffer(long? expected)
    {
        if (expected is > 0 and <= LargestPiece)
        {
            _piece = _exact = GC.AllocateUninitializedArray<byte>((int)expected);
        }
        else
        {
            _piece = ArrayPool<byte>.Shared.Rent(FirstPiece);
        }
    }

    /// <summary>How many bytes it has.</summary>
    internal long Length => _inFull + _used;

    /// <summary>Room for at least one byte more.</summary>
    internal Memory<byte> Room()
    {
        if (_used == _piece.Length)
        {
            _full.Add(_piece);
            _inFull += _used;
            _used = 0;

            // Where the promised length is all there is, this piece is only there to meet the end.
            var size = ReferenceEquals(_piece, _exact) ? FirstPiece : Math.Min(_piece.Length * 2, LargestPiece);
            _piece = ArrayPool<byte>.Shared.Rent(size);
        }

        return _piece.AsMemory(_used);
    }

    /// <summary>Says that <paramref name="count"/> bytes were read into <see cref="Room"/>.</summary>
    internal void Add(int count) => _used += count;

    /// <summary>The whole body. The buffer cannot be used any more.</summary>
    internal ReadOnlyMemory<byte> Complete()
    {
        if (_exact is not null && (ReferenceEquals(_piece, _exact) || (_full.Count == 1 && _used == 0)))
        {
            var count = (int)Length;
            Recycle(_piece);
            return _exact.AsMemory(0, count);
        }

        var all = Length == 0 ? [] : GC.AllocateUninitializedArray<byte>((int)Length);
        var written = 0;
        foreach (var piece in _full)
        {
            piece.CopyTo(all, written);
            written += piece.Length;
            Recycle(piece);
        }

        _piece.AsSpan(0, _used).CopyTo(all.AsSpan(written));
        Recycle(_piece);
        return all;
    }

    // The array of the promised size was made here, and is perhaps the result: the pool has no business with it. Of a read that
    // failed nothing comes back at all, since somebody may still write into the piece.
    private void Recycle(byte[] piece)
    {
        if (!ReferenceEquals(piece, _exact))
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }
}
