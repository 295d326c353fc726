namespace Httpx.Engine.Pool;

/// <summary>Decides which request gets which connection, and when: no lock, no I/O, no clock.</summary>
/// <remarks>
/// <para>The order for a request: a connection to its origin that is idle (the one used last, so that the others age out); else a new one,
/// if there may be one more; else a new one in the place of the connection to another origin that has been idle longest; else it
/// waits.</para>
/// <para>Requests wait in one line. A connection that comes free goes to the first of the line if it fits, and otherwise makes room for
/// him, so that nobody starves. Whatever has to be closed is put into <see cref="Closing"/>: the caller does it outside his lock.</para>
/// </remarks>
internal sealed class PoolPlanner
{
    private readonly int _maxConnections;
    private readonly int _maxIdle;
    private readonly long _expiry;
    private readonly Dictionary<string, PoolOrigin> _plain = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PoolOrigin> _secure = new(StringComparer.Ordinal);
    private readonly LinkedList<PoolWaiter> _waiters = new();
    private Connection? _oldest;
    private Connection? _newest;
    private PoolOrigin? _lastUsed;

    internal PoolPlanner(Limits limits)
    {
        _maxConnections = limits.MaxConnections ?? int.MaxValue;
        _maxIdle = Math.Min(limits.MaxKeepaliveConnections ?? int.MaxValue, _maxConnections);
        _expiry = limits.KeepaliveExpiry is { } expiry ? (long)expiry.TotalMilliseconds : long.MaxValue;
    }

    /// <summary>How many connections there are or are being made.</summary>
    internal int Connections { get; private set; }

    /// <summary>How many of them are idle.</summary>
    internal int Idle { get; private set; }

    /// <summary>How many requests wait.</summary>
    internal int Waiting => _waiters.Count;

    /// <summary>The connections to close now; the caller empties it.</summary>
    internal List<Connection> Closing { get; } = [];

    /// <summary>How many origins have connections or requests.</summary>
    internal int Origins => _plain.Count + _secure.Count;

    /// <summary>When the connection that has been idle longest will have been so for too long; never where none is idle.</summary>
    internal long NextExpiry => _oldest is { } oldest ? Expiry(oldest) : long.MaxValue;

    /// <summary>Finds the origin of a url, or makes it known.</summary>
    internal PoolOrigin OriginOf(Url url) => Find(url.IsSsl, url.AuthoritySpan) ?? Add(new Origin(url));

    /// <summary>Finds what belongs to the origin of a connection.</summary>
    internal PoolOrigin OriginOf(Connection connection) =>
        Find(connection.Origin.IsSsl, connection.Origin.Authority) ?? Add(connection.Origin);

    /// <summary>Takes an idle connection to the origin; null where there is none.</summary>
    internal Connection? TakeIdle(PoolOrigin origin, long now)
    {
        while (origin.Idle is [.., var newest])
        {
            Unlink(newest, origin);
            if (!HasExpired(newest, now))
            {
                origin.Active++;
                return newest;
            }

            Close(newest, origin);
        }

        return null;
    }

    /// <summary>Allows the request a connection of its own; false where it has to wait.</summary>
    internal bool TryOpen(PoolOrigin origin)
    {
        // Counted first: the connection that makes room may be the last that the origin has, with which it would be forgotten.
        origin.Active++;
        if (Connections >= _maxConnections && !EvictOldest())
        {
            origin.Active--;
            return false;
        }

        Connections++;
        return true;
    }

    /// <summary>Puts a request at the end of the line.</summary>
    internal LinkedListNode<PoolWaiter> Wait(PoolWaiter waiter)
    {
        waiter.Origin.Waiting++;
        return _waiters.AddLast(waiter);
    }

    /// <summary>Takes a request out of the line; false where it has been served already.</summary>
    internal bool StopWaiting(LinkedListNode<PoolWaiter> node)
    {
        if (node.List is null)
        {
            return false;
        }

        _waiters.Remove(node);
        node.Value.Origin.Waiting--;
        Forget(node.Value.Origin);
        return true;
    }

    /// <summary>An exchange has ended and its connection can carry another one. Returns the waiter who is served by that, if any.</summary>
    internal PoolWaiter? Free(Connection connection, PoolOrigin origin, long now)
    {
        origin.Active--;
        if (connection.IdleLimit is 0 || _maxIdle == 0)
        {
            return Gone(connection, origin);
        }

        if (_waiters.First is { } first)
        {
            if (first.Value.Origin != origin)
            {
                return Gone(connection, origin);
            }

            origin.Active++;
            return Serve(first.Value, connection);
        }

        if (Idle >= _maxIdle)
        {
            EvictOldest();
        }

        Link(connection, origin, now);
        return null;
    }

    /// <summary>A connection is no more, or could not be made. Returns the waiter who may open one in its place, if any.</summary>
    internal PoolWaiter? Lost(PoolOrigin origin)
    {
        origin.Active--;
        Connections--;
        Forget(origin);
        return AdmitNext();
    }

    /// <summary>Closes what has been idle for too long. Returns the moment at which the next one will have been; never where none is
    /// idle.</summary>
    internal long Expire(long now)
    {
        while (_oldest is { } oldest && HasExpired(oldest, now))
        {
            EvictOldest();
        }

        return NextExpiry;
    }

    /// <summary>Closes all idle connections.</summary>
    internal void CloseIdle()
    {
        while (EvictOldest())
        {
        }
    }

    /// <summary>Takes every waiter out of the line.</summary>
    internal List<PoolWaiter> DismissWaiters()
    {
        List<PoolWaiter> all = [.. _waiters];
        _waiters.Clear();
        return all;
    }

    private PoolOrigin? Find(bool isSsl, ReadOnlySpan<char> authority)
    {
        if (_lastUsed is { } last && last.Origin.IsSsl == isSsl && authority.SequenceEqual(last.Origin.Authority))
        {
            return last;
        }

        var known = (isSsl ? _secure : _plain).GetAlternateLookup<ReadOnlySpan<char>>();
        return known.TryGetValue(authority, out var found) ? _lastUsed = found : null;
    }

    private PoolOrigin Add(Origin origin)
    {
        var added = new PoolOrigin(origin);
        (origin.IsSsl ? _secure : _plain).Add(origin.Authority, added);
        return _lastUsed = added;
    }

    private PoolWaiter? Gone(Connection connection, PoolOrigin origin)
    {
        Close(connection, origin);
        return AdmitNext();
    }

    private PoolWaiter? AdmitNext() =>
        _waiters.First is { } first && TryOpen(first.Value.Origin) ? Serve(first.Value, null) : null;

    private PoolWaiter Serve(PoolWaiter waiter, Connection? connection)
    {
        _waiters.RemoveFirst();
        waiter.Origin.Waiting--;
        waiter.Connection = connection;
        waiter.IsServed = true;
        return waiter;
    }

    private bool EvictOldest()
    {
        if (_oldest is not { } oldest)
        {
            return false;
        }

        var origin = OriginOf(oldest);
        Unlink(oldest, origin);
        Close(oldest, origin);
        return true;
    }

    private void Close(Connection connection, PoolOrigin origin)
    {
        Connections--;
        Closing.Add(connection);
        Forget(origin);
    }

    // A program that visits a million hosts must not remember them.
    private void Forget(PoolOrigin origin)
    {
        if (origin.IsUnused)
        {
            (origin.Origin.IsSsl ? _secure : _plain).Remove(origin.Origin.Authority);
            if (_lastUsed == origin)
            {
                _lastUsed = null;
            }
        }
    }

    private bool HasExpired(Connection connection, long now) => Expiry(connection) <= now;

    private long Expiry(Connection connection)
    {
        // A peer that says for how long it waits may close at that very moment: a second is taken off.
        var limit = connection.IdleLimit is { } said ? Math.Min(Math.Max(said - 1000, said / 2), _expiry) : _expiry;
        return limit == long.MaxValue ? long.MaxValue : connection.IdleSince + limit;
    }

    private void Link(Connection connection, PoolOrigin origin, long now)
    {
        connection.IdleSince = now;
        connection.Older = _newest;
        if (_newest is null)
        {
            _oldest = connection;
        }
        else
        {
            _newest.Newer = connection;
        }

        _newest = connection;
        origin.Idle.Add(connection);
        Idle++;
    }

    private void Unlink(Connection connection, PoolOrigin origin)
    {
        if (connection.Older is null)
        {
            _oldest = connection.Newer;
        }
        else
        {
            connection.Older.Newer = connection.Newer;
        }

        if (connection.Newer is null)
        {
            _newest = connection.Older;
        }
        else
        {
            connection.Newer.Older = connection.Older;
        }

        (connection.Older, connection.Newer) = (null, null);
        if (origin.Idle[^1] == connection)
        {
            origin.Idle.RemoveAt(origin.Idle.Count - 1);
        }
        else
        {
            origin.Idle.Remove(connection);
        }

        Idle--;
    }
}
