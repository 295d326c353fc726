namespace Httpx.Tests.Architecture;

/// <summary>What the library takes from its surroundings, and the one room that may: everyone else is told.</summary>
/// <remarks>What no room may use at all is in src/Httpx/BannedSymbols.txt, where the compiler refuses it.</remarks>
public sealed class AmbientTests
{
    private const string Network = "Engine/Network";

    /// <summary>The beginning of a member's name, and the rooms that may use it.</summary>
    private static readonly (string Member, string[] Rooms)[] OnlyIn =
    [
        ("System.Environment::GetEnvironmentVariable", ["Config"]),
        ("System.Environment::GetFolderPath", ["Config"]),
        ("System.IO.File::", ["Config"]),
        ("System.IO.Directory::", ["Config"]),
        ("System.IO.FileInfo::", ["Content"]),
        ("System.Net.Dns::", [Network]),
        ("System.Net.Sockets.Socket::", [Network]),
        ("System.Net.Sockets.NetworkStream::", [Network]),
        ("System.Net.Sockets.SocketAsyncEventArgs::", [Network]),
        ("System.Net.Sockets.TcpClient::", []),
        ("System.Net.Security.SslStream::", [Network]),
        ("System.Threading.Thread::", [Network]),
        ("System.Threading.ThreadPool::", [Network]),
        ("System.Threading.Timer::", [Network]),
        ("System.Threading.Tasks.Task::Run", [Network]),
        ("System.Threading.Tasks.Task::Delay", [Network]),
        ("System.Threading.Monitor::Wait", [Network]),
        ("System.Threading.Monitor::Pulse", [Network]),
        ("System.Threading.SemaphoreSlim::", [Network]),
        ("System.Threading.ManualResetEvent", [Network]),
        ("System.Threading.AutoResetEvent", [Network]),
        ("System.Threading.EventWaitHandle", [Network]),
        ("System.Threading.WaitHandle", [Network]),
    ];

    [Fact]
    public void Clocks_threads_sockets_and_the_environment_are_each_used_in_their_room()
    {
        var trespasses =
            from use in LibraryMap.Instance.Uses
            where use.ToRoom is null && use.FromRoom is not "generated"
            from rule in OnlyIn
            where use.To.StartsWith(rule.Member, StringComparison.Ordinal) && !rule.Rooms.Contains(use.FromRoom)
            select $"{use.FromRoom}/{use.From} uses {use.To}, which is for {(rule.Rooms is [var room, ..] ? room : "nobody")}";

        trespasses.Order(StringComparer.Ordinal).ShouldBeEmpty();
    }
}
