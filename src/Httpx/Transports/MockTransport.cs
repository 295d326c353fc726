namespace Httpx;

/// <summary>Answers requests by a function in place of the network: for tests.</summary>
/// <remarks>
/// The request's body is read before the function is called, so that it can look at <see cref="Httpx.Request.Content"/>. What the
/// function throws comes out as it is. See <see href="https://www.python-httpx.org/advanced/transports/#mock-transports"/>.
/// </remarks>
public sealed class MockTransport : Transport
{
    private readonly Func<Request, Response>? _handler;
    private readonly Func<Request, CancellationToken, Task<Response>>? _asyncHandler;

    /// <summary>Answers by a plain function, which both clients can call.</summary>
    /// <param name="handler">Gets the request, body read, and returns the response.</param>
    public MockTransport(Func<Request, Response> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _handler = handler;
    }

    /// <summary>Answers by an async function: for <see cref="AsyncClient"/>. A blocking client can call it only if it never really
    /// waits.</summary>
    /// <param name="handler">Gets the request, body read, and returns the response.</param>
    public MockTransport(Func<Request, CancellationToken, Task<Response>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _asyncHandler = handler;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The function is async and waits, or returned null.</exception>
    public override Response Send(Request request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        request.Read(cancellationToken);
        if (_handler is not null)
        {
            return Checked(_handler(request));
        }

        var task = _asyncHandler!(request, cancellationToken);
        if (!task.IsCompleted)
        {
            throw new InvalidOperationException(
                "The mock's function is async and has to wait, which the blocking client cannot do: use AsyncClient, or a plain function.");
        }

        return Checked(Blocking.Result(new ValueTask<Response>(task)));
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The function returned null.</exception>
    public override async ValueTask<Response> SendAsync(Request request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        await request.ReadAsync(cancellationToken).ConfigureAwait(false);
        return Checked(
            _handler is not null ? _handler(request) : await _asyncHandler!(request, cancellationToken).ConfigureAwait(false));
    }

    private static Response Checked(Response? response) =>
        response ?? throw new InvalidOperationException("The mock's function returned null in place of a response.");
}
