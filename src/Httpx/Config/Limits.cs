namespace Httpx;

/// <summary>How many connections a client may hold, and for how long. Immutable; null means no limit.</summary>
/// <remarks>
/// The limits hold for all origins together, per transport, as in HTTPX
/// (<see href="https://www.python-httpx.org/advanced/resource-limits/"/>).
/// </remarks>
public sealed record Limits
{
    /// <summary>The most connections open at a time, in use or idle. Default 100; null means no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1: no request could be sent.</exception>
    public int? MaxConnections
    {
        get;
        init
        {
            if (value is { } number)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(number, 1, nameof(MaxConnections));
            }

            field = value;
        }
    } = 100;

    /// <summary>The most idle connections kept for reuse. Default 20; 0 keeps none; null means no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int? MaxKeepaliveConnections
    {
        get;
        init
        {
            if (value is { } number)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(number, nameof(MaxKeepaliveConnections));
            }

            field = value;
        }
    } = 20;

    /// <summary>How long an idle connection is kept for reuse. Default 5 s; zero keeps none; null means for ever.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, and not the infinite span.</exception>
    public TimeSpan? KeepaliveExpiry
    {
        get;
        init
        {
            field = value == Timeout.InfiniteTimeSpan ? null : value;
            if (field is { } span)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero, nameof(KeepaliveExpiry));
            }
        }
    } = TimeSpan.FromSeconds(5);
}
