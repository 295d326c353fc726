using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Httpx.Engine.Http1;

/// <summary>The rest of a response on an HTTP/1.1 connection: pulls its bytes, and gives the connection back at its end.</summary>
/// <remarks>
/// The connection does not know its body, so that a response that was dropped without being closed can be collected: its finalizer
/// cuts the connection, and the pool gets its place back.
/// </remarks>
internal sealed class Http1Body : ByteStream
{
    private readonly BodyKind _kind;
    private readonly long _length;
    private Http1Connection? _connection;
    private long _received;
    private Headers? _trailers;

    internal Http1Body(Http1Connection connection, BodyKind kind, long length)
    {
        _connection = connection;
        _kind = kind;
        _length = length;
        IsAsync = connection.Wire.CanReadAhead;
        if (kind == BodyKind.Chunked)
        {
            connection.Chunks.Reset();
        }
    }

    ~Http1Body()
    {
        try
        {
            _connection?.End(false);
        }
        catch (Exception)
        {
            // Where the client was dropped as well, sockets and TLS may have been finalized before, and say so when they are closed.
            // An exception here would end the process.
        }
    }

    internal override bool IsAsync { get; }

    internal override long? Length => _kind == BodyKind.Length ? _length : null;

    internal override Headers? Trailers => _trailers;

    internal override ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (_connection is not { } connection)
        {
            return default;
        }

        try
        {
            var count = TakeBuffered(connection, destination.Span);
            return count > 0 || _connection is null ? new(count) : ReceiveAsync(connection, destination, cancellationToken);
        }
        catch
        {
            Finish(false);
            throw;
        }
    }

    internal override ValueTask CloseAsync()
    {
        if (_connection is { } connection)
        {
            Finish(TrySkipRest(connection));
        }

        return default;
    }

    // What is buffered already costs nothing to finish; anything more is not worth waiting for.
    private bool TrySkipRest(Http1Connection connection)
    {
        switch (_kind)
        {
            case BodyKind.Length when _length - _received <= connection.Input.Length:
                connection.Input.Consume((int)(_length - _received));
                return true;

            case BodyKind.Chunked:
                try
                {
                    Span<byte> skipped = stackalloc byte[512];
                    while (connection.Chunks.Read(connection.Input, skipped) > 0)
                    {
                    }

                    return connection.Chunks.IsComplete;
                }
                catch (RemoteProtocolException)
                {
                    return false; // nobody wants to know any more
                }

            default:
                return false;
        }
    }

    // The bytes that are there already. The body may end with them, or without any: then the connection is given back.
    private int TakeBuffered(Http1Connection connection, Span<byte> destination)
    {
        var input = connection.Input;
        if (_kind == BodyKind.Chunked)
        {
            var decoded = connection.Chunks.Read(input, destination);
            _received += decoded;
            if (connection.Chunks.IsComplete)
            {
                _trailers = connection.Chunks.Trailers;
                Finish(true);
            }

            return decoded;
        }

        var count = (int)Math.Min(Math.Min(input.Length, destination.Length), Remaining(connection));
        if (count > 0)
        {
            input.Span[..count].CopyTo(destination);
            input.Consume(count);
            Took(count);
        }

        return count;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReceiveAsync(Http1Connection connection, Memory<byte> destination, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                // Straight into the caller's memory where it is at least as roomy as the connection's own.
                var direct = (int)Math.Min(Remaining(connection), destination.Length);
                var room = connection.Input.Length == 0 && direct > 0 ? connection.Input.Room() : default;
                if (direct > 0 && connection.Input.Length == 0 && direct >= room.Length)
                {
                    var received = await connection.Wire.ReadAsync(destination[..direct], cancellationToken).ConfigureAwait(false);
                    if (received == 0)
                    {
                        EndOfWire(connection);
                        return 0;
                    }

                    if (_kind == BodyKind.Chunked)
                    {
                        connection.Chunks.Advance(received);
                        _received += received;
                    }
                    else
                    {
                        Took(received);
                    }

                    return received;
                }

                var count = await connection.FillAsync(cancellationToken).ConfigureAwait(false);
                if (count == 0)
                {
                    EndOfWire(connection);
                    return 0;
                }

                connection.Input.Received(count);
                var taken = TakeBuffered(connection, destination.Span);
                if (taken > 0 || _connection is null)
                {
                    return taken;
                }
            }
        }
        catch
        {
            Finish(false);
            throw;
        }
    }

    // How much of the body may be received now without touching what comes behind it.
    private long Remaining(Http1Connection connection) => _kind switch
    {
        BodyKind.Length => _length - _received,
        BodyKind.Chunked => connection.Chunks.RemainingInChunk,
        _ => long.MaxValue,
    };

    private void Took(int count)
    {
        _received += count;
        if (_kind == BodyKind.Length && _received == _length)
        {
            Finish(true);
        }
    }

    private void EndOfWire(Http1Connection connection)
    {
        if (_kind == BodyKind.UntilClose && !connection.Wire.IsTruncated)
        {
            Finish(true);
            return;
        }

        throw new RemoteProtocolException(_kind switch
        {
            BodyKind.Length => string.Create(
                CultureInfo.InvariantCulture,
                $"{connection.Origin} closed the connection after {_received} of {_length} bytes of the body."),
            BodyKind.Chunked => string.Create(
                CultureInfo.InvariantCulture,
                $"{connection.Origin} closed the connection in the middle of a chunked body, after {_received} bytes."),
            _ => $"{connection.Origin} ended a body without length by a TLS connection cut short: it may not be complete (RFC 9112 9.8).",
        });
    }

    [SuppressMessage("Usage", "CA1816", Justification = "A body ends by being read as well as by being closed.")]
    private void Finish(bool complete)
    {
        if (Interlocked.Exchange(ref _connection, null) is { } connection)
        {
            GC.SuppressFinalize(this);
            connection.End(complete);
        }
    }
}
