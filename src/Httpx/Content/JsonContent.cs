using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Httpx;

/// <summary>Writes a value as JSON, at once, through System.Text.Json.</summary>
/// <remarks>The metadata comes from the options' resolver, so that source-generated contexts serve under AOT; reflection is used only where the
/// platform has it switched on.</remarks>
internal static class JsonContent
{
    private const string Type = "application/json";

    private static readonly JsonSerializerOptions Default = MakeDefault();

    /// <summary>The body of a value.</summary>
    /// <param name="json">The value; its own type counts, not that of the variable.</param>
    /// <param name="options">How to write it; null for names as written, non-ASCII unescaped, compact.</param>
    /// <exception cref="ArgumentException">The value cannot be JSON: an infinite number, a cycle, a delegate.</exception>
    /// <exception cref="InvalidOperationException">The options know nothing of the value's type and there is no reflection.</exception>
    internal static RequestContent Create(object json, JsonSerializerOptions? options)
    {
        options = Ready(options);
        try
        {
            return new BytesContent(Serialize(json, options), Type);
        }
        catch (Exception exception) when (exception is ArgumentException or JsonException or NotSupportedException)
        {
            throw new ArgumentException(
                $"The value given as json, a {json.GetType().Name}, cannot be written as JSON: {exception.Message}", nameof(json), exception);
        }
    }

    private static byte[] Serialize(object value, JsonSerializerOptions options) => value switch
    {
        // What is JSON already needs no metadata, so that it works under AOT without any.
        JsonElement element => Write(options, element.WriteTo),
        JsonDocument document => Write(options, document.WriteTo),
        JsonNode node => Write(options, writer => node.WriteTo(writer, options)),
        _ => JsonSerializer.SerializeToUtf8Bytes(value, TypeInfo(value.GetType(), options)),
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

    private static JsonTypeInfo TypeInfo(Type type, JsonSerializerOptions options)
    {
        try
        {
            return options.GetTypeInfo(type);
        }
        catch (NotSupportedException exception)
        {
            throw new InvalidOperationException(
                $"There is no JSON metadata for {type.Name}: give ClientOptions.JsonOptions a TypeInfoResolver, as a source-generated "
                + "JsonSerializerContext is, that knows the type.",
                exception);
        }
    }

    /// <summary>The options with a resolver, and unchangeable, which is when their metadata is kept.</summary>
    private static JsonSerializerOptions Ready(JsonSerializerOptions? options)
    {
        if (options is null)
        {
            return Default;
        }

        if (options.TypeInfoResolver is null)
        {
            if (Reflection() is not { } reflection)
            {
                throw new InvalidOperationException(
                    "The JSON options have no TypeInfoResolver, and reflection is switched off for System.Text.Json in this application: set "
                    + "JsonOptions.TypeInfoResolver to a source-generated JsonSerializerContext.");
            }

            // The caller's object stays as it is. The copies of equal options share their metadata.
            options = new JsonSerializerOptions(options) { TypeInfoResolver = reflection };
        }

        options.MakeReadOnly();
        return options;
    }

    private static JsonSerializerOptions MakeDefault()
    {
        var options = new JsonSerializerOptions
        {
            Encoder = MinimalJsonEncoder.Instance,
            TypeInfoResolver = Reflection() ?? JsonTypeInfoResolver.Combine(),
        };
        options.MakeReadOnly();
        return options;
    }

    /// <summary>The resolver that reflects, where it is switched on; else null.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Asked for only where the application has reflection switched on.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Asked for only where the application has reflection switched on.")]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IJsonTypeInfoResolver? Reflection() =>
        JsonSerializer.IsReflectionEnabledByDefault ? JsonSerializerOptions.Default.TypeInfoResolver : null;
}
