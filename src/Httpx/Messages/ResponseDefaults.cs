using System.Text;
using System.Text.Json;

namespace Httpx;

/// <summary>What every response gets from its client, one object for all of them. Immutable.</summary>
internal sealed record ResponseDefaults
{
    /// <summary>For a response that no client made.</summary>
    internal static ResponseDefaults None { get; } = new();

    /// <summary>The text encoding where the response names none that is known; null for UTF-8.</summary>
    internal Encoding? Encoding { get; init; }

    /// <summary>Guesses the text encoding from the content where the response names none that is known; null for no guess.</summary>
    internal Func<ReadOnlyMemory<byte>, Encoding?>? DetectEncoding { get; init; }

    /// <summary>How JSON is read; null for the default.</summary>
    internal JsonSerializerOptions? JsonOptions { get; init; }

    /// <summary>The longest body, decoded, that is read into memory; null for no limit.</summary>
    internal long? MaxBytes { get; init; }
}
