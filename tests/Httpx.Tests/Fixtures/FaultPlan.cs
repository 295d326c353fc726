using System.Net.Sockets;

namespace Httpx.Tests.Fixtures;

/// <summary>What an operation of the network is for.</summary>
internal enum FaultPhase
{
    Connect,
    Read,
    Write,
    Wait,
}

/// <summary>What happens at the one operation that is spoilt.</summary>
public enum Fault
{
    None,

    /// <summary>It fails as the network does.</summary>
    Failure,

    /// <summary>It runs out of time.</summary>
    TimeOut,

    /// <summary>The caller cancels just before it.</summary>
    Cancellation,

    /// <summary>The caller cancels in the moment in which it has succeeded.</summary>
    LateCancellation,
}

/// <summary>Counts the operations of a <see cref="ScriptedNetwork"/>, and spoils the n-th.</summary>
internal sealed class FaultPlan(Fault fault = Fault.None, int at = 0, CancellationTokenSource? caller = null)
{
    private int _count;

    /// <summary>No fault, nothing counted by anybody else.</summary>
    internal static FaultPlan None => new();

    /// <summary>How many operations there were.</summary>
    internal int Count => Volatile.Read(ref _count);

    /// <summary>What the spoilt operation was; null where it was not come to.</summary>
    internal FaultPhase? Struck { get; private set; }

    /// <summary>Called by each operation before it does anything. Throws if it is the one to fail.</summary>
    /// <returns>What is to be done when the operation has succeeded.</returns>
    internal Action? Enter(FaultPhase phase, ScriptedWire? wire, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _count) != at || fault == Fault.None)
        {
            return null;
        }

        Struck = phase;
        switch (fault)
        {
            case Fault.Cancellation:
                caller!.Cancel();
                cancellationToken.ThrowIfCancellationRequested(); // not where the operation is another caller's
                return null;

            case Fault.LateCancellation:
                return caller!.Cancel;

            case Fault.TimeOut or Fault.Failure when phase == FaultPhase.Wait:
                throw new TimeoutException(); // a wait has no other way to fail

            case Fault.TimeOut:
                if (wire is { CanReadAhead: true })
                {
                    wire.Dispose();
                }

                throw phase switch
                {
                    FaultPhase.Connect => new ConnectTimeoutException("planned"),
                    FaultPhase.Read => new ReadTimeoutException("planned"),
                    _ => new WriteTimeoutException("planned"),
                };

            default:
                wire?.Break();
                throw phase switch
                {
                    FaultPhase.Connect => new SocketException((int)SocketError.ConnectionRefused),
                    FaultPhase.Read => new ReadException("planned"),
                    _ => new WriteException("planned"),
                };
        }
    }
}
