using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Httpx;

/// <summary>How long each phase of an exchange may take. Immutable; two with the same limits are equal.</summary>
/// <remarks>
/// A limit of null means that the phase may take for ever. <see cref="Connect"/>, <see cref="Read"/>, <see cref="Write"/> and
/// <see cref="Pool"/> are HTTPX's four (<see href="https://www.python-httpx.org/advanced/timeouts/"/>); each bounds one wait, so a
/// peer that sends a byte now and then never meets <see cref="Read"/>. <see cref="Total"/> bounds the whole exchange.
/// </remarks>
public sealed record Timeouts
{
    // Timers and sockets count milliseconds in an int, and 24 days are no limit that anybody waits for.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(int.MaxValue);
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(5);

    /// <summary>The default: 5 seconds for each of connect, read, write and pool, and no total.</summary>
    public Timeouts()
    {
        Connect = Read = Write = Pool = Usual;
    }

    /// <summary>One limit for each of the four phases, some of them perhaps another one.</summary>
    /// <param name="seconds">Seconds for each phase that is not named; null means no limit.</param>
    /// <param name="connect">Seconds for <see cref="Connect"/>.</param>
    /// <param name="read">Seconds for <see cref="Read"/>.</param>
    /// <param name="write">Seconds for <see cref="Write"/>.</param>
    /// <param name="pool">Seconds for <see cref="Pool"/>.</param>
    /// <param name="total">Seconds for <see cref="Total"/>; null means no limit, whatever <paramref name="seconds"/> says.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is zero, negative or NaN. Infinity means no limit.</exception>
    public Timeouts(
        double? seconds,
        double? connect = null,
        double? read = null,
        double? write = null,
        double? pool = null,
        double? total = null)
    {
        var each = FromSeconds(seconds, nameof(seconds));
        Connect = Phase(connect, each, nameof(connect));
        Read = Phase(read, each, nameof(read));
        Write = Phase(write, each, nameof(write));
        Pool = Phase(pool, each, nameof(pool));
        Total = FromSeconds(total, nameof(total));
    }

    /// <summary>No limit at all.</summary>
    public static Timeouts None { get; } = new(seconds: null);

    /// <summary>What <c>new Timeouts()</c> is, shared.</summary>
    internal static Timeouts Default { get; } = new();

    /// <summary>
    /// For a connection to be ready: name look-up, TCP, proxy and TLS together. Default 5 s; null means no limit. Running out of it is a
    /// <see cref="ConnectTimeoutException"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public TimeSpan? Connect { get; init => field = Checked(value); }

    /// <summary>
    /// For the next bytes to arrive, not for the whole response. Default 5 s; null means no limit. Running out of it is a
    /// <see cref="ReadTimeoutException"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public TimeSpan? Read { get; init => field = Checked(value); }

    /// <summary>
    /// For the peer to take the next bytes. Default 5 s; null means no limit. Running out of it is a <see cref="WriteTimeoutException"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public TimeSpan? Write { get; init => field = Checked(value); }

    /// <summary>
    /// For a connection of the pool to come free. Default 5 s; null means no limit. Running out of it is a
    /// <see cref="PoolTimeoutException"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public TimeSpan? Pool { get; init => field = Checked(value); }

    /// <summary>
    /// For the whole exchange: redirects, authentication and the body included. Default null, no limit. Running out of it is a
    /// <see cref="TotalTimeoutException"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public TimeSpan? Total { get; init => field = Checked(value); }

    /// <summary>The same limit for each of the four phases.</summary>
    /// <param name="seconds">Seconds; infinity means no limit.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is zero, negative or NaN.</exception>
    public static implicit operator Timeouts(double seconds) => new(seconds);

    /// <summary>The same limit for each of the four phases.</summary>
    /// <param name="seconds">Seconds.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is zero or negative.</exception>
    public static implicit operator Timeouts(int seconds) => new(seconds);

    /// <summary>The same limit for each of the four phases.</summary>
    /// <param name="each">The limit; <see cref="Timeout.InfiniteTimeSpan"/> means none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The span is zero or negative.</exception>
    public static implicit operator Timeouts(TimeSpan each) =>
        new(seconds: null) { Connect = each, Read = each, Write = each, Pool = each };

    /// <summary>The limits in seconds, in short where the four are equal.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("Timeouts(");
        if (Connect == Read && Read == Write && Write == Pool)
        {
            text.Append(Seconds(Connect));
        }
        else
        {
            text.Append(CultureInfo.InvariantCulture, $"connect: {Seconds(Connect)}, read: {Seconds(Read)}, ");
            text.Append(CultureInfo.InvariantCulture, $"write: {Seconds(Write)}, pool: {Seconds(Pool)}");
        }

        if (Total is not null)
        {
            text.Append(", total: ").Append(Seconds(Total));
        }

        return text.Append(')').ToString();
    }

    private static string Seconds(TimeSpan? limit) => limit?.TotalSeconds.ToString("0.#######", CultureInfo.InvariantCulture) ?? "none";

    // An explicit infinity for one phase must not fall back to what the others have.
    private static TimeSpan? Phase(double? given, TimeSpan? each, string name) => given is null ? each : FromSeconds(given, name);

    private static TimeSpan? FromSeconds(double? seconds, string name)
    {
        if (seconds is not { } value)
        {
            return null;
        }

        if (!(value > 0))
        {
            throw new ArgumentOutOfRangeException(name, value, "A time-out must be longer than zero; switch it off with null.");
        }

        if (double.IsPositiveInfinity(value))
        {
            return null;
        }

        // A limit that rounds to nothing is still a limit: the shortest there is.
        return value >= Longest.TotalSeconds ? Longest : TimeSpan.FromTicks(Math.Max(1, (long)(value * TimeSpan.TicksPerSecond)));
    }

    private static TimeSpan? Checked(TimeSpan? limit, [CallerMemberName] string name = "")
    {
        if (limit is not { } value || value == Timeout.InfiniteTimeSpan)
        {
            return null;
        }

        if (value <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(name, value, "A time-out must be longer than zero; switch it off with null.");
        }

        return value > Longest ? Longest : value;
    }
}
