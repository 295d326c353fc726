namespace Httpx.Tests.Architecture;

/// <summary>The walls of the house: a folder of src/Httpx is a room, and knows no other rooms than this table says.</summary>
/// <remarks>The picture and the reasons are in docs/architecture.md. Before an arrow is added here, the picture has to want it.</remarks>
public sealed class RoomTests
{
    private const string Root = "";
    private const string Network = "Engine/Network";

    /// <summary>Each room, and the rooms that it may know.</summary>
    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        // Values and bytes. Exceptions carry their request, so Errors and Messages know each other.
        ["Errors"] = ["Messages"],
        ["Messages"] = ["Messages/Cookies", "Content", "Decoding", "Errors"],
        ["Messages/Cookies"] = ["Messages", "Errors"],
        ["Content"] = ["Messages", "Errors"],
        ["Decoding"] = ["Messages", "Content", "Errors"],

        // Wishes: what the caller or the environment wants. A proxy has credentials.
        ["Config"] = ["Auth", "Messages", "Errors"],
        ["Auth"] = ["Config", "Messages", "Content", "Errors"],

        // The seam Request -> Response, and the loops above it.
        ["Transports"] = ["Config", "Messages", "Content", "Errors"],
        ["Sending"] = ["Transports", "Auth", "Config", "Messages", "Messages/Cookies", "Content", "Errors"],
        ["Diagnostics"] = ["Messages"],

        // The clients: they merge and hand over, and never see the engine.
        [Root] = ["Sending", "Transports", "Auth", "Config", "Messages", "Messages/Cookies", "Content", "Decoding", "Errors", "Diagnostics"],

        // The engine, from the pool down to the socket.
        ["Engine"] = ["Config", "Messages", "Content", "Errors"],
        ["Engine/Pool"] = ["Engine", "Engine/Dialing", "Engine/Http1", "Engine/Http2", Network, "Config", "Messages", "Content", "Errors"],
        ["Engine/Dialing"] = ["Engine", "Engine/Http1", Network, "Auth", "Config", "Messages", "Content", "Errors"],
        ["Engine/Http1"] = ["Engine", "Messages", "Content", "Errors"],
        ["Engine/Http2"] = ["Engine", "Engine/Hpack", "Messages", "Content", "Errors"],
        ["Engine/Hpack"] = [],
        [Network] = ["Engine", "Config", "Errors"],
    };

    /// <summary>Single types that may know more than their room.</summary>
    private static readonly (string Type, string[] Rooms)[] TypesMayKnow =
    [
        // Accept-Encoding says what can be decoded on this machine.
        ("DefaultHeaders", ["Decoding"]),

        // A request carries the limits of its exchange, a plain value.
        ("Request", ["Config"]),

        ("HttpTransport", ["Engine", "Engine/Pool", "Engine/Dialing", Network]),

        // Sessions turn bytes into events and do no I/O; the connections around them do.
        ("Http1Connection", [Network, "Config"]),
        ("Http1Body", [Network]), // the rest of a connection's exchange
        ("Http2Connection", [Network]),
    ];

    /// <summary>Single types that every room may know.</summary>
    private static readonly string[] KnownToAll =
    [
        // Where the blocking face takes the result of the one implementation.
        "Blocking",
    ];

    [Fact]
    public void Every_folder_of_the_library_is_a_room_of_the_table()
    {
        var unknown = LibraryMap.Instance.Rooms.Except(MayKnow.Keys).Except(["generated"]);

        unknown.ShouldBeEmpty("These folders are not in the table of rooms: say there whom they may know.");
    }

    [Fact]
    public void No_room_knows_another_that_the_table_does_not_allow()
    {
        var forbidden = LibraryMap.Instance.Uses
            .Where(use => !IsAllowed(use))
            .Select(use => $"{Show(use.FromRoom)} must not know {Show(use.ToRoom!)}: {use.From} -> {use.To}")
            .Order(StringComparer.Ordinal);

        forbidden.ShouldBeEmpty();
    }

    [Fact]
    public void Every_exception_to_the_table_is_still_a_type_of_the_library()
    {
        var types = LibraryMap.Instance.Types.Select(type => type.Type).ToHashSet();

        KnownToAll.Where(type => !types.Contains(type)).ShouldBeEmpty();
    }

    [Fact]
    public void The_map_sees_arrows_of_every_kind()
    {
        // Were the map empty, every rule would hold: these are arrows that the library is known to have.
        var uses = LibraryMap.Instance.Uses;

        uses.ShouldContain(use => use.From == "DigestAuth" && use.To == "Auth", "a base class");
        uses.ShouldContain(use => use.From == "HttpxException" && use.To == "Request", "a signature");
        uses.ShouldContain(use => use.From == "DigestAuth" && use.To == "DigestSession", "a call");
        uses.ShouldContain(use => use.From == "EnvironmentVariables" && use.To == "System.Environment::GetEnvironmentVariable", "a call outside");
        LibraryMap.Instance.Types.ShouldContain(("TlsOptions", "Config"));
        LibraryMap.Instance.Types.ShouldContain(("Http", ""));
    }

    private static bool IsAllowed(LibraryMap.Use use)
    {
        if (use.ToRoom is null || use.ToRoom == use.FromRoom || KnownToAll.Contains(use.To))
        {
            return true;
        }

        // Compiler-written types belong to nobody.
        if (use.FromRoom == "generated" || use.ToRoom == "generated")
        {
            return true;
        }

        return MayKnow.GetValueOrDefault(use.FromRoom, []).Contains(use.ToRoom)
            || TypesMayKnow.Any(exception => exception.Type == use.From && exception.Rooms.Contains(use.ToRoom));
    }

    private static string Show(string room) => room.Length == 0 ? "the root" : room;
}
