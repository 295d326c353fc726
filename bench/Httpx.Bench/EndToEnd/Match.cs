using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Runtime.InteropServices;

namespace Httpx.Bench.EndToEnd;

/// <summary>Lets all contenders run in turns, round by round, and prints the medians.</summary>
internal static class Match
{
    // The last word of a name is the face: each is compared with HttpClient's.
    private static readonly (string Name, Func<string, Contender> Make)[] All =
    [
        ("httpx async", url => new HttpxAsync(url)),
        ("HttpClient async", url => new HttpClientAsync(url)),
        ("bare socket async", url => new BareAsync(url)),
        ("httpx blocking", url => new HttpxBlocking(url)),
        ("HttpClient blocking", url => new HttpClientBlocking(url)),
        ("bare socket blocking", url => new BareBlocking(url)),
    ];

    private sealed record Score(double PerSecond, double CpuMicroseconds, double Bytes);

    public static async Task<int> RunAsync(string url, Settings settings)
    {
        var contenders = All.Where(entry => settings.Wants(entry.Name)).Select(entry => (entry.Name, Contender: entry.Make(url))).ToList();
        Describe(settings);

        var scores = contenders.ToDictionary(entry => entry.Name, _ => new List<Score>());
        foreach (var (_, contender) in contenders)
        {
            // Long enough for the code to be compiled anew with what was learnt.
            await contender.RunAsync(settings.Concurrency, new(Math.Min(2, settings.Seconds)));
        }

        for (var round = 0; round < settings.Rounds; round++)
        {
            // Every other round in reverse, so that nobody always runs after the same one.
            foreach (var (name, contender) in round % 2 == 0 ? contenders : contenders.AsEnumerable().Reverse())
            {
                scores[name].Add(await MeasureAsync(contender, settings));
            }
        }

        Print(scores);
        contenders.ForEach(entry => entry.Contender.Dispose());
        return 0;
    }

    private static async Task<Score> MeasureAsync(Contender contender, Settings settings)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var self = Process.GetCurrentProcess();
        var cpu = self.TotalProcessorTime;
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        var count = await contender.RunAsync(settings.Concurrency, new(settings.Seconds));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        self.Refresh();
        cpu = self.TotalProcessorTime - cpu;
        return new(count / seconds, cpu.TotalMicroseconds / count, (double)bytes / count);
    }

    private static void Describe(Settings settings)
    {
        var processor = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[1]
            : null;
        Console.WriteLine($"{processor ?? RuntimeInformation.ProcessArchitecture.ToString()}, {RuntimeInformation.OSDescription}");
        Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {(GCSettings.IsServerGC ? "server" : "workstation")} collector");
        Console.WriteLine(
            $"clients on {Environment.ProcessorCount} core(s), {settings.Server} on another, small keep-alive GETs over HTTP/1.1, "
            + $"{settings.Concurrency} at once, median of {settings.Rounds} rounds of {settings.Seconds.ToString(CultureInfo.InvariantCulture)} s");
        Console.WriteLine();
    }

    private static void Print(Dictionary<string, List<Score>> scores)
    {
        Console.WriteLine("| contender | requests/s | CPU us/request | bytes/request | requests/s to HttpClient | bytes to HttpClient |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        var medians = scores.ToDictionary(
            pair => pair.Key,
            pair => new Score(Median(pair.Value, s => s.PerSecond), Median(pair.Value, s => s.CpuMicroseconds), Median(pair.Value, s => s.Bytes)));
        foreach (var (name, score) in medians)
        {
            var rival = medians.GetValueOrDefault("HttpClient " + name.Split(' ')[^1]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {score.PerSecond:n0} | {score.CpuMicroseconds:f2} | {score.Bytes:n0} "
                + $"| {(rival is null ? "" : $"{score.PerSecond / rival.PerSecond:f2}")} | {(rival is null ? "" : $"{score.Bytes / rival.Bytes:f2}")} |"));
        }
    }

    private static double Median(IEnumerable<Score> scores, Func<Score, double> of)
    {
        var sorted = scores.Select(of).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
