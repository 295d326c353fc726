namespace Httpx;

/// <summary>IPv4 addresses in host position, in all spellings that <c>inet_aton</c> takes.</summary>
/// <remarks>See <see href="https://url.spec.whatwg.org/#concept-ipv4-parser"/>.</remarks>
internal static class IPv4Address
{
    /// <summary>Whether the last label, a dot after it aside, is a number: then the host is an IPv4 address or invalid.</summary>
    internal static bool EndsInNumber(ReadOnlySpan<char> host)
    {
        if (host.EndsWith('.'))
        {
            host = host[..^1];
        }

        var last = host[(host.LastIndexOf('.') + 1)..];
        return !last.IsEmpty && (char.IsAsciiDigit(last[^1]) || last[0] == '0') && (IsDecimal(last) || TryParseNumber(last, out _));
    }

    /// <summary>Whether the host is four decimal numbers without needless zeros.</summary>
    internal static bool IsNormal(ReadOnlySpan<char> host)
    {
        for (var part = 0; part < 4; part++)
        {
            var number = 0;
            var digits = 0;
            while (digits < host.Length && digits < 3 && char.IsAsciiDigit(host[digits]))
            {
                number = (number * 10) + host[digits++] - '0';
            }

            if (digits == 0 || number > 255 || (digits > 1 && host[0] == '0')
                || (part < 3 ? digits == host.Length || host[digits] != '.' : digits < host.Length))
            {
                return false;
            }

            host = part < 3 ? host[(digits + 1)..] : default;
        }

        return true;
    }

    internal static bool TryParse(ReadOnlySpan<char> host, out uint address)
    {
        address = 0;
        if (host.EndsWith('.'))
        {
            host = host[..^1];
        }

        var count = 0;
        while (true)
        {
            var dot = host.IndexOf('.');
            if (++count > 4 || !TryParseNumber(dot < 0 ? host : host[..dot], out var number))
            {
                return false;
            }

            if (dot < 0)
            {
                // The last number fills all the bytes that are left.
                address |= (uint)number;
                return number < 1UL << (8 * (5 - count));
            }

            if (number > 255)
            {
                return false;
            }

            address |= (uint)number << (8 * (4 - count));
            host = host[(dot + 1)..];
        }
    }

    internal static void Append(ref TextBuffer to, uint address)
    {
        for (var shift = 24; shift >= 0; shift -= 8)
        {
            to.Append((int)(address >> shift & 255));
            if (shift > 0)
            {
                to.Append('.');
            }
        }
    }

    private static bool IsDecimal(ReadOnlySpan<char> text)
    {
        foreach (var one in text)
        {
            if (!char.IsAsciiDigit(one))
            {
                return false;
            }
        }

        return true;
    }

    // Decimal, octal after 0, hexadecimal after 0x (where no digits mean 0); a number too large for an address stays just that.
    private static bool TryParseNumber(ReadOnlySpan<char> text, out ulong number)
    {
        number = 0;
        if (text.IsEmpty)
        {
            return false;
        }

        var radix = 10u;
        if (text.Length > 1 && text[0] == '0')
        {
            radix = text[1] is 'x' or 'X' ? 16u : 8u;
            text = radix == 16 ? text[2..] : text[1..];
        }

        foreach (var one in text)
        {
            var digit = one is >= '0' and <= '9' ? one - 48u : char.IsAsciiHexDigit(one) ? (one | 0x20u) - 87u : 16u;
            if (digit >= radix)
            {
                return false;
            }

            number = Math.Min((number * radix) + digit, 1UL << 32);
        }

        return true;
    }
}
