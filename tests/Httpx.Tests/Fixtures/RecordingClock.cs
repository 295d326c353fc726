namespace Httpx.Tests.Fixtures;

/// <summary>A clock whose timers never go off: it writes down what they were set to.</summary>
internal sealed class RecordingClock : TimeProvider
{
    /// <summary>The times in seconds, in order; null where a timer was stopped.</summary>
    public List<double?> Set { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Entry(this);

    private sealed class Entry(RecordingClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Set.Add(dueTime == Timeout.InfiniteTimeSpan ? null : dueTime.TotalSeconds);
            return true;
        }

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
