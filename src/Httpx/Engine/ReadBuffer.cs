using System.Diagnostics;

namespace Httpx.Engine;

/// <summary>What has been received and not used yet: a window over an array that its connection owns.</summary>
/// <remarks>In debug builds it starts at 16 bytes, so that growing and compacting are always exercised.</remarks>
internal sealed class ReadBuffer
{
#if DEBUG
    private const int InitialSize = 16;
#else
    private const int InitialSize = 4096;
#endif

    /// <summary>An array that one head blew up beyond this goes when it is used up: a connection may be idle for long.</summary>
    private const int KeptSize = 64 * 1024;

    private byte[] _bytes = new byte[InitialSize];
    private int _start;
    private int _end;

    /// <summary>How many bytes were received and not consumed.</summary>
    internal int Length => _end - _start;

    /// <summary>The bytes received and not consumed.</summary>
    internal ReadOnlySpan<byte> Span => _bytes.AsSpan(_start, _end - _start);

    /// <summary>The same as memory, where it must live across an await.</summary>
    internal ReadOnlyMemory<byte> Memory => _bytes.AsMemory(_start, _end - _start);

    /// <summary>Marks the first <paramref name="count"/> bytes as used.</summary>
    internal void Consume(int count)
    {
        Debug.Assert((uint)count <= (uint)Length, "More consumed than there is.");
        _start += count;
        if (_start == _end)
        {
            _start = 0;
            _end = 0;
            if (_bytes.Length > KeptSize)
            {
                _bytes = new byte[InitialSize];
            }
        }
    }

    /// <summary>Room to receive into, of at least one byte: compacts first, then doubles.</summary>
    internal Memory<byte> Room()
    {
        if (_end == _bytes.Length)
        {
            MakeRoom();
        }

        return _bytes.AsMemory(_end);
    }

    /// <summary>Says that <paramref name="count"/> bytes were received into <see cref="Room"/>.</summary>
    internal void Received(int count)
    {
        Debug.Assert((uint)count <= (uint)(_bytes.Length - _end), "More received than there was room for.");
        _end += count;
    }

    private void MakeRoom()
    {
        var bytes = _bytes;
        // Moving is linear only if at least half of the array comes free by it.
        if (_start < bytes.Length / 2)
        {
            bytes = new byte[checked(bytes.Length * 2)];
        }

        Span.CopyTo(bytes);
        _end -= _start;
        _start = 0;
        _bytes = bytes;
    }
}
