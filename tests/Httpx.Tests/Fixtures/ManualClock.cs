using System.Globalization;

namespace Httpx.Tests.Fixtures;

/// <summary>A clock that stands still until a test moves it.</summary>
public sealed class ManualClock(DateTimeOffset now) : TimeProvider
{
    /// <summary>Reads an hour that a test writes down.</summary>
    public ManualClock(string now)
        : this(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture))
    {
    }

    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
