using System.Text;

namespace Httpx;

/// <summary>Chunks of bytes in, text out: characters that a chunk border cuts come out whole with the next chunk.</summary>
/// <remarks>
/// A byte order mark at the start is removed (HTTPX leaves it in the text, where it breaks whatever parses it). Under UTF-16
/// and UTF-32 it also says which byte comes first, as the names without "LE" or "BE" leave that open (RFC 2781 3.2).
/// </remarks>
internal sealed class TextDecoder
{
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Up to here text passes through a buffer that is kept; larger chunks are measured first, and decoded in place.</summary>
    private const int MaxBuffered = 16 * 1024;

    private readonly Encoding _encoding;
    private readonly byte[] _head = new byte[4];
    private Decoder? _decoder;
    private char[] _chars = [];
    private int _headLength;
    private bool _started;

    internal TextDecoder(Encoding encoding)
    {
        _encoding = encoding;
    }

    /// <summary>All of a text at once.</summary>
    internal static string DecodeAll(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        var actual = ByByteOrderMark(encoding, bytes);
        var text = actual.GetString(bytes);
        return text.StartsWith(ByteOrderMark) ? text[1..] : text;
    }

    /// <summary>The text that these bytes complete; may be empty.</summary>
    internal string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= MaxBuffered || !_started)
        {
            var first = bytes[..Math.Min(bytes.Length, MaxBuffered)];
            var text = DecodeChars(first).ToString();
            return first.Length == bytes.Length ? text : string.Concat(text, Decode(bytes[first.Length..]));
        }

        var length = _decoder!.GetCharCount(bytes, flush: false);
        return string.Create(length, new Chunk(_decoder, bytes), static (chars, chunk) =>
            chunk.Decoder.GetChars(chunk.Bytes, chars, flush: false));
    }

    /// <summary>The text of the cut character at the end, if there is one: U+FFFD by the usual fallback.</summary>
    internal string Flush() => FlushChars().ToString();

    /// <summary>As <see cref="Decode"/>, without a string: the characters stay valid until the next call.</summary>
    internal ReadOnlyMemory<char> DecodeChars(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? default : Convert(bytes, flush: false);

    /// <summary>As <see cref="Flush"/>, without a string: the characters stay valid until the next call.</summary>
    internal ReadOnlyMemory<char> FlushChars() => Convert([], flush: true);

    /// <summary>UTF-16 or UTF-32 the other way round, if the text begins with that encoding's mark.</summary>
    private static Encoding ByByteOrderMark(Encoding encoding, ReadOnlySpan<byte> bytes) => encoding.CodePage switch
    {
        TextEncodings.Utf16 when bytes.StartsWith<byte>([0xFE, 0xFF]) => TextEncodings.Find("utf-16be")!,
        TextEncodings.Utf16BigEndian when bytes.StartsWith<byte>([0xFF, 0xFE]) => TextEncodings.Find("utf-16le")!,
        TextEncodings.Utf32 when bytes.StartsWith<byte>([0, 0, 0xFE, 0xFF]) => TextEncodings.Find("utf-32be")!,
        TextEncodings.Utf32BigEndian when bytes.StartsWith<byte>([0xFF, 0xFE, 0, 0]) => TextEncodings.Find("utf-32le")!,
        _ => encoding,
    };

    private ReadOnlyMemory<char> Convert(ReadOnlySpan<byte> bytes, bool flush)
    {
        if (_decoder is null)
        {
            // Its width is how much of the text must be there to tell by its mark which byte comes first.
            var width = _encoding.CodePage switch
            {
                TextEncodings.Utf16 or TextEncodings.Utf16BigEndian => 2,
                TextEncodings.Utf32 or TextEncodings.Utf32BigEndian => 4,
                _ => 0,
            };
            var taken = Math.Min(width - _headLength, bytes.Length);
            bytes[..taken].CopyTo(_head.AsSpan(_headLength));
            _headLength += taken;
            bytes = bytes[taken..];
            if (_headLength < width && !flush)
            {
                return default;
            }

            _decoder = ByByteOrderMark(_encoding, _head.AsSpan(0, _headLength)).GetDecoder();
        }

        var needed = _encoding.GetMaxCharCount(_headLength + bytes.Length);
        if (_chars.Length < needed)
        {
            _chars = new char[needed];
        }

        var count = 0;
        if (_headLength > 0)
        {
            count = _decoder.GetChars(_head.AsSpan(0, _headLength), _chars, flush: flush && bytes.IsEmpty);
            _headLength = 0;
        }

        if (!bytes.IsEmpty || flush)
        {
            count += _decoder.GetChars(bytes, _chars.AsSpan(count), flush);
        }

        if (_started || count == 0)
        {
            return _chars.AsMemory(0, count);
        }

        _started = true;
        return _chars[0] == ByteOrderMark ? _chars.AsMemory(1, count - 1) : _chars.AsMemory(0, count);
    }

    private readonly ref struct Chunk(Decoder decoder, ReadOnlySpan<byte> bytes)
    {
        internal Decoder Decoder { get; } = decoder;

        internal ReadOnlySpan<byte> Bytes { get; } = bytes;
    }
}
