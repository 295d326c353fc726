using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Httpx.Bench.EndToEnd;

// What changes cost or save:
//     dotnet run -c Release --project bench/Httpx.Bench -- e2e            whole exchanges beside HttpClient and a bare socket
//     dotnet run -c Release --project bench/Httpx.Bench -- micro          single parts beside the platform's nearest equivalents
//
// e2e:   --rounds 5 --seconds 3 --concurrency 64 --server kestrel|nginx --only httpx,HttpClient
// micro: the options of BenchmarkDotNet, such as --filter '*Url*'
switch (args)
{
    case ["e2e", .. var options]:
        return Conductor.Run(options);
    case ["client", var url, .. var options]:
        return await Match.RunAsync(url, Settings.Parse(options));
    case ["server", var kind]:
        return await BenchServer.RunAsync(kind);
    case ["micro", .. var options]:
        // In this process: a process for each would take half an hour, most of it building.
        var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(options.Length == 0 ? ["--filter", "*"] : options, config);
        return 0;
    default:
        Console.Error.WriteLine("Say what to measure: e2e or micro (see bench/Httpx.Bench/Program.cs).");
        return 2;
}
