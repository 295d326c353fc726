using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Httpx.Engine.Network;

/// <summary>A TCP connection whose operations are awaited.</summary>
internal sealed class AsyncWire : Wire
{
    // What a deadline becomes when the watch has ended its operation.
    private const long Expired = -1;
    private const long None = 0;

    private readonly Socket _socket;
    private readonly Watch _watch;
    private long _readDeadline;
    private long _writeDeadline;
    private TimeSpan? _readTimeout;
    private volatile bool _isReading;
    private int _isDisposed;

    internal AsyncWire(Socket socket, Watch watch)
    {
        _socket = socket;
        _watch = watch;
        watch.Add(this);
    }

    internal override bool CanReadAhead => true;

    internal override TimeSpan? ReadTimeout
    {
        get => _readTimeout;
        set
        {
            _readTimeout = value;
            if (_isReading && State(ref _readDeadline, value) is > None and var at && !_isReading)
            {
                // The read has ended meanwhile, and may have looked for a deadline before this one was there.
                Interlocked.CompareExchange(ref _readDeadline, None, at);
            }
        }
    }

    internal override TimeSpan? WriteTimeout { get; set; }

    internal override Deadline Deadline { get; set; } = Deadline.Never;

    /// <summary>Where the watch keeps this wire; -1 once it does not.</summary>
    internal int WatchIndex { get; set; } = -1;

    /// <summary>The deadline of the operation that has to end first; for the watch.</summary>
    internal long EarliestDeadline
    {
        get
        {
            var read = Volatile.Read(ref _readDeadline);
            var write = Volatile.Read(ref _writeDeadline);
            return Math.Min(read > 0 ? read : long.MaxValue, write > 0 ? write : long.MaxValue);
        }
    }

    // One task per connection and direction is under way at most: the pooled builder makes both free.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        _isReading = true;
        State(ref _readDeadline, _readTimeout);
        var registration = OnCancel(cancellationToken);
        try
        {
            var count = await _socket.ReceiveAsync(destination, SocketFlags.None, CancellationToken.None).ConfigureAwait(false);
            _isReading = false;
            if (Retract(ref _readDeadline))
            {
                throw NetworkErrors.ReadTimeout(PeerName, _readTimeout);
            }

            return count;
        }
        catch (Exception exception) when (NetworkErrors.IsNetwork(exception))
        {
            _isReading = false;
            if (Retract(ref _readDeadline))
            {
                throw NetworkErrors.ReadTimeout(PeerName, _readTimeout);
            }

            cancellationToken.ThrowIfCancellationRequested();
            throw NetworkErrors.Read(PeerName, exception);
        }
        finally
        {
            registration.Dispose();
        }
    }

    internal override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        // The kernel takes most writes at once: those need neither a deadline nor a state machine.
        try
        {
            var sending = _socket.SendAsync(bytes, SocketFlags.None, CancellationToken.None);
            if (!sending.IsCompletedSuccessfully)
            {
                return FinishWriteAsync(sending, bytes, cancellationToken);
            }

            var sent = sending.GetAwaiter().GetResult();
            return sent == bytes.Length ? default : FinishWriteAsync(new ValueTask<int>(sent), bytes, cancellationToken);
        }
        catch (Exception exception) when (NetworkErrors.IsNetwork(exception))
        {
            return ValueTask.FromException(WriteFailure(exception, cancellationToken));
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FinishWriteAsync(ValueTask<int> sending, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        State(ref _writeDeadline, WriteTimeout);
        var registration = OnCancel(cancellationToken);
        try
        {
            while (true)
            {
                var sent = await sending.ConfigureAwait(false);
                if (Retract(ref _writeDeadline))
                {
                    throw NetworkErrors.WriteTimeout(PeerName, WriteTimeout);
                }

                bytes = bytes[sent..];
                if (bytes.IsEmpty)
                {
                    return;
                }

                State(ref _writeDeadline, WriteTimeout);
                sending = _socket.SendAsync(bytes, SocketFlags.None, CancellationToken.None);
            }
        }
        catch (Exception exception) when (NetworkErrors.IsNetwork(exception))
        {
            throw WriteFailure(exception, cancellationToken);
        }
        finally
        {
            registration.Dispose();
        }
    }

    private Exception WriteFailure(Exception exception, CancellationToken cancellationToken)
    {
        if (Retract(ref _writeDeadline))
        {
            return NetworkErrors.WriteTimeout(PeerName, WriteTimeout);
        }

        return cancellationToken.IsCancellationRequested
            ? new OperationCanceledException(cancellationToken)
            : NetworkErrors.Write(PeerName, exception);
    }

    internal override bool IsReadable()
    {
        try
        {
            return _socket.Poll(0, SelectMode.SelectRead);
        }
        catch (Exception exception) when (NetworkErrors.IsNetwork(exception))
        {
            return true;
        }
    }

    /// <summary>Ends the operation whose deadline has passed; for the watch.</summary>
    internal void Expire(long now)
    {
        if (Claim(ref _readDeadline, now) | Claim(ref _writeDeadline, now))
        {
            Dispose();
        }
    }

    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _watch.Remove(this);
            _socket.Dispose();
        }
    }

    private CancellationTokenRegistration OnCancel(CancellationToken cancellationToken) =>
        cancellationToken.CanBeCanceled
            ? cancellationToken.UnsafeRegister(static wire => ((AsyncWire)wire!).Dispose(), this)
            : default;

    /// <summary>Writes a deadline for the watch to see; returns it, or <see cref="None"/> where there is none.</summary>
    private long State(ref long deadline, TimeSpan? timeout)
    {
        var at = Math.Min(Deadline.At, timeout is { } span ? Deadline.Now + Math.Max(1, (long)span.TotalMilliseconds) : long.MaxValue);
        if (at == long.MaxValue)
        {
            return None;
        }

        Interlocked.Exchange(ref deadline, at);
        _watch.Expect(at);
        return at;
    }

    /// <summary>Takes a deadline back; true where the watch had claimed it first.</summary>
    /// <remarks>Always an interlocked write: it keeps what came before it, the end of the read, from being seen after it.</remarks>
    private static bool Retract(ref long deadline) => Interlocked.Exchange(ref deadline, None) == Expired;

    private static bool Claim(ref long deadline, long now)
    {
        var at = Volatile.Read(ref deadline);
        return at > 0 && at <= now && Interlocked.CompareExchange(ref deadline, Expired, at) == at;
    }
}
