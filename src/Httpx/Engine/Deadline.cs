namespace Httpx.Engine;

/// <summary>A moment of the monotonic clock, in milliseconds, by which something has to be done; or never.</summary>
internal readonly record struct Deadline
{
    private readonly long _at;

    private Deadline(long at) => _at = at;

    /// <summary>No deadline.</summary>
    internal static Deadline Never => new(long.MaxValue);

    /// <summary>Now on the clock that deadlines are counted on: monotonic, so that a changed wall clock ends nothing.</summary>
    internal static long Now => Environment.TickCount64;

    /// <summary>Whether there is no deadline.</summary>
    internal bool IsNever => _at is 0 or long.MaxValue;

    /// <summary>The moment; <see cref="long.MaxValue"/> for never.</summary>
    internal long At => IsNever ? long.MaxValue : _at;

    /// <summary>What is left, at least one millisecond (a timer or a socket takes zero for never); -1 for never.</summary>
    internal int Remaining => IsNever ? Timeout.Infinite : (int)Math.Clamp(_at - Now, 1, int.MaxValue);

    /// <summary>Whether the moment has come.</summary>
    internal bool HasPassed => !IsNever && _at <= Now;

    /// <summary>The moment after so long a time; never where there is no limit.</summary>
    internal static Deadline After(TimeSpan? limit) =>
        limit is { } span ? new(Now + Math.Max(1, (long)Math.Ceiling(span.TotalMilliseconds))) : Never;
}
