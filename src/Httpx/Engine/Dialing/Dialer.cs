using System.Net.Sockets;
using Httpx.Engine.Network;

namespace Httpx.Engine.Dialing;

/// <summary>A wire that is ready for requests, and what a forwarding proxy at its end has to be told with each of them.</summary>
/// <param name="Wire">The wire.</param>
/// <param name="Forward">The headers for a proxy that forwards requests; null where the origin itself reads them.</param>
internal readonly record struct Dialed(Wire Wire, Headers? Forward);

/// <summary>
/// Makes wires that are ready for requests: TCP or a Unix socket, through the proxy if there is one, then TLS where the origin wants it.
/// </summary>
/// <remarks>All of it is under one deadline, the limit for connecting. A wire that is not returned is closed.</remarks>
internal sealed class Dialer(Network.Network network, EngineOptions options)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);

    private readonly Headers? _proxyHeaders = options.Proxy is { IsSocks: false } proxy ? proxy.HeadersForProxy() : null;

    /// <summary>Connects to an origin.</summary>
    /// <exception cref="ConnectException">The name is unknown, nobody answers, or TLS cannot be agreed on.</exception>
    /// <exception cref="ConnectTimeoutException">It took longer than the limit.</exception>
    /// <exception cref="ProxyException">The proxy refused, or does not speak as one.</exception>
    internal async ValueTask<Dialed> DialAsync(Origin origin, TimeSpan? limit, CancellationToken cancellationToken)
    {
        var pause = TimeSpan.Zero;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await DialOnceAsync(origin, limit, cancellationToken).ConfigureAwait(false);
            }
            catch (TransportException exception)
                when (attempt < options.Retries && exception is ConnectException or ConnectTimeoutException)
            {
                // The pauses are HTTPX's: none, then 0.5 s, 1 s, 2 s, ...
                await network.PauseAsync(pause, cancellationToken).ConfigureAwait(false);
                pause = pause == TimeSpan.Zero ? FirstPause : pause * 2;
            }
        }
    }

    private async ValueTask<Dialed> DialOnceAsync(Origin origin, TimeSpan? limit, CancellationToken cancellationToken)
    {
        var deadline = Deadline.After(limit);
        var target = options.Proxy is { } proxy ? $"the proxy {proxy.Url}" : origin.ToString();
        Wire? wire = null;
        try
        {
            wire = await ConnectAsync(origin, deadline, cancellationToken).ConfigureAwait(false);
            wire.PeerName = target;
            wire.Deadline = deadline;
            if (options.Proxy is not null)
            {
                wire = await PassProxyAsync(wire, options.Proxy, origin, cancellationToken).ConfigureAwait(false);
                target = origin.ToString();
                wire.PeerName = target;
            }

            if (origin.IsSsl)
            {
                wire = await TlsWire.HandshakeAsync(wire, options.Tls, origin.Host, http2: false, cancellationToken).ConfigureAwait(false);
            }

            wire.Deadline = Deadline.Never;
            return new(wire, origin.IsSsl ? null : _proxyHeaders);
        }
        catch (RequestTimeoutException exception)
        {
            wire?.Dispose();
            throw NetworkErrors.ConnectTimeout(target, limit, exception);
        }
        catch (OperationCanceledException)
        {
            wire?.Dispose();
            cancellationToken.ThrowIfCancellationRequested(); // with the caller's own token, not one that was linked to it
            throw;
        }
        catch (SocketException exception)
        {
            wire?.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw NetworkErrors.Connect(target, exception);
        }
        catch
        {
            wire?.Dispose();
            throw;
        }
    }

    private ValueTask<Wire> ConnectAsync(Origin origin, Deadline deadline, CancellationToken cancellationToken)
    {
        if (options.UnixSocket is { } path)
        {
            return network.ConnectAsync(path, deadline, cancellationToken);
        }

        return options.Proxy is { } proxy
            ? network.ConnectAsync(proxy.Url.RawHost, proxy.Port, options.LocalAddress, deadline, cancellationToken)
            : network.ConnectAsync(origin.Host, origin.Port, options.LocalAddress, deadline, cancellationToken);
    }

    // From a wire to the proxy to one that leads to the origin, or to a proxy that forwards.
    private async ValueTask<Wire> PassProxyAsync(Wire wire, Proxy proxy, Origin origin, CancellationToken cancellationToken)
    {
        if (proxy.Url.IsSsl)
        {
            wire = await TlsWire.HandshakeAsync(wire, options.ProxyTls!, proxy.Url.RawHost, http2: false, cancellationToken)
                .ConfigureAwait(false);
        }

        try
        {
            if (proxy.IsSocks)
            {
                await SocksAsync(wire, proxy, origin, cancellationToken).ConfigureAwait(false);
            }
            else if (origin.IsSsl)
            {
                await ProxyTunnel.OpenAsync(wire, origin, _proxyHeaders!, cancellationToken).ConfigureAwait(false);
            }

            return wire;
        }
        catch
        {
            wire.Dispose();
            throw;
        }
    }

    private static async ValueTask SocksAsync(Wire wire, Proxy proxy, Origin origin, CancellationToken cancellationToken)
    {
        var handshake = new SocksHandshake(origin.Host, origin.Port, proxy.Credentials?.Username, proxy.Credentials?.Password);
        var (input, output) = (new ReadBuffer(), new WriteBuffer());
        handshake.Advance(input, output);
        while (!handshake.IsComplete)
        {
            if (output.Length > 0)
            {
                await wire.WriteAsync(output.Memory, cancellationToken).ConfigureAwait(false);
                output.Clear();
            }

            var count = await wire.ReadAsync(input.Room(), cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                throw new ProxyException($"{wire.PeerName} closed the connection in the SOCKS handshake.");
            }

            input.Received(count);
            handshake.Advance(input, output);
        }

        if (input.Length > 0)
        {
            throw new ProxyException($"{wire.PeerName} sent bytes of {origin} before anything was sent to it.");
        }
    }
}
