using System.Buffers;
using System.Globalization;
using System.Net;

namespace Httpx;

/// <summary>A request's body, written to the handler's stream piece by piece as it comes.</summary>
/// <remarks>It tells the exchange what it is at, and who failed: the caller's body, or the stream to the peer.</remarks>
internal sealed class HandlerContent : HttpContent
{
    private const int BlockSize = 64 * 1024;

    private readonly HandlerExchange _exchange;
    private readonly RequestContent? _body;
    private readonly bool _isChunked;
    private readonly long? _declared;

    /// <exception cref="LocalProtocolException">The body is not as long as Content-Length says.</exception>
    internal HandlerContent(HandlerExchange exchange, bool isChunked)
    {
        _exchange = exchange;
        _body = exchange.Request.Body;
        _isChunked = isChunked;
        _declared = Declared(exchange.Request);
        if (Length is { } length && _declared is { } declared && length != declared)
        {
            throw WrongLength(length);
        }
    }

    private long? Length => _body is null ? 0 : _body.Length;

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = Length ?? 0;
        return Length is not null && !_isChunked;
    }

    /// <inheritdoc/>
    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        Blocking.Result(WriteAsync(stream, blocking: true, cancellationToken));

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        WriteAsync(stream, blocking: false, CancellationToken.None).AsTask();

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        WriteAsync(stream, blocking: false, cancellationToken).AsTask();

    private static long? Declared(Request request) =>
        long.TryParse(request.Headers.Get("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : null;

    private async ValueTask WriteAsync(Stream destination, bool blocking, CancellationToken cancellationToken)
    {
        // A handler that sends again (for a redirect, or a retry) begins anew.
        _exchange.BodyFailure = null;
        _exchange.HasWriteFailed = false;
        if (_body is not null)
        {
            if (_body.TryGetBytes(out var bytes))
            {
                await WritePiecesAsync(destination, bytes, blocking, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await CopyAsync(_body, destination, blocking, cancellationToken).ConfigureAwait(false);
            }
        }

        _exchange.Sent();
    }

    private async ValueTask CopyAsync(RequestContent body, Stream destination, bool blocking, CancellationToken cancellationToken)
    {
        ByteStream? source = null;
        try
        {
            source = Open(body, blocking);
            var block = ArrayPool<byte>.Shared.Rent(BlockSize);
            var total = 0L;
            while (true)
            {
                var reading = ReadAsync(source, block, cancellationToken);
                if (!reading.IsCompleted)
                {
                    // While the body has to be waited for, the peer gets what there is: it may be what the rest depends on. Over HTTP/2
                    // even the head of the request lies in a buffer until somebody flushes.
                    await FlushAsync(destination, blocking, cancellationToken).ConfigureAwait(false);
                }

                var count = await reading.ConfigureAwait(false);
                total += count;
                if (count == 0 ? total < _declared : total > _declared)
                {
                    throw Failed(WrongLength(total));
                }

                if (count == 0)
                {
                    break;
                }

                await WritePiecesAsync(destination, block.AsMemory(0, count), blocking, cancellationToken).ConfigureAwait(false);
                if (blocking)
                {
                    // Whether the next piece will block nobody can tell.
                    await FlushAsync(destination, blocking, cancellationToken).ConfigureAwait(false);
                }
            }

            // Of a read or write that fails the array never goes back to the pool: somebody may still use it.
            ArrayPool<byte>.Shared.Return(block);
        }
        finally
        {
            if (source is not null)
            {
                await source.CloseAsync().ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<int> ReadAsync(ByteStream source, byte[] block, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(block, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!_exchange.HasWriteFailed
            && !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            // A read that was left behind because the peer took nothing more is none of the caller's failures.
            _exchange.BodyFailure = exception;
            throw;
        }
    }

    private ByteStream Open(RequestContent body, bool blocking)
    {
        try
        {
            return body.Open(blocking);
        }
        catch (Exception exception)
        {
            _exchange.BodyFailure = exception;
            throw;
        }
    }

    private LocalProtocolException Failed(LocalProtocolException exception)
    {
        _exchange.BodyFailure = exception;
        return exception;
    }

    // In pieces, so that the limit is one for progress and not for the whole.
    private async ValueTask WritePiecesAsync(
        Stream destination, ReadOnlyMemory<byte> bytes, bool blocking, CancellationToken cancellationToken)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                var piece = bytes[..Math.Min(bytes.Length, BlockSize)];
                bytes = bytes[piece.Length..];
                _exchange.Write();
                if (blocking)
                {
                    destination.Write(piece.Span);
                }
                else
                {
                    await destination.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
                }

                _exchange.Wrote();
            }
        }
        catch
        {
            _exchange.HasWriteFailed = true;
            throw;
        }
    }

    private async ValueTask FlushAsync(Stream destination, bool blocking, CancellationToken cancellationToken)
    {
        try
        {
            _exchange.Write();
            if (blocking)
            {
                destination.Flush();
            }
            else
            {
                await destination.FlushAsync(cancellationToken).ConfigureAwait(false);
            }

            _exchange.Wrote();
        }
        catch
        {
            _exchange.HasWriteFailed = true;
            throw;
        }
    }

    private LocalProtocolException WrongLength(long length)
    {
        var more = _body is { Length: null } && length > _declared ? " or more" : "";
        return new LocalProtocolException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The body has {length} bytes{more}, but Content-Length says {_declared}: leave the header out, or make them agree."),
            _exchange.Request);
    }
}
