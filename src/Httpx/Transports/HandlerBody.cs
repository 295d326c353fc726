using System.Runtime.ExceptionServices;

namespace Httpx;

/// <summary>The body of a handler's response. Reading has the limits of the exchange as far as the mode lets it.</summary>
internal sealed class HandlerBody(HttpResponseMessage answer, Stream stream, long? length, HandlerExchange exchange) : ByteStream
{
    private bool _isOver;
    private int _isClosed;
    private Headers? _trailers;

    /// <inheritdoc/>
    internal override bool IsAsync => !exchange.IsBlocking;

    /// <inheritdoc/>
    internal override long? Length => length;

    /// <inheritdoc/>
    internal override Headers? Trailers => _trailers;

    /// <inheritdoc/>
    internal override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (_isOver)
        {
            return 0;
        }

        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = exchange.IsBlocking
                ? stream.Read(destination.Span)
                : await ReceiveAsync(destination, cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                _isOver = true;
                TakeTrailers();
            }

            return count;
        }
        catch (Exception exception)
        {
            if (exchange.Explain(exception, cancellationToken) is { } explained)
            {
                ExceptionDispatchInfo.Throw(explained);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    internal override async ValueTask CloseAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
        {
            return;
        }

        try
        {
            if (!exchange.IsBlocking)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }

            answer.Dispose();
        }
        catch (Exception exception) when (HandlerErrors.IsFailure(exception))
        {
            // The peer is gone already; closing wanted nothing else.
        }

        exchange.Dispose();
    }

    private async ValueTask<int> ReceiveAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        using var registration = exchange.Link(cancellationToken);
        exchange.Receive();
        var count = await stream.ReadAsync(destination, exchange.Token).ConfigureAwait(false);
        exchange.Received();
        return count;
    }

    private void TakeTrailers()
    {
        if (answer.TrailingHeaders.NonValidated.Count > 0)
        {
            _trailers = new Headers();
            HandlerMessages.Append(_trailers, answer.TrailingHeaders);
        }
    }
}
