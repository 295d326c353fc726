using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Httpx.Engine.Http1;

/// <summary>What the next line of a field section turned out to be.</summary>
internal enum FieldLineKind
{
    /// <summary>Its end is not there yet.</summary>
    Incomplete,

    /// <summary>A name and a value.</summary>
    Field,

    /// <summary>A continuation of the field before it (obs-fold, RFC 9112 5.2).</summary>
    Fold,

    /// <summary>The empty line that ends the section.</summary>
    End,
}

/// <summary>Reads the field lines of a head or of trailers: field-line = field-name ":" OWS field-value OWS (RFC 9112 5).</summary>
/// <remarks>
/// Every byte is looked at once, by vectorised search, however the lines are cut into segments: where a line is incomplete, the next
/// call goes on behind the last byte searched. Nothing is copied before the section is complete; a section in which every line is
/// written "Name: value" CRLF is then the block that <see cref="Headers"/> keeps, byte for byte.
/// Lines of a head may end in LF alone (RFC 9112 2.2), as all clients accept; those of trailers may not, because they belong to chunked
/// framing, where every leniency has been a way to smuggle a message past somebody. A CR without LF is an error in both.
/// </remarks>
internal struct FieldLines(bool trailers)
{
    /// <summary>A line longer than this is no field: even hoarders of cookies stay below 16 KiB.</summary>
    internal const int MaxLine = 64 * 1024;

    /// <summary>tchar (RFC 9110 5.6.2), of which names consist.</summary>
    private static readonly SearchValues<byte> TokenBytes =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>In the place of a colon: the line has none, because it continues the one before.</summary>
    private const int Fold = -1;

    // The line being read: where it begins in the window, how much of it was searched, and where its colon is: 0 while that has not
    // come, which cannot be its place.
    private int _start;
    private int _searched;
    private int _colon;

    // The line last read.
    private int _nameStart;
    private int _nameEnd;
    private int _lineEnd;

    /// <summary>What ends a field value or a reason phrase: every control character but HTAB (RFC 9110 5.5).</summary>
    internal static SearchValues<byte> LineStops { get; } = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127]);

    /// <summary>Whether all lines read so far have the form of the block.</summary>
    internal bool IsCanonical { get; private set; } = true;

    /// <summary>How many fields were read since <see cref="Begin"/>.</summary>
    internal int Count { get; private set; }

    /// <summary>Where the next line begins; after <see cref="FieldLineKind.End"/>, where the section ends.</summary>
    internal readonly int Position => _start;

    /// <summary>Starts a section whose first line begins at <paramref name="position"/> of the window.</summary>
    internal void Begin(int position)
    {
        _start = position;
        _searched = 0;
        _colon = 0;
        Count = 0;
        IsCanonical = true;
    }

    /// <summary>Reads one line of <paramref name="bytes"/>, the window that holds the section so far.</summary>
    /// <exception cref="RemoteProtocolException">The line is malformed or too long.</exception>
    internal FieldLineKind Next(ReadOnlySpan<byte> bytes)
    {
        var line = bytes[_start..];
        var colon = _colon;
        var searched = _searched;
        if (colon == 0)
        {
            var length = line[searched..].IndexOfAnyExcept(TokenBytes);
            if (length < 0)
            {
                return Wait(0, line.Length, line.Length);
            }

            colon = searched + length;
            searched = colon + 1;
            if (colon == 0 || line[colon] != ':')
            {
                if (colon > 0 || !IsWhiteSpace(line[0]))
                {
                    return ReadEmptyLine(line, colon);
                }

                colon = BeginFold();
            }
        }

        var end = line[searched..].IndexOfAny(LineStops);
        if (end < 0)
        {
            return Wait(colon, line.Length, line.Length);
        }

        end += searched;
        var terminator = TerminatorLength(line, end, colon);
        if (terminator == 0)
        {
            return Wait(colon, end, line.Length);
        }

        CheckLine(end);
        _nameStart = _start;
        _nameEnd = _start + colon;
        _lineEnd = _start + end;
        _start += end + terminator;
        _searched = 0;
        _colon = 0;
        if (terminator != 2 || !HasBlockForm(line, colon, end))
        {
            IsCanonical = false;
        }

        if (colon < 0)
        {
            return FieldLineKind.Fold;
        }

        Count++;
        return FieldLineKind.Field;
    }

    /// <summary>The name of the field last read.</summary>
    internal readonly ReadOnlySpan<byte> Name(ReadOnlySpan<byte> bytes) => bytes[_nameStart.._nameEnd];

    /// <summary>The value of the field last read, without the white space around it, which is SP and HTAB and nothing else.</summary>
    internal readonly ReadOnlySpan<byte> Value(ReadOnlySpan<byte> bytes) => bytes[(_nameEnd + 1).._lineEnd].Trim(" \t"u8);

    /// <summary>The fields of a complete section that began at <paramref name="start"/>, as <see cref="Headers"/> keeps them.</summary>
    /// <remarks>Without those that may not be trailers, if that is what they are.</remarks>
    internal readonly Headers ToHeaders(ReadOnlySpan<byte> bytes, int start)
    {
        var section = bytes[start.._lineEnd];
        if (IsCanonical && !trailers)
        {
            return Headers.FromBlock(section.ToArray(), section.Length, Count);
        }

        // A line grows by the CR and by the space that it may lack.
        var block = new byte[section.Length + (2 * Count)];
        var length = Rewrite(section, block, out var count);
        return Headers.FromBlock(block, length, count);
    }

    // The lines are known to be valid: folds are joined by a space, line ends and the space around values become what they should be.
    private readonly int Rewrite(ReadOnlySpan<byte> section, Span<byte> block, out int count)
    {
        var length = 0;
        count = 0;
        while (!section.IsEmpty)
        {
            var end = section.IndexOf((byte)'\n');
            var line = section[..end].TrimEnd((byte)'\r');
            section = section[(end + 1)..];
            ReadOnlySpan<byte> value;
            if (line[0] is (byte)' ' or (byte)'\t')
            {
                // Behind the colon, the space is there already.
                length -= 2;
                value = line.Trim(" \t"u8);
                if (!value.IsEmpty && block[length - 1] != ' ')
                {
                    block[length++] = (byte)' ';
                }
            }
            else
            {
                var colon = line.IndexOf((byte)':');
                if (trailers && !TrailerRules.Allow(line[..colon]))
                {
                    continue;
                }

                count++;
                line[..colon].CopyTo(block[length..]);
                length += colon;
                ": "u8.CopyTo(block[length..]);
                length += 2;
                value = line[(colon + 1)..].Trim(" \t"u8);
            }

            value.CopyTo(block[length..]);
            length += value.Length;
            "\r\n"u8.CopyTo(block[length..]);
            length += 2;
        }

        return length;
    }

    // After the colon comes one space, and no other before or after the value.
    private static bool HasBlockForm(ReadOnlySpan<byte> line, int colon, int end) =>
        colon > 0 && line[colon + 1] == ' ' && (end == colon + 2 || (!IsWhiteSpace(line[colon + 2]) && !IsWhiteSpace(line[end - 1])));

    private static bool IsWhiteSpace(byte b) => b is (byte)' ' or (byte)'\t';

    // Cold: the line has no end yet.
    private FieldLineKind Wait(int colon, int searched, int length)
    {
        // The CR of the line's end may be among them.
        CheckLine(length - 1);
        _colon = colon;
        _searched = searched;
        return FieldLineKind.Incomplete;
    }

    private readonly int BeginFold() =>
        Count > 0 ? Fold : throw new RemoteProtocolException($"The peer sent white space before its first {Noun} field.");

    // What begins neither with a name and a colon nor with white space can only be the end of the section.
    private FieldLineKind ReadEmptyLine(ReadOnlySpan<byte> line, int end)
    {
        if (end > 0 || line[0] is not ((byte)'\r' or (byte)'\n'))
        {
            ThrowName(line, end);
        }

        var terminator = TerminatorLength(line, 0, 0);
        if (terminator == 0)
        {
            return FieldLineKind.Incomplete;
        }

        _lineEnd = _start;
        _start += terminator;
        return FieldLineKind.End;
    }

    // 2 for CRLF, 1 for LF, 0 where the LF has not come.
    private readonly int TerminatorLength(ReadOnlySpan<byte> line, int end, int colon)
    {
        if (line[end] == '\r')
        {
            if (end + 1 == line.Length)
            {
                return 0;
            }

            if (line[end + 1] == '\n')
            {
                return 2;
            }
        }
        else if (line[end] == '\n' && !trailers)
        {
            return 1;
        }

        ThrowByte(line, end, colon);
        return 0;
    }

    private readonly void CheckLine(int length)
    {
        if (length > MaxLine)
        {
            throw new RemoteProtocolException($"The peer sent a {Noun} line of more than {MaxLine} bytes.");
        }
    }

    private readonly string Noun => trailers ? "trailer" : "header";

    [DoesNotReturn]
    private readonly void ThrowName(ReadOnlySpan<byte> line, int end)
    {
        var name = WireText.Quote(line[..end]);
        throw new RemoteProtocolException(line[end] switch
        {
            (byte)':' => $"The peer sent a {Noun} line without a name.",
            (byte)'\r' or (byte)'\n' => $"The peer sent a {Noun} line without a colon: {name}.",
            (byte)' ' or (byte)'\t' when line[end..].TrimStart(" \t"u8).StartsWith(":"u8) =>
                $"The peer sent white space between the {Noun} name {name} and its colon.",
            _ => $"The peer sent a {Noun} name with a character that names cannot have: {WireText.Quote(line[..(end + 1)])}.",
        });
    }

    // The value is not shown: it may be a secret.
    [DoesNotReturn]
    private readonly void ThrowByte(ReadOnlySpan<byte> line, int end, int colon)
    {
        var place = colon > 0 ? $"in the value of {WireText.Quote(line[..colon])}" : "in a line";
        throw new RemoteProtocolException(line[end] switch
        {
            (byte)'\r' => $"The peer sent a carriage return without a line feed {place} of its {Noun}s.",
            (byte)'\n' => $"The peer ended a {Noun} line with a line feed alone, which chunked framing does not allow.",
            _ => $"The peer sent the control character 0x{line[end]:x2} {place} of its {Noun}s.",
        });
    }
}
