namespace Httpx;

/// <summary>zstd (RFC 8878), by the system's libzstd: frames one after the other, skippable ones skipped.</summary>
internal sealed class ZstdDecoder : BufferedDecoder
{
    private readonly ZstdLibrary _library;
    private readonly ZstdContext _context;

    internal ZstdDecoder(ByteStream source, ZstdLibrary library)
        : base(source, "zstd")
    {
        _library = library;
        _context = library.CreateContext();
    }

    private protected override bool IsConcatenable => true;

    private protected override Step Decode(ReadOnlySpan<byte> input, Span<byte> destination, out int consumed, out int written)
    {
        var result = _library.Decompress(_context, input, destination, out consumed, out written);
        if (_library.IsError(result))
        {
            throw Corrupt(detail: _library.ErrorName(result));
        }

        // 0 says that a frame ended and all of it was written; else a full destination may not have held everything.
        return result == 0 ? Step.AtEnd : written == destination.Length ? Step.HasOutput : Step.NeedsInput;
    }

    private protected override void Release()
    {
        base.Release();
        _context.Dispose();
    }
}
