using System.Net;
using System.Net.Sockets;
using System.Text;
using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Transports;

/// <summary>Tests that measure the memory of the whole process: nothing else may run beside them.</summary>
[CollectionDefinition(nameof(MeasuredMemory), DisableParallelization = true)]
public sealed class MeasuredMemory;

/// <summary>Bodies of any size go through in little memory.</summary>
[Collection(nameof(MeasuredMemory))]
public sealed class StreamedSizeTests
{
    private const int Block = 64 * 1024;
    private const long Size = 1L << 30; // 1 GiB
    private const long MostLive = 8 * 1024 * 1024;
    private const int Samples = 4;

    [Theory]
    [BothFaces(false)]
    [BothFaces(true)]
    public async Task A_large_body_is_sent_in_little_memory(Face face, bool isChunked)
    {
        using var listener = Listen();
        var received = Caller.OnOwnThread(() => TakeUpload(listener, isChunked));
        await using var caller = new Caller(face, new ClientOptions { Transport = new HttpTransport() });
        var live = new LiveMemory();
        Headers? headers = isChunked ? null : new() { ["Content-Length"] = "1073741824" };
        var response = await caller.RequestAsync("POST", Url(listener), RequestContent.From(Produce(live)), headers: headers);
        response.StatusCode.ShouldBe(200);
        (await received).ShouldBe(Size);
        live.Growth.ShouldBeLessThan(MostLive);
    }

    [Theory]
    [BothFaces(false)]
    [BothFaces(true)]
    public async Task A_large_body_is_received_in_little_memory(Face face, bool isChunked)
    {
        using var listener = Listen();
        var sent = Caller.OnOwnThread(() => GiveDownload(listener, isChunked));
        await using var caller = new Caller(face, new ClientOptions { Transport = new HttpTransport() });
        var live = new LiveMemory();
        var response = await caller.StreamAsync("GET", Url(listener));
        var total = 0L;
        if (face == Face.Blocking)
        {
            await Caller.OnOwnThread(() =>
            {
                foreach (var block in response.IterBytes())
                {
                    total = live.Pass(total, block.Length);
                }

                return true;
            });
        }
        else
        {
            await foreach (var block in response.IterBytesAsync())
            {
                total = live.Pass(total, block.Length);
            }
        }

        total.ShouldBe(Size);
        (await sent).ShouldBeTrue();
        live.Growth.ShouldBeLessThan(MostLive);
    }

    private static IEnumerable<byte[]> Produce(LiveMemory live)
    {
        for (var total = 0L; total < Size; total = live.Pass(total, Block))
        {
            yield return new byte[Block];
        }
    }

    private static Socket Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        return listener;
    }

    private static string Url(Socket listener) => $"http://{listener.LocalEndPoint}/";

    // The peer keeps nothing: what it takes is counted by the data alone, of which every byte is zero.
    private static long TakeUpload(Socket listener, bool isChunked)
    {
        using var socket = listener.Accept();
        socket.ReceiveTimeout = (int)ScriptedNetwork.Patience.TotalMilliseconds;
        var buffer = new byte[Block];
        ReadHead(socket);
        var total = 0L;
        var tail = "";
        while (total < Size || (isChunked && !tail.EndsWith("0\r\n\r\n", StringComparison.Ordinal)))
        {
            var count = socket.Receive(buffer);
            if (count == 0)
            {
                break;
            }

            total += buffer.AsSpan(0, count).Count((byte)0);
            var newest = Math.Min(5, count);
            tail = tail[Math.Max(0, tail.Length + newest - 5)..] + Encoding.Latin1.GetString(buffer, count - newest, newest);
        }

        socket.Send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8);
        return total;
    }

    private static bool GiveDownload(Socket listener, bool isChunked)
    {
        using var socket = listener.Accept();
        socket.SendTimeout = (int)ScriptedNetwork.Patience.TotalMilliseconds;
        ReadHead(socket);
        socket.Send(isChunked
            ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8
            : "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n"u8);
        byte[] piece = isChunked ? [.. "10000\r\n"u8, .. new byte[Block], .. "\r\n"u8] : new byte[Block];
        for (var total = 0L; total < Size; total += Block)
        {
            socket.Send(piece);
        }

        if (isChunked)
        {
            socket.Send("0\r\n\r\n"u8);
        }

        return true;
    }

    private static void ReadHead(Socket socket)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && socket.Receive(one) == 1)
        {
            head.Append((char)one[0]);
        }
    }

    /// <summary>Looks, a few times on the way, at how much more memory is alive than at the beginning.</summary>
    private sealed class LiveMemory
    {
        private readonly long _before = GC.GetTotalMemory(forceFullCollection: true);

        /// <summary>The most that was seen.</summary>
        public long Growth { get; private set; }

        public long Pass(long total, int count)
        {
            if ((total + count) / (Size / Samples) != total / (Size / Samples))
            {
                Growth = Math.Max(Growth, GC.GetTotalMemory(forceFullCollection: true) - _before);
            }

            return total + count;
        }
    }
}
