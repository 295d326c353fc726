using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Httpx;

/// <summary>A decoder that says how much of its input it used: the coding steps from memory to memory, reading is done here.</summary>
internal abstract class BufferedDecoder : ContentDecoder
{
    private const int BufferSize = 16 * 1024;

    private byte[]? _buffer;
    private int _start;
    private int _end;
    private bool _any;
    private Step _last = Step.NeedsInput;

    private protected BufferedDecoder(ByteStream source, string coding)
        : base(source, coding)
    {
    }

    /// <summary>Where a step left the decoder.</summary>
    private protected enum Step
    {
        /// <summary>All input is used and all output written: it goes on with more input, and an end here is too early.</summary>
        NeedsInput,

        /// <summary>There may be more output, also without more input.</summary>
        HasOutput,

        /// <summary>A whole unit of data ended. The body may end here.</summary>
        AtEnd,
    }

    /// <summary>True if more data may follow where data ended (<see cref="Step.AtEnd"/>).</summary>
    private protected abstract bool IsConcatenable { get; }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private protected sealed override async ValueTask<int> DecodeAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        // A loop: whoever sends a gigabyte that decodes to nothing gets neither stack nor memory for it.
        while (true)
        {
            if (_start == _end && _last != Step.HasOutput && !await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                return _last == Step.AtEnd || !_any ? 0 : throw Truncated();
            }

            if (_last == Step.AtEnd && !IsConcatenable)
            {
                throw Trailing();
            }

            _last = Decode(_buffer.AsSpan(_start, _end - _start), destination.Span, out var consumed, out var written);
            Debug.Assert(consumed > 0 || written > 0 || _last != Step.HasOutput, "A decoder that makes no progress would spin.");
            _start += consumed;
            if (written > 0)
            {
                return written;
            }
        }
    }

    /// <summary>Nothing is left to do: the end is reported once the source has ended.</summary>
    private protected sealed override ValueTask FinishAsync(Memory<byte> scratch, CancellationToken cancellationToken) => default;

    /// <summary>Decodes some input into some of the destination.</summary>
    private protected abstract Step Decode(ReadOnlySpan<byte> input, Span<byte> destination, out int consumed, out int written);

    private protected override void Release()
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = null;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        _buffer ??= ArrayPool<byte>.Shared.Rent(BufferSize);
        var count = await Source.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false);
        (_start, _end) = (0, count);
        _any |= count > 0;
        return count > 0;
    }
}
