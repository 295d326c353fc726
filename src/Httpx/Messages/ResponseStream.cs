using System.Buffers;

namespace Httpx;

/// <summary>The decoded body of a response as a stream to read from. It closes the response at the end, on failure and when it is disposed
/// of.</summary>
internal sealed class ResponseStream(ResponseBody body) : Stream
{
    private ByteStream? _reader;
    private bool _isOver;
    private bool _isDisposed;

    /// <inheritdoc/>
    public override bool CanRead => !_isDisposed;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length =>
        throw new NotSupportedException("A response's body is a stream that cannot seek: its length is not known.");

    /// <inheritdoc/>
    public override long Position
    {
        get => throw CannotSeek();
        set => throw CannotSeek();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Blocking.Result(ReadCoreAsync(blocking: true, buffer.AsMemory(offset, count), CancellationToken.None));
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Math.Min(buffer.Length, ResponseBody.BlockSize));
        var room = rented.AsMemory(0, Math.Min(buffer.Length, rented.Length));
        var count = Blocking.Result(ReadCoreAsync(blocking: true, room, CancellationToken.None));
        room.Span[..count].CopyTo(buffer);
        ArrayPool<byte>.Shared.Return(rented);
        return count;
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ReadCoreAsync(blocking: false, buffer, cancellationToken);

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadCoreAsync(blocking: false, buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw CannotSeek();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw CannotWrite();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw CannotWrite();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await EndAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            var ending = EndAsync();
            if (ending.IsCompleted)
            {
                ending.GetAwaiter().GetResult();
            }
            else
            {
                _ = ending.AsTask();
            }

            _isDisposed = true;
        }

        base.Dispose(disposing);
    }

    private static NotSupportedException CannotSeek() => new("A response's body comes as it comes: it cannot seek.");

    private static NotSupportedException CannotWrite() => new("A response's body can only be read.");

    private async ValueTask<int> ReadCoreAsync(bool blocking, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        body.Enter(blocking);
        if (_isOver || buffer.IsEmpty)
        {
            return 0;
        }

        var count = 0;
        try
        {
            _reader ??= body.Reader(decoded: true);
            count = await _reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            return count;
        }
        catch (HttpxException exception)
        {
            body.Attach(exception);
            throw;
        }
        finally
        {
            if (count == 0)
            {
                await EndAsync().ConfigureAwait(false);
            }
        }
    }

    private ValueTask EndAsync()
    {
        if (_isOver)
        {
            return default;
        }

        _isOver = true;
        return body.EndAsync(_reader);
    }
}
