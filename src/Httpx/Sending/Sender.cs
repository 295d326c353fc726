namespace Httpx;

/// <summary>
/// Sends a client's requests: authentication around redirects around single exchanges, three loops of which each knows only the next.
/// </summary>
/// <remarks>
/// One implementation serves both clients: over a blocking sender every task is complete when it is returned. A plain request passes
/// through one async method (<see cref="FollowAsync"/>); deadline and authentication flow are put around it only where there are any.
/// </remarks>
internal sealed class Sender(MountTable transports, bool blocking)
{
    // What is read of a response that only leads to the next request: enough to keep the connection, too little for a bomb.
    private const int MostDrained = 64 * 1024;

    private int _isClosed;

    /// <summary>The jar of the client: every response's cookies go in.</summary>
    internal required Cookies Cookies { get; set; }

    /// <summary>The client's hooks.</summary>
    internal required EventHooks Hooks { get; set; }

    /// <summary>How many redirects one exchange may follow.</summary>
    internal required int MaxRedirects { get; set; }

    /// <summary>What every response gets from its client.</summary>
    internal required ResponseDefaults Defaults { get; init; }

    /// <summary>The clock of deadlines.</summary>
    internal required TimeProvider Time { get; init; }

    internal bool IsClosed => Volatile.Read(ref _isClosed) != 0;

    /// <summary>Sends a request; the response's body is read unless it is to be streamed.</summary>
    /// <param name="request">Complete but for its authentication; its time-outs are set.</param>
    /// <param name="auth">What authenticates it; null for none.</param>
    /// <param name="call">How it is sent.</param>
    internal ValueTask<Response> SendAsync(Request request, Auth? auth, Call call) =>
        request.Timeouts?.Total is { } total ? SendWithinAsync(total, request, auth, call) : SendAuthenticatedAsync(request, auth, call);

    /// <summary>Closes the transports. Idempotent.</summary>
    internal void Close()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            transports.Dispose();
        }
    }

    /// <inheritdoc cref="Close"/>
    internal ValueTask CloseAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
        {
            return default;
        }

        if (blocking)
        {
            transports.Dispose();
            return default;
        }

        return transports.DisposeAsync();
    }

    // (1) The deadline, if there is one, over everything below and the body.
    private async ValueTask<Response> SendWithinAsync(TimeSpan total, Request request, Auth? auth, Call call)
    {
        var deadline = new Deadline(total, request, Time, call.CancellationToken);
        var isHandedOver = false;
        try
        {
            var response = await SendAuthenticatedAsync(request, auth, call with { CancellationToken = deadline.Token })
                .ConfigureAwait(false);
            deadline.ReleaseCaller();
            response.WrapBody(body =>
            {
                isHandedOver = true;
                return new TimedBody(body, deadline);
            });
            return response;
        }
        catch (OperationCanceledException exception)
        {
            if (deadline.Explain(exception, call.CancellationToken) is { } explained)
            {
                throw explained;
            }

            throw;
        }
        finally
        {
            if (!isHandedOver)
            {
                deadline.Dispose();
            }
        }
    }

    // (2) Authentication. Schemes that need no answer have changed the request before anything is sent, and need no loop.
    private ValueTask<Response> SendAuthenticatedAsync(Request request, Auth? auth, Call call)
    {
        if (auth is null)
        {
            return FollowAsync(request, call);
        }

        try
        {
            return auth.Apply(request) is { } applied ? FollowAsync(applied, call) : SendByFlowAsync(request, auth, call);
        }
        catch (Exception exception)
        {
            // Whatever a caller's function throws comes out of the task, as from any other step.
            return ValueTask.FromException<Response>(exception);
        }
    }

    private async ValueTask<Response> SendByFlowAsync(Request request, Auth auth, Call call)
    {
        if (auth.RequiresRequestBody)
        {
            _ = blocking
                ? request.Read(call.CancellationToken)
                : await request.ReadAsync(call.CancellationToken).ConfigureAwait(false);
        }

        var flow = new AuthFlow();
        var steps = new AuthSteps(auth, request, flow, blocking, call.CancellationToken);
        await using (steps.ConfigureAwait(false))
        {
            if (await steps.NextAsync().ConfigureAwait(false) is not { } next)
            {
                throw new InvalidOperationException($"The flow of {auth.GetType().Name} yielded no request, so nothing could be sent.");
            }

            var step = call with { Stream = true };
            while (true)
            {
                var response = await FollowAsync(next, step).ConfigureAwait(false);
                try
                {
                    if (auth.RequiresResponseBody)
                    {
                        await response.ReadCoreAsync(blocking, call.CancellationToken).ConfigureAwait(false);
                    }

                    flow.Response = response;
                    if (await steps.NextAsync().ConfigureAwait(false) is not { } following)
                    {
                        await ReadUnlessStreamedAsync(response, call).ConfigureAwait(false);
                        return response;
                    }

                    ThrowIfSpent(following, response);
                    await DrainAsync(response, call.CancellationToken).ConfigureAwait(false);
                    step = step with { History = [.. response.History, response] };
                    next = following;
                }
                catch
                {
                    await response.CloseCoreAsync().ConfigureAwait(false);
                    throw;
                }
            }
        }
    }

    // (3) Redirects. This is the whole way of a plain request: hooks, transport, cookies, hooks, and no redirect.
    private async ValueTask<Response> FollowAsync(Request request, Call call)
    {
        while (true)
        {
            Response? response = null;
            try
            {
                call.CancellationToken.ThrowIfCancellationRequested();
                if (!Hooks.Request.IsEmpty)
                {
                    await Hooks.Request.RunAsync(request, blocking).ConfigureAwait(false);
                }

                var transport = transports.For(request);
                var startedAt = TimeProvider.System.GetTimestamp();
                response = blocking
                    ? transport.Send(request, call.CancellationToken)
                    : await transport.SendAsync(request, call.CancellationToken).ConfigureAwait(false);
                Receive(request, response, startedAt, call.History);
                if (!Hooks.Response.IsEmpty)
                {
                    await Hooks.Response.RunAsync(response, blocking).ConfigureAwait(false);
                }

                var next = call.AllowRedirects ? RedirectPolicy.Next(request, response, Cookies) : null;
                if (next is null)
                {
                    OfferNext(request, response, call);
                    await ReadUnlessStreamedAsync(response, call).ConfigureAwait(false);
                    return response;
                }

                ThrowIfTooMany(call.History, next);
                ThrowIfSpent(next, response);
                await DrainAsync(response, call.CancellationToken).ConfigureAwait(false);
                call = call with { History = [.. response.History, response] };
                request = next;
            }
            catch (Exception exception)
            {
                if (exception is HttpxException { Request: null } unattached)
                {
                    unattached.Request = request;
                }

                if (response is not null)
                {
                    await response.CloseCoreAsync().ConfigureAwait(false);
                }

                throw;
            }
        }
    }

    private void Receive(Request request, Response? response, long startedAt, IReadOnlyList<Response>? history)
    {
        if (response is null)
        {
            throw new InvalidOperationException("The transport returned null in place of a response.");
        }

        response.Request = request;
        response.StartedAt = startedAt;
        response.Defaults = Defaults;
        if (history is not null)
        {
            response.SetHistory(history);
        }

        if (response.Headers.Contains("Set-Cookie"u8))
        {
            Cookies.Extract(request.Url, response.Headers);
        }
    }

    private ValueTask ReadUnlessStreamedAsync(Response response, Call call) =>
        call.Stream ? default : response.ReadCoreAsync(blocking, call.CancellationToken);

    private void OfferNext(Request request, Response response, Call call)
    {
        if (call.AllowRedirects)
        {
            return;
        }

        try
        {
            if (RedirectPolicy.Next(request, response, Cookies) is { } next)
            {
                LetFollow(response, next);
            }
        }
        catch (RemoteProtocolException)
        {
            // Who does not follow wants the response as it is; that its Location leads nowhere takes nothing from it.
        }
    }

    // What Response.Next does: one redirect that was not followed at once, and no further one. Nobody authenticates it again: what the
    // policy left in the headers is what may go there.
    private void LetFollow(Response response, Request next) => response.SetNext(next, async (request, isBlocking, cancellationToken) =>
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        if (isBlocking != blocking)
        {
            throw new InvalidOperationException(
                blocking ? "The response is of a blocking client: call Next." : "The response is of an AsyncClient: call NextAsync.");
        }

        ThrowIfSpent(request, response);
        await DrainAsync(response, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Response> history = [.. response.History, response];
        return await SendAsync(request, null, new Call(Stream: false, AllowRedirects: false, cancellationToken, history))
            .ConfigureAwait(false);
    });

    // A body that only stood in the way is read for the connection's sake, so far as that is cheap. What is wrong with it (a broken
    // peer, a bomb) does not matter any more: then the connection is closed.
    private async ValueTask DrainAsync(Response response, CancellationToken cancellationToken)
    {
        if (response.IsClosed)
        {
            return;
        }

        try
        {
            response.WrapBody(static body => new BoundedBody(body, MostDrained));
            response.Defaults = Defaults with { MaxBytes = Math.Min(MostDrained, Defaults.MaxBytes ?? MostDrained) };
            await response.ReadCoreAsync(blocking, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpxException)
        {
            await response.CloseCoreAsync().ConfigureAwait(false);
        }
    }

    // Authentication round trips stand in history too, but are no redirects.
    private void ThrowIfTooMany(IReadOnlyList<Response>? history, Request next)
    {
        var followed = 0;
        for (var i = 0; i < (history?.Count ?? 0); i++)
        {
            followed += history![i].IsRedirect ? 1 : 0;
        }

        if (followed >= MaxRedirects)
        {
            throw new TooManyRedirectsException(
                $"Exceeded maximum allowed redirects: after {followed}, the next would lead to {next.Url.Origin}.", next);
        }
    }

    private static void ThrowIfSpent(Request next, Response last)
    {
        if (next.Body is { CanReplay: false } body && (WasSent(body, last) || last.History.Any(earlier => WasSent(body, earlier))))
        {
            throw new StreamConsumedException(
                "The body would have to be sent again (for a redirect or an authentication round trip), but it can be read only once. "
                + "Send bytes or a seekable stream, or read the request first.");
        }
    }

    private static bool WasSent(RequestContent body, Response response) => ReferenceEquals(response.Request.Body, body);

    /// <summary>How one request is sent.</summary>
    /// <param name="Stream">Whether the body is left unread.</param>
    /// <param name="AllowRedirects">Whether redirects are followed.</param>
    /// <param name="CancellationToken">Ends it.</param>
    /// <param name="History">The responses that led to the request; null where it is the first.</param>
    internal readonly record struct Call(
        bool Stream, bool AllowRedirects, CancellationToken CancellationToken, IReadOnlyList<Response>? History = null);
}
