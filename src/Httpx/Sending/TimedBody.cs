namespace Httpx;

/// <summary>A response's body under the deadline of its exchange.</summary>
internal sealed class TimedBody(ByteStream inner, Deadline deadline) : ByteStream
{
    /// <inheritdoc/>
    internal override bool IsAsync => inner.IsAsync;

    /// <inheritdoc/>
    internal override long? Length => inner.Length;

    /// <inheritdoc/>
    internal override Headers? Trailers => inner.Trailers;

    /// <inheritdoc/>
    internal override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        // The reader's token is rarely another than none, so the second source is rarely made.
        using var both = cancellationToken.CanBeCanceled
            ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token)
            : null;
        try
        {
            var token = both?.Token ?? deadline.Token;
            token.ThrowIfCancellationRequested();
            var count = await inner.ReadAsync(destination, token).ConfigureAwait(false);
            if (count == 0)
            {
                deadline.Dispose();
            }

            return count;
        }
        catch (OperationCanceledException exception)
        {
            if (deadline.Explain(exception, cancellationToken) is { } explained)
            {
                throw explained;
            }

            throw;
        }
    }

    /// <inheritdoc/>
    internal override ValueTask CloseAsync()
    {
        deadline.Dispose();
        return inner.CloseAsync();
    }
}
