namespace Httpx;

/// <summary>The value of a Content-Type field: a type and its parameters (RFC 9110 8.3.1).</summary>
/// <remarks>
/// Lenient, as what peers send has to be: a parameter that breaks the grammar is skipped, and of two with one name the first counts.
/// Time is linear in the length of the value.
/// </remarks>
internal sealed class MediaType
{
    private readonly List<KeyValuePair<string, string>> _parameters = [];

    private MediaType(string type)
    {
        Type = type;
    }

    /// <summary>Type and subtype in lower case, <c>text/html</c> say; empty where there is none.</summary>
    internal string Type { get; }

    /// <summary>A parameter's value, quotes and escapes removed; null where there is none. The case of the name does not matter.</summary>
    internal string? this[string name]
    {
        get
        {
            foreach (var (key, value) in _parameters)
            {
                if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return value;
                }
            }

            return null;
        }
    }

    /// <summary>Takes the value of a field apart.</summary>
    internal static MediaType Parse(string value)
    {
        var end = value.IndexOf(';', StringComparison.Ordinal);
        var type = end < 0 ? value.AsSpan() : value.AsSpan(0, end);
        var media = new MediaType(type.Trim(" \t").ToString().ToLowerInvariant());
        if (end >= 0)
        {
            var reader = new ParameterReader(value, end);
            while (reader.Next(out var name, out var text))
            {
                media._parameters.Add(new(name, text));
            }
        }

        return media;
    }

    /// <summary>One parameter of a field's value, without taking the rest apart for keeps.</summary>
    internal static string? Parameter(string? value, string name) => value is null ? null : Parse(value)[name];
}
