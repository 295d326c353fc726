using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Httpx.Bench.EndToEnd;

/// <summary>The floor: the same bytes on the wire with nothing around them.</summary>
internal sealed class BareAsync(string url) : AsyncContender
{
    protected override async Task<long> LoopAsync(TimeUp time)
    {
        using var socket = Bare.Connect(url);
        ReadOnlyMemory<byte> request = Bare.Request(url);
        Memory<byte> buffer = new byte[4096];
        long count = 0;
        for (; !time.IsUp; count++)
        {
            await socket.SendAsync(request);
            int read = 0, body;
            do
            {
                read += await socket.ReceiveAsync(buffer[read..]);
                body = Bare.BodyOf(buffer.Span[..read]);
            }
            while (body == 0);
            Check(body);
        }

        return count;
    }
}

/// <inheritdoc cref="BareAsync"/>
internal sealed class BareBlocking(string url) : BlockingContender
{
    protected override long Loop(TimeUp time)
    {
        using var socket = Bare.Connect(url);
        var request = Bare.Request(url);
        var buffer = new byte[4096];
        long count = 0;
        for (; !time.IsUp; count++)
        {
            socket.Send(request);
            int read = 0, body;
            do
            {
                read += socket.Receive(buffer.AsSpan(read));
                body = Bare.BodyOf(buffer.AsSpan(0, read));
            }
            while (body == 0);
            Check(body);
        }

        return count;
    }
}

internal static class Bare
{
    public static byte[] Request(string url) => Encoding.ASCII.GetBytes(
        $"GET / HTTP/1.1\r\nHost: {new Uri(url).Authority}\r\nAccept: */*\r\nAccept-Encoding: gzip, deflate, br\r\n"
        + "Connection: keep-alive\r\nUser-Agent: bare-socket\r\n\r\n");

    public static Socket Connect(string url)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPEndPoint.Parse(new Uri(url).Authority));
        return socket;
    }

    /// <summary>The length of the body as soon as its first bytes are there, which are all where the response is small; else 0.</summary>
    public static int BodyOf(ReadOnlySpan<byte> response)
    {
        var end = response.IndexOf("\r\n\r\n"u8);
        return end < 0 ? 0 : response.Length - end - 4;
    }
}
