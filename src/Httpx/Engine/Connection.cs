namespace Httpx.Engine;

/// <summary>One connection to an origin, ready for exchanges, whatever protocol it speaks.</summary>
internal abstract class Connection(Origin origin) : IDisposable
{
    /// <summary>Whom it is connected to.</summary>
    internal Origin Origin { get; } = origin;

    /// <summary>Called once at the end of each exchange: the connection, and whether it is good for another one.</summary>
    internal Action<Connection, bool>? Released { get; set; }

    /// <summary>Whether it has carried an exchange before: only then may the peer have closed it meanwhile by right.</summary>
    internal bool IsReused { get; private protected set; }

    /// <summary>Whether anything of a response to the present request has arrived. A request may be sent again only where not.</summary>
    internal bool HasResponse { get; private protected set; }

    /// <summary>For how long the peer keeps it when idle, as it said, in milliseconds; null where it did not.</summary>
    internal long? IdleLimit { get; private protected set; }

    // What follows belongs to the pool and is guarded by its lock.

    /// <summary>Since when it has been idle.</summary>
    internal long IdleSince { get; set; }

    /// <summary>The connection that has been idle next longest; null for the longest.</summary>
    internal Connection? Older { get; set; }

    /// <summary>The connection that fell idle after it; null for the last.</summary>
    internal Connection? Newer { get; set; }

    /// <summary>Sends a request and returns its response when the head is there.</summary>
    /// <returns>Null where the connection was found dead before anything was sent: another one has to be taken.</returns>
    internal abstract ValueTask<Response?> SendAsync(Request request, Timeouts limits, CancellationToken cancellationToken);

    /// <summary>Cuts the connection, an exchange under way included. Idempotent, safe from any thread.</summary>
    public abstract void Dispose();
}
