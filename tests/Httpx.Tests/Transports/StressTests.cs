using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Httpx.Tests.Fixtures;
using Httpx.TestServer;

namespace Httpx.Tests.Transports;

/// <summary>Many callers over few connections on real sockets, who read, give up and cancel at random.</summary>
public sealed class StressTests
{
    private const int Seed = 20_260_801;
    private const int Rounds = 80;
    private static readonly Timeouts Patient = new(20);

    // The one thing that must never happen: an answer to somebody else's request.
    [Fact]
    public async Task Nobody_gets_the_answer_of_another_and_nothing_stays_in_use()
    {
        await using var server = ScriptedServer.Start(ServeAsync);
        using var transport = new HttpTransport(limits: new Limits { MaxConnections = 4, MaxKeepaliveConnections = 3 });
        using var blocking = new Client(new ClientOptions { Transport = transport, Timeout = Patient });
        await using var async = new AsyncClient(new ClientOptions { Transport = transport, Timeout = Patient });
        var callers = new List<Task<int>>();
        for (var i = 0; i < 24; i++)
        {
            var random = new Random(Seed + i);
            callers.Add(Task.Run(() => CallAsync(async, server.Url, random, Rounds)));
        }

        for (var i = 0; i < 8; i++)
        {
            var random = new Random(Seed - i - 1);
            callers.Add(Caller.OnOwnThread(() => Call(blocking, server.Url, random, Rounds)));
        }

        var read = (await Task.WhenAll(callers).WaitAsync(ScriptedNetwork.Patience * 2)).Sum();
        read.ShouldBeGreaterThan(32 * Rounds / 3, "Most of the answers should have been read.");
        var (connections, idle, waiting) = transport.Counts;
        (connections - idle, waiting).ShouldBe((0, 0));
        idle.ShouldBeLessThanOrEqualTo(6);

        // Both pools can still be used to their limit.
        var last = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => async.GetAsync($"{server.Url}/{n}")));
        last.Select(response => response.Text).ShouldBe(Enumerable.Range(0, 20).Select(Answer));
        (await Caller.OnOwnThread(() => blocking.Get($"{server.Url}/7"))).Text.ShouldBe(Answer(7));
    }

    // How many answers were read.
    private static async Task<int> CallAsync(AsyncClient client, string url, Random random, int count)
    {
        var read = 0;
        for (var i = 0; i < count; i++)
        {
            var n = random.Next(2000);
            using var cancellation = new CancellationTokenSource();
            try
            {
                switch (random.Next(8))
                {
                    case 0: // in the wait for a connection, the exchange, or the body
                        cancellation.CancelAfter(random.Next(4));
                        (await client.GetAsync($"{url}/{n}", cancellationToken: cancellation.Token)).Text.ShouldBe(Answer(n));
                        break;

                    case 1: // the body unread
                        await using (await client.StreamAsync("GET", $"{url}/{n}"))
                        {
                        }

                        continue;

                    case 2: // the body half read
                        await using (var half = await client.StreamAsync("GET", $"{url}/{n}"))
                        {
                            await foreach (var block in half.IterRawAsync())
                            {
                                Answer(n).ShouldStartWith(Encoding.ASCII.GetString(block.Span));
                                break;
                            }
                        }

                        continue;

                    case 3: // cancelled in the body
                        await using (var cut = await client.StreamAsync("GET", $"{url}/{n}", cancellationToken: cancellation.Token))
                        {
                            cancellation.CancelAfter(random.Next(2));
                            await cut.ReadAsync(cancellation.Token);
                            cut.Text.ShouldBe(Answer(n));
                        }

                        break;

                    default:
                        (await client.GetAsync($"{url}/{n}")).Text.ShouldBe(Answer(n));
                        break;
                }

                read++;
            }
            catch (OperationCanceledException exception)
            {
                exception.CancellationToken.ShouldBe(cancellation.Token);
            }
        }

        return read;
    }

    private static int Call(Client client, string url, Random random, int count)
    {
        var read = 0;
        for (var i = 0; i < count; i++)
        {
            var n = random.Next(2000);
            using var cancellation = new CancellationTokenSource();
            try
            {
                switch (random.Next(8))
                {
                    case 0:
                        cancellation.CancelAfter(random.Next(4));
                        client.Get($"{url}/{n}", cancellationToken: cancellation.Token).Text.ShouldBe(Answer(n));
                        break;

                    case 1:
                        client.Stream("GET", $"{url}/{n}").Dispose();
                        continue;

                    case 2:
                        using (var half = client.Stream("GET", $"{url}/{n}"))
                        {
                            foreach (var block in half.IterRaw())
                            {
                                Answer(n).ShouldStartWith(Encoding.ASCII.GetString(block.Span));
                                break;
                            }
                        }

                        continue;

                    default:
                        client.Get($"{url}/{n}").Text.ShouldBe(Answer(n));
                        break;
                }

                read++;
            }
            catch (OperationCanceledException exception)
            {
                exception.CancellationToken.ShouldBe(cancellation.Token);
            }
        }

        return read;
    }

    private static string Answer(int n) => string.Concat(Enumerable.Repeat(n.ToString(CultureInfo.InvariantCulture) + ";", 1 + n));

    // Framed in different ways, sometimes in pieces; now and then the connection ends after the answer, announced or not.
    private static async Task ServeAsync(ScriptedConnection connection)
    {
        try
        {
            while (await connection.TryReadRequestAsync() is { } request)
            {
                var n = int.Parse(request.Target.AsSpan(1), CultureInfo.InvariantCulture);
                var answer = Answer(n);
                var head = "HTTP/1.1 200 OK\r\n" + (n % 11 == 0 ? "Connection: close\r\n" : "");
                switch (n % 3)
                {
                    case 0:
                        await connection.SendAsync($"{head}Content-Length: {answer.Length}\r\n\r\n{answer}");
                        break;

                    case 1:
                        await connection.SendAsync($"{head}Content-Length: {answer.Length}\r\n\r\n");
                        await connection.SendInPiecesAsync(answer, 1 + (answer.Length / 3));
                        break;

                    default:
                        var half = answer.Length / 2;
                        await connection.SendAsync($"{head}Transfer-Encoding: chunked\r\n\r\n{half:x}\r\n{answer[..half]}\r\n");
                        await connection.SendAsync($"{answer.Length - half:x}\r\n{answer[half..]}\r\n0\r\n\r\n");
                        break;
                }

                if (n % 11 == 0 || n % 13 == 0)
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ScriptException)
        {
            // The client has cut the connection, as it may.
        }
    }
}
