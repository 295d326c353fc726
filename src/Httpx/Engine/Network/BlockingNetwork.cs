using System.Net;
using System.Net.Sockets;

namespace Httpx.Engine.Network;

/// <summary>Connections and waits that block the caller's thread; nothing here needs a thread of the pool.</summary>
internal sealed class BlockingNetwork : Network
{
    internal override ValueTask<Wire> ConnectAsync(
        string host, int port, IPAddress? local, Deadline deadline, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var address))
        {
            return new(Connect(new IPEndPoint(address, port), local, deadline, cancellationToken));
        }

        SocketException? failure = null;
        foreach (var candidate in LookUp(host, deadline, cancellationToken))
        {
            if (!Fits(candidate, local))
            {
                continue;
            }

            try
            {
                return new(Connect(new IPEndPoint(candidate, port), local, deadline, cancellationToken));
            }
            catch (SocketException exception)
            {
                failure ??= exception;
            }
        }

        throw failure ?? (Exception)NetworkErrors.UnknownHost(host, null);
    }

    public override void Dispose()
    {
    }

    internal override ValueTask<Wire> ConnectAsync(string path, Deadline deadline, CancellationToken cancellationToken) =>
        new(Connect(new UnixDomainSocketEndPoint(path), null, deadline, cancellationToken));

    internal override Signal NewSignal() => new BlockingSignal();

    internal override ValueTask PauseAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        Blocking.Result(new BlockingSignal().WaitAsync(Deadline.After(time), cancellationToken));
        return default;
    }

    private static BlockingWire Connect(EndPoint target, IPAddress? local, Deadline deadline, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var socket = NewSocket(target, local);
        try
        {
            using var registration = cancellationToken.CanBeCanceled
                ? cancellationToken.UnsafeRegister(static socket => ((Socket)socket!).Dispose(), socket)
                : default;
            Connect(socket, target, deadline);
            return new BlockingWire(socket);
        }
        catch (Exception exception) when (NetworkErrors.IsNetwork(exception))
        {
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            if (exception is SocketException { SocketErrorCode: SocketError.TimedOut } && deadline.HasPassed)
            {
                throw new ConnectTimeoutException("The deadline for connecting has passed.", inner: exception);
            }

            throw;
        }
    }

    private static void Connect(Socket socket, EndPoint target, Deadline deadline)
    {
        if (deadline.IsNever)
        {
            socket.Connect(target);
            return;
        }

        // Linux bounds connect by the send time-out, and the descriptor stays a blocking one.
        if (OperatingSystem.IsLinux())
        {
            socket.SendTimeout = deadline.Remaining;
            socket.Connect(target);
            socket.SendTimeout = 0;
            return;
        }

        socket.Blocking = false;
        try
        {
            socket.Connect(target);
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            if (!socket.Poll(TimeSpan.FromMilliseconds(deadline.Remaining), SelectMode.SelectWrite))
            {
                throw new SocketException((int)SocketError.TimedOut);
            }

            if (socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error) is int error and not 0)
            {
                throw new SocketException(error);
            }
        }

        socket.Blocking = true;
    }

    private static IPAddress[] LookUp(string host, Deadline deadline, CancellationToken cancellationToken)
    {
        try
        {
            if (deadline.IsNever && !cancellationToken.CanBeCanceled)
            {
                return Dns.GetHostAddresses(host);
            }

            return new NameLookUp(host).Wait(deadline, cancellationToken)
                ?? throw new ConnectTimeoutException("The deadline for connecting has passed in the look-up of the host name.");
        }
        catch (SocketException exception)
        {
            throw NetworkErrors.UnknownHost(host, exception);
        }
    }

    /// <summary>
    /// A look-up that can be given up: the platform's cannot be interrupted, so it has a thread of its own, which outlives a caller who
    /// does not wait for it.
    /// </summary>
    private sealed class NameLookUp(string host)
    {
        private readonly BlockingSignal _done = new();
        private IPAddress[]? _addresses;
        private SocketException? _failure;

        internal IPAddress[]? Wait(Deadline deadline, CancellationToken cancellationToken)
        {
            var thread = new Thread(Run) { IsBackground = true, Name = "httpx name look-up" };
            thread.UnsafeStart();
            if (!Blocking.Result(_done.WaitAsync(deadline, cancellationToken)))
            {
                return null;
            }

            return _failure is null ? _addresses : throw _failure;
        }

        private void Run()
        {
            try
            {
                _addresses = Dns.GetHostAddresses(host);
            }
            catch (SocketException exception)
            {
                _failure = exception;
            }
            catch (ArgumentException)
            {
                // A name that the platform takes for no name at all.
                _failure = new SocketException((int)SocketError.HostNotFound);
            }

            _done.Set();
        }
    }
}
