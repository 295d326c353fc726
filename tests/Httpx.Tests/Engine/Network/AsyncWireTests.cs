using System.Net;
using System.Net.Sockets;
using Httpx.Engine.Network;
using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Engine.Network;

/// <summary>Reads and writes that are awaited, and the deadlines that one alarm watches for all of them.</summary>
public sealed class AsyncWireTests : IAsyncLifetime
{
    private readonly Watch _watch = new();
    private readonly byte[] _memory = new byte[16];
    private Socket _peer = null!;
    private AsyncWire _wire = null!;

    public async ValueTask InitializeAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(listener.LocalEndPoint!);
        _peer = await listener.AcceptAsync();
        _peer.NoDelay = true;
        _wire = new AsyncWire(socket, _watch);
    }

    public ValueTask DisposeAsync()
    {
        _wire.Dispose();
        _peer.Dispose();
        _watch.Dispose();
        return default;
    }

    // The response may come while the limit for it is being set: then nothing must be left that cuts the connection later.
    [Fact]
    public async Task A_limit_set_while_a_read_ends_does_not_outlive_the_read()
    {
        for (var i = 0; i < 3000; i++)
        {
            _wire.ReadTimeout = null;
            var read = _wire.ReadAsync(_memory, default).AsTask();
            _peer.Send(new byte[1]);
            do
            {
                _wire.ReadTimeout = TimeSpan.FromSeconds(100);
            }
            while (!read.IsCompleted);

            (await read).ShouldBe(1);
            _wire.EarliestDeadline.ShouldBe(long.MaxValue);
        }
    }

    [Fact]
    public async Task A_read_without_limit_is_not_ended_by_the_limit_of_an_earlier_one()
    {
        _wire.ReadTimeout = TimeSpan.FromSeconds(100);
        var first = _wire.ReadAsync(_memory, default);
        _wire.EarliestDeadline.ShouldBeLessThan(long.MaxValue);
        _peer.Send(new byte[1]);
        await first;
        _wire.ReadTimeout = null;
        var second = _wire.ReadAsync(_memory, default);
        _wire.EarliestDeadline.ShouldBe(long.MaxValue);
        _peer.Send(new byte[1]);
        (await second).ShouldBe(1);
    }

    // Whatever comes first, there is one outcome: the bytes on a wire that lives, or the time-out on one that is cut.
    [Fact]
    public async Task Bytes_that_come_as_the_time_runs_out_are_read_or_lost_with_the_wire()
    {
        for (var i = 0; i < 60; i++)
        {
            _wire.ReadTimeout = TimeSpan.FromMilliseconds(1 + (i % 8));
            var read = _wire.ReadAsync(_memory, default).AsTask();
            SpinWait.SpinUntil(() => read.IsCompleted, i % 10);
            try
            {
                _peer.Send(new byte[1]);
            }
            catch (SocketException)
            {
                // The wire has been cut: the read is about to say so.
            }

            try
            {
                (await read.WaitAsync(ScriptedNetwork.Patience)).ShouldBe(1);
                _wire.EarliestDeadline.ShouldBe(long.MaxValue);
                _wire.WatchIndex.ShouldBe(0);
            }
            catch (ReadTimeoutException)
            {
                _wire.WatchIndex.ShouldBe(-1);
                await Should.ThrowAsync<ReadException>(async () => await _wire.ReadAsync(_memory, default));
                _peer.Dispose();
                await InitializeAsync();
            }
        }
    }

    [Fact]
    public async Task A_wire_that_was_cut_fails_in_every_operation_and_can_be_cut_again()
    {
        var read = _wire.ReadAsync(_memory, default).AsTask();
        _wire.Dispose();
        await Should.ThrowAsync<ReadException>(() => read.WaitAsync(ScriptedNetwork.Patience));
        _wire.Dispose();
        await Should.ThrowAsync<ReadException>(async () => await _wire.ReadAsync(_memory, default));
        await Should.ThrowAsync<WriteException>(async () => await _wire.WriteAsync(_memory, default));
        _wire.IsReadable().ShouldBeTrue();
        _wire.WatchIndex.ShouldBe(-1);
        _wire.EarliestDeadline.ShouldBe(long.MaxValue);
    }

    [Fact]
    public async Task A_write_and_a_read_may_run_out_of_time_at_once()
    {
        _wire.ReadTimeout = _wire.WriteTimeout = TimeSpan.FromMilliseconds(20);
        var read = _wire.ReadAsync(_memory, default).AsTask();
        var write = _wire.WriteAsync(new byte[50_000_000], default).AsTask();
        await Should.ThrowAsync<TransportException>(() => read.WaitAsync(ScriptedNetwork.Patience));
        await Should.ThrowAsync<TransportException>(() => write.WaitAsync(ScriptedNetwork.Patience));
    }
}
