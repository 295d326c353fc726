namespace Httpx.Tests.Fixtures;

/// <summary>A clock whose timers go off when the test says so, and never by themselves.</summary>
internal sealed class HandClock : TimeProvider
{
    private readonly List<Entry> _timers = [];

    /// <summary>How many timers have been made.</summary>
    public int Made { get; private set; }

    /// <summary>How many of them are still waiting.</summary>
    public int Waiting => _timers.Count;

    /// <summary>Lets all waiting timers go off, on the thread of the caller.</summary>
    public void GoOff()
    {
        foreach (var timer in _timers.ToArray())
        {
            timer.GoOff();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Entry(this, () => callback(state));
        _timers.Add(timer);
        Made++;
        return timer;
    }

    private sealed class Entry(HandClock clock, Action callback) : ITimer
    {
        public void GoOff()
        {
            clock._timers.Remove(this);
            callback();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => clock._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
