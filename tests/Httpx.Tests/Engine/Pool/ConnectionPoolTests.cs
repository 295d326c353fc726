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

    // A place in the line may bring a connection that somebody else has used, and that dies as well: it is given up for a new one.
    [Theory]
    [BothFaces]
    public async Task The_second_try_is_on_a_new_connection_even_where_it_had_to_wait_for_one(Face face)
    {
        var network = new ScriptedNetwork(face, [Until(), Hello], [Until(), Half], [Until(), Hello]);
        using var pool = network.Pool(connections: 1);
        await SendAsync(face, pool.SendAsync(Get(), default));
        var twice = StartAsync(face, () => pool.SendAsync(Get(), default));
        await UntilAsync(() => network.Wires[0].Writes.Count == 2, twice);
        var other = StartAsync(face, () => pool.SendAsync(Get(), default));
        await UntilAsync(() => pool.Counts.Waiting == 1, other);
        network.Wires[0].Then(End);
        using var held = await other;
        await UntilAsync(() => pool.Counts.Waiting == 1, twice);
        network.Wires[1].Then("lo", Until(), End);
        _ = face == Face.Blocking ? held.Read() : await held.ReadAsync();
        (await twice).StatusCode.ShouldBe(200);
        network.Wires.Select(wire => wire.IsDisposed).ShouldBe([true, true, false]);
        pool.Counts.ShouldBe((1, 1, 0));
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

    private static Task<Response> StartAsync(Face face, Func<ValueTask<Response>> send) =>
        face == Face.Blocking ? Caller.OnOwnThread(() => Blocking.Result(send())) : send().AsTask();

    private static async Task UntilAsync(Func<bool> condition, Task<Response> underWay)
    {
        while (!condition())
        {
            underWay.IsCompleted.ShouldBeFalse("It ended before what was to happen meanwhile.");
            await Task.Yield();
        }
    }

    private static async Task<Response> SendAsync(Face face, ValueTask<Response> sending) =>
        face == Face.Blocking ? Blocking.Result(sending) : await sending.AsTask().WaitAsync(ScriptedNetwork.Patience);
}
