namespace Httpx;

/// <summary>A body that is read from a stream of the caller's, which stays open.</summary>
internal sealed class StreamContent : RequestContent
{
    private readonly Stream _stream;
    private long? _start; // where a stream that can seek is sent from, once somebody asked
    private bool _consumed;

    /// <summary>Sends a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="rewind">Whether it is sent from its beginning, if it can seek, wherever it stands: HTTPX does so with files of a
    /// multipart body, so that one file object can be sent by two requests.</param>
    internal StreamContent(Stream stream, bool rewind)
    {
        if (!stream.CanRead)
        {
            throw new ArgumentException("The stream cannot be read: it is closed, or made for writing only.", nameof(stream));
        }

        _stream = stream;
        _start = rewind && stream.CanSeek ? 0 : null;
    }

    /// <inheritdoc/>
    public override long? Length => _stream.CanSeek ? Math.Max(0, _stream.Length - Start) : null;

    /// <inheritdoc/>
    public override bool CanReplay => _stream.CanSeek;

    /// <summary>The position that is sent from. The first question settles it, so that the length told and the bytes sent belong
    /// together.</summary>
    private long Start => _start ??= _stream.Position;

    internal override ByteStream Open(bool blocking)
    {
        ThrowIfConsumed();
        if (_stream.CanSeek && _stream.Position != Start)
        {
            _stream.Position = Start;
        }

        return new Reader(this, blocking);
    }

    internal override void ThrowIfConsumed()
    {
        // A stream that was opened and not read yet is as good as new: a stale connection costs it nothing.
        if (_consumed && !_stream.CanSeek)
        {
            throw new StreamConsumedException(
                "The body has to be sent again, for a redirect, authentication or a second request, but it is a stream that cannot seek "
                + "and was read already. Hand over bytes or a stream that can seek, or switch off what makes it be sent twice.");
        }
    }

    private sealed class Reader(StreamContent content, bool blocking) : ByteStream
    {
        internal override bool IsAsync => !blocking;

        internal override long? Length => content.Length;

        internal override ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
        {
            content._consumed = true;
            if (!blocking)
            {
                return content._stream.ReadAsync(destination, cancellationToken);
            }

            cancellationToken.ThrowIfCancellationRequested();
            return new(content._stream.Read(destination.Span));
        }
    }
}
