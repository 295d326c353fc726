using System.Buffers;
using System.Runtime.CompilerServices;

namespace Httpx;

/// <summary>The body of a response that is still to be read: who may read it, how often, and what becomes of what is behind it.</summary>
/// <remarks>
/// One reader ever, by one face; it goes <c>unread -> claimed -> closed</c>, or <c>unread -> closed</c>. The reader closes it at the end of
/// the body, on failure, and where it gives up. It is itself the stream of the bytes as they arrive, counting them, on which decoders
/// stand.
/// </remarks>
internal sealed class ResponseBody : ByteStream
{
    /// <summary>The most bytes that are read at a time.</summary>
    internal const int BlockSize = 64 * 1024;

    private readonly Response _response;
    private readonly Unopened? _unopened;
    private ByteStream _source;
    private long _received;
    private int _claimed;
    private int _closed;

    /// <summary>A body that a transport delivers, to one face.</summary>
    internal ResponseBody(Response response, ByteStream source)
    {
        _response = response;
        _source = source;
    }

    /// <summary>A body that was made by hand or is in memory: for the face that comes first.</summary>
    internal ResponseBody(Response response, RequestContent content)
    {
        _response = response;
        _source = _unopened = new Unopened(content);
    }

    /// <inheritdoc/>
    internal override bool IsAsync => _source.IsAsync;

    /// <inheritdoc/>
    internal override long? Length => _source.Length;

    /// <inheritdoc/>
    internal override Headers? Trailers => _source.Trailers;

    /// <summary>How many bytes have arrived, before decoding.</summary>
    internal long Received => Interlocked.Read(ref _received);

    /// <summary>Whether somebody has read it or is reading it.</summary>
    internal bool IsClaimed => Volatile.Read(ref _claimed) != 0;

    /// <summary>Whether what is behind it has been let go.</summary>
    internal bool IsClosed => Volatile.Read(ref _closed) != 0;

    /// <summary>Puts a wrapper around the source, before anybody reads.</summary>
    internal void Wrap(Func<ByteStream, ByteStream> wrap) => _source = wrap(_source);

    /// <summary>What a second reader meets.</summary>
    internal static StreamConsumedException Consumed() => new(
        "The body was read already, or is being read, and it comes only once. To use it several times call Read() first and then Content, "
        + "Text, IterBytes, IterText or IterLines.");

    /// <summary>Takes the only right to read, for whatever face reads first.</summary>
    /// <exception cref="StreamConsumedException">It is taken.</exception>
    /// <exception cref="StreamClosedException">The body was closed unread.</exception>
    internal void Claim()
    {
        if (!IsClaimed && IsClosed)
        {
            throw new StreamClosedException("The response was closed before its body was read.");
        }

        if (Interlocked.Exchange(ref _claimed, 1) != 0)
        {
            throw Consumed();
        }
    }

    /// <summary>Takes the only right to read, by one face. Where that face cannot read it, the other still can.</summary>
    /// <inheritdoc cref="Claim()"/>
    /// <exception cref="InvalidOperationException">It is the wrong face.</exception>
    internal void Claim(bool blocking)
    {
        ThrowIfWrongFace(blocking);
        Claim();
        try
        {
            _unopened?.Open(blocking);
        }
        catch
        {
            Volatile.Write(ref _claimed, 0);
            throw;
        }
    }

    /// <summary>Makes sure that a face can read what was claimed without one.</summary>
    /// <exception cref="InvalidOperationException">It is the wrong face.</exception>
    internal void Enter(bool blocking)
    {
        ThrowIfWrongFace(blocking);
        _unopened?.Open(blocking);
    }

    /// <summary>What the claimed body is read from: this, or a decoder on top of it.</summary>
    internal ByteStream Reader(bool decoded)
    {
        try
        {
            return decoded ? ContentCoding.Decode(this, _response.Headers) : this;
        }
        catch (HttpxException exception)
        {
            Attach(exception);
            throw;
        }
    }

    /// <summary>Tells an error of the exchange which request it was.</summary>
    internal void Attach(HttpxException exception) => exception.Request ??= _response.RequestOrNull;

    /// <summary>The end of a reader: the decoder is let go, and the body closed.</summary>
    internal ValueTask EndAsync(ByteStream? reader) =>
        reader is null || ReferenceEquals(reader, this) ? CloseAsync() : EndDecodedAsync(reader);

    /// <summary>Reads all of it into memory, decoded, for <see cref="Response.Content"/>.</summary>
    internal async ValueTask CollectAsync(bool blocking, long most, CancellationToken cancellationToken)
    {
        Claim(blocking);
        ByteStream? reader = null;
        try
        {
            reader = Reader(decoded: true);
            var length = ReferenceEquals(reader, this) ? Length : null;
            if (length > most)
            {
                throw TooLarge(most);
            }

            var buffer = new BodyBuffer(length);
            while (true)
            {
                var count = await reader.ReadAsync(buffer.Room(), cancellationToken).ConfigureAwait(false);
                if (count == 0)
                {
                    break;
                }

                buffer.Add(count);
                if (buffer.Length > most)
                {
                    throw TooLarge(most);
                }
            }

            _response.Keep(buffer.Complete());
        }
        catch (HttpxException exception)
        {
            Attach(exception);
            throw;
        }
        finally
        {
            await EndAsync(reader).ConfigureAwait(false);
        }
    }

    /// <summary>The body block by block, each valid until the next is asked for. It is closed at the end of the enumeration.</summary>
    internal async IAsyncEnumerable<ReadOnlyMemory<byte>> BlocksAsync(
        bool blocking, bool decoded, int blockSize, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Claim(blocking);
        ByteStream? reader = null;
        byte[]? block = null;
        try
        {
            reader = Reader(decoded);
            while (true)
            {
                var room = block ?? ArrayPool<byte>.Shared.Rent(blockSize);

                // Of a read that fails the array never goes back to the pool: somebody may still write into it.
                block = null;
                int count;
                try
                {
                    count = await reader.ReadAsync(room.AsMemory(0, blockSize), cancellationToken).ConfigureAwait(false);
                }
                catch (HttpxException exception)
                {
                    Attach(exception);
                    throw;
                }

                block = room;
                if (count == 0)
                {
                    break;
                }

                yield return block.AsMemory(0, count);
            }
        }
        finally
        {
            if (block is not null)
            {
                ArrayPool<byte>.Shared.Return(block);
            }

            await EndAsync(reader).ConfigureAwait(false);
        }
    }

    internal override ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (IsClosed)
        {
            throw new StreamClosedException("The response was closed while its body was being read.");
        }

        var read = _source.ReadAsync(destination, cancellationToken);
        return read.IsCompletedSuccessfully ? new(Counted(read.Result)) : CountAsync(read);
    }

    internal override ValueTask CloseAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
        {
            return default;
        }

        _response.StopClock();
        return _source.CloseAsync();
    }

    private async ValueTask EndDecodedAsync(ByteStream decoder)
    {
        try
        {
            await decoder.CloseAsync().ConfigureAwait(false);
        }
        finally
        {
            await CloseAsync().ConfigureAwait(false);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> CountAsync(ValueTask<int> read) => Counted(await read.ConfigureAwait(false));

    private int Counted(int count)
    {
        _received += count;
        return count;
    }

    private RequestException TooLarge(long most) => Response.TooLarge(most, _response.RequestOrNull);

    private void ThrowIfWrongFace(bool blocking)
    {
        if (blocking && IsAsync)
        {
            throw new InvalidOperationException(
                "The response came from AsyncClient, so its body cannot be read by blocking: use ReadAsync or another "
                + "of the Async members.");
        }

        if (!blocking && !IsAsync && _unopened is null)
        {
            throw new InvalidOperationException(
                "The response came from the blocking Client, so its body cannot be awaited: use Read or another of "
                + "the members without Async.");
        }
    }

    /// <summary>A body of either face, before it is known which one reads it.</summary>
    private sealed class Unopened(RequestContent content) : ByteStream
    {
        private ByteStream? _opened;

        internal override bool IsAsync => _opened is { IsAsync: true };

        internal override long? Length => content.Length;

        internal override Headers? Trailers => _opened?.Trailers;

        internal void Open(bool blocking) => _opened ??= content.Open(blocking);

        internal override ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken) =>
            _opened!.ReadAsync(destination, cancellationToken);

        internal override ValueTask CloseAsync() => _opened?.CloseAsync() ?? default;
    }
}
