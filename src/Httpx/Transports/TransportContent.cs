using System.Buffers;
using System.Net;
using System.Text;

namespace Httpx;

/// <summary>The body of a transport's response as the platform's content, coded as it is on the wire. Disposing of it closes the
/// response.</summary>
internal sealed class TransportContent : HttpContent
{
    private readonly BodyStream _stream;
    private bool _isTaken;

    internal TransportContent(HttpResponseMessage message, Request request, ByteStream body, bool blocking)
    {
        _stream = new BodyStream(message, request, body, blocking);
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        // It stands in the headers, or nobody knows it.
        length = 0;
        return false;
    }

    /// <inheritdoc/>
    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => Take();

    /// <inheritdoc/>
    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(Take());

    /// <inheritdoc/>
    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using var source = Take();
        source.CopyAll(stream, cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var source = Take();
        await using (source.ConfigureAwait(false))
        {
            await source.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stream.Dispose();
        }

        base.Dispose(disposing);
    }

    private BodyStream Take()
    {
        if (_isTaken)
        {
            throw new StreamConsumedException(
                "The content is a stream, and was read already: load it into a buffer to read it several times.");
        }

        _isTaken = true;
        return _stream;
    }

    private sealed class BodyStream(HttpResponseMessage message, Request request, ByteStream body, bool blocking) : Stream
    {
        private const int BlockSize = 64 * 1024;

        private bool _isOver;
        private bool _isDisposed;

        public override bool CanRead => !_isDisposed;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException("The body of a response is a stream that cannot seek.");

        public override long Position
        {
            get => throw new NotSupportedException("The body of a response is a stream that cannot seek.");
            set => throw new NotSupportedException("The body of a response is a stream that cannot seek.");
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            ValidateBufferArguments(buffer, offset, count);
            return ReadBlocking(buffer.AsMemory(offset, count), CancellationToken.None);
        }

        public override int Read(Span<byte> buffer)
        {
            if (buffer.IsEmpty)
            {
                return 0;
            }

            // Of a read that fails the array never goes back to the pool: somebody may still write into it.
            var size = Math.Min(buffer.Length, BlockSize);
            var rented = ArrayPool<byte>.Shared.Rent(size);
            var count = ReadBlocking(rented.AsMemory(0, size), CancellationToken.None);
            rented.AsSpan(0, count).CopyTo(buffer);
            ArrayPool<byte>.Shared.Return(rented);
            return count;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            ValidateBufferArguments(buffer, offset, count);
            return ReadCoreAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
        }

        // What HttpClient.Send got may be awaited too: over a blocking body it blocks.
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ReadCoreAsync(buffer, cancellationToken);

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) =>
            throw new NotSupportedException("The body of a response is a stream that cannot seek.");

        public override void SetLength(long value) => throw new NotSupportedException("The body of a response can only be read.");

        public override void Write(byte[] buffer, int offset, int count) =>
            throw new NotSupportedException("The body of a response can only be read.");

        public override async ValueTask DisposeAsync()
        {
            _isDisposed = true;
            await body.CloseAsync().ConfigureAwait(false);
            await base.DisposeAsync().ConfigureAwait(false);
        }

        internal void CopyAll(Stream destination, CancellationToken cancellationToken)
        {
            var block = ArrayPool<byte>.Shared.Rent(BlockSize);
            int count;
            while ((count = ReadBlocking(block, cancellationToken)) > 0)
            {
                destination.Write(block, 0, count);
            }

            ArrayPool<byte>.Shared.Return(block);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && !_isDisposed)
            {
                _isDisposed = true;
                var closing = body.CloseAsync();
                if (closing.IsCompleted)
                {
                    closing.GetAwaiter().GetResult();
                }
                else
                {
                    // What is still to be said to the peer may be said later.
                    _ = closing.AsTask();
                }
            }

            base.Dispose(disposing);
        }

        // What is refused does not depend on how much of the body happens to be there.
        private int ReadBlocking(Memory<byte> buffer, CancellationToken cancellationToken) => blocking
            ? Blocking.Result(ReadCoreAsync(buffer, cancellationToken))
            : throw new NotSupportedException(
                "The response came from SendAsync, so its body cannot be read by blocking: use ReadAsync, or HttpClient.Send.");

        private async ValueTask<int> ReadCoreAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_isOver || buffer.IsEmpty)
            {
                return 0;
            }

            var count = 0;
            try
            {
                count = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (count == 0)
                {
                    TakeTrailers();
                }

                return count;
            }
            catch (HttpxException exception)
            {
                exception.Request ??= request;
                throw;
            }
            finally
            {
                if (count == 0)
                {
                    _isOver = true;
                    await body.CloseAsync().ConfigureAwait(false);
                }
            }
        }

        private void TakeTrailers()
        {
            foreach (var field in body.Trailers is { } trailers ? trailers.RawFields() : default)
            {
                message.TrailingHeaders.TryAddWithoutValidation(
                    Encoding.Latin1.GetString(field.Name), Encoding.Latin1.GetString(field.Value));
            }
        }
    }
}
