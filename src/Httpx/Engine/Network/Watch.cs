namespace Httpx.Engine.Network;

/// <summary>Ends the operations of async wires whose deadlines have passed: one alarm for all wires of a network.</summary>
/// <remarks>An operation states its deadline by one interlocked write and takes it back by another; a busy network touches no
/// timer.</remarks>
internal sealed class Watch : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<AsyncWire> _wires = [];
    private readonly Alarm _alarm;

    internal Watch() => _alarm = new Alarm(ExpireLate);

    internal void Add(AsyncWire wire)
    {
        lock (_gate)
        {
            wire.WatchIndex = _wires.Count;
            _wires.Add(wire);
        }
    }

    internal void Remove(AsyncWire wire)
    {
        lock (_gate)
        {
            if (wire.WatchIndex < 0)
            {
                return;
            }

            var last = _wires[^1];
            _wires[wire.WatchIndex] = last;
            last.WatchIndex = wire.WatchIndex;
            _wires.RemoveAt(_wires.Count - 1);
            wire.WatchIndex = -1;
        }
    }

    /// <summary>Says that a deadline was written.</summary>
    internal void Expect(long deadline) => _alarm.Expect(deadline);

    public void Dispose() => _alarm.Dispose();

    private long ExpireLate()
    {
        List<AsyncWire>? late = null;
        var earliest = long.MaxValue;
        lock (_gate)
        {
            var now = Deadline.Now;
            foreach (var wire in _wires)
            {
                var next = wire.EarliestDeadline;
                if (next <= now)
                {
                    (late ??= []).Add(wire);
                }
                else
                {
                    earliest = Math.Min(earliest, next);
                }
            }
        }

        foreach (var wire in late ?? [])
        {
            wire.Expire(Deadline.Now);
        }

        return earliest;
    }
}
