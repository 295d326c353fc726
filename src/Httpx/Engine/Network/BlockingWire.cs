using System.Net.Sockets;

namespace Httpx.Engine.Network;

/// <summary>A TCP connection whose operations block the caller's thread and need no other.</summary>
/// <remarks>
/// The socket is never touched by an async call: the first one would make its descriptor non-blocking for good, and every later
/// call would wait for a thread of the runtime. The limits are the socket's own, so that no timer is needed either.
/// </remarks>
internal sealed class BlockingWire(Socket socket) : Wire
{
    private int _receiveTimeout;
    private int _sendTimeout;
    private int _isDisposed;

    internal override bool CanReadAhead => false;

    internal override TimeSpan? ReadTimeout { get; set; }

    internal override TimeSpan? WriteTimeout { get; set; }

    internal override Deadline Deadline { get; set; } = Deadline.Never;

    internal override ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        using var registration = OnCancel(cancellationToken);
        try
        {
            var timeout = Milliseconds(ReadTimeout);
            if (timeout != _receiveTimeout)
            {
                socket.ReceiveTimeout = _receiveTimeout = timeout;
            }

            return new(socket.Receive(destination.Span, SocketFlags.None));
        }
        catch (Exception exception) when (NetworkErrors.IsNetwork(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw IsTimeout(exception) ? NetworkErrors.ReadTimeout(PeerName, ReadTimeout) : NetworkErrors.Read(PeerName, exception);
        }
    }

    internal override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        using var registration = OnCancel(cancellationToken);
        try
        {
            var timeout = Milliseconds(WriteTimeout);
            if (timeout != _sendTimeout)
            {
                socket.SendTimeout = _sendTimeout = timeout;
            }

            while (!bytes.IsEmpty)
            {
                bytes = bytes[socket.Send(bytes.Span, SocketFlags.None)..];
            }

            return default;
        }
        catch (Exception exception) when (NetworkErrors.IsNetwork(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw IsTimeout(exception) ? NetworkErrors.WriteTimeout(PeerName, WriteTimeout) : NetworkErrors.Write(PeerName, exception);
        }
    }

    internal override bool IsReadable()
    {
        try
        {
            return socket.Poll(0, SelectMode.SelectRead);
        }
        catch (Exception exception) when (NetworkErrors.IsNetwork(exception))
        {
            return true;
        }
    }

    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            socket.Dispose();
        }
    }

    private static bool IsTimeout(Exception exception) =>
        exception is SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.WouldBlock };

    private CancellationTokenRegistration OnCancel(CancellationToken cancellationToken) =>
        cancellationToken.CanBeCanceled
            ? cancellationToken.UnsafeRegister(static wire => ((BlockingWire)wire!).Dispose(), this)
            : default;

    // What a socket takes: whole milliseconds, 0 for no limit.
    private int Milliseconds(TimeSpan? timeout)
    {
        var own = timeout is { } span ? (int)Math.Clamp(span.TotalMilliseconds, 1, int.MaxValue) : 0;
        if (Deadline.IsNever)
        {
            return own;
        }

        return own == 0 ? Deadline.Remaining : Math.Min(own, Deadline.Remaining);
    }
}
