using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Httpx.Engine.Network;

namespace Httpx.Engine.Http1;

/// <summary>A connection that speaks HTTP/1.1 (RFC 9112): one exchange at a time, in either mode.</summary>
/// <remarks>
/// <para>An exchange: write the head, with a small body in the same write; stream a large one; read until a final head is there; make the
/// response, whose body pulls further bytes (<see cref="Http1Body"/>). Where the whole body has come with the head, the connection is free
/// before the caller sees the response.</para>
/// <para>On a wire that can, a read is begun before the request is written. If it completes at once, the peer has closed or poisoned the
/// idle connection; otherwise it is the read of the response. So the check of liveness costs nothing, and a response that comes before the
/// body is sent is seen.</para>
/// </remarks>
internal sealed class Http1Connection : Connection
{
    /// <summary>A body up to this size is copied behind the head; beyond it a write of its own is cheaper than the copy.</summary>
    private const int JoinedBody = 16 * 1024;

    private readonly Wire _wire;
    private readonly Headers? _forward;
    private readonly WriteBuffer _output = new();
    private readonly HeadReader _heads = new();
    private ValueTask<int> _ahead;
    private bool _isReadingAhead;
    private ResponseHead _head;
    private bool _isLast;

    /// <param name="origin">Whom the requests are for.</param>
    /// <param name="wire">A wire that leads to it.</param>
    /// <param name="forward">What a proxy that forwards the requests is told with each; null where the origin itself reads them.</param>
    internal Http1Connection(Origin origin, Wire wire, Headers? forward = null)
        : base(origin)
    {
        _wire = wire;
        _forward = forward;
    }

    /// <summary>What has been received and not used; the body reads from it.</summary>
    internal ReadBuffer Input { get; } = new();

    /// <summary>The decoder of chunked bodies, made for the first one.</summary>
    internal ChunkedReader Chunks { get => field ??= new(); }

    internal Wire Wire => _wire;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal override async ValueTask<Response?> SendAsync(Request request, Timeouts limits, CancellationToken cancellationToken)
    {
        var framing = Prepare(request);
        if (IsReused && !IsAlive(cancellationToken))
        {
            End(false);
            return null;
        }

        try
        {
            _wire.WriteTimeout = limits.Write;
            var hasHead = false;
            try
            {
                await _wire.WriteAsync(_output.Memory, cancellationToken).ConfigureAwait(false);
                if (framing.Kind != BodyKind.None)
                {
                    hasHead = await SendBodyAsync(request, framing, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (WriteException)
            {
                // The peer may have answered before it stopped reading: that answer is worth more than the failure.
                _isLast = true;
                hasHead = await ReceiveAfterFailureAsync(request, limits, cancellationToken).ConfigureAwait(false);
                if (!hasHead)
                {
                    throw;
                }
            }

            _wire.ReadTimeout = limits.Read;
            while (!hasHead && !TryReadHead(request))
            {
                var count = await FillAsync(cancellationToken).ConfigureAwait(false);
                if (count == 0)
                {
                    throw EndedInHead();
                }

                Received(count);
            }

            return Respond();
        }
        catch
        {
            End(false);
            throw;
        }
    }

    public override void Dispose() => _wire.Dispose();

    /// <summary>Ends the exchange, and gives the connection back.</summary>
    /// <param name="complete">Whether both messages were sent and read to their ends.</param>
    internal void End(bool complete)
    {
        // Bytes behind a response belong to no request: whoever reads them next would take them for his answer (RFC 9112 9.2).
        var isReusable = complete && !_isLast && !_isReadingAhead && Input.Length == 0;
        IsReused = true;
        if (!isReusable)
        {
            _wire.Dispose();
        }

        var released = Released;
        released?.Invoke(this, isReusable);
    }

    /// <summary>Receives the next bytes into <see cref="Input"/>'s room: the read that is under way already, or a new one.</summary>
    internal ValueTask<int> FillAsync(CancellationToken cancellationToken)
    {
        if (_isReadingAhead)
        {
            _isReadingAhead = false;
            var ahead = _ahead;
            _ahead = default;
            return ahead;
        }

        return _wire.ReadAsync(Input.Room(), cancellationToken);
    }

    // Writes the head, with a small body behind it. Nothing is sent yet, so that a request that cannot be written costs no connection.
    private RequestFraming Prepare(Request request)
    {
        HasResponse = false;
        _isLast = false;
        _heads.Reset();
        _output.Clear();
        try
        {
            var framing = HeadWriter.Write(_output, request, _forward);
            _isLast = framing.IsLast;
            if (framing.Kind != BodyKind.Length || !request.Body!.TryGetBytes(out var bytes))
            {
                return framing;
            }

            if (bytes.Length != framing.Length)
            {
                throw HeadWriter.LengthDiffers(framing.Length, bytes.Length, request);
            }

            if (bytes.Length > JoinedBody)
            {
                return framing;
            }

            _output.Write(bytes.Span);
            return RequestFraming.None;
        }
        catch
        {
            End(true);
            throw;
        }
    }

    private bool IsAlive(CancellationToken cancellationToken)
    {
        if (!_wire.CanReadAhead)
        {
            return !_wire.IsReadable();
        }

        ReadAhead(cancellationToken);
        return !_ahead.IsCompleted;
    }

    [SuppressMessage("Reliability", "CA2012", Justification = "The one task is awaited once, by FillAsync, or dropped with the wire.")]
    private void ReadAhead(CancellationToken cancellationToken)
    {
        _wire.ReadTimeout = null; // the time to answer counts from when the request is sent
        _ahead = _wire.ReadAsync(Input.Room(), cancellationToken);
        _isReadingAhead = true;
    }

    // True where a final head came before the body was sent.
    private async ValueTask<bool> SendBodyAsync(Request request, RequestFraming framing, CancellationToken cancellationToken)
    {
        if (!_isReadingAhead && _wire.CanReadAhead)
        {
            ReadAhead(cancellationToken);
        }

        if (framing.Kind == BodyKind.Length && request.Body!.TryGetBytes(out var bytes))
        {
            await _wire.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            return false;
        }

        var pieces = new RequestPieces(request, framing, request.Body!.Open(blocking: !_wire.CanReadAhead));
        bool hasAnswer;
        try
        {
            hasAnswer = await SendPiecesAsync(request, pieces, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await pieces.CloseFailedAsync().ConfigureAwait(false);
            throw;
        }

        await pieces.CloseAsync().ConfigureAwait(false);
        return hasAnswer;
    }

    private async ValueTask<bool> SendPiecesAsync(Request request, RequestPieces pieces, CancellationToken cancellationToken)
    {
        bool hasMore;
        do
        {
            _output.Clear();
            hasMore = await pieces.TakeAsync(_output, cancellationToken).ConfigureAwait(false);
            if (_output.Length > 0)
            {
                await _wire.WriteAsync(_output.Memory, cancellationToken).ConfigureAwait(false);
            }

            // With the last byte that was announced the peer has the whole request: an answer to that is not an early one.
            if (hasMore && !pieces.HasAll && await HasAnswerAsync(request, cancellationToken).ConfigureAwait(false))
            {
                _isLast = true; // the rest of the body is not sent, so that no other request can follow
                return true;
            }
        }
        while (hasMore);

        return false;
    }

    // Whether the peer's final answer has come while the body is being sent. What has come of heads is taken in passing, and nothing is
    // waited for: a peer that stops in the middle of a head must not hold up the body.
    private async ValueTask<bool> HasAnswerAsync(Request request, CancellationToken cancellationToken)
    {
        while (_wire.CanReadAhead ? _ahead.IsCompleted : Wire is not TlsWire && _wire.IsReadable())
        {
            var count = await FillAsync(cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                throw EndedInHead();
            }

            Received(count);
            if (TryReadHead(request))
            {
                return true;
            }

            if (_wire.CanReadAhead)
            {
                ReadAhead(cancellationToken);
            }
        }

        return false;
    }

    private async ValueTask<bool> ReceiveAfterFailureAsync(Request request, Timeouts limits, CancellationToken cancellationToken)
    {
        try
        {
            _wire.ReadTimeout = limits.Read;
            while (!TryReadHead(request))
            {
                var count = await FillAsync(cancellationToken).ConfigureAwait(false);
                if (count == 0)
                {
                    return false;
                }

                Received(count);
            }

            return true;
        }
        catch (TransportException)
        {
            return false; // the failure to send is the one to tell
        }
    }

    private void Received(int count)
    {
        Input.Received(count);
        HasResponse = true;
    }

    // Takes heads out of the input until a final one is there; false where more bytes are needed.
    private bool TryReadHead(Request request)
    {
        while (_heads.TryRead(Input, request.Method == "HEAD", out _head))
        {
            if (_head.StatusCode == 101)
            {
                return request.Headers.Contains("upgrade"u8)
                    ? true
                    : throw new RemoteProtocolException($"{Origin} switched to another protocol without being asked to (101).");
            }

            if (_head.StatusCode >= 200)
            {
                return true;
            }
        }

        return false;
    }

    private Response Respond()
    {
        var head = _head;
        _head = default;
        _isLast |= !head.KeepAlive || head.KeepAliveSeconds == 0;
        IdleLimit = head.KeepAliveSeconds * 1000L;
        if (head.StatusCode == 101)
        {
            (head.Body, _isLast) = (BodyKind.UntilClose, true);
        }

        if (TryTakeWhole(head, out var bytes))
        {
            End(true);
            return new Response(head.StatusCode, Version(head), head.ReasonPhrase, head.Headers, bytes);
        }

        return new Response(head.StatusCode, Version(head), head.ReasonPhrase, head.Headers, new Http1Body(this, head.Body, head.Length));
    }

    private bool TryTakeWhole(in ResponseHead head, out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        switch (head.Body)
        {
            case BodyKind.None:
                return true;

            case BodyKind.Length when head.Length <= Input.Length:
                if (head.Length > 0)
                {
                    bytes = Input.Span[..(int)head.Length].ToArray();
                    Input.Consume((int)head.Length);
                }

                return true;

            default:
                return false;
        }
    }

    private static string Version(in ResponseHead head) => head.IsHttp10 ? "HTTP/1.0" : "HTTP/1.1";

    private RemoteProtocolException EndedInHead() => new(
        HasResponse
            ? $"{Origin} closed the connection in the middle of the response's head."
            : $"{Origin} closed the connection without sending a response.");
}
