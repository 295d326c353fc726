using System.Net;
using System.Net.Sockets;

namespace Httpx.Engine.Network;

/// <summary>Where connections and waiting come from, in one of the two modes: everything above is written once.</summary>
internal abstract class Network : IDisposable
{
    /// <summary>Connects to a host by TCP.</summary>
    /// <param name="host">A name or an address, without brackets.</param>
    /// <param name="port">The port.</param>
    /// <param name="local">The address to connect from; null for any.</param>
    /// <param name="deadline">When to give up.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ConnectException">The name is unknown, or no address can be reached.</exception>
    /// <exception cref="ConnectTimeoutException">The deadline passed.</exception>
    internal abstract ValueTask<Wire> ConnectAsync(
        string host, int port, IPAddress? local, Deadline deadline, CancellationToken cancellationToken);

    /// <summary>Connects to a Unix domain socket.</summary>
    internal abstract ValueTask<Wire> ConnectAsync(string path, Deadline deadline, CancellationToken cancellationToken);

    /// <summary>Something to wait for, once.</summary>
    internal abstract Signal NewSignal();

    /// <summary>Lets time pass between two attempts.</summary>
    internal abstract ValueTask PauseAsync(TimeSpan time, CancellationToken cancellationToken);

    /// <summary>Lets go of what serves all connections; the connections are closed before.</summary>
    public abstract void Dispose();

    /// <summary>A socket as this library wants it: small writes leave at once.</summary>
    private protected static Socket NewSocket(EndPoint target, IPAddress? local)
    {
        var isUnix = target is UnixDomainSocketEndPoint;
        var socket = new Socket(target.AddressFamily, SocketType.Stream, isUnix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            if (!isUnix)
            {
                socket.NoDelay = true;
            }

            if (local is not null)
            {
                socket.Bind(new IPEndPoint(local, 0));
            }

            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whether an address can be reached from the local one at all: families must agree.</summary>
    private protected static bool Fits(IPAddress address, IPAddress? local) =>
        local is null || local.AddressFamily == address.AddressFamily;
}
