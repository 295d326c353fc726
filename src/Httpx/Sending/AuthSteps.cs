namespace Httpx;

/// <summary>The requests that an authentication flow yields, by the iterator of the face that asks.</summary>
internal readonly struct AuthSteps : IAsyncDisposable
{
    private readonly Auth _auth;
    private readonly IEnumerator<Request>? _blocking;
    private readonly IAsyncEnumerator<Request>? _async;

    internal AuthSteps(Auth auth, Request request, AuthFlow flow, bool blocking, CancellationToken cancellationToken)
    {
        _auth = auth;
        if (blocking)
        {
            _blocking = auth.Flow(request, flow).GetEnumerator();
        }
        else
        {
            _async = auth.FlowAsync(request, flow, cancellationToken).GetAsyncEnumerator(cancellationToken);
        }
    }

    /// <summary>The next request to send; null where the last response is content.</summary>
    internal async ValueTask<Request?> NextAsync()
    {
        if (!(_blocking?.MoveNext() ?? await _async!.MoveNextAsync().ConfigureAwait(false)))
        {
            return null;
        }

        return (_blocking is not null ? _blocking.Current : _async!.Current)
            ?? throw new InvalidOperationException($"The flow of {_auth.GetType().Name} yielded null in place of a request.");
    }

    /// <summary>Ends the flow, wherever it stands.</summary>
    public ValueTask DisposeAsync()
    {
        _blocking?.Dispose();
        return _async?.DisposeAsync() ?? default;
    }
}
