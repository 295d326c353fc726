namespace Httpx;

/// <summary>The bytes of a body, pulled into the reader's own memory. One reader at a time.</summary>
/// <remarks>
/// The mode lives in the object: a stream opened for the blocking face does its work before it returns and its
/// <see cref="ValueTask"/> is always complete; one opened for the async face may suspend. So one body of code above it
/// serves both.
/// </remarks>
internal abstract class ByteStream
{
    /// <summary>True if a read may suspend, so that the blocking face must refuse it.</summary>
    internal abstract bool IsAsync { get; }

    /// <summary>How many bytes there are in all; null where that is not known beforehand.</summary>
    internal virtual long? Length => null;

    /// <summary>Reads at least one byte into <paramref name="destination"/>, which is not empty; 0 is the end, for good.</summary>
    internal abstract ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken);

    /// <summary>The trailer fields, there once the end was read; null where there are none.</summary>
    internal virtual Headers? Trailers => null;

    /// <summary>Lets go of what is behind the stream, read to its end or not. Idempotent; does not throw for a broken peer.</summary>
    internal virtual ValueTask CloseAsync() => default;
}
