using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace Httpx;

/// <summary>gzip (RFC 1952): members one after the other, zeros after the last are padding.</summary>
/// <remarks>
/// The platform's stream checks header, CRC-32 and length of every member and goes on with the next. What it does not say is
/// how it ended: it takes a body that stops in the middle for complete, and ignores whatever follows a member. Both can be
/// told from what it asks for (see <see cref="GzipInput"/>).
/// </remarks>
internal sealed class GzipDecoder : ContentDecoder
{
    private readonly GzipInput _input;
    private readonly GZipStream _gzip;

    internal GzipDecoder(ByteStream source)
        : base(source, "gzip")
    {
        _input = GzipInput.Of(this);
        _gzip = _input.Decompress();
    }

    private protected override ValueTask<int> DecodeAsync(Memory<byte> destination, CancellationToken cancellationToken) =>
        _gzip.ReadAsync(destination, cancellationToken);

    private protected override ValueTask FinishAsync(Memory<byte> scratch, CancellationToken cancellationToken) =>
        _input.FinishAsync(scratch, cancellationToken);

    private protected override void Release() => _gzip.Dispose();

    /// <summary>The encoded bytes, handed to <see cref="GZipStream"/> so that its end can be understood.</summary>
    /// <remarks>
    /// <para>After a member the platform looks at the next input: where that is no member it stops and asks for nothing more.</para>
    /// <para>Truncation: once the source has ended, one more byte is handed over, a zero, which begins no member. Between
    /// members that is the stop; within one the byte is eaten and more is wanted, or it breaks the data.</para>
    /// <para>Garbage: zeros at the end of what was read are handed over apart from what is before them. So if it stops at
    /// input whose last byte is not zero, that byte, at least, was left over; and if it stops at zeros, only zeros were.</para>
    /// </remarks>
    private sealed class GzipInput : SourceStream
    {
        private readonly GzipDecoder _decoder;
        private bool _any;
        private bool _ended;
        private bool _probed;
        private int _zeros;
        private bool _zerosHandedOver;

        private GzipInput(GzipDecoder decoder)
        {
            _decoder = decoder;
        }

        internal static GzipInput Of(GzipDecoder decoder) => new(decoder);

        internal GZipStream Decompress() => new(this, CompressionMode.Decompress);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_zeros > 0 || _ended)
            {
                return new(HandOver(buffer.Span));
            }

            var read = _decoder.Source.ReadAsync(buffer, cancellationToken);
            return read.IsCompletedSuccessfully ? new(Take(read.Result, buffer.Span)) : Await(this, read, buffer);

            [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
            static async ValueTask<int> Await(GzipInput self, ValueTask<int> read, Memory<byte> buffer) =>
                self.Take(await read.ConfigureAwait(false), buffer.Span);
        }

        /// <summary>The platform stopped: sees to it that it stopped at the end, and that the source is at its end.</summary>
        internal async ValueTask FinishAsync(Memory<byte> scratch, CancellationToken cancellationToken)
        {
            if (_ended && _zeros == 0)
            {
                return;
            }

            if (!_zerosHandedOver)
            {
                throw _decoder.Trailing();
            }

            int count;
            while ((count = await _decoder.Source.ReadAsync(scratch, cancellationToken).ConfigureAwait(false)) > 0)
            {
                if (scratch.Span[..count].ContainsAnyExcept((byte)0))
                {
                    throw _decoder.Trailing();
                }
            }
        }

        private int Take(int count, Span<byte> buffer)
        {
            if (count == 0)
            {
                _ended = true;
                return HandOver(buffer);
            }

            _any = true;
            var kept = buffer[..count].LastIndexOfAnyExcept((byte)0) + 1;
            if (kept == 0)
            {
                _zerosHandedOver = true;
                return count;
            }

            _zeros = count - kept;
            _zerosHandedOver = false;
            return kept;
        }

        private int HandOver(Span<byte> buffer)
        {
            if (_zeros > 0)
            {
                var count = Math.Min(_zeros, buffer.Length);
                buffer[..count].Clear();
                _zeros -= count;
                _zerosHandedOver = true;
                return count;
            }

            // Nothing at all is an empty body, which HEAD and 204 have under any coding.
            if (!_any)
            {
                return 0;
            }

            if (_probed)
            {
                throw _decoder.Truncated();
            }

            _probed = true;
            buffer[0] = 0;
            return 1;
        }
    }
}

/// <summary>deflate (RFC 9110 8.4.1.2): zlib data (RFC 1950), or the bare deflate data (RFC 1951) that some servers send.</summary>
/// <remarks>
/// The first two bytes tell which it is. What follows the end of the data is skipped: the platform does not say where in its
/// input the data ended, and for this ill-defined coding tolerance is what everybody practises.
/// </remarks>
internal sealed class DeflateDecoder : ContentDecoder
{
    /// <summary>How much may follow the end of the data; who sends more wants to keep us busy.</summary>
    private const int MaxTrailing = 64 * 1024;

    private readonly DeflateInput _input;
    private Stream? _inflater;

    internal DeflateDecoder(ByteStream source)
        : base(source, "deflate")
    {
        _input = DeflateInput.Of(this);
    }

    private protected override ValueTask<int> DecodeAsync(Memory<byte> destination, CancellationToken cancellationToken) =>
        _inflater is not null ? _inflater.ReadAsync(destination, cancellationToken) : StartAsync(destination, cancellationToken);

    private protected override async ValueTask FinishAsync(Memory<byte> scratch, CancellationToken cancellationToken)
    {
        int count;
        for (var left = MaxTrailing; (count = await Source.ReadAsync(scratch, cancellationToken).ConfigureAwait(false)) > 0; left -= count)
        {
            if (count > left)
            {
                throw Trailing();
            }
        }
    }

    private protected override void Release() => _inflater?.Dispose();

    private async ValueTask<int> StartAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        await _input.ReadHeadAsync(cancellationToken).ConfigureAwait(false);
        if (_input.IsEmpty)
        {
            return 0;
        }

        _inflater = _input.HasZlibHeader()
            ? new ZLibStream(_input, CompressionMode.Decompress)
            : new DeflateStream(_input, CompressionMode.Decompress);
        return await _inflater.ReadAsync(destination, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The encoded bytes. The platform asks for input only while it needs some, so the source's end is too early.</summary>
    private sealed class DeflateInput : SourceStream
    {
        private readonly DeflateDecoder _decoder;
        private readonly byte[] _head = new byte[2];
        private int _headLength;
        private int _headTaken;

        private DeflateInput(DeflateDecoder decoder)
        {
            _decoder = decoder;
        }

        internal bool IsEmpty => _headLength == 0;

        internal static DeflateInput Of(DeflateDecoder decoder) => new(decoder);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_headTaken < _headLength)
            {
                var count = Math.Min(_headLength - _headTaken, buffer.Length);
                _head.AsSpan(_headTaken, count).CopyTo(buffer.Span);
                _headTaken += count;
                return new(count);
            }

            var read = _decoder.Source.ReadAsync(buffer, cancellationToken);
            return read.IsCompletedSuccessfully ? new(Take(read.Result)) : Await(this, read);

            [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
            static async ValueTask<int> Await(DeflateInput self, ValueTask<int> read) => self.Take(await read.ConfigureAwait(false));
        }

        /// <summary>Reads the two bytes that tell the format, or all there are. Can be called again after it was cancelled.</summary>
        internal async ValueTask ReadHeadAsync(CancellationToken cancellationToken)
        {
            while (_headLength < _head.Length)
            {
                var count = await _decoder.Source.ReadAsync(_head.AsMemory(_headLength), cancellationToken).ConfigureAwait(false);
                if (count == 0)
                {
                    break;
                }

                _headLength += count;
            }
        }

        //   CMF: window size - 8 (0 to 7) in the high four bits, 8 for deflate in the low four; FLG: bit 5 says that a preset
        //   dictionary is needed, the low five bits make CMF * 256 + FLG a multiple of 31 (RFC 1950 2.2).
        internal bool HasZlibHeader()
        {
            var (cmf, flg) = (_head[0], _head[1]);
            if (_headLength < 2 || (cmf & 0x0F) != 8 || cmf >> 4 > 7 || ((cmf << 8) | flg) % 31 != 0)
            {
                return false;
            }

            // There is no way to agree on a dictionary in HTTP.
            return (flg & 0x20) == 0 ? true : throw _decoder.Corrupt(detail: "it wants a preset dictionary");
        }

        private int Take(int count) => count > 0 ? count : throw _decoder.Truncated();
    }
}
