namespace Httpx.Tests.Config;

public sealed class LimitsTests
{
    [Fact]
    public void The_defaults_are_those_of_HTTPX()
    {
        var limits = new Limits();
        limits.MaxConnections.ShouldBe(100);
        limits.MaxKeepaliveConnections.ShouldBe(20);
        limits.KeepaliveExpiry.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Null_means_no_limit()
    {
        var limits = new Limits { MaxConnections = null, MaxKeepaliveConnections = null, KeepaliveExpiry = null };
        limits.MaxConnections.ShouldBeNull();
        limits.MaxKeepaliveConnections.ShouldBeNull();
        limits.KeepaliveExpiry.ShouldBeNull();
        new Limits { KeepaliveExpiry = Timeout.InfiniteTimeSpan }.KeepaliveExpiry.ShouldBeNull();
    }

    [Fact]
    public void Zero_keeps_no_connection_alive()
    {
        new Limits { MaxKeepaliveConnections = 0 }.MaxKeepaliveConnections.ShouldBe(0);
        new Limits { KeepaliveExpiry = TimeSpan.Zero }.KeepaliveExpiry.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Limits_that_cannot_be_are_refused_by_name()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new Limits { MaxConnections = 0 }).ParamName.ShouldBe("MaxConnections");
        Should.Throw<ArgumentOutOfRangeException>(() => new Limits { MaxConnections = -1 });
        Should.Throw<ArgumentOutOfRangeException>(() => new Limits { MaxKeepaliveConnections = -1 })
            .ParamName.ShouldBe("MaxKeepaliveConnections");
        Should.Throw<ArgumentOutOfRangeException>(() => new Limits { KeepaliveExpiry = TimeSpan.FromSeconds(-1) })
            .ParamName.ShouldBe("KeepaliveExpiry");
    }

    [Fact]
    public void Equal_limits_are_equal_objects() => new Limits { MaxConnections = 3 }.ShouldBe(new Limits { MaxConnections = 3 });
}
