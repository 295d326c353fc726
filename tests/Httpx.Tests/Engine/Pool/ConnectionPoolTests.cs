using Httpx.Tests.Fixtures;
using static Httpx.Tests.Fixtures.WireStep;

namespace Httpx.Tests.Engine.Pool;

/// <summary>The pool over a scripted network: who gets which connection, and what becomes of those that were left.</summary>
public sealed class ConnectionPoolTests
{
    private const string Half = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel";
    private const string Hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

    [Theory]
    [BothFaces]
    public async Task A_caller_who_has_cancelled_costs_no_idle_connection(Face face)
    {
        var network = new ScriptedNetwork(face, [Until(), Half, "lo", Until(), Hello]);
        using var pool = network.Pool();
        var responses = new List<Response>();
        for (var i = 0; i < 3; i++)
        {
            responses.Add(await SendAsync(face, pool.SendAsync(Get(), default)));
        }

        foreach (var response in responses)
        {
            _ = face == Face.Blocking ? response.Read() : await response.ReadAsync();
        }

        pool.Counts.ShouldBe((3, 3, 0));
        using var caller = new CancellationTokenSource();
        await caller.CancelAsync();
        var thrown = await Should.ThrowAsync<OperationCanceledException>(() => SendAsync(face, pool.SendAsync(Get(), caller.Token)));
        thrown.CancellationToken.ShouldBe(caller.Token);
        pool.Counts.ShouldBe((3, 3, 0));
        network.OpenWires.ShouldBe(3);
    }

    [Theory]
    [BothFaces]
    public async Task A_request_goes_out_over_the_first_idle_connection_that_lives(Face face)
    {
        // The last to fall idle is the first to be tried: the third, then the second, of which both are dead.
        var network = new ScriptedNetwork(
            face, [Until(), Half, "lo", Until(), Hello], [Until(), Half, "lo", End], [Until(), Half, "lo", Cut]);
        using var pool = network.Pool();
        var responses = new List<Response>();
        for (var i = 0; i < 3; i++)
        {
            responses.Add(await SendAsync(face, pool.SendAsync(Get(), default)));
        }

        foreach (var response in responses)
        {
            _ = face == Face.Blocking ? response.Read() : await response.ReadAsync();
        }

        var last = await SendAsync(face, pool.SendAsync(new Request("POST", new Url("http://example.org/"), content: "x"), default));
        last.StatusCode.ShouldBe(200);
        network.Wires.Select(wire => wire.IsDisposed).ShouldBe([false, true, true]);
        pool.Counts.ShouldBe((1, 1, 0));
    }

    [Theory]
    [BothFaces]
    public async Task A_second_failure_in_a_row_is_told(Face face)
    {
        var network = new ScriptedNetwork(face, [Until(), Hello, Until(), End], [Until(), Cut]);
        using var pool = network.Pool();
        await SendAsync(face, pool.SendAsync(Get(), default));
        await Should.ThrowAsync<ReadException>(() => SendAsync(face, pool.SendAsync(Get(), default)));
        network.Wires.Count.ShouldBe(2);
        pool.Counts.ShouldBe((0, 0, 0));
    }

    [Theory]
    [BothFaces]
    public async Task A_closed_pool_refuses_and_leaves_nothing_open(Face face)
    {
        var network = new ScriptedNetwork(face, [Until(), Half, Hang], [Until(), Hello]);
        var pool = network.Pool();
        var held = await SendAsync(face, pool.SendAsync(Get(), default));
        await SendAsync(face, pool.SendAsync(Get(), default));
        pool.Dispose();
        pool.Dispose();
        network.OpenWires.ShouldBe(0);
        network.IsDisposed.ShouldBeTrue();
        await Should.ThrowAsync<ObjectDisposedException>(() => SendAsync(face, pool.SendAsync(Get(), default)));
        await Should.ThrowAsync<ReadException>(async () => _ = face == Face.Blocking ? held.Read() : await held.ReadAsync());
    }

    private static Request Get() => new("GET", new Url("http://example.org/"));

    private static async Task<Response> SendAsync(Face face, ValueTask<Response> sending) =>
        face == Face.Blocking ? Blocking.Result(sending) : await sending.AsTask().WaitAsync(ScriptedNetwork.Patience);
}
