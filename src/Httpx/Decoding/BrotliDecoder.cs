using System.Buffers;

namespace Httpx;

/// <summary>br (RFC 7932), by the platform's decoder. One stream of data; nothing may follow it.</summary>
internal sealed class BrotliDecoder : BufferedDecoder
{
    private System.IO.Compression.BrotliDecoder _brotli;

    internal BrotliDecoder(ByteStream source)
        : base(source, "br")
    {
    }

    private protected override bool IsConcatenable => false;

    private protected override Step Decode(ReadOnlySpan<byte> input, Span<byte> destination, out int consumed, out int written) =>
        _brotli.Decompress(input, destination, out consumed, out written) switch
        {
            OperationStatus.Done => Step.AtEnd,
            OperationStatus.DestinationTooSmall => Step.HasOutput,

            // It says so too when it has used its input but not yet written everything: a reader with little memory would then
            // wait for bytes that the server has no reason to send.
            OperationStatus.NeedMoreData => written == destination.Length ? Step.HasOutput : Step.NeedsInput,
            _ => throw Corrupt(),
        };

    private protected override void Release()
    {
        base.Release();
        _brotli.Dispose();
    }
}
