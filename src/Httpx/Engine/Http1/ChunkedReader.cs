using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Httpx.Engine.Http1;

/// <summary>Decodes a chunked body (RFC 9112 7.1) out of what a connection received. No I/O: bytes in, bytes out.</summary>
/// <remarks>
/// <code>
///   Size -- size [ extensions ] CRLF --> Data -- all bytes --> DataEnd -- CRLF --> Size
///    `---- 0 [ extensions ] CRLF --> Trailers -- *( field-line CRLF ) CRLF --> Complete
/// </code>
/// Framing is read strictly: hexadecimal digits, CRLF. The one leniency is white space after a size, with which old servers pad it: it
/// cannot be taken for anything else. Extensions are skipped, as the RFC wants of those who know none.
/// </remarks>
internal sealed class ChunkedReader
{
    /// <summary>The line of a size and its extensions.</summary>
    internal const int MaxLine = 4 * 1024;

    /// <summary>All extensions of a body: in practice there are none, but a peer could send gigabytes around single bytes.</summary>
    internal const int MaxExtensions = 16 * 1024;

    /// <summary>All trailers of a body.</summary>
    internal const int MaxTrailers = 16 * 1024;

    /// <summary>16 digits fill 64 bits; a few zeros in front are padding, many are an attack.</summary>
    private const int MaxDigits = 20;

    private State _state;
    private long _remaining;
    private int _searched;
    private int _extensions;
    private FieldLines _trailers = new(trailers: true);

    private enum State
    {
        Size,
        Data,
        DataEnd,
        Trailers,
        Complete,
    }

    /// <summary>Whether the last chunk and the trailers were read; what follows in the input is none of this body.</summary>
    internal bool IsComplete => _state == State.Complete;

    /// <summary>The fields after the body, without those that may not come there; null if there are none.</summary>
    internal Headers? Trailers { get; private set; }

    /// <summary>
    /// How many bytes of the chunk's data are still to be read. Where the input is empty, they may be received straight into the
    /// caller's memory: <see cref="Advance"/>.
    /// </summary>
    internal long RemainingInChunk => _state == State.Data ? _remaining : 0;

    /// <summary>Starts a body.</summary>
    internal void Reset()
    {
        _state = State.Size;
        _remaining = 0;
        _searched = 0;
        _extensions = 0;
        _trailers.Begin(0);
        Trailers = null;
    }

    /// <summary>Decodes what is buffered, as far as <paramref name="destination"/> holds it, and the framing behind it.</summary>
    /// <returns>The bytes written. 0 where more input is needed, or the body <see cref="IsComplete"/>.</returns>
    /// <exception cref="RemoteProtocolException">The framing is malformed, or exceeds a limit.</exception>
    internal int Read(ReadBuffer input, Span<byte> destination)
    {
        var written = 0;
        while (true)
        {
            switch (_state)
            {
                case State.Data:
                    var count = (int)Math.Min(_remaining, Math.Min(input.Length, destination.Length - written));
                    if (count == 0)
                    {
                        return written;
                    }

                    input.Span[..count].CopyTo(destination[written..]);
                    input.Consume(count);
                    written += count;
                    Advance(count);
                    break;

                case State.Size when TryReadSize(input):
                case State.DataEnd when TryReadDataEnd(input):
                case State.Trailers when TryReadTrailers(input):
                    break;

                default:
                    return written;
            }
        }
    }

    /// <summary>Says that <paramref name="count"/> bytes of the chunk were received past the input.</summary>
    internal void Advance(int count)
    {
        Debug.Assert(_state == State.Data && count <= _remaining, "More of a chunk was received than is left of it.");
        _remaining -= count;
        if (_remaining == 0)
        {
            _state = State.DataEnd;
        }
    }

    private bool TryReadSize(ReadBuffer input)
    {
        var line = input.Span;
        var digits = ReadDigits(line, out var size);
        if (digits == line.Length)
        {
            return false;
        }

        var end = Math.Max(digits, _searched);
        var stop = line[end..].IndexOfAny(FieldLines.LineStops);
        end = stop < 0 ? line.Length : end + stop;
        var extensions = _extensions + end - digits;
        if (end > MaxLine || extensions > MaxExtensions)
        {
            throw new RemoteProtocolException("The peer sent chunk extensions without end.");
        }

        _searched = end;
        if (end == line.Length || !TryCheckLineEnd(line[end..], "a chunk size"))
        {
            return false;
        }

        CheckExtensions(line[digits..end]);
        input.Consume(end + 2);
        _extensions = extensions;
        _searched = 0;
        _remaining = size;
        _state = size > 0 ? State.Data : State.Trailers;
        return true;
    }

    // chunk-size = 1*HEXDIG. The count of the digits; what is wrong is told at the first byte that is.
    private static int ReadDigits(ReadOnlySpan<byte> line, out long size)
    {
        size = 0;
        var count = 0;
        while (count < line.Length && char.IsAsciiHexDigit((char)line[count]))
        {
            if (count == MaxDigits || size > long.MaxValue >> 4)
            {
                ThrowSize(line);
            }

            // The digits are '0'-'9', 'A'-'F', 'a'-'f': letters have bit 6, and begin at 1 in their low bits.
            var digit = line[count++];
            size = (size << 4) | (uint)((digit & 0xF) + ((digit >> 6) * 9));
        }

        if (count < line.Length && (count == 0 || line[count] is not ((byte)'\r' or (byte)';' or (byte)' ' or (byte)'\t')))
        {
            ThrowSize(line);
        }

        return count;
    }

    // chunk-ext = *( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] ). What the names and values are does not matter; but a
    // line that ends within quotes would go on in the eyes of a reader that lets quotes hold a CRLF.
    private static void CheckExtensions(ReadOnlySpan<byte> extensions)
    {
        extensions = extensions.TrimStart(" \t"u8);
        if (extensions.IsEmpty)
        {
            return;
        }

        var isQuoted = false;
        for (var i = 0; i < extensions.Length; i++)
        {
            if (extensions[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (extensions[i] == '\\' && isQuoted)
            {
                i++;
            }
        }

        if (isQuoted || extensions[0] != ';')
        {
            throw new RemoteProtocolException($"The peer sent a malformed chunk extension: {WireText.Quote(extensions)}.");
        }
    }

    private bool TryReadDataEnd(ReadBuffer input)
    {
        if (!TryCheckLineEnd(input.Span, "the data of a chunk"))
        {
            return false;
        }

        input.Consume(2);
        _state = State.Size;
        return true;
    }

    // False where the LF has not come.
    private static bool TryCheckLineEnd(ReadOnlySpan<byte> bytes, string what)
    {
        if (bytes.StartsWith("\r\n"u8))
        {
            return true;
        }

        if (bytes.IsEmpty || (bytes.Length == 1 && bytes[0] == '\r'))
        {
            return false;
        }

        throw new RemoteProtocolException(
            $"The peer did not end {what} with CRLF but with {WireText.Quote(bytes[..Math.Min(bytes.Length, 2)])}.");
    }

    private bool TryReadTrailers(ReadBuffer input)
    {
        var bytes = input.Span;
        while (true)
        {
            switch (_trailers.Next(bytes))
            {
                case FieldLineKind.Field:
                    break;
                case FieldLineKind.Fold:
                    throw new RemoteProtocolException("The peer folded a trailer field, which nobody may do any more.");
                case FieldLineKind.Incomplete:
                    CheckTrailers(bytes.Length);
                    return false;
                default:
                    CheckTrailers(_trailers.Position);
                    Trailers = TakeTrailers(bytes);
                    input.Consume(_trailers.Position);
                    _state = State.Complete;
                    return true;
            }
        }
    }

    private Headers? TakeTrailers(ReadOnlySpan<byte> bytes)
    {
        if (_trailers.Count == 0)
        {
            return null;
        }

        var trailers = _trailers.ToHeaders(bytes, 0);
        return trailers.Count > 0 ? trailers : null;
    }

    private static void CheckTrailers(int length)
    {
        if (length > MaxTrailers)
        {
            throw new RemoteProtocolException($"The peer sent more than {MaxTrailers} bytes of trailer fields.");
        }
    }

    [DoesNotReturn]
    private static void ThrowSize(ReadOnlySpan<byte> line) =>
        throw new RemoteProtocolException(
            $"The peer sent a malformed chunk size: {WireText.Quote(line[..Math.Min(line.Length, MaxDigits + 1)])}.");
}
