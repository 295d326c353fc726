namespace Httpx.Tests.Fixtures;

/// <summary>A response's body, as a transport would hand it over, that records what is done with it.</summary>
internal sealed class RecordedBody(Face face, params byte[][] chunks) : ByteStream
{
    private int _next;
    private int _offset;

    /// <summary>Whether it was closed, and so its connection let go.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>How many bytes were read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Whether its end was met.</summary>
    public bool WasReadToEnd { get; private set; }

    /// <summary>Whether the length is known beforehand.</summary>
    public bool HasLength { get; init; }

    /// <summary>What a read throws once the chunks are used up, in place of the end.</summary>
    public Exception? Failure { get; init; }

    /// <summary>Whether a read waits for cancellation once the chunks are used up, in place of the end.</summary>
    public bool Hangs { get; init; }

    /// <summary>Called when a read begins to wait for cancellation.</summary>
    public Action? OnHang { get; init; }

    internal override bool IsAsync => face == Face.Async;

    internal override long? Length => HasLength ? chunks.Sum(chunk => (long)chunk.Length) : null;

    /// <summary>A response with this body.</summary>
    public Response Respond(int status = 200, Headers? headers = null) => new(status, "HTTP/1.1", null, headers ?? new Headers(), this);

    internal override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (face == Face.Async)
        {
            await Task.Yield();
        }

        if (_next == chunks.Length)
        {
            await EndAsync(cancellationToken);
            return 0;
        }

        var chunk = chunks[_next].AsMemory(_offset);
        var count = Math.Min(chunk.Length, destination.Length);
        chunk[..count].CopyTo(destination);
        _offset += count;
        if (_offset == chunks[_next].Length)
        {
            (_next, _offset) = (_next + 1, 0);
        }

        BytesRead += count;
        return count;
    }

    internal override ValueTask CloseAsync()
    {
        IsClosed = true;
        return default;
    }

    /// <summary>Waits until the token is cancelled, as a wire would on this face.</summary>
    public static async Task WaitForCancellationAsync(Face face, CancellationToken cancellationToken)
    {
        if (face == Face.Blocking)
        {
            cancellationToken.WaitHandle.WaitOne();
        }
        else
        {
            var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = cancellationToken.Register(cancelled.SetResult);
            await cancelled.Task;
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        if (Hangs)
        {
            OnHang?.Invoke();
            await WaitForCancellationAsync(face, cancellationToken);
        }

        if (Failure is not null)
        {
            throw Failure;
        }

        WasReadToEnd = true;
    }
}
