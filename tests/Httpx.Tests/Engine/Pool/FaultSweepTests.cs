using System.Globalization;
using System.Text;
using Httpx.Engine.Pool;
using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Engine.Pool;

/// <summary>
/// Every operation of an exchange fails, runs out of time, and is cancelled, one at a time: each time the caller learns of it by the error
/// of its phase, nothing stays in use, nothing stays open, and the next request works.
/// </summary>
public sealed class FaultSweepTests
{
    private static readonly Url Url = new("http://example.org/path");

    [Theory]
    [BothFaces]
    public Task A_request_on_a_new_connection(Face face) => SweepAsync(new Scenario(face, run => run.GetAsync()));

    [Theory]
    [BothFaces]
    public Task A_request_on_a_connection_that_is_used_again(Face face) => SweepAsync(new Scenario(face, async run =>
    {
        await run.GetAsync();
        await run.GetAsync();
    })
    {
        MaySucceed = true,
    });

    [Theory]
    [BothFaces]
    public Task A_body_sent_piece_by_piece(Face face) => SweepAsync(new Scenario(face, async run =>
    {
        var pieces = RequestContent.From(new[] { "one", "two", "three" }.Select(Encoding.ASCII.GetBytes));
        var response = await run.SendAsync(new Request("POST", Url, content: pieces));
        (await run.ReadAsync(response)).ShouldBe("POST /path");
    })
    {
        IsDuplex = face == Face.Async,
    });

    [Theory]
    [BothFaces]
    public Task A_body_received_chunk_by_chunk(Face face) => SweepAsync(new Scenario(face, async run =>
    {
        var response = await run.SendAsync(new Request("GET", new Url("http://example.org/chunked")));
        (await run.ReadAsync(response)).ShouldBe("GET /chunked");
    }));

    [Theory]
    [BothFaces]
    public Task A_request_that_waits_for_the_only_connection(Face face) => SweepAsync(new Scenario(face, async run =>
    {
        var first = await run.SendAsync(new Request("GET", new Url("http://example.org/chunked")));
        var second = run.GetAsync();
        while (run.Pool.Counts.Waiting == 0 && !second.IsCompleted)
        {
            await Task.Yield();
        }

        // The second must not be left alone where the first fails.
        var reading = run.ReadAsync(first);
        await Task.WhenAll(reading, second);
        (await reading).ShouldBe("GET /chunked");
    })
    {
        Connections = 1,
        MaySucceed = true,
    });

    [Theory]
    [BothFaces]
    public Task A_request_that_waits_for_a_connection_to_another_origin_to_go(Face face) => SweepAsync(new Scenario(face, async run =>
    {
        var first = await run.SendAsync(new Request("GET", new Url("http://other.example/chunked")));
        var second = run.GetAsync();
        while (run.Pool.Counts.Waiting == 0 && !second.IsCompleted)
        {
            await Task.Yield();
        }

        var reading = run.ReadAsync(first);
        await Task.WhenAll(reading, second);
    })
    {
        Connections = 1,
    });

    [Theory]
    [BothFaces]
    public Task A_request_through_a_SOCKS_proxy(Face face) => SweepAsync(new Scenario(face, run => run.GetAsync())
    {
        Proxy = new Proxy("socks5://user:password@proxy.example"),
        Opening =
        [
            WireStep.Until("\x05\x02\x00\x02"), "\x05\x02",
            WireStep.Until("\x01\x04user\x08password"), "\x01\x00",
            WireStep.Until("\x03\x0b" + "example.org\0P"), "\x05\x00\x00\x01", "\x7f\x00\x00\x01\x00\x50",
        ],
    });

    // The peer behind the tunnel speaks no TLS: without any fault too the request fails to connect.
    [Theory]
    [BothFaces]
    public Task A_request_through_a_tunnel(Face face) => SweepAsync(
        new Scenario(face, run => run.SendAsync(new Request("GET", new Url("https://example.org/"))))
        {
            Proxy = new Proxy("http://proxy.example:8080"),
            FailsAnyway = "secure connection",
            Next = new Url("http://example.org/next"),
        });

    private static async Task SweepAsync(Scenario scenario)
    {
        var count = await RunAsync(scenario, Fault.None, 0, false);
        count.ShouldBeGreaterThan(2);
        foreach (var fault in new[] { Fault.Failure, Fault.TimeOut, Fault.Cancellation, Fault.LateCancellation })
        {
            for (var at = 1; at <= count; at++)
            {
                await RunAsync(scenario, fault, at, false);
                if (scenario.Face == Face.Async)
                {
                    await RunAsync(scenario, fault, at, true);
                }
            }
        }
    }

    // The number of operations.
    private static async Task<int> RunAsync(Scenario scenario, Fault fault, int at, bool yields)
    {
        using var caller = new CancellationTokenSource();
        var faults = new FaultPlan(fault, at, caller);
        var network = new ScriptedNetwork(scenario.Face, [.. scenario.Opening, WireStep.Serving(Answer)]) { Faults = faults, Yields = yields };
        using var pool = network.Pool(scenario.Connections, scenario.Proxy);
        var run = new Run(scenario.Face, pool, caller.Token);
        var label = string.Create(CultureInfo.InvariantCulture, $"{fault} at operation {at}, yields: {yields}");
        Exception? error = null;
        try
        {
            await scenario.Steps(run);
        }
        catch (Exception exception) when (exception is not ShouldAssertException)
        {
            error = exception;
        }

        await run.EverythingAsync();
        var count = faults.Count;
        CheckError(scenario, fault, faults.Struck, error, label, caller.Token);
        var (connections, idle, waiting) = pool.Counts;
        (connections - idle, waiting).ShouldBe((0, 0), label);
        network.OpenWires.ShouldBeLessThanOrEqualTo(idle, label);
        if (fault != Fault.LateCancellation)
        {
            network.OpenWires.ShouldBe(idle, label);
        }

        var next = new Run(scenario.Face, pool, default);
        await next.GetAsync(scenario.Next);
        pool.Dispose();
        network.OpenWires.ShouldBe(0, label);
        return count;
    }

    private static void CheckError(
        Scenario scenario, Fault fault, FaultPhase? struck, Exception? error, string label, CancellationToken caller)
    {
        if (error is null)
        {
            scenario.FailsAnyway.ShouldBeNull(label);
            (fault is Fault.None or Fault.LateCancellation || scenario.MaySucceed || struck is null).ShouldBeTrue(label);
            return;
        }

        if (scenario.FailsAnyway is { } reason && error is ConnectException && error.Message.Contains(reason, StringComparison.Ordinal))
        {
            return;
        }

        Type expected;
        switch (fault)
        {
            case Fault.Cancellation or Fault.LateCancellation:
                error.ShouldBeAssignableTo<OperationCanceledException>(label)!.CancellationToken.ShouldBe(caller, label);
                return;

            case Fault.TimeOut when scenario.Proxy is not null && struck != FaultPhase.Wait:
                // With a proxy most operations belong to connecting; those of the exchange itself come last.
                error.ShouldBeAssignableTo<RequestTimeoutException>(label);
                return;

            case Fault.TimeOut:
                expected = struck switch
                {
                    FaultPhase.Connect => typeof(ConnectTimeoutException),
                    FaultPhase.Read => typeof(ReadTimeoutException),
                    FaultPhase.Write => typeof(WriteTimeoutException),
                    _ => typeof(PoolTimeoutException),
                };
                break;

            default:
                expected = struck switch
                {
                    FaultPhase.Connect => typeof(ConnectException),
                    FaultPhase.Read => typeof(ReadException),
                    FaultPhase.Write => typeof(WriteException),
                    _ => typeof(PoolTimeoutException),
                };
                break;
        }

        if (scenario.IsDuplex && error is WriteException)
        {
            return; // the connection was lost to both directions
        }

        error.ShouldBeOfType(expected, label);
    }

    // A server that says back what it was asked for: chunk by chunk, or all at once.
    private static WireStep[]? Answer(string text)
    {
        if (text.StartsWith('\x16'))
        {
            return ["HTTP/1.1 400 Bad Request\r\n\r\n", WireStep.End];
        }

        var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (head < 0 || (text.Contains("chunked\r\n", StringComparison.Ordinal) && !text.EndsWith("0\r\n\r\n", StringComparison.Ordinal)))
        {
            return null;
        }

        var words = text.Split(' ');
        var echo = words[0] + ' ' + (Uri.TryCreate(words[1], UriKind.Absolute, out var whole) ? whole.PathAndQuery : words[1]);
        return words switch
        {
            ["CONNECT", ..] => ["HTTP/1.1 200 ", "OK\r\n\r\n"],
            [_, "/chunked", ..] =>
            [
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                $"{echo.Length:x}\r\n{echo[..5]}",
                echo[5..] + "\r\n",
                "0\r\n\r\n",
            ],
            _ => [$"HTTP/1.1 200 OK\r\nContent-Length: {echo.Length}\r\n\r\n{echo[..3]}", echo[3..]],
        };
    }

    /// <summary>What is done under the faults.</summary>
    private sealed record Scenario(Face Face, Func<Run, Task> Steps)
    {
        public int? Connections { get; init; }

        public Proxy? Proxy { get; init; }

        /// <summary>What the peer does before it serves.</summary>
        public WireStep[] Opening { get; init; } = [];

        /// <summary>Whether a fault may go unnoticed: a request on a connection that died can be sent again on another.</summary>
        public bool MaySucceed { get; init; }

        /// <summary>Whether a read is under way while the request is written.</summary>
        public bool IsDuplex { get; init; }

        /// <summary>What an error says that comes without any fault.</summary>
        public string? FailsAnyway { get; init; }

        /// <summary>What is asked for in the end.</summary>
        public Url Next { get; init; } = Url;
    }

    /// <summary>The steps of a scenario, by one face: each blocking one on a thread of its own.</summary>
    private sealed class Run(Face face, ConnectionPool pool, CancellationToken cancellationToken)
    {
        private readonly List<Task> _all = [];

        public ConnectionPool Pool => pool;

        public Task<Response> SendAsync(Request request) => Noted(
            face == Face.Blocking
                ? Caller.OnOwnThread(() => Blocking.Result(pool.SendAsync(request, cancellationToken)))
                : pool.SendAsync(request, cancellationToken).AsTask());

        public Task<string> ReadAsync(Response response) => Noted(TextAsync(response));

        public Task<string> GetAsync(Url? url = null) => Noted(GetTextAsync(url ?? Url));

        /// <summary>Waits for what was begun and not waited for, whatever comes of it.</summary>
        public async Task EverythingAsync()
        {
            foreach (var task in _all)
            {
                await task.WaitAsync(ScriptedNetwork.Patience).ContinueWith(static _ => { }, TaskScheduler.Default);
                task.IsCompleted.ShouldBeTrue("An exchange did not end.");
            }
        }

        private async Task<string> TextAsync(Response response)
        {
            var bytes = face == Face.Blocking
                ? await Caller.OnOwnThread(() => response.Read(cancellationToken))
                : await response.ReadAsync(cancellationToken);
            return Encoding.Latin1.GetString(bytes.Span);
        }

        private async Task<string> GetTextAsync(Url url)
        {
            var text = await TextAsync(await SendAsync(new Request("GET", url)));
            text.ShouldBe("GET " + url.FullPath);
            return text;
        }

        private Task<T> Noted<T>(Task<T> task)
        {
            lock (_all)
            {
                _all.Add(task);
            }

            return task;
        }
    }
}
