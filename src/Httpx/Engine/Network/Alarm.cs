namespace Httpx.Engine.Network;

/// <summary>One timer that goes off at the earliest of the moments that were named, and costs a comparison for every later one.</summary>
/// <remarks>
/// The order that keeps a moment from being missed: going off lifts <see cref="_next"/> before the callback looks at what is due, and
/// whoever names a moment has written what is due then before he reads it.
/// </remarks>
internal sealed class Alarm : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Func<long> _ring;
    private readonly Timer _timer;
    private long _next = long.MaxValue;
    private bool _isDisposed;

    /// <param name="ring">Does what is due, and returns the next moment on the clock of <see cref="Deadline.Now"/>.</param>
    internal Alarm(Func<long> ring)
    {
        _ring = ring;

        // The caller's async locals must not live as long as the timer.
        using (ExecutionContext.SuppressFlow())
        {
            _timer = new Timer(static alarm => ((Alarm)alarm!).Ring(), this, Timeout.Infinite, Timeout.Infinite);
        }
    }

    /// <summary>Names a moment; <see cref="long.MaxValue"/> for never.</summary>
    internal void Expect(long at)
    {
        if (at < Volatile.Read(ref _next))
        {
            Set(at);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _timer.Dispose();
        }
    }

    private void Set(long at)
    {
        lock (_gate)
        {
            if (at < _next && !_isDisposed)
            {
                Volatile.Write(ref _next, at);
                _timer.Change(Math.Clamp(at - Deadline.Now, 1, int.MaxValue), Timeout.Infinite);
            }
        }
    }

    private void Ring()
    {
        Interlocked.Exchange(ref _next, long.MaxValue);
        Expect(_ring());
    }
}
