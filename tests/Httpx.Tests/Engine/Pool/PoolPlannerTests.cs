using Httpx.Engine;
using Httpx.Engine.Network;
using Httpx.Engine.Pool;

namespace Httpx.Tests.Engine.Pool;

public sealed class PoolPlannerTests
{
    private const long Second = 1000;

    [Fact]
    public void An_idle_connection_of_the_origin_is_used_again_the_last_one_first()
    {
        var (planner, a, _) = Plan(max: 3);
        var first = Open(planner, a);
        var second = Open(planner, a);
        planner.Free(first, a, 0).ShouldBeNull();
        planner.Free(second, a, 1).ShouldBeNull();
        planner.TakeIdle(a, 2).ShouldBe(second);
        planner.TakeIdle(a, 2).ShouldBe(first);
        planner.TakeIdle(a, 2).ShouldBeNull();
        (planner.Connections, planner.Idle).ShouldBe((2, 0));
    }

    [Fact]
    public void At_the_limit_the_longest_idle_connection_of_another_origin_makes_room()
    {
        var (planner, a, b) = Plan(max: 2);
        var older = Open(planner, a);
        var newer = Open(planner, a);
        planner.Free(older, a, 0);
        planner.Free(newer, a, 1);
        planner.TryOpen(b).ShouldBeTrue();
        planner.Closing.ShouldBe([older]);
        (planner.Connections, planner.Idle).ShouldBe((2, 1));
    }

    [Fact]
    public void Where_nothing_is_idle_at_the_limit_a_request_waits()
    {
        var (planner, a, b) = Plan(max: 1);
        Open(planner, a);
        planner.TryOpen(a).ShouldBeFalse();
        planner.TryOpen(b).ShouldBeFalse();
        planner.Connections.ShouldBe(1);
    }

    [Fact]
    public void A_freed_connection_goes_to_the_first_waiter_of_its_origin()
    {
        var (planner, a, _) = Plan(max: 1);
        var connection = Open(planner, a);
        var first = Wait(planner, a);
        var second = Wait(planner, a);
        planner.Free(connection, a, 0).ShouldBe(first);
        first.Connection.ShouldBe(connection);
        second.IsServed.ShouldBeFalse();
        planner.Free(connection, a, 0).ShouldBe(second);
        (planner.Connections, planner.Idle, planner.Waiting).ShouldBe((1, 0, 0));
    }

    [Fact]
    public void The_first_waiter_of_another_origin_gets_the_place_and_the_connection_is_closed()
    {
        var (planner, a, b) = Plan(max: 1);
        var connection = Open(planner, a);
        var first = Wait(planner, b);
        Wait(planner, a);
        planner.Free(connection, a, 0).ShouldBe(first);
        first.Connection.ShouldBeNull();
        first.IsServed.ShouldBeTrue();
        planner.Closing.ShouldBe([connection]);
        (planner.Connections, planner.Waiting).ShouldBe((1, 1));
    }

    [Fact]
    public void A_lost_connection_lets_the_first_waiter_open_one()
    {
        var (planner, a, b) = Plan(max: 1);
        Open(planner, a);
        var first = Wait(planner, b);
        planner.Lost(a).ShouldBe(first);
        first.Connection.ShouldBeNull();
        (planner.Connections, planner.Waiting).ShouldBe((1, 0));
    }

    [Fact]
    public void Whoever_stops_waiting_is_not_served()
    {
        var (planner, a, _) = Plan(max: 1);
        var connection = Open(planner, a);
        var node = planner.Wait(new PoolWaiter(a, new BlockingSignal()));
        var next = Wait(planner, a);
        planner.StopWaiting(node).ShouldBeTrue();
        planner.StopWaiting(node).ShouldBeFalse();
        planner.Free(connection, a, 0).ShouldBe(next);
    }

    [Fact]
    public void No_more_are_kept_idle_than_the_limit_says_and_the_oldest_goes()
    {
        var (planner, a, b) = Plan(max: 5, idle: 1);
        var old = Open(planner, a);
        var young = Open(planner, b);
        planner.Free(old, a, 0);
        planner.Free(young, b, 1);
        planner.Closing.ShouldBe([old]);
        (planner.Connections, planner.Idle).ShouldBe((1, 1));
    }

    [Fact]
    public void Where_none_may_be_idle_each_is_closed_after_its_exchange()
    {
        var (planner, a, _) = Plan(max: 5, idle: 0);
        var connection = Open(planner, a);
        planner.Free(connection, a, 0);
        planner.Closing.ShouldBe([connection]);
        planner.Connections.ShouldBe(0);
    }

    [Fact]
    public void Connections_that_were_idle_for_too_long_are_closed_and_not_used()
    {
        var (planner, a, _) = Plan(max: 5, expiry: 5);
        var connection = Open(planner, a);
        planner.Free(connection, a, 1 * Second);
        planner.NextExpiry.ShouldBe(6 * Second);
        planner.Expire(5 * Second).ShouldBe(6 * Second);
        planner.Closing.ShouldBeEmpty();
        planner.TakeIdle(a, 6 * Second).ShouldBeNull();
        planner.Closing.ShouldBe([connection]);
        planner.Expire(7 * Second).ShouldBe(long.MaxValue);
        (planner.Connections, planner.Idle).ShouldBe((0, 0));
    }

    [Fact]
    public void What_the_peer_says_of_its_patience_shortens_ours()
    {
        var (planner, a, _) = Plan(max: 5, expiry: 60);
        var connection = Open(planner, a, idleLimit: 5 * Second);
        planner.Free(connection, a, 0);
        planner.NextExpiry.ShouldBe(4 * Second);
        var unwilling = Open(planner, a, idleLimit: 0);
        planner.Free(unwilling, a, 0);
        planner.Closing.ShouldBe([unwilling]);
    }

    [Fact]
    public void Origins_without_connections_are_forgotten()
    {
        var (planner, a, b) = Plan(max: 5, expiry: 5);
        planner.Free(Open(planner, a), a, 0);
        Open(planner, b);
        planner.Lost(b);
        planner.Origins.ShouldBe(1);
        planner.Expire(10 * Second);
        planner.Origins.ShouldBe(0);
    }

    [Theory]
    [InlineData("http://h", "http://h:80/x", true)]
    [InlineData("http://h", "http://H/y?z", true)]
    [InlineData("http://u:p@h", "http://h", true)]
    [InlineData("http://h", "https://h", false)]
    [InlineData("http://h", "http://h:81", false)]
    [InlineData("http://h", "http://h2", false)]
    [InlineData("https://h:443", "https://h", true)]
    public void An_origin_is_scheme_host_and_port(string one, string other, bool same)
    {
        var planner = new PoolPlanner(new Limits());
        (planner.OriginOf(new Url(one)) == planner.OriginOf(new Url(other))).ShouldBe(same);
    }

    [Fact]
    public void A_thousand_waiters_of_fifty_origins_are_served_in_their_order()
    {
        var planner = new PoolPlanner(new Limits { MaxConnections = 10 });
        var origins = Enumerable.Range(0, 50).Select(i => new Url($"http://h{i}/")).ToArray();
        var running = new Queue<(Connection Connection, PoolOrigin Origin)>();
        for (var i = 0; i < 10; i++)
        {
            var origin = planner.OriginOf(origins[i]);
            planner.TryOpen(origin).ShouldBeTrue();
            running.Enqueue((new DeadConnection(origin.Origin), origin));
        }

        var waiters = Enumerable.Range(0, 1000).Select(i => Wait(planner, planner.OriginOf(origins[i * 7 % 50]))).ToList();
        foreach (var expected in waiters)
        {
            var (connection, origin) = running.Dequeue();
            planner.Free(connection, origin, 0).ShouldBe(expected);
            running.Enqueue((expected.Connection ?? new DeadConnection(expected.Origin.Origin), expected.Origin));
            planner.Connections.ShouldBe(10);
        }

        planner.Waiting.ShouldBe(0);
    }

    // A second try wants a new connection, though an idle one is left; at the limit that one makes room for it.
    [Fact]
    public void An_origin_whose_last_idle_connection_makes_room_for_its_own_new_one_stays_known()
    {
        var (planner, a, b) = Plan(max: 2);
        planner.Free(Open(planner, a), a, 0);
        Open(planner, b);
        var connection = Open(planner, a);
        planner.Closing.Count.ShouldBe(1);
        planner.OriginOf(new Url("http://a/")).ShouldBe(a);
        planner.Free(connection, planner.OriginOf(connection), 1);
        planner.CloseIdle();
        planner.Lost(b);
        (planner.Connections, planner.Idle, planner.Origins).ShouldBe((0, 0, 0));
    }

    private static (PoolPlanner Planner, PoolOrigin A, PoolOrigin B) Plan(int max, int idle = 20, double expiry = 5)
    {
        var planner = new PoolPlanner(new Limits
        {
            MaxConnections = max,
            MaxKeepaliveConnections = idle,
            KeepaliveExpiry = TimeSpan.FromSeconds(expiry),
        });
        return (planner, planner.OriginOf(new Url("http://a/")), planner.OriginOf(new Url("https://b/")));
    }

    private static DeadConnection Open(PoolPlanner planner, PoolOrigin origin, long? idleLimit = null)
    {
        planner.TryOpen(origin).ShouldBeTrue();
        return new DeadConnection(origin.Origin, idleLimit);
    }

    private static PoolWaiter Wait(PoolPlanner planner, PoolOrigin origin)
    {
        var waiter = new PoolWaiter(origin, new BlockingSignal());
        planner.Wait(waiter);
        return waiter;
    }

    private sealed class DeadConnection : Connection
    {
        public DeadConnection(Origin origin, long? idleLimit = null)
            : base(origin) => IdleLimit = idleLimit;

        public override void Dispose()
        {
        }

        internal override ValueTask<Response?> SendAsync(Request request, Timeouts limits, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The planner sends nothing.");
    }
}
