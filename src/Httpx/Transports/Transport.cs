namespace Httpx;

/// <summary>What sends one request and receives its response: the network, a mock, a handler, or one of your own.</summary>
/// <remarks>
/// A transport knows nothing of redirects, cookies or authentication; those are the client's. It sends a request as it is and
/// returns at the response's head, whose body is read later. Derive from it and give it to <see cref="ClientOptions.Transport"/> or
/// <see cref="ClientOptions.Mounts"/>; the client disposes of it. See <see href="https://www.python-httpx.org/advanced/transports/"/>.
/// </remarks>
public abstract class Transport : IDisposable, IAsyncDisposable
{
    /// <summary>Sends a request and blocks until the response's head is there.</summary>
    /// <param name="request">The request, complete with all headers.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public abstract Response Send(Request request, CancellationToken cancellationToken = default);

    /// <summary>Sends a request and returns when the response's head is there.</summary>
    /// <param name="request">The request, complete with all headers.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public abstract ValueTask<Response> SendAsync(Request request, CancellationToken cancellationToken = default);

    /// <summary>This transport for code that wants an <see cref="HttpMessageHandler"/>, such as an <see cref="HttpClient"/>.</summary>
    /// <remarks>
    /// <para>
    /// It is the transport alone: redirects come back as they are, cookies are nobody's business, and a body with a Content-Encoding stays
    /// coded, header included. An <see cref="HttpClient"/> has these from its own handler, and here from nobody, unless a
    /// <see cref="DelegatingHandler"/> in front does it. The version that a message asks for is not looked at: the transport was told at
    /// its making what it may speak.
    /// </para>
    /// <para>
    /// No time-outs but those of the <see cref="HttpClient"/>, unless the options of the message have some under "timeout", a
    /// <see cref="Timeouts"/>: all options become <see cref="Request.Extensions"/>. Failures are <see cref="HttpxException"/>s, which are
    /// <see cref="HttpRequestException"/>s; those of a body that is read as a stream too. Such a stream is read by the face that sent the
    /// message: after <c>SendAsync</c> only by awaiting.
    /// </para>
    /// <para>
    /// A content is read from its stream as it is sent. One that has none and can only write itself is gathered in memory by .NET first.
    /// </para>
    /// </remarks>
    /// <param name="disposeTransport">Whether disposing of the handler disposes of this transport. Default true.</param>
    public HttpMessageHandler AsHandler(bool disposeTransport = true) => new TransportHandler(this, disposeTransport);

    /// <summary>Closes what the transport holds open. Idempotent.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes what the transport holds open. Idempotent. Default: the same as <see cref="Dispose()"/>.</summary>
    public virtual ValueTask DisposeAsync()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
        return default;
    }

    /// <summary>Closes what the transport holds open; for derived classes. Default: nothing.</summary>
    /// <param name="disposing">True where it is called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
