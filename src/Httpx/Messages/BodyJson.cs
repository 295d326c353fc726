using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Httpx;

/// <summary>Reads a body as JSON, in whichever Unicode encoding it is, through System.Text.Json.</summary>
internal static class BodyJson
{
    /// <summary>The body as an object of a type.</summary>
    internal static T? Read<T>(ReadOnlyMemory<byte> body, JsonSerializerOptions? options)
    {
        // What stays JSON needs no metadata, so that it works under AOT without any.
        if (typeof(T) == typeof(JsonElement))
        {
            return (T)(object)Read(body, options);
        }

        if (typeof(T) == typeof(JsonNode))
        {
            return (T?)(object?)JsonNode.Parse(JsonText.ToUtf8(body).Span, documentOptions: DocumentOptions(options));
        }

        options = JsonMetadata.Ready(options);
        return JsonSerializer.Deserialize(JsonText.ToUtf8(body).Span, (JsonTypeInfo<T>)JsonMetadata.Of(typeof(T), options));
    }

    /// <summary>The body as it is. The element owns its memory.</summary>
    internal static JsonElement Read(ReadOnlyMemory<byte> body, JsonSerializerOptions? options) =>
        JsonElement.Parse(JsonText.ToUtf8(body).Span, DocumentOptions(options));

    private static JsonDocumentOptions DocumentOptions(JsonSerializerOptions? options) => options is null ? default : new()
    {
        AllowDuplicateProperties = options.AllowDuplicateProperties,
        AllowTrailingCommas = options.AllowTrailingCommas,
        CommentHandling = options.ReadCommentHandling,
        MaxDepth = options.MaxDepth,
    };
}
