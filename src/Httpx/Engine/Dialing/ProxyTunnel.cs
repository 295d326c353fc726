using System.Globalization;
using System.Net;
using System.Text;
using Httpx.Engine.Http1;
using Httpx.Engine.Network;

namespace Httpx.Engine.Dialing;

/// <summary>Asks an HTTP proxy for a tunnel to an origin: CONNECT (RFC 9110 9.3.6).</summary>
internal static class ProxyTunnel
{
    /// <summary>A proxy's answer has no business to be long: nobody but this method reads it.</summary>
    private const int MaxHead = 16 * 1024;

    /// <summary>Opens a tunnel over a wire that is connected to the proxy.</summary>
    /// <exception cref="ProxyException">The proxy refused, or did not answer as one.</exception>
    internal static async ValueTask OpenAsync(Wire wire, Origin origin, Headers headers, CancellationToken cancellationToken)
    {
        var output = new WriteBuffer();
        output.Write("CONNECT "u8);
        output.WriteAscii(origin.HostAndPort);
        output.Write(" HTTP/1.1\r\nHost: "u8);
        output.WriteAscii(origin.HostAndPort);
        output.Write("\r\n"u8);
        output.Write(headers.Block);
        output.Write("\r\n"u8);
        await wire.WriteAsync(output.Memory, cancellationToken).ConfigureAwait(false);

        var input = new ReadBuffer();
        var heads = new HeadReader();
        heads.Reset();
        try
        {
            var received = 0;
            while (true)
            {
                // To a tunnel every answer is one without body: what follows a success are the tunnel's bytes.
                while (heads.TryRead(input, toHead: true, out var head))
                {
                    if (head.StatusCode >= 200)
                    {
                        Check(head, input, wire, origin);
                        return;
                    }
                }

                var count = received < MaxHead ? await wire.ReadAsync(input.Room(), cancellationToken).ConfigureAwait(false) : 0;
                if (count == 0)
                {
                    throw new ProxyException(received < MaxHead
                        ? $"{wire.PeerName} closed the connection instead of opening a tunnel to {origin}."
                        : $"{wire.PeerName} answered with a head without end when asked for a tunnel to {origin}.");
                }

                received += count;
                input.Received(count);
            }
        }
        catch (RemoteProtocolException exception)
        {
            throw new ProxyException($"{wire.PeerName} does not answer as a proxy: {exception.Message}", inner: exception);
        }
    }

    private static void Check(in ResponseHead head, ReadBuffer input, Wire wire, Origin origin)
    {
        if (head.StatusCode is < 200 or > 299)
        {
            var reason = head.ReasonPhrase ?? Codes.GetReasonPhrase(head.StatusCode);
            throw new ProxyException(
                string.Create(
                    CultureInfo.InvariantCulture, $"{wire.PeerName} refused a tunnel to {origin}: {head.StatusCode} {Printable(reason)}")
                    .TrimEnd() + ".",
                (HttpStatusCode)head.StatusCode);
        }

        // In TLS the client speaks first: these bytes would be somebody else's than the origin's.
        if (input.Length > 0)
        {
            throw new ProxyException($"{wire.PeerName} sent bytes into the tunnel to {origin} before anything was sent through it.");
        }
    }

    private static string Printable(string reason)
    {
        var text = new StringBuilder();
        foreach (var c in reason.AsSpan(0, Math.Min(reason.Length, 100)))
        {
            text.Append(char.IsControl(c) ? '?' : c);
        }

        return text.ToString();
    }
}
