using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace Httpx.Tests.Architecture;

/// <summary>What the compiled library says about itself: which file each type was written in, and whom each type knows.</summary>
/// <remarks>
/// Read from the assembly's metadata, its method bodies and its symbols, so that neither a <c>using</c> nor <c>var</c> hides an arrow.
/// A room is a folder of src/Httpx: "Messages", "Engine/Http1", and "" for the root. Constants leave no trace in compiled code.
/// </remarks>
internal sealed class LibraryMap
{
    private static readonly Guid TypeDefinitionDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");
    private static readonly Lazy<LibraryMap> LazyInstance = new(() => new LibraryMap(typeof(Client).Assembly.Location));

    private readonly MetadataReader _metadata;
    private readonly MetadataReader _symbols;
    private readonly Dictionary<TypeDefinitionHandle, string> _rooms = [];

    private LibraryMap(string assemblyFile)
    {
        var assembly = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(File.ReadAllBytes(assemblyFile)));
        var symbolFile = Path.ChangeExtension(assemblyFile, ".pdb");
        _metadata = assembly.GetMetadataReader();
        _symbols = MetadataReaderProvider.FromPortablePdbImage(ImmutableCollectionsMarshal.AsImmutableArray(File.ReadAllBytes(symbolFile))).GetMetadataReader();

        foreach (var handle in _metadata.TypeDefinitions)
        {
            if (!_metadata.GetTypeDefinition(handle).IsNested && DocumentOf(handle) is { } path)
            {
                _rooms[handle] = RoomOf(path);
            }
        }

        var uses = new List<Use>();
        foreach (var handle in _metadata.TypeDefinitions)
        {
            var outermost = Outermost(handle);
            if (_rooms.TryGetValue(outermost, out var room))
            {
                var collector = new UseCollector(_metadata, assembly);
                collector.VisitType(handle);
                var from = NameOf(outermost);
                uses.AddRange(collector.Types
                    .Select(Outermost)
                    .Where(target => target != outermost && _rooms.ContainsKey(target))
                    .Select(target => new Use(room, from, _rooms[target], NameOf(target))));
                uses.AddRange(collector.ForeignMembers.Select(member => new Use(room, from, null, member)));
            }
        }

        Uses = uses.Distinct().ToList();
        Rooms = _rooms.Values.Distinct().Order(StringComparer.Ordinal).ToList();
    }

    /// <summary>The library that the tests run against.</summary>
    public static LibraryMap Instance => LazyInstance.Value;

    /// <summary>All folders with a type in them.</summary>
    public IReadOnlyList<string> Rooms { get; }

    /// <summary>Who knows whom. Members of the platform have no room and are written <c>System.Console::WriteLine</c>.</summary>
    public IReadOnlyList<Use> Uses { get; }

    /// <summary>The outermost types and their rooms.</summary>
    public IEnumerable<(string Type, string Room)> Types => _rooms.Select(pair => (NameOf(pair.Key), pair.Value));

    private static string RoomOf(string path)
    {
        // A build for publishing maps the checkout's path to "/_/": only the end is always the same.
        const string Anchor = "/src/Httpx/";
        path = path.Replace('\\', '/');
        var start = path.LastIndexOf(Anchor, StringComparison.Ordinal);
        if (start < 0)
        {
            return "generated";
        }

        var inside = path[(start + Anchor.Length)..];
        var end = inside.LastIndexOf('/');
        return end < 0 ? "" : inside.StartsWith("obj/", StringComparison.Ordinal) ? "generated" : inside[..end];
    }

    private string? DocumentOf(TypeDefinitionHandle type)
    {
        foreach (var method in _metadata.GetTypeDefinition(type).GetMethods())
        {
            var debug = _symbols.GetMethodDebugInformation(method);
            if (!debug.Document.IsNil)
            {
                return PathOf(debug.Document);
            }

            if (!debug.SequencePointsBlob.IsNil)
            {
                return PathOf(debug.GetSequencePoints().First().Document);
            }
        }

        // Enumerations, delegates and interfaces have no code: the compiler notes their files apart.
        foreach (var handle in _symbols.GetCustomDebugInformation(type))
        {
            var information = _symbols.GetCustomDebugInformation(handle);
            if (_symbols.GetGuid(information.Kind) == TypeDefinitionDocuments)
            {
                var blob = _symbols.GetBlobReader(information.Value);
                return PathOf(MetadataTokens.DocumentHandle(blob.ReadCompressedInteger()));
            }
        }

        // A type whose only code is in nested types (a static class of closures, say).
        return _metadata.GetTypeDefinition(type).GetNestedTypes().Select(DocumentOf).FirstOrDefault(path => path is not null);
    }

    private string PathOf(DocumentHandle document) => _symbols.GetString(_symbols.GetDocument(document).Name);

    private TypeDefinitionHandle Outermost(TypeDefinitionHandle type)
    {
        while (_metadata.GetTypeDefinition(type).GetDeclaringType() is { IsNil: false } outer)
        {
            type = outer;
        }

        return type;
    }

    private string NameOf(TypeDefinitionHandle type) => _metadata.GetString(_metadata.GetTypeDefinition(type).Name);

    /// <summary>One type of the library knows another, or a member of the platform (whose room is null).</summary>
    internal sealed record Use(string FromRoom, string From, string? ToRoom, string To);
}
