using System.Globalization;
using System.Runtime.CompilerServices;
using Httpx.Engine.Dialing;
using Httpx.Engine.Http1;
using Httpx.Engine.Network;

namespace Httpx.Engine.Pool;

/// <summary>All connections of one transport in one mode, under one limit across origins.</summary>
/// <remarks>
/// Decisions are <see cref="PoolPlanner"/>'s, made under one lock that is never held over I/O; what they ask for is done after it. A place
/// in the pool is taken when a connection may be opened, and given back exactly once: when the connection ends, or could not be made.
/// </remarks>
internal sealed class ConnectionPool : IDisposable
{
    private readonly Network.Network _network;
    private readonly Dialer _dialer;
    private readonly Limits _limits;
    private readonly Action<Connection, bool> _released;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _closing = new();

    // Guarded by the gate.
    private readonly PoolPlanner _planner;
    private readonly HashSet<Connection> _all = [];
    private readonly Alarm _expiry;
    private bool _isDisposed;

    internal ConnectionPool(Network.Network network, EngineOptions options)
    {
        _network = network;
        _limits = options.Limits;
        _dialer = new Dialer(network, options);
        _planner = new PoolPlanner(options.Limits);
        _expiry = new Alarm(Expire);
        _released = Release;
    }

    /// <summary>How many connections are open, idle ones included; for tests and diagnostics.</summary>
    internal (int Connections, int Idle, int Waiting) Counts
    {
        get
        {
            lock (_gate)
            {
                return (_planner.Connections, _planner.Idle, _planner.Waiting);
            }
        }
    }

    /// <summary>Sends a request on a connection of the pool, and returns its response when the head is there.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<Response> SendAsync(Request request, CancellationToken cancellationToken)
    {
        var limits = request.Timeouts ?? Timeouts.Default;
        var mustBeNew = false;
        while (true)
        {
            // Before anything is taken: on a connection the token would cut it.
            cancellationToken.ThrowIfCancellationRequested();
            var connection = TakeIdle(request, mustBeNew)
                ?? await OpenAsync(request, mustBeNew, limits, cancellationToken).ConfigureAwait(false);
            var isReused = connection.IsReused;
            try
            {
                if (await connection.SendAsync(request, limits, cancellationToken).ConfigureAwait(false) is { } response)
                {
                    return response;
                }
            }
            catch (TransportException exception) when (isReused && !mustBeNew && MaySendAgain(request, connection, exception))
            {
                // The peer closed the connection just as the request was under way. The second try is on a new one, and the last.
                mustBeNew = true;
            }
        }
    }

    /// <summary>Closes all connections, those in use too: their exchanges fail.</summary>
    public void Dispose()
    {
        List<PoolWaiter> waiters;
        Connection[] connections;
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            waiters = _planner.DismissWaiters();
            connections = [.. _all];
            _all.Clear();
        }

        foreach (var connection in connections)
        {
            connection.Dispose();
        }

        foreach (var waiter in waiters)
        {
            waiter.Signal.Set();
        }

        _closing.Cancel(); // what is being connected
        _closing.Dispose();
        _expiry.Dispose();
        _network.Dispose();
    }

    // RFC 9110 9.2.2: a request whose connection died may be sent again if doing it twice is the same as doing it once. That nothing of a
    // response has arrived means that the peer most likely closed an idle connection.
    private static bool MaySendAgain(Request request, Connection connection, TransportException exception) =>
        exception is NetworkException or RemoteProtocolException
        && !connection.HasResponse
        && request.Method is "GET" or "HEAD" or "OPTIONS" or "TRACE" or "PUT" or "DELETE"
        && request.Body is null or { CanReplay: true };

    private Connection? TakeIdle(Request request, bool mustBeNew)
    {
        Connection? connection;
        Connection[] closing;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            connection = mustBeNew ? null : _planner.TakeIdle(_planner.OriginOf(request.Url), Deadline.Now);
            closing = TakeClosing();
        }

        Close(closing);
        return connection;
    }

    private async ValueTask<Connection> OpenAsync(
        Request request, bool mustBeNew, Timeouts limits, CancellationToken cancellationToken)
    {
        PoolOrigin origin;
        PoolWaiter? waiter = null;
        LinkedListNode<PoolWaiter>? place = null;
        Connection[] closing;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            origin = _planner.OriginOf(request.Url);
            if (!_planner.TryOpen(origin))
            {
                waiter = new PoolWaiter(origin, _network.NewSignal());
                place = _planner.Wait(waiter);
            }

            closing = TakeClosing();
        }

        Close(closing);
        if (waiter is not null && await WaitAsync(waiter, place!, limits, cancellationToken).ConfigureAwait(false) is { } granted)
        {
            if (!mustBeNew)
            {
                return granted;
            }

            Replace(granted);
        }

        try
        {
            var dialed = await DialAsync(origin.Origin, limits.Connect, cancellationToken).ConfigureAwait(false);
            var connection = new Http1Connection(origin.Origin, dialed.Wire, dialed.Forward) { Released = _released };
            lock (_gate)
            {
                if (!_isDisposed)
                {
                    _all.Add(connection);
                    return connection;
                }
            }

            connection.Dispose();
            throw new ObjectDisposedException(nameof(ConnectionPool));
        }
        catch
        {
            GiveBack(origin);
            throw;
        }
    }

    // Closes a connection whose place its owner keeps, to open another.
    private void Replace(Connection connection)
    {
        lock (_gate)
        {
            _all.Remove(connection);
        }

        connection.Dispose();
    }

    // Ends where the caller cancels, and where the pool is closed: nobody else would cut a connection that is still being made.
    private async ValueTask<Dialed> DialAsync(Origin origin, TimeSpan? limit, CancellationToken cancellationToken)
    {
        CancellationTokenSource either;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        }

        using (either)
        {
            try
            {
                return await _dialer.DialAsync(origin, limit, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (either.IsCancellationRequested)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new ObjectDisposedException(nameof(ConnectionPool));
            }
        }
    }

    // The connection that was handed over; null where one may be opened.
    private async ValueTask<Connection?> WaitAsync(
        PoolWaiter waiter, LinkedListNode<PoolWaiter> place, Timeouts limits, CancellationToken cancellationToken)
    {
        try
        {
            await waiter.Signal.WaitAsync(Deadline.After(limits.Pool), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // It may have been served in the same moment: then what it got goes to the next.
            if (!Leave(place))
            {
                if (waiter.Connection is { } unused)
                {
                    Release(unused, true);
                }
                else if (waiter.IsServed)
                {
                    GiveBack(waiter.Origin);
                }
            }

            throw;
        }

        if (Leave(place))
        {
            throw new PoolTimeoutException(string.Create(
                CultureInfo.InvariantCulture,
                $"No connection to {waiter.Origin.Origin} came free for {NetworkErrors.Seconds(limits.Pool)} (Timeouts.Pool): "
                + $"all {_limits.MaxConnections} are in use. Close responses that are streamed, or raise Limits.MaxConnections."));
        }

        return waiter.IsServed ? waiter.Connection : throw new ObjectDisposedException(nameof(ConnectionPool));
    }

    private bool Leave(LinkedListNode<PoolWaiter> place)
    {
        lock (_gate)
        {
            return _planner.StopWaiting(place);
        }
    }

    private void GiveBack(PoolOrigin origin)
    {
        PoolWaiter? served;
        Connection[] closing;
        lock (_gate)
        {
            served = _planner.Lost(origin);
            closing = TakeClosing();
        }

        Close(closing);
        served?.Signal.Set();
    }

    private void Release(Connection connection, bool isReusable)
    {
        PoolWaiter? served;
        Connection[] closing;
        var expiry = long.MaxValue;
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            var origin = _planner.OriginOf(connection);
            if (isReusable)
            {
                served = _planner.Free(connection, origin, Deadline.Now);
                expiry = _planner.NextExpiry;
            }
            else
            {
                _all.Remove(connection);
                served = _planner.Lost(origin);
            }

            closing = TakeClosing();
        }

        Close(closing);
        served?.Signal.Set();
        _expiry.Expect(expiry);
    }

    /// <summary>Closes what has been idle for too long; returns when to look again.</summary>
    private long Expire()
    {
        long next;
        Connection[] closing;
        lock (_gate)
        {
            next = _planner.Expire(Deadline.Now);
            closing = TakeClosing();
        }

        Close(closing);
        return next;
    }

    private Connection[] TakeClosing()
    {
        if (_planner.Closing.Count == 0)
        {
            return [];
        }

        Connection[] closing = [.. _planner.Closing];
        _planner.Closing.Clear();
        foreach (var connection in closing)
        {
            _all.Remove(connection);
        }

        return closing;
    }

    private static void Close(Connection[] closing)
    {
        foreach (var connection in closing)
        {
            connection.Dispose();
        }
    }
}
