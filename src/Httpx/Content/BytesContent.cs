using System.Buffers;

namespace Httpx;

/// <summary>A body that is in memory in one piece: bytes, text, a form, JSON.</summary>
internal sealed class BytesContent(ReadOnlyMemory<byte> bytes, string? contentType = null) : RequestContent
{
    /// <inheritdoc/>
    public override long? Length => bytes.Length;

    /// <inheritdoc/>
    public override bool CanReplay => true;

    internal override string? ContentType => contentType;

    internal override bool TryGetBytes(out ReadOnlyMemory<byte> content)
    {
        content = bytes;
        return true;
    }

    internal override ByteStream Open(bool blocking) => new BytesStream(bytes);
}

/// <summary>Bytes in memory as a stream: serves both faces, since it never waits.</summary>
internal sealed class BytesStream(ReadOnlyMemory<byte> bytes) : ByteStream
{
    private readonly int _length = bytes.Length;
    private ReadOnlyMemory<byte> _rest = bytes;

    internal override bool IsAsync => false;

    internal override long? Length => _length;

    internal override ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        var count = Math.Min(_rest.Length, destination.Length);
        _rest[..count].CopyTo(destination);
        _rest = _rest[count..];
        return new(count);
    }
}

/// <summary>A body that is in memory in several pieces.</summary>
internal sealed class SequenceContent(ReadOnlySequence<byte> bytes) : RequestContent
{
    /// <inheritdoc/>
    public override long? Length => bytes.Length;

    /// <inheritdoc/>
    public override bool CanReplay => true;

    internal override ByteStream Open(bool blocking) => new Reader(bytes);

    private sealed class Reader(ReadOnlySequence<byte> bytes) : ByteStream
    {
        private readonly long _length = bytes.Length;
        private ReadOnlySequence<byte> _rest = bytes;

        internal override bool IsAsync => false;

        internal override long? Length => _length;

        internal override ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
        {
            var next = _rest.Slice(0, Math.Min(_rest.Length, destination.Length));
            next.CopyTo(destination.Span);
            _rest = _rest.Slice(next.End);
            return new((int)next.Length);
        }
    }
}
