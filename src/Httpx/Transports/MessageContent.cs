namespace Httpx;

/// <summary>The content of a platform's request as a body: read from its stream as it is sent.</summary>
/// <remarks>
/// The stream belongs to the content, which keeps it and hands out the same one again; closing it is left to whoever made the message. A
/// content that has no stream of its own, only a way to write itself, is gathered in memory by the platform before the first byte is sent.
/// </remarks>
internal sealed class MessageContent(HttpContent content, long? length, bool isChunked) : RequestContent
{
    private Stream? _stream;
    private long _start;
    private bool _isConsumed;

    /// <inheritdoc/>
    public override long? Length => isChunked ? null : length;

    /// <inheritdoc/>
    public override bool CanReplay => _stream?.CanSeek ?? content is ByteArrayContent or ReadOnlyMemoryContent;

    internal override ByteStream Open(bool blocking)
    {
        ThrowIfConsumed();
        return new Reader(this, blocking);
    }

    internal override void ThrowIfConsumed()
    {
        if (_isConsumed && _stream is { CanSeek: false })
        {
            throw new StreamConsumedException(
                "The content has to be sent again, but its stream cannot seek and was read already: load it into a buffer first.");
        }
    }

    private async ValueTask<Stream> OpenAsync(bool blocking, CancellationToken cancellationToken)
    {
        if (_stream is null)
        {
            var stream = blocking
                ? content.ReadAsStream(cancellationToken)
                : await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);

            // A message that is sent a second time, by a handler that retries, comes with the stream where the first time left it. What is
            // to be sent is the end of it, so the length tells where that begins.
            if (stream.CanSeek)
            {
                var start = stream.Length - length;
                _start = start >= 0 && start <= stream.Position ? start.Value : stream.Position;
            }

            _stream = stream;
        }

        if (_stream.CanSeek && _stream.Position != _start)
        {
            _stream.Position = _start;
        }

        return _stream;
    }

    private sealed class Reader(MessageContent body, bool blocking) : ByteStream
    {
        private Stream? _stream;

        internal override bool IsAsync => !blocking;

        internal override long? Length => body.Length;

        internal override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _stream ??= await body.OpenAsync(blocking, cancellationToken).ConfigureAwait(false);
            body._isConsumed = true;
            return blocking
                ? _stream.Read(destination.Span)
                : await _stream.ReadAsync(destination, cancellationToken).ConfigureAwait(false);
        }
    }
}
