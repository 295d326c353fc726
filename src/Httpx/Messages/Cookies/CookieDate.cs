namespace Httpx;

/// <summary>The date of an <c>Expires</c> attribute, by the algorithm of RFC 6265bis 5.1.1, which understands what servers write.</summary>
internal static class CookieDate
{
    // By RFC 6265bis no earlier year is a date.
    private const int FirstYear = 1601;

    private static ReadOnlySpan<byte> Months => "janfebmaraprmayjunjulaugsepoctnovdec"u8;

    /// <summary>Reads a date; false where it is none. Time is linear in the length.</summary>
    /// <param name="text">The attribute's value.</param>
    /// <param name="date">The date, in UTC whatever zone the text names.</param>
    internal static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset date)
    {
        var time = TimeSpan.MinValue;
        int day = -1, month = -1, year = -1;
        while (NextToken(ref text, out var token))
        {
            // The first token that fits a part is that part, whatever follows: the order of these questions is the RFC's.
            if (time == TimeSpan.MinValue && IsTime(token, out var found))
            {
                time = found;
            }
            else if (day < 0 && IsNumber(token, 1, 2, out var number))
            {
                day = number;
            }
            else if (month < 0 && IsMonth(token, out number))
            {
                month = number;
            }
            else if (year < 0 && IsNumber(token, 2, 4, out number))
            {
                year = number;
            }
        }

        year += year switch
        {
            >= 70 and <= 99 => 1900,
            >= 0 and <= 69 => 2000,
            _ => 0,
        };
        if (time < TimeSpan.Zero || month < 0 || year < FirstYear || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            date = default;
            return false;
        }

        date = new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero) + time;
        return true;
    }

    private static bool NextToken(ref ReadOnlySpan<byte> text, out ReadOnlySpan<byte> token)
    {
        var start = 0;
        while (start < text.Length && IsDelimiter(text[start]))
        {
            start++;
        }

        var end = start;
        while (end < text.Length && !IsDelimiter(text[end]))
        {
            end++;
        }

        token = text[start..end];
        text = text[end..];
        return !token.IsEmpty;
    }

    // Between tokens stands all of ASCII's printing characters but digits, letters and the colon.
    private static bool IsDelimiter(byte c) => c is 0x09 or (>= 0x20 and <= 0x2f) or (>= 0x3b and <= 0x40) or (>= 0x5b and <= 0x60)
        or (>= 0x7b and <= 0x7e);

    // hh:mm:ss of one or two digits each; anything but a digit may follow.
    private static bool IsTime(ReadOnlySpan<byte> token, out TimeSpan time)
    {
        time = default;
        if (TakeNumber(ref token, out var hours) is not (1 or 2) || !TakeColon(ref token)
            || TakeNumber(ref token, out var minutes) is not (1 or 2) || !TakeColon(ref token)
            || TakeNumber(ref token, out var seconds) is not (1 or 2))
        {
            return false;
        }

        // One that is out of range was still meant as the time: the whole date fails with it.
        time = hours <= 23 && minutes <= 59 && seconds <= 59 ? new TimeSpan(hours, minutes, seconds) : TimeSpan.FromTicks(-1);
        return true;
    }

    private static bool IsNumber(ReadOnlySpan<byte> token, int minDigits, int maxDigits, out int number)
    {
        var digits = TakeNumber(ref token, out number);
        return digits >= minDigits && digits <= maxDigits;
    }

    private static bool IsMonth(ReadOnlySpan<byte> token, out int month)
    {
        for (month = 1; token.Length >= 3 && month <= 12; month++)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(token[..3], Months.Slice((month - 1) * 3, 3)))
            {
                return true;
            }
        }

        return false;
    }

    // How many digits there are: five stand for any number too many, and the value counts only up to four.
    private static int TakeNumber(ref ReadOnlySpan<byte> token, out int number)
    {
        number = 0;
        var digits = 0;
        while (digits < token.Length && digits < 5 && token[digits] is >= (byte)'0' and <= (byte)'9')
        {
            number = (number * 10) + token[digits++] - '0';
        }

        token = token[digits..];
        return digits;
    }

    private static bool TakeColon(ref ReadOnlySpan<byte> token)
    {
        if (token.IsEmpty || token[0] != ':')
        {
            return false;
        }

        token = token[1..];
        return true;
    }
}
