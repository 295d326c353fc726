namespace Httpx;

/// <summary>A response's body of which no more than so many bytes are read: then reading fails.</summary>
internal sealed class BoundedBody(ByteStream inner, long most) : ByteStream
{
    private long _read;

    /// <inheritdoc/>
    internal override bool IsAsync => inner.IsAsync;

    /// <inheritdoc/>
    internal override long? Length => inner.Length;

    /// <inheritdoc/>
    internal override Headers? Trailers => inner.Trailers;

    /// <inheritdoc/>
    internal override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        // A length that is too much is not worth the first byte.
        if (_read > most || inner.Length > most)
        {
            throw new RequestException($"The body is longer than {most} bytes.");
        }

        var count = await inner.ReadAsync(destination, cancellationToken).ConfigureAwait(false);
        _read += count;
        return count;
    }

    /// <inheritdoc/>
    internal override ValueTask CloseAsync() => inner.CloseAsync();
}
