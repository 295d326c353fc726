namespace Httpx.Engine.Network;

/// <summary>Something that happens once, and that one waiter waits for in its own mode.</summary>
internal abstract class Signal
{
    /// <summary>Says that it has happened. Never runs the waiter's code on the caller's thread.</summary>
    internal abstract void Set();

    /// <summary>Waits until it has happened; false where the deadline came first.</summary>
    internal abstract ValueTask<bool> WaitAsync(Deadline deadline, CancellationToken cancellationToken);
}

/// <summary>A signal for a waiter that awaits.</summary>
internal sealed class AsyncSignal : Signal
{
    private readonly TaskCompletionSource _set = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal override void Set() => _set.TrySetResult();

    internal override async ValueTask<bool> WaitAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        try
        {
            await _set.Task.WaitAsync(TimeSpan.FromMilliseconds(deadline.Remaining), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}

/// <summary>A signal for a waiter that blocks its thread.</summary>
internal sealed class BlockingSignal : Signal
{
    private readonly object _gate = new();
    private bool _isSet;

    internal override void Set()
    {
        lock (_gate)
        {
            _isSet = true;
            Monitor.PulseAll(_gate);
        }
    }

    internal override ValueTask<bool> WaitAsync(Deadline deadline, CancellationToken cancellationToken) =>
        new(Wait(deadline, cancellationToken));

    private bool Wait(Deadline deadline, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.UnsafeRegister(static signal => ((BlockingSignal)signal!).Wake(), this);
        lock (_gate)
        {
            while (!_isSet)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (deadline.HasPassed)
                {
                    return false;
                }

                Monitor.Wait(_gate, deadline.Remaining);
            }

            return true;
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }
}
