using System.Net;
using System.Runtime.ExceptionServices;

namespace Httpx;

/// <summary>Sends requests by a handler of .NET: SocketsHttpHandler with HTTP/3 or Negotiate, a test server, a factory's
/// pipeline.</summary>
/// <remarks>
/// <para>
/// Redirects, cookies and decoding are the client's work: switch them off in the handler (<c>AllowAutoRedirect</c>, <c>UseCookies</c>), or
/// the client never sees them. A handler that decodes takes Content-Encoding away, and the client then decodes nothing. The request's
/// <see cref="Request.Extensions"/> are the message's <see cref="HttpRequestMessage.Options"/>. Non-ASCII header values leave as text:
/// how it is written, and whether it may be, is the handler's decision (<c>RequestHeaderEncodingSelector</c>).
/// </para>
/// <para>
/// Time-outs: a handler does not tell connecting from waiting, so until the head of the response is there the longest of
/// <see cref="Timeouts.Pool"/>, <see cref="Timeouts.Connect"/> and <see cref="Timeouts.Read"/> applies to all of that together, and none where
/// <see cref="Timeouts.Read"/> is off. While a body is sent, each write has <see cref="Timeouts.Write"/>, and after it
/// <see cref="Timeouts.Read"/> begins anew. Each read of the body has <see cref="Timeouts.Read"/> from <see cref="AsyncClient"/>; from
/// <see cref="Client"/> it has none, and neither cancellation nor <see cref="Timeouts.Total"/> ends one that has begun, because streams of
/// handlers offer no way to wake a thread that reads from them.
/// </para>
/// <para>
/// The blocking client can only use handlers that have a <c>Send</c> of their own. SocketsHttpHandler has one, for HTTP/1.1.
/// </para>
/// </remarks>
public sealed class HandlerTransport : Transport
{
    private readonly HttpMessageHandler _handler;
    private readonly HttpMessageInvoker _invoker;
    private readonly Version _version;
    private readonly HttpVersionPolicy _versionPolicy;
    private volatile bool _isDisposed;

    /// <summary>Makes a transport of a handler.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="disposeHandler">Whether the handler is disposed of with the transport. Default true.</param>
    /// <param name="version">The version of HTTP to ask for. Default 1.1, as with <see cref="HttpClient"/>. Where lower ones will do, the
    /// blocking client asks for 1.1.</param>
    /// <param name="versionPolicy">Whether lower or higher versions will do. Default lower ones.</param>
    public HandlerTransport(
        HttpMessageHandler handler,
        bool disposeHandler = true,
        Version? version = null,
        HttpVersionPolicy versionPolicy = HttpVersionPolicy.RequestVersionOrLower)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _handler = handler;
        _invoker = new HttpMessageInvoker(handler, disposeHandler);
        _version = version ?? HttpVersion.Version11;
        _versionPolicy = versionPolicy;
    }

    /// <summary>The clock of time-outs; for tests.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The transport is closed.</exception>
    /// <exception cref="NotSupportedException">The handler cannot send by blocking.</exception>
    /// <exception cref="TransportException">The exchange failed; the type tells the phase as far as the handler does.</exception>
    public override Response Send(Request request, CancellationToken cancellationToken = default) =>
        Blocking.Result(SendCoreAsync(request, blocking: true, cancellationToken));

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The transport is closed.</exception>
    /// <exception cref="TransportException">The exchange failed; the type tells the phase as far as the handler does.</exception>
    public override ValueTask<Response> SendAsync(Request request, CancellationToken cancellationToken = default) =>
        SendCoreAsync(request, blocking: false, cancellationToken);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _isDisposed = true;
            _invoker.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<Response> SendCoreAsync(Request request, bool blocking, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        var exchange = new HandlerExchange(_handler, request, blocking, Time, cancellationToken);
        HttpResponseMessage? answer = null;
        try
        {
            var message = HandlerMessages.Write(request, exchange);
            (message.Version, message.VersionPolicy) = VersionFor(blocking);
            exchange.Begin();
            answer = (blocking
                ? _invoker.Send(message, exchange.Token)
                : await _invoker.SendAsync(message, exchange.Token).ConfigureAwait(false)) ?? throw NoAnswer();
            var stream = blocking
                ? answer.Content.ReadAsStream(exchange.Token)
                : await answer.Content.ReadAsStreamAsync(exchange.Token).ConfigureAwait(false);
            exchange.HeadArrived();
            return HandlerMessages.Read(answer, stream, exchange);
        }
        catch (Exception exception)
        {
            answer?.Dispose();
            exchange.Dispose();
            if (exchange.Explain(exception, cancellationToken) is { } explained)
            {
                // What the caller's own code threw keeps the trace of where that was.
                ExceptionDispatchInfo.Throw(explained);
            }

            throw;
        }
    }

    // SocketsHttpHandler refuses to block over anything but HTTP/1.1, even where that would do.
    private (Version Version, HttpVersionPolicy Policy) VersionFor(bool blocking)
    {
        if (blocking && _versionPolicy != HttpVersionPolicy.RequestVersionExact)
        {
            if (_version <= HttpVersion.Version11)
            {
                return (_version, HttpVersionPolicy.RequestVersionOrLower);
            }

            if (_versionPolicy == HttpVersionPolicy.RequestVersionOrLower)
            {
                return (HttpVersion.Version11, HttpVersionPolicy.RequestVersionOrLower);
            }
        }

        return (_version, _versionPolicy);
    }

    private InvalidOperationException NoAnswer() => new($"The handler {_handler.GetType().Name} returned null in place of a response.");
}
