namespace Httpx;

/// <summary>A response's body with an owner that is closed with it: the one-shot client of the streams of <see cref="Http"/>.</summary>
internal sealed class OwnedBody(ByteStream inner, Func<ValueTask> closeOwner) : ByteStream
{
    /// <inheritdoc/>
    internal override bool IsAsync => inner.IsAsync;

    /// <inheritdoc/>
    internal override long? Length => inner.Length;

    /// <inheritdoc/>
    internal override Headers? Trailers => inner.Trailers;

    /// <inheritdoc/>
    internal override ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken) =>
        inner.ReadAsync(destination, cancellationToken);

    /// <inheritdoc/>
    internal override async ValueTask CloseAsync()
    {
        try
        {
            await inner.CloseAsync().ConfigureAwait(false);
        }
        finally
        {
            await closeOwner().ConfigureAwait(false);
        }
    }
}
