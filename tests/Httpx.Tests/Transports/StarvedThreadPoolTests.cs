using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Httpx.Tests.Transports;

/// <summary>The blocking face needs no thread of the pool. Runs alone, because it takes the pool away from everybody.</summary>
[Collection(nameof(StarvedThreadPoolTests))]
[CollectionDefinition(nameof(StarvedThreadPoolTests), DisableParallelization = true)]
public sealed class StarvedThreadPoolTests
{
    private const int Callers = 64;
    private const int RequestsEach = 20;

    [Fact]
    public void Sixty_four_blocking_callers_neither_deadlock_nor_starve_with_eight_threads_in_the_pool()
    {
        ThreadPool.GetMaxThreads(out var workers, out var ports);
        ThreadPool.GetMinThreads(out var least, out var leastPorts);
        using var server = new ThreadedServer();

        // Never disposed of: those waits that found no thread begin only when the test is over.
        var release = new ManualResetEventSlim();
        ThreadPool.SetMinThreads(2, leastPorts).ShouldBeTrue();
        ThreadPool.SetMaxThreads(8, ports).ShouldBeTrue();
        try
        {
            // Not one thread of the pool is left: whatever needs one stands still.
            for (var i = 0; i < 16; i++)
            {
                ThreadPool.UnsafeQueueUserWorkItem(_ => release.Wait(), null);
            }

            SpinWait.SpinUntil(IsPoolExhausted, TimeSpan.FromSeconds(30)).ShouldBeTrue();
            var answers = 0;
            Exception? failure = null;
            using var client = new Client(new() { TrustEnv = false, Limits = new() { MaxConnections = 10 }, Timeout = 30 });
            var threads = new Thread[Callers];
            for (var i = 0; i < Callers; i++)
            {
                threads[i] = new Thread(() =>
                {
                    try
                    {
                        for (var n = 0; n < RequestsEach; n++)
                        {
                            // A name and not an address, so that the look-up is covered too.
                            client.Get($"http://localhost:{server.Port}/").Text.ShouldBe("hello");
                            Interlocked.Increment(ref answers);
                        }
                    }
                    catch (Exception exception) when (exception is HttpxException or ShouldAssertException or InvalidOperationException)
                    {
                        failure = exception;
                    }
                });
                threads[i].Start();
            }

            foreach (var thread in threads)
            {
                thread.Join(TimeSpan.FromSeconds(60)).ShouldBeTrue("A blocking caller hangs.");
            }

            failure.ShouldBeNull();
            answers.ShouldBe(Callers * RequestsEach);
        }
        finally
        {
            release.Set();
            ThreadPool.SetMaxThreads(workers, ports);
            ThreadPool.SetMinThreads(least, leastPorts);
        }
    }

    private static bool IsPoolExhausted()
    {
        ThreadPool.GetAvailableThreads(out var free, out _);
        return free == 0;
    }

    /// <summary>A server that needs no pool either: a thread for each connection.</summary>
    private sealed class ThreadedServer : IDisposable
    {
        private static readonly byte[] Answer = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");

        private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        public ThreadedServer()
        {
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listener.Listen(100);
            new Thread(Accept) { IsBackground = true }.Start();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

        public void Dispose() => _listener.Dispose();

        private void Accept()
        {
            try
            {
                while (true)
                {
                    var socket = _listener.Accept();
                    new Thread(() => Serve(socket)) { IsBackground = true }.Start();
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        private static void Serve(Socket socket)
        {
            using (socket)
            {
                var buffer = new byte[4096];
                var length = 0;
                try
                {
                    while (socket.Receive(buffer, length, buffer.Length - length, SocketFlags.None) is var count and > 0)
                    {
                        length += count;
                        if (buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
                        {
                            length = 0;
                            socket.Send(Answer);
                        }
                    }
                }
                catch (SocketException)
                {
                    // The client went away.
                }
            }
        }
    }
}
