using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Authentication;

namespace Httpx.Engine.Network;

/// <summary>A wire whose bytes are encrypted by the platform's TLS, over any other wire and in its mode.</summary>
internal sealed class TlsWire : Wire
{
    private readonly Wire _inner;
    private readonly WireStream _below;
    private readonly SslStream _tls;

    private TlsWire(Wire inner)
    {
        _inner = inner;
        _below = new WireStream(inner);
        _tls = new SslStream(_below);
        PeerName = inner.PeerName;
    }

    internal override bool CanReadAhead => _inner.CanReadAhead;

    internal override TimeSpan? ReadTimeout
    {
        get => _inner.ReadTimeout;
        set => _inner.ReadTimeout = value;
    }

    internal override TimeSpan? WriteTimeout
    {
        get => _inner.WriteTimeout;
        set => _inner.WriteTimeout = value;
    }

    internal override Deadline Deadline
    {
        get => _inner.Deadline;
        set => _inner.Deadline = value;
    }

    // The platform reports both ends alike; only the stream below knows whether TCP ended before TLS did.
    internal override bool IsTruncated => _below.HasEnded;

    /// <summary>Agrees on TLS over a connected wire, whose deadline bounds it. On failure the wire is closed.</summary>
    /// <exception cref="ConnectException">The certificate does not verify, or the two sides agree on nothing.</exception>
    internal static async ValueTask<TlsWire> HandshakeAsync(
        Wire wire, TlsOptions tls, string host, bool http2, CancellationToken cancellationToken)
    {
        var report = new CertificateReport();
        var secured = new TlsWire(wire);
        try
        {
            var options = tls.For(host, http2, report);
            if (wire.CanReadAhead)
            {
                await secured._tls.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                secured.AuthenticateBlocking(options, cancellationToken);
            }

            var protocol = secured._tls.NegotiatedApplicationProtocol;
            if (!protocol.Protocol.IsEmpty && !options.ApplicationProtocols!.Contains(protocol))
            {
                throw new AuthenticationException($"the peer chose the protocol '{protocol}', which was not offered");
            }

            return secured;
        }
        catch (Exception exception)
            when (exception is AuthenticationException or ReadException or WriteException || NetworkErrors.IsNetwork(exception))
        {
            secured.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw NetworkErrors.Tls(wire.PeerName, report.Reason, exception);
        }
        catch
        {
            secured.Dispose();
            throw;
        }
    }

    internal override ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken) =>
        CanReadAhead ? ReadAwaitedAsync(destination, cancellationToken) : ReadBlocking(destination, cancellationToken);

    internal override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        CanReadAhead ? WriteAwaitedAsync(bytes, cancellationToken) : WriteBlocking(bytes, cancellationToken);

    internal override bool IsReadable() => _inner.IsReadable();

    // A session that ends here has all its messages: nobody waits for a close_notify, and none is worth a blocking write.
    public override void Dispose()
    {
        _inner.Dispose();
        _tls.Dispose();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReadAwaitedAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        try
        {
            return await _tls.ReadAsync(destination, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Below<ReadException>(exception) ?? NetworkErrors.Read(PeerName, exception);
        }
    }

    private ValueTask<int> ReadBlocking(Memory<byte> destination, CancellationToken cancellationToken)
    {
        using var registration = OnCancel(cancellationToken);
        try
        {
            return new(_tls.Read(destination.Span));
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Below<ReadException>(exception) ?? NetworkErrors.Read(PeerName, exception);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WriteAwaitedAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await _tls.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Below<WriteException>(exception) ?? NetworkErrors.Write(PeerName, exception);
        }
    }

    private ValueTask WriteBlocking(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        using var registration = OnCancel(cancellationToken);
        try
        {
            _tls.Write(bytes.Span);
            return default;
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Below<WriteException>(exception) ?? NetworkErrors.Write(PeerName, exception);
        }
    }

    private static bool IsFailure(Exception exception) => exception is TransportException || NetworkErrors.IsNetwork(exception);

    // The platform wraps what the stream below it throws, which tells already what happened: the time-outs above all.
    private static TransportException? Below<T>(Exception exception)
        where T : NetworkException =>
        (exception as TransportException ?? exception.InnerException as TransportException) is { } below and (T or RequestTimeoutException)
            ? below
            : null;

    private void AuthenticateBlocking(SslClientAuthenticationOptions options, CancellationToken cancellationToken)
    {
        using var registration = OnCancel(cancellationToken);
        _tls.AuthenticateAsClient(options);
    }

    // The stream below is called without a token by the blocking face of the platform's TLS.
    private CancellationTokenRegistration OnCancel(CancellationToken cancellationToken) =>
        cancellationToken.CanBeCanceled
            ? cancellationToken.UnsafeRegister(static wire => ((Wire)wire!).Dispose(), _inner)
            : default;
}
