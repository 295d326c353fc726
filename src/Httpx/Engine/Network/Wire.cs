namespace Httpx.Engine.Network;

/// <summary>One connection's bytes, both ways. One read and one write may be under way at a time.</summary>
/// <remarks>
/// The mode lives in the object: on a blocking wire every task is complete when it is returned, on an async one it may not be.
/// Failures come out as the exceptions of the phase (<see cref="ReadException"/>, <see cref="WriteTimeoutException"/>, ...), a caller's
/// cancellation as <see cref="OperationCanceledException"/>; after any of them the wire is of no more use.
/// </remarks>
internal abstract class Wire : IDisposable
{
    /// <summary>Whether a read may be begun before the request is written and awaited after it (full duplex): async wires can.</summary>
    internal abstract bool CanReadAhead { get; }

    /// <summary>For the next bytes to arrive; set while a read is under way, it counts from then. Null means no limit.</summary>
    internal abstract TimeSpan? ReadTimeout { get; set; }

    /// <summary>For the peer to take the next bytes. Null means no limit.</summary>
    internal abstract TimeSpan? WriteTimeout { get; set; }

    /// <summary>A moment at which every operation ends, whatever its own limit: the phase of connecting has one.</summary>
    internal abstract Deadline Deadline { get; set; }

    /// <summary>Whether an end that was read may be an attacker's: TLS without the peer's close_notify (RFC 9112 9.8).</summary>
    internal virtual bool IsTruncated => false;

    /// <summary>What exceptions call the other side: "https://example.org".</summary>
    internal string PeerName { get; set; } = "the peer";

    /// <summary>Receives at least one byte; 0 at the peer's end.</summary>
    internal abstract ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken);

    /// <summary>Sends all of the bytes.</summary>
    internal abstract ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Whether bytes or the peer's end are there to be read: on an idle connection either means that it is dead.</summary>
    internal abstract bool IsReadable();

    /// <summary>Cuts the connection; an operation under way fails. Idempotent, safe from any thread, never blocks.</summary>
    public abstract void Dispose();
}
