using System.Net;
using Httpx.Engine;
using Httpx.Engine.Network;
using Httpx.Engine.Pool;

namespace Httpx;

/// <summary>The network: HTTP/1.1 over TCP and TLS, on a pool of connections that all origins share. What a client uses by
/// default.</summary>
/// <remarks>
/// The blocking and the async face each have a pool of their own, with the same limits: connections of the one block their threads in
/// the kernel, those of the other never do. Most transports serve one client and so have one pool. See
/// <see href="https://www.python-httpx.org/advanced/transports/#http-transport"/>.
/// </remarks>
public sealed class HttpTransport : Transport
{
    private readonly Lock _gate = new();
    private readonly EngineOptions _options;
    private ConnectionPool? _blocking;
    private ConnectionPool? _async;
    private bool _isDisposed;

    /// <summary>Makes a transport. Connections are opened when requests need them.</summary>
    /// <param name="verify">Whom to trust; default the platform's roots.</param>
    /// <param name="cert">The certificate to show to servers that ask for one; default none.</param>
    /// <param name="http1">Whether to speak HTTP/1.1. Default true, and this version has no other protocol to fall back to.</param>
    /// <param name="http2">Whether HTTP/2 may be spoken where the server does. Default false. This version never chooses it.</param>
    /// <param name="limits">How many connections there may be; default 100, of which 20 are kept idle for 5 s.</param>
    /// <param name="proxy">The proxy for all requests; default none.</param>
    /// <param name="trustEnv">Whether SSL_CERT_FILE and SSL_CERT_DIR of the environment count. Default true.</param>
    /// <param name="uds">The path of a Unix domain socket that every request goes to, whatever its host. Default none.</param>
    /// <param name="localAddress">The address to connect from. Default any.</param>
    /// <param name="retries">How often a connection that could not be made is tried again, after 0, 0.5, 1, 2, ... seconds. Default
    /// 0.</param>
    /// <exception cref="ArgumentException">Retries are negative, or a certificate file cannot be used.</exception>
    /// <exception cref="NotSupportedException">HTTP/1.1 is switched off.</exception>
    /// <exception cref="FileNotFoundException">A certificate file is not there.</exception>
    public HttpTransport(
        Verify? verify = null,
        ClientCert? cert = null,
        bool http1 = true,
        bool http2 = false,
        Limits? limits = null,
        Proxy? proxy = null,
        bool trustEnv = true,
        string? uds = null,
        IPAddress? localAddress = null,
        int retries = 0)
    {
        if (!http1)
        {
            throw new NotSupportedException("This version speaks HTTP/1.1 only: http1 cannot be switched off.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(retries);
        _options = new EngineOptions
        {
            Limits = limits ?? new Limits(),
            Tls = new TlsOptions(verify, cert, trustEnv),
            Proxy = proxy,
            ProxyTls = proxy is { Url.IsSsl: true } ? new TlsOptions(proxy.Verify ?? verify, null, trustEnv) : null,
            UnixSocket = uds,
            LocalAddress = localAddress,
            Retries = retries,
        };
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The transport is closed.</exception>
    /// <exception cref="TransportException">The exchange failed; the type tells the phase.</exception>
    public override Response Send(Request request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Check(request);
        return Blocking.Result(Pool(ref _blocking, blocking: true).SendAsync(request, cancellationToken));
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The transport is closed.</exception>
    /// <exception cref="TransportException">The exchange failed; the type tells the phase.</exception>
    public override ValueTask<Response> SendAsync(Request request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Check(request);
        return Pool(ref _async, blocking: false).SendAsync(request, cancellationToken);
    }

    /// <summary>How many connections are open in both modes, and how many of them idle; for tests.</summary>
    internal (int Connections, int Idle, int Waiting) Counts
    {
        get
        {
            var (blocking, async) = (_blocking?.Counts ?? default, _async?.Counts ?? default);
            return (blocking.Connections + async.Connections, blocking.Idle + async.Idle, blocking.Waiting + async.Waiting);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        lock (_gate)
        {
            _isDisposed = true;
        }

        _blocking?.Dispose();
        _async?.Dispose();
        base.Dispose(disposing);
    }

    private static void Check(Request request)
    {
        var url = request.Url;
        if (url.SchemeSpan is not ("http" or "https"))
        {
            throw new UnsupportedProtocolException(
                url.SchemeSpan.IsEmpty
                    ? $"The url '{url.ToLogString()}' lacks its 'http://' or 'https://'."
                    : $"The url '{url.ToLogString()}' has a scheme that is not supported: http and https are.",
                request);
        }

        if (url.RawHostSpan.IsEmpty)
        {
            throw new UnsupportedProtocolException($"The url '{url.ToLogString()}' names no host.", request);
        }
    }

    private ConnectionPool Pool(ref ConnectionPool? pool, bool blocking)
    {
        if (Volatile.Read(ref pool) is { } there)
        {
            return there;
        }

        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return pool ??= new ConnectionPool(blocking ? new BlockingNetwork() : new AsyncNetwork(), _options);
        }
    }
}
