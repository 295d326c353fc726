using Httpx.Engine.Network;

namespace Httpx.Engine.Pool;

/// <summary>What a pool holds for one origin. Guarded by the pool's lock.</summary>
internal sealed class PoolOrigin(Origin origin)
{
    internal Origin Origin { get; } = origin;

    /// <summary>Its idle connections; the last one fell idle last.</summary>
    internal List<Connection> Idle { get; } = [];

    /// <summary>How many of its connections carry an exchange or are being made.</summary>
    internal int Active { get; set; }

    /// <summary>How many requests wait for one.</summary>
    internal int Waiting { get; set; }

    /// <summary>Whether nothing depends on it.</summary>
    internal bool IsUnused => Active == 0 && Waiting == 0 && Idle.Count == 0;
}

/// <summary>A request that waits for a connection. Guarded by the pool's lock, but for the signal.</summary>
internal sealed class PoolWaiter(PoolOrigin origin, Signal signal)
{
    internal PoolOrigin Origin { get; } = origin;

    /// <summary>Set when it is served, or when the pool is closed.</summary>
    internal Signal Signal { get; } = signal;

    /// <summary>Whether it has a connection, or may open one.</summary>
    internal bool IsServed { get; set; }

    /// <summary>The connection that it got; null where it may open one.</summary>
    internal Connection? Connection { get; set; }
}
