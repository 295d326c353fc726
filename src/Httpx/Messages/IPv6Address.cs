using System.Globalization;

namespace Httpx;

/// <summary>IPv6 addresses without brackets: read strictly (RFC 4291 2.2), written in the one form of RFC 5952.</summary>
internal static class IPv6Address
{
    /// <summary>Reads eight pieces; a zone id, a port or anything else beside the address makes it invalid.</summary>
    internal static bool TryParse(ReadOnlySpan<char> text, Span<ushort> pieces)
    {
        pieces.Clear();
        var count = 0;
        var gap = -1;
        if (text.StartsWith("::"))
        {
            gap = 0;
            text = text[2..];
        }

        while (!text.IsEmpty)
        {
            if (count == 8)
            {
                return false;
            }

            var digits = 0;
            var value = 0;
            while (digits < text.Length && digits < 4 && char.IsAsciiHexDigit(text[digits]))
            {
                value = (value << 4) | HexValue(text[digits++]);
            }

            if (digits < text.Length && text[digits] == '.')
            {
                if (count > 6 || !TryParseQuad(text, out pieces[count], out pieces[count + 1]))
                {
                    return false;
                }

                count += 2;
                break;
            }

            if (digits == 0)
            {
                return false;
            }

            pieces[count++] = (ushort)value;
            text = text[digits..];
            if (text.IsEmpty)
            {
                break;
            }

            if (text[0] != ':' || text.Length == 1)
            {
                return false;
            }

            text = text[1..];
            if (text[0] == ':')
            {
                if (gap >= 0)
                {
                    return false;
                }

                gap = count;
                text = text[1..];
            }
        }

        if (gap < 0)
        {
            return count == 8;
        }

        if (count == 8)
        {
            return false;
        }

        // What came after "::" belongs at the end.
        var tail = count - gap;
        pieces.Slice(gap, tail).CopyTo(pieces[(8 - tail)..]);
        pieces[gap..(8 - tail)].Clear();
        return true;
    }

    /// <summary>Lower case, the longest run of two zeros or more as "::", IPv4-mapped addresses with their dotted tail.</summary>
    internal static void Append(ref TextBuffer to, scoped ReadOnlySpan<ushort> pieces)
    {
        if (pieces[5] == 0xffff && !pieces[..5].ContainsAnyExcept((ushort)0))
        {
            to.Append("::ffff:");
            IPv4Address.Append(ref to, ((uint)pieces[6] << 16) | pieces[7]);
            return;
        }

        var (start, length) = LongestZeros(pieces);
        Span<char> digits = stackalloc char[4];
        for (var i = 0; i < 8; i++)
        {
            if (i == start)
            {
                to.Append("::");
                i += length - 1;
                continue;
            }

            if (i > 0 && i != start + length)
            {
                to.Append(':');
            }

            pieces[i].TryFormat(digits, out var count, "x", CultureInfo.InvariantCulture);
            to.Append(digits[..count]);
        }
    }

    private static (int Start, int Length) LongestZeros(ReadOnlySpan<ushort> pieces)
    {
        var best = (Start: -1, Length: 1);
        for (var i = 0; i < 8; i++)
        {
            var end = i;
            while (end < 8 && pieces[end] == 0)
            {
                end++;
            }

            if (end - i > best.Length)
            {
                best = (i, end - i);
            }

            i = end;
        }

        return best.Start < 0 ? (-1, 0) : best;
    }

    // Four decimal numbers, none with a needless zero: nothing else is allowed here.
    private static bool TryParseQuad(ReadOnlySpan<char> text, out ushort high, out ushort low)
    {
        high = low = 0;
        if (text.Length > 15 || !IPv4Address.IsNormal(text)
            || !IPv4Address.TryParse(text, out var address))
        {
            return false;
        }

        high = (ushort)(address >> 16);
        low = (ushort)address;
        return true;
    }

    private static int HexValue(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
