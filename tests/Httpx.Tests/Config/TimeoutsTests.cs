namespace Httpx.Tests.Config;

public sealed class TimeoutsTests
{
    private static readonly TimeSpan Five = TimeSpan.FromSeconds(5);

    [Fact]
    public void The_default_is_five_seconds_a_phase_and_no_total() =>
        Phases(new Timeouts()).ShouldBe([Five, Five, Five, Five, null]);

    [Fact]
    public void None_has_no_limit_at_all() => Phases(Timeouts.None).ShouldBe([null, null, null, null, null]);

    [Fact]
    public void One_number_stands_for_the_four_phases()
    {
        Phases(new Timeouts(2.5)).ShouldBe([.. Enumerable.Repeat<TimeSpan?>(TimeSpan.FromSeconds(2.5), 4), null]);
        ((Timeouts)2.5).ShouldBe(new Timeouts(2.5));
        ((Timeouts)5).ShouldBe(new Timeouts());
        ((Timeouts)Five).ShouldBe(new Timeouts());
    }

    [Fact]
    public void A_named_phase_goes_before_the_common_number()
    {
        Phases(new Timeouts(5, connect: 10, total: 60))
            .ShouldBe([TimeSpan.FromSeconds(10), Five, Five, Five, TimeSpan.FromSeconds(60)]);
        Phases(new Timeouts(null, read: 5)).ShouldBe([null, Five, null, null, null]);
        Phases(new Timeouts(5, write: double.PositiveInfinity)).ShouldBe([Five, Five, null, Five, null]);
    }

    [Fact]
    public void Initialisers_and_with_change_one_phase()
    {
        Timeouts made = new(5) { Connect = TimeSpan.FromSeconds(10) };
        Phases(made).ShouldBe([TimeSpan.FromSeconds(10), Five, Five, Five, null]);
        Phases(made with { Read = null }).ShouldBe([TimeSpan.FromSeconds(10), null, Five, Five, null]);
        Phases(Timeouts.None with { Total = Five }).ShouldBe([null, null, null, null, Five]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void Zero_negative_and_NaN_are_refused(double seconds)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new Timeouts(seconds)).ParamName.ShouldBe("seconds");
        Should.Throw<ArgumentOutOfRangeException>(() => new Timeouts(5, pool: seconds)).ParamName.ShouldBe("pool");
        Should.Throw<ArgumentOutOfRangeException>(() => new Timeouts(5, total: seconds)).ParamName.ShouldBe("total");
        Should.Throw<ArgumentOutOfRangeException>(() => (Timeouts)seconds);
    }

    [Fact]
    public void Zero_and_negative_spans_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new Timeouts { Read = TimeSpan.Zero }).ParamName.ShouldBe("Read");
        Should.Throw<ArgumentOutOfRangeException>(() => Timeouts.None with { Total = TimeSpan.FromSeconds(-1) });
        Should.Throw<ArgumentOutOfRangeException>(() => (Timeouts)TimeSpan.Zero);
        Should.Throw<ArgumentOutOfRangeException>(() => (Timeouts)0);
    }

    [Fact]
    public void Infinite_means_no_limit()
    {
        ((Timeouts)double.PositiveInfinity).ShouldBe(Timeouts.None);
        ((Timeouts)Timeout.InfiniteTimeSpan).ShouldBe(Timeouts.None);
    }

    [Theory]
    [InlineData(1e-9, 1)]
    [InlineData(double.Epsilon, 1)]
    [InlineData(1e300, int.MaxValue * TimeSpan.TicksPerMillisecond)]
    public void Extreme_numbers_are_brought_into_the_range_of_a_timer(double seconds, long ticks) =>
        new Timeouts(seconds).Read.ShouldBe(TimeSpan.FromTicks(ticks));

    [Fact]
    public void A_span_of_centuries_is_brought_into_the_range_of_a_timer() =>
        new Timeouts { Read = TimeSpan.MaxValue }.Read.ShouldBe(TimeSpan.FromMilliseconds(int.MaxValue));

    [Fact]
    public void Equal_limits_are_equal_objects()
    {
        new Timeouts(5, connect: 10).ShouldBe(new Timeouts { Connect = TimeSpan.FromSeconds(10) });
        new Timeouts(5).ShouldNotBe(new Timeouts(6));
    }

    [Fact]
    public void Text_is_short_where_the_phases_are_equal()
    {
        new Timeouts(0.25).ToString().ShouldBe("Timeouts(0.25)");
        Timeouts.None.ToString().ShouldBe("Timeouts(none)");
        new Timeouts(5, connect: 10, total: 60).ToString()
            .ShouldBe("Timeouts(connect: 10, read: 5, write: 5, pool: 5, total: 60)");
    }

    private static TimeSpan?[] Phases(Timeouts timeouts) =>
        [timeouts.Connect, timeouts.Read, timeouts.Write, timeouts.Pool, timeouts.Total];
}
