using System.Net.Sockets;
using Httpx.Engine.Network;

namespace Httpx.Engine.Dialing;

/// <summary>Makes wires that are ready for requests: TCP or a Unix socket, then TLS where the origin wants it.</summary>
/// <remarks>All of it is under one deadline, the limit for connecting. A wire that is not returned is closed.</remarks>
internal sealed class Dialer(Network.Network network, EngineOptions options)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);

    /// <summary>Connects to an origin.</summary>
    /// <exception cref="ConnectException">The name is unknown, nobody answers, or TLS cannot be agreed on.</exception>
    /// <exception cref="ConnectTimeoutException">It took longer than the limit.</exception>
    internal async ValueTask<Wire> DialAsync(Origin origin, TimeSpan? limit, CancellationToken cancellationToken)
    {
        var pause = TimeSpan.Zero;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await DialOnceAsync(origin, limit, cancellationToken).ConfigureAwait(false);
            }
            catch (TransportException exception) when (attempt < options.Retries && exception is ConnectException or ConnectTimeoutException)
            {
                // The pauses are HTTPX's: none, then 0.5 s, 1 s, 2 s, ...
                await network.PauseAsync(pause, cancellationToken).ConfigureAwait(false);
                pause = pause == TimeSpan.Zero ? FirstPause : pause * 2;
            }
        }
    }

    private async ValueTask<Wire> DialOnceAsync(Origin origin, TimeSpan? limit, CancellationToken cancellationToken)
    {
        var deadline = Deadline.After(limit);
        Wire? wire = null;
        try
        {
            wire = await ConnectAsync(origin, deadline, cancellationToken).ConfigureAwait(false);
            wire.PeerName = origin.ToString();
            if (origin.IsSsl)
            {
                wire.Deadline = deadline;
                wire = await TlsWire.HandshakeAsync(wire, options.Tls, origin.Host, http2: false, cancellationToken).ConfigureAwait(false);
                wire.Deadline = Deadline.Never;
            }

            return wire;
        }
        catch (RequestTimeoutException exception)
        {
            wire?.Dispose();
            throw NetworkErrors.ConnectTimeout(origin.ToString(), limit, exception);
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
            throw NetworkErrors.Connect(origin.ToString(), exception);
        }
        catch
        {
            wire?.Dispose();
            throw;
        }
    }

    private ValueTask<Wire> ConnectAsync(Origin origin, Deadline deadline, CancellationToken cancellationToken) =>
        options.UnixSocket is { } path
            ? network.ConnectAsync(path, deadline, cancellationToken)
            : network.ConnectAsync(origin.Host, origin.Port, options.LocalAddress, deadline, cancellationToken);
}
