using System.Diagnostics;

namespace Httpx.Bench.EndToEnd;

/// <summary>Starts a server on one core and the clients on another, so that neither takes the other's time.</summary>
/// <remarks>
/// A process inherits the cores of the thread that starts it, so all of this runs on the first thread: set the cores, start, set again.
/// (To pin a running process would miss the threads that the runtime has started already.)
/// </remarks>
internal static class Conductor
{
    public static int Run(string[] options)
    {
        var settings = Settings.Parse(options);
        Pin(core: 1);
        using var server = Start(["server", settings.Server], readOutput: true);
        try
        {
            var url = server.StandardOutput.ReadLine();
            if (url is null)
            {
                Console.Error.WriteLine($"The server ({settings.Server}) did not start.");
                return 1;
            }

            Pin(core: 0);
            using var client = Start(["client", url, .. options], readOutput: false);
            client.WaitForExit();
            return client.ExitCode;
        }
        finally
        {
            server.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(string[] arguments, bool readOutput)
    {
        // Started by "dotnet Httpx.Bench.dll", the process is the host and wants the assembly's name first.
        var host = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(host) == "dotnet";
        var start = new ProcessStartInfo(host, isHost ? [typeof(Conductor).Assembly.Location, .. arguments] : arguments)
        {
            RedirectStandardOutput = readOutput,
        };
        return Process.Start(start)!;
    }

    private static void Pin(int core)
    {
        if (Environment.ProcessorCount > 1 && (OperatingSystem.IsLinux() || OperatingSystem.IsWindows()))
        {
            using var self = Process.GetCurrentProcess();
            self.ProcessorAffinity = 1 << core;
        }
    }
}
