namespace Httpx.Engine.Network;

/// <summary>A wire for the platform's TLS, which reads and writes streams.</summary>
internal sealed class WireStream(Wire wire) : Stream
{
    /// <summary>Whether the peer ended the connection below TLS, with or without its close_notify.</summary>
    internal bool HasEnded { get; private set; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Blocking.Result(ReadAsync(buffer.AsMemory(offset, count)));

    public override void Write(byte[] buffer, int offset, int count) => Blocking.Result(WriteAsync(buffer.AsMemory(offset, count)));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // TLS asks for zero bytes before it takes its buffer; answering at once saves a system call for each record.
        if (buffer.IsEmpty)
        {
            return default;
        }

        var read = wire.ReadAsync(buffer, cancellationToken);
        if (!read.IsCompletedSuccessfully)
        {
            return Awaited(read);
        }

        var count = read.GetAwaiter().GetResult();
        HasEnded |= count == 0;
        return new(count);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        wire.WriteAsync(buffer, cancellationToken);

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            wire.Dispose();
        }

        base.Dispose(disposing);
    }

    [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> Awaited(ValueTask<int> read)
    {
        var count = await read.ConfigureAwait(false);
        HasEnded |= count == 0;
        return count;
    }
}
