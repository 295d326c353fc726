using System.Globalization;

namespace Httpx.Bench.EndToEnd;

/// <summary>How the end-to-end match is played.</summary>
internal sealed record Settings
{
    /// <summary>How often each contender runs; the median counts.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>How long each run lasts.</summary>
    public double Seconds { get; init; } = 3;

    /// <summary>How many requests are under way at once.</summary>
    public int Concurrency { get; init; } = 64;

    /// <summary><c>kestrel</c>, or <c>nginx</c> where it is installed.</summary>
    public string Server { get; init; } = "kestrel";

    /// <summary>Parts of the names of contenders; all where empty.</summary>
    public string[] Only { get; init; } = [];

    public static Settings Parse(ReadOnlySpan<string> options)
    {
        var settings = new Settings();
        while (options is [var name, var value, ..])
        {
            settings = name switch
            {
                "--rounds" => settings with { Rounds = int.Parse(value, CultureInfo.InvariantCulture) },
                "--seconds" => settings with { Seconds = double.Parse(value, CultureInfo.InvariantCulture) },
                "--concurrency" => settings with { Concurrency = int.Parse(value, CultureInfo.InvariantCulture) },
                "--server" => settings with { Server = value },
                "--only" => settings with { Only = value.Split(',') },
                _ => throw new ArgumentException($"There is no option {name}."),
            };
            options = options[2..];
        }

        return options.IsEmpty ? settings : throw new ArgumentException($"The option {options[0]} has no value.");
    }

    public bool Wants(string contender) =>
        Only.Length == 0 || Only.Any(part => contender.Contains(part, StringComparison.OrdinalIgnoreCase));
}
