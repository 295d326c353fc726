namespace Httpx;

/// <summary>One exchange with a handler: what it waits for, how long it may, and what its failure means.</summary>
/// <remarks>
/// The phases go <c>opening -> sending -> waiting -> receiving</c>, or <c>waiting -> receiving</c> for a request without a body. One
/// source of cancellation serves them all, armed anew for each wait. The handler may send and receive at the same time (HTTP/2), so a
/// lock guards phase and timer; once the head is there, sending has no limit any more.
/// </remarks>
internal sealed class HandlerExchange : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;
    private readonly Timeouts _limits;
    private Phase _phase;
    private TimeSpan? _limit;
    private bool _isDisposed;

    internal HandlerExchange(HttpMessageHandler handler, Request request, bool blocking, TimeProvider time, CancellationToken caller)
    {
        Handler = handler;
        Request = request;
        IsBlocking = blocking;
        _limits = request.Timeouts ?? Timeouts.Default;
        _source = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        Token = _source.Token;
        _registration = Link(caller);
    }

    private enum Phase
    {
        /// <summary>The handler has not asked for the body: it has no connection yet.</summary>
        Opening,

        /// <summary>The body is on its way.</summary>
        Sending,

        /// <summary>All is sent, as far as one can see, and the head is awaited.</summary>
        Waiting,

        /// <summary>The head is there, and the body is read.</summary>
        Receiving,
    }

    internal HttpMessageHandler Handler { get; }

    internal Request Request { get; }

    internal bool IsBlocking { get; }

    /// <summary>For everything that the handler waits for.</summary>
    internal CancellationToken Token { get; }

    /// <summary>What the request's own body threw: it goes to the caller, whatever the handler makes of it.</summary>
    internal Exception? BodyFailure { get; set; }

    /// <summary>Whether the handler's stream refused bytes of the request's body.</summary>
    internal bool HasWriteFailed { get; set; }

    /// <summary>The handler is about to get the request.</summary>
    internal void Begin()
    {
        var hasBody = Request.Body is not null && !Request.Headers.Contains("expect"u8);
        var longest = Longest(_limits.Pool, _limits.Connect);
        if (!hasBody)
        {
            longest = _limits.Read is null ? null : Longest(longest, _limits.Read);
        }

        Arm(hasBody ? Phase.Opening : Phase.Waiting, longest);
    }

    /// <summary>A piece of the body is about to be written.</summary>
    internal void Write() => Arm(Phase.Sending, _limits.Write);

    /// <summary>The piece is written; how long the next takes to be made is the caller's affair.</summary>
    internal void Wrote() => Arm(Phase.Sending, null);

    /// <summary>The whole body is written.</summary>
    internal void Sent() => Arm(Phase.Waiting, _limits.Read);

    /// <summary>The head is there: the timer rests, and the caller's token means nothing any more. Each read brings its own.</summary>
    internal void HeadArrived()
    {
        _registration.Dispose();
        Arm(Phase.Receiving, null);
    }

    /// <summary>A read of the body begins.</summary>
    internal void Receive() => Arm(Phase.Receiving, _limits.Read);

    /// <summary>The read is over.</summary>
    internal void Received() => Arm(Phase.Receiving, null);

    /// <summary>Ends the exchange when a token is cancelled, until the registration is disposed of.</summary>
    internal CancellationTokenRegistration Link(CancellationToken caller) => caller.UnsafeRegister(
        static exchange => ((HandlerExchange)exchange!).Cancel(), this);

    /// <summary>What to throw in the place of an exception of the handler; null for the exception itself.</summary>
    /// <param name="exception">What came out of the handler.</param>
    /// <param name="caller">The caller's own token of that wait.</param>
    internal Exception? Explain(Exception exception, CancellationToken caller)
    {
        if (BodyFailure is { } failure)
        {
            return ReferenceEquals(failure, exception) ? null : failure;
        }

        if (exception is HttpxException ours)
        {
            // A transport under the handler (Transport.AsHandler) has said it already.
            ours.Request ??= Request;
            return null;
        }

        // A handler that is cancelled may say so, or fail because its connection was taken away.
        if (HandlerErrors.IsFailure(exception))
        {
            if (caller.IsCancellationRequested)
            {
                return new OperationCanceledException("The request was cancelled by its caller.", exception, caller);
            }

            if (Token.IsCancellationRequested)
            {
                return Expired(exception);
            }
        }

        return HandlerErrors.Of(exception, this);
    }

    /// <summary>Whether the handler can have been no further than connecting.</summary>
    internal bool MayBeConnecting => _phase is Phase.Opening || (_phase is Phase.Waiting && Request.Body is null);

    /// <summary>Whether the head is there.</summary>
    internal bool IsReceiving => _phase is Phase.Receiving;

    /// <summary>Stops the timer. The token stays usable.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
        }

        _registration.Dispose();
        _source.Dispose();
    }

    private static TimeSpan? Longest(TimeSpan? one, TimeSpan? other) => one is null || other > one ? other : one;

    private void Arm(Phase phase, TimeSpan? limit)
    {
        lock (_gate)
        {
            // A body that is still being sent while the answer comes in must not set the clock back.
            if (!_isDisposed && phase >= (_phase is Phase.Receiving ? Phase.Receiving : Phase.Opening))
            {
                _phase = phase;
                _limit = limit;
                _source.CancelAfter(limit ?? Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Cancel()
    {
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The exchange was over in the same moment.
        }
    }

    private RequestTimeoutException Expired(Exception cause)
    {
        var seconds = _limit is { } limit ? HandlerErrors.Seconds(limit) : "the time allowed";
        var origin = Request.Url.Origin;
        switch (_phase)
        {
            case Phase.Opening:
                var connect = $"{origin}: the handler had no connection after {seconds} (Timeouts.Connect and Timeouts.Pool).";
                return new ConnectTimeoutException(connect, Request, new TimeoutException(connect, cause));
            case Phase.Sending:
                var write = $"{origin} took nothing of the request for {seconds} (Timeouts.Write).";
                return new WriteTimeoutException(write, Request, new TimeoutException(write, cause));
            default:
                var which = IsReceiving ? "" : ", or the longer of Connect and Pool";
                var read = $"{origin} sent nothing for {seconds} (Timeouts.Read{which}).";
                return new ReadTimeoutException(read, Request, new TimeoutException(read, cause));
        }
    }
}
