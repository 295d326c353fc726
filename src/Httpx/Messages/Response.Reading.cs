using System.Runtime.InteropServices;

namespace Httpx;

// The body: each way to read it in its two faces, over one implementation.
public sealed partial class Response
{
    private ResponseBody? _body;

    // Before it is read: the whole body as it arrived, where there is no _body. After: the decoded content.
    private ReadOnlyMemory<byte> _content;
    private bool _isKept;
    private bool _isClosed;

    /// <summary>The body, decoded as its Content-Encoding says.</summary>
    /// <exception cref="ResponseNotReadException">The response is a stream that was not read into memory.</exception>
    public ReadOnlyMemory<byte> Content => _isKept ? _content : throw new ResponseNotReadException(
        "The response's body has not been read into memory: call Read() or ReadAsync() first, before it is closed or read as a stream.");

    /// <summary>How many bytes of the body have arrived, before decoding.</summary>
    public long NumBytesDownloaded => _body?.Received ?? (_isKept ? _content.Length : 0);

    /// <summary>Whether the body was read to its end or closed before: the response holds no connection any more.</summary>
    public bool IsClosed => _body?.IsClosed ?? _isClosed;

    /// <summary>Whether the body was read, or somebody has begun to.</summary>
    public bool IsStreamConsumed => _isKept || _body is { IsClaimed: true };

    /// <summary>The trailer fields that came after the body (RFC 9110 6.5), once it was read to its end; else empty.</summary>
    public Headers Trailers => _body?.Trailers ?? new Headers();

    // A body in memory becomes a stream only when it is used like one.
    private ResponseBody Body
    {
        get
        {
            if (_body is null)
            {
                var body = new ResponseBody(this, (RequestContent)_content);
                if (_isClosed)
                {
                    Blocking.Result(body.CloseAsync());
                }

                Interlocked.CompareExchange(ref _body, body, null);
            }

            return _body;
        }
    }

    /// <summary>Reads the body into memory, decoded; then <see cref="Content"/>, <see cref="Text"/> and <see cref="Json{T}"/> have
    /// it.</summary>
    /// <remarks>It is read once, later calls return the same. Whatever goes wrong closes the response.</remarks>
    /// <param name="cancellationToken">Ends the reading, and closes the response.</param>
    /// <exception cref="StreamConsumedException">It was read as a stream, or is being read.</exception>
    /// <exception cref="StreamClosedException">The response was closed before.</exception>
    /// <exception cref="InvalidOperationException">The response came from <see cref="AsyncClient"/>.</exception>
    /// <exception cref="DecodingException">It is not coded as its Content-Encoding says.</exception>
    /// <exception cref="RequestException">
    /// The transfer failed (one of the derived types tells how), or the body is larger than <see cref="ClientOptions.MaxResponseBytes"/>.
    /// </exception>
    public ReadOnlyMemory<byte> Read(CancellationToken cancellationToken = default)
    {
        Blocking.Result(ReadCoreAsync(blocking: true, cancellationToken));
        return _content;
    }

    /// <summary>Reads the body into memory, decoded; then <see cref="Content"/>, <see cref="Text"/> and <see cref="Json{T}"/> have
    /// it.</summary>
    /// <inheritdoc cref="Read"/>
    /// <exception cref="InvalidOperationException">The response came from the blocking <see cref="Client"/>.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken = default)
    {
        await ReadCoreAsync(blocking: false, cancellationToken).ConfigureAwait(false);
        return _content;
    }

    /// <summary>The body as it arrives, content codings not removed. Can be enumerated once.</summary>
    /// <remarks>
    /// Chunks stay valid and are never empty. The response is closed when the enumeration ends, by the end of the body, a failure or
    /// <c>break</c>.
    /// </remarks>
    /// <param name="chunkSize">The size of the chunks, of which only the last may be shorter; null for as they come, 64 KiB at
    /// most.</param>
    /// <param name="cancellationToken">Ends the reading, and closes the response.</param>
    /// <exception cref="StreamConsumedException">The body was read, or is being read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The size is not positive.</exception>
    /// <inheritdoc cref="Read"/>
    public IEnumerable<ReadOnlyMemory<byte>> IterRaw(int? chunkSize = null, CancellationToken cancellationToken = default) =>
        Blocking.Each(BodyChunks.BytesAsync(this, blocking: true, decoded: false, Checked(chunkSize), cancellationToken));

    /// <inheritdoc cref="IterRaw"/>
    /// <exception cref="InvalidOperationException">The response came from the blocking <see cref="Client"/>.</exception>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> IterRawAsync(int? chunkSize = null, CancellationToken cancellationToken = default) =>
        BodyChunks.BytesAsync(this, blocking: false, decoded: false, Checked(chunkSize), cancellationToken);

    /// <summary>The body chunk by chunk, decoded as its Content-Encoding says. After <see cref="Read"/> it can be enumerated any number of
    /// times.</summary>
    /// <inheritdoc cref="IterRaw"/>
    public IEnumerable<ReadOnlyMemory<byte>> IterBytes(int? chunkSize = null, CancellationToken cancellationToken = default) =>
        Blocking.Each(BodyChunks.BytesAsync(this, blocking: true, decoded: true, Checked(chunkSize), cancellationToken));

    /// <inheritdoc cref="IterBytes"/>
    /// <exception cref="InvalidOperationException">The response came from the blocking <see cref="Client"/>.</exception>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> IterBytesAsync(int? chunkSize = null, CancellationToken cancellationToken = default) =>
        BodyChunks.BytesAsync(this, blocking: false, decoded: true, Checked(chunkSize), cancellationToken);

    /// <summary>The body as text, piece by piece, by <see cref="Encoding"/>. After <see cref="Read"/> it can be enumerated any number of
    /// times.</summary>
    /// <param name="chunkSize">How many characters a piece has (a surrogate pair is one), the last perhaps fewer; null for as they
    /// come.</param>
    /// <param name="cancellationToken">Ends the reading, and closes the response.</param>
    /// <inheritdoc cref="IterRaw"/>
    public IEnumerable<string> IterText(int? chunkSize = null, CancellationToken cancellationToken = default) =>
        Blocking.Each(BodyChunks.TextAsync(this, blocking: true, Checked(chunkSize), cancellationToken));

    /// <inheritdoc cref="IterText"/>
    /// <exception cref="InvalidOperationException">The response came from the blocking <see cref="Client"/>.</exception>
    public IAsyncEnumerable<string> IterTextAsync(int? chunkSize = null, CancellationToken cancellationToken = default) =>
        BodyChunks.TextAsync(this, blocking: false, Checked(chunkSize), cancellationToken);

    /// <summary>The body as text, line by line, without line ends. After <see cref="Read"/> it can be enumerated any number of
    /// times.</summary>
    /// <remarks>Lines end as in Python's splitlines: at \n, \r\n, \r, \v, \f, U+001C to U+001E, U+0085, U+2028 and U+2029.</remarks>
    /// <param name="chunkSize">How many bytes are read at a time at most; it changes nothing in the lines.</param>
    /// <param name="cancellationToken">Ends the reading, and closes the response.</param>
    /// <inheritdoc cref="IterRaw"/>
    public IEnumerable<string> IterLines(int? chunkSize = null, CancellationToken cancellationToken = default) =>
        Blocking.Each(BodyChunks.LinesAsync(this, blocking: true, Checked(chunkSize), cancellationToken));

    /// <inheritdoc cref="IterLines"/>
    /// <exception cref="InvalidOperationException">The response came from the blocking <see cref="Client"/>.</exception>
    public IAsyncEnumerable<string> IterLinesAsync(int? chunkSize = null, CancellationToken cancellationToken = default) =>
        BodyChunks.LinesAsync(this, blocking: false, Checked(chunkSize), cancellationToken);

    /// <summary>The decoded body as a stream to read from, by the face of the client. Disposing of it closes the response.</summary>
    /// <exception cref="StreamConsumedException">The body was read as a stream, or is being read.</exception>
    /// <exception cref="StreamClosedException">The response was closed before.</exception>
    public System.IO.Stream AsStream()
    {
        if (_isKept)
        {
            return MemoryMarshal.TryGetArray(_content, out var array)
                ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
                : new MemoryStream(_content.ToArray(), writable: false);
        }

        var body = Body;
        body.Claim();
        return new ResponseStream(body);
    }

    /// <summary>Writes the decoded body to a stream, and closes the response.</summary>
    /// <param name="destination">Where to write; it is not closed.</param>
    /// <param name="progress">Told after each block how many bytes have been written so far.</param>
    /// <param name="cancellationToken">Ends the copying, and closes the response.</param>
    /// <inheritdoc cref="IterBytes"/>
    public void CopyTo(System.IO.Stream destination, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var written = 0L;
        foreach (var block in Blocking.Each(BlocksAsync(blocking: true, decoded: true, ResponseBody.BlockSize, cancellationToken)))
        {
            destination.Write(block.Span);
            written += block.Length;
            progress?.Report(written);
        }
    }

    /// <inheritdoc cref="CopyTo"/>
    /// <exception cref="InvalidOperationException">The response came from the blocking <see cref="Client"/>.</exception>
    public async Task CopyToAsync(
        System.IO.Stream destination, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var written = 0L;
        var blocks = BlocksAsync(blocking: false, decoded: true, ResponseBody.BlockSize, cancellationToken);
        await foreach (var block in blocks.ConfigureAwait(false))
        {
            await destination.WriteAsync(block, cancellationToken).ConfigureAwait(false);
            written += block.Length;
            progress?.Report(written);
        }
    }

    /// <summary>Sends <see cref="NextRequest"/>, and no further: one step of redirects that are followed by hand.</summary>
    /// <exception cref="InvalidOperationException">There is no next request, or no client that could send it.</exception>
    /// <exception cref="HttpxException">The exchange failed; the derived types tell how.</exception>
    public Response Next(CancellationToken cancellationToken = default) => Blocking.Result(FollowAsync(blocking: true, cancellationToken));

    /// <inheritdoc cref="Next"/>
    public Task<Response> NextAsync(CancellationToken cancellationToken = default) =>
        FollowAsync(blocking: false, cancellationToken).AsTask();

    /// <summary>Lets go of the connection, whether the body was read or not. What was read into memory stays. Never throws for a broken
    /// peer.</summary>
    public void Close()
    {
        var closing = CloseCoreAsync();
        if (closing.IsCompleted)
        {
            closing.GetAwaiter().GetResult();
            return;
        }

        // A response of AsyncClient: what is still to be said to the peer may be said later, there is nothing to wait for.
        _ = closing.AsTask();
    }

    /// <inheritdoc cref="Close"/>
    public Task CloseAsync() => CloseCoreAsync().AsTask();

    /// <inheritdoc cref="Close"/>
    public void Dispose() => Close();

    /// <inheritdoc cref="Close"/>
    public ValueTask DisposeAsync() => CloseCoreAsync();

    /// <summary>Reads the body into Content by either face: on the blocking one the task is complete.</summary>
    internal ValueTask ReadCoreAsync(bool blocking, CancellationToken cancellationToken)
    {
        if (_isKept)
        {
            return default;
        }

        var most = Math.Min(Defaults.MaxBytes ?? Array.MaxLength, Array.MaxLength);
        if (_body is null && !_isClosed && _content.Length <= most && !ContentCoding.IsEncoded(Headers))
        {
            Keep(_content);
            return default;
        }

        return Body.CollectAsync(blocking, most, cancellationToken);
    }

    /// <summary>Closes by either face; idempotent, never throws for a broken peer.</summary>
    internal ValueTask CloseCoreAsync()
    {
        if (_body is not null)
        {
            return _body.CloseAsync();
        }

        if (!_isClosed)
        {
            _isClosed = true;
            StopClock();
        }

        return default;
    }

    /// <summary>Puts a wrapper (a deadline, say) around the body that is not read yet; no effect on a body that is in memory.</summary>
    internal void WrapBody(Func<ByteStream, ByteStream> wrap)
    {
        if (_body is { IsClosed: false, IsClaimed: false } body)
        {
            body.Wrap(wrap);
        }
    }

    /// <summary>Takes the content as read.</summary>
    internal void Keep(ReadOnlyMemory<byte> content)
    {
        _content = content;
        _isKept = true;
        if (_body is null)
        {
            _isClosed = true;
            StopClock();
        }
    }

    /// <summary>
    /// The body block by block: what is in memory as one, and a stream as it comes, each block valid until the next is asked for.
    /// </summary>
    internal IAsyncEnumerable<ReadOnlyMemory<byte>> BlocksAsync(
        bool blocking, bool decoded, int blockSize, CancellationToken cancellationToken)
    {
        if (!_isKept)
        {
            return Body.BlocksAsync(blocking, decoded, blockSize, cancellationToken);
        }

        return decoded ? BodyChunks.Once(_content) : throw ResponseBody.Consumed();
    }

    /// <summary>The body as it is on the wire, for one reader of one face who also closes it; null where it is in memory,
    /// decoded.</summary>
    internal ByteStream? TakeRaw(bool blocking)
    {
        if (_isKept)
        {
            return null;
        }

        var body = Body;
        body.Claim(blocking);
        return body;
    }

    /// <summary>Whether the blocks are parts of the content, which nobody changes.</summary>
    internal bool IsKept => _isKept;

    private static int? Checked(int? chunkSize)
    {
        if (chunkSize is { } size)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size, nameof(chunkSize));
        }

        return chunkSize;
    }

    // The body of a response made by hand: what is in memory counts as read.
    private void TakeContent(RequestContent? content)
    {
        if (content is null || content.TryGetBytes(out _content))
        {
            Blocking.Result(ReadCoreAsync(blocking: true, CancellationToken.None));
        }
        else
        {
            _body = new ResponseBody(this, content);
        }
    }

    private ValueTask<Response> FollowAsync(bool blocking, CancellationToken cancellationToken)
    {
        if (_redirect is null)
        {
            throw new InvalidOperationException("There is no next request: the response is no redirect, or it was followed already.");
        }

        return _redirect.Follow is { } follow
            ? follow(_redirect.Request, blocking, cancellationToken)
            : throw new InvalidOperationException("The response was made by hand, so there is no client that could send its next request.");
    }
}
