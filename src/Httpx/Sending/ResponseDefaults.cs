using System.Text;
using System.Text.Json;

namespace Httpx;

/// <summary>What every response gets from its client.</summary>
internal sealed class ResponseDefaults
{
    /// <summary>The text encoding where the response names none; null for UTF-8.</summary>
    internal Encoding? Encoding { get; init; }

    /// <summary>Guesses the text encoding where the response names none; null for no guess.</summary>
    internal Func<ReadOnlyMemory<byte>, Encoding?>? DetectEncoding { get; init; }

    /// <summary>How JSON is read; null for the default.</summary>
    internal JsonSerializerOptions? JsonOptions { get; init; }

    /// <summary>The longest body, decoded, that is read into memory; null for no limit.</summary>
    internal long? MaxBytes { get; init; }

    internal void ApplyTo(Response response)
    {
        response.DefaultEncoding = Encoding;
        response.DetectEncoding = DetectEncoding;
        response.JsonOptions = JsonOptions;
        response.MaxBytes = MaxBytes;
    }
}
