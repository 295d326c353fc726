using System.Text;

namespace Httpx.TestServer;

/// <summary>A request as it was on the wire: headers in their order and case.</summary>
public sealed class ReceivedRequest
{
    internal ReceivedRequest(string head)
    {
        Head = head;
        var lines = head.Split("\r\n");
        var start = lines[0].Split(' ');
        if (start.Length != 3)
        {
            throw new ScriptException($"The client sent a request line of {start.Length} words: '{lines[0]}'");
        }

        (Method, Target, Version) = (start[0], start[1], start[2]);
        Headers = ParseFields(lines.AsSpan(1));
    }

    /// <summary>The exact head, without the empty line at its end.</summary>
    public string Head { get; }

    public string Method { get; }

    /// <summary>As sent: <c>/path?query</c>, or a whole url for a proxy.</summary>
    public string Target { get; }

    public string Version { get; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; }

    /// <summary>The body without its transfer coding.</summary>
    public byte[] Body { get; internal set; } = [];

    /// <summary>The sizes of the chunks, where the body came in chunks.</summary>
    public IReadOnlyList<int> Chunks { get; internal set; } = [];

    public IReadOnlyList<(string Name, string Value)> Trailers { get; internal set; } = [];

    /// <summary>The body as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The value of a header, the values where it repeats, joined by a comma; null where it is absent.</summary>
    public string? this[string name]
    {
        get
        {
            var values = Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value);
            return values.Any() ? string.Join(", ", values) : null;
        }
    }

    internal static IReadOnlyList<(string Name, string Value)> ParseFields(ReadOnlySpan<string> lines)
    {
        var fields = new List<(string, string)>();
        foreach (var line in lines)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                throw new ScriptException($"The client sent a header line without a name: '{line}'");
            }

            fields.Add((line[..colon], line[(colon + 1)..].Trim(' ', '\t')));
        }

        return fields;
    }
}
