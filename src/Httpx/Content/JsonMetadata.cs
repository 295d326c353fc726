using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Httpx;

/// <summary>What System.Text.Json knows about types, for reading and writing alike.</summary>
/// <remarks>It comes from the options' resolver, so that source-generated contexts serve under AOT; reflection is used only where the
/// platform has it switched on.</remarks>
internal static class JsonMetadata
{
    private static readonly JsonSerializerOptions Default = MakeDefault();

    /// <summary>The metadata of a type, by options that are <see cref="Ready"/>.</summary>
    /// <exception cref="InvalidOperationException">The options know nothing of the type and there is no reflection.</exception>
    internal static JsonTypeInfo Of(Type type, JsonSerializerOptions options)
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
    /// <exception cref="InvalidOperationException">The options have no resolver and there is no reflection.</exception>
    internal static JsonSerializerOptions Ready(JsonSerializerOptions? options)
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
