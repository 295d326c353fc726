using System.Net;
using System.Net.Sockets;

namespace Httpx.Engine.Network;

/// <summary>Connections and waits that are awaited.</summary>
internal sealed class AsyncNetwork : Network
{
    private readonly Watch _watch = new();

    internal override async ValueTask<Wire> ConnectAsync(
        string host, int port, IPAddress? local, Deadline deadline, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(deadline.Remaining);
        try
        {
            if (IPAddress.TryParse(host, out var address))
            {
                return await ConnectAsync(new IPEndPoint(address, port), local, limit.Token).ConfigureAwait(false);
            }

            var addresses = await LookUpAsync(host, limit.Token).ConfigureAwait(false);
            Exception? failure = null;
            foreach (var candidate in addresses)
            {
                if (!Fits(candidate, local))
                {
                    continue;
                }

                try
                {
                    return await ConnectAsync(new IPEndPoint(candidate, port), local, limit.Token).ConfigureAwait(false);
                }
                catch (SocketException exception)
                {
                    failure ??= exception;
                }
            }

            throw failure ?? NetworkErrors.UnknownHost(host, null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ConnectTimeoutException("The deadline for connecting has passed.");
        }
    }

    internal override async ValueTask<Wire> ConnectAsync(string path, Deadline deadline, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(deadline.Remaining);
        try
        {
            return await ConnectAsync(new UnixDomainSocketEndPoint(path), null, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ConnectTimeoutException("The deadline for connecting has passed.");
        }
    }

    public override void Dispose() => _watch.Dispose();

    internal override Signal NewSignal() => new AsyncSignal();

    internal override async ValueTask PauseAsync(TimeSpan time, CancellationToken cancellationToken) =>
        await Task.Delay(time, cancellationToken).ConfigureAwait(false);

    private static async ValueTask<IPAddress[]> LookUpAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException exception)
        {
            throw NetworkErrors.UnknownHost(host, exception);
        }
    }

    private async ValueTask<Wire> ConnectAsync(EndPoint target, IPAddress? local, CancellationToken cancellationToken)
    {
        var socket = NewSocket(target, local);
        try
        {
            await socket.ConnectAsync(target, cancellationToken).ConfigureAwait(false);
            return new AsyncWire(socket, _watch);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
