using System.Text.Json;
using System.Text.Json.Nodes;

namespace Httpx;

/// <summary>Writes a value as JSON, at once, through System.Text.Json.</summary>
internal static class JsonContent
{
    private const string Type = "application/json";

    /// <summary>The body of a value.</summary>
    /// <param name="json">The value; its own type counts, not that of the variable.</param>
    /// <param name="options">How to write it; null for names as written, non-ASCII unescaped, compact.</param>
    /// <exception cref="ArgumentException">The value cannot be JSON: an infinite number, a cycle, a delegate.</exception>
    /// <exception cref="InvalidOperationException">The options know nothing of the value's type and there is no reflection.</exception>
    internal static RequestContent Create(object json, JsonSerializerOptions? options)
    {
        options = JsonMetadata.Ready(options);
        try
        {
            return new BytesContent(Serialize(json, options), Type);
        }
        catch (Exception exception) when (exception is ArgumentException or JsonException or NotSupportedException)
        {
            throw new ArgumentException(
                $"The value given as json, a {json.GetType().Name}, cannot be written as JSON: {exception.Message}",
                nameof(json),
                exception);
        }
    }

    private static byte[] Serialize(object value, JsonSerializerOptions options) => value switch
    {
        // What is JSON already needs no metadata, so that it works under AOT without any.
        JsonElement element => Write(options, element.WriteTo),
        JsonDocument document => Write(options, document.WriteTo),
        JsonNode node => Write(options, writer => node.WriteTo(writer, options)),
        _ => JsonSerializer.SerializeToUtf8Bytes(value, JsonMetadata.Of(value.GetType(), options)),
    };

    private static byte[] Write(JsonSerializerOptions options, Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions
        {
            Encoder = options.Encoder,
            Indented = options.WriteIndented,
            IndentCharacter = options.IndentCharacter,
            IndentSize = options.IndentSize,
            NewLine = options.NewLine,
            MaxDepth = options.MaxDepth,
        }))
        {
            write(writer);
        }

        return bytes.ToArray();
    }
}
