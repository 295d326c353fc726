using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Httpx;

/// <summary>The format <c>cookies.txt</c>: seven fields a line, separated by tabs, as curl and Python read and write it.</summary>
internal static class NetscapeCookies
{
    private const int Fields = 7;

    private static readonly DateTimeOffset LastSecond = DateTimeOffset.MaxValue;

    // Without the first line Python's reader refuses the file.
    private static ReadOnlySpan<byte> Head => "# Netscape HTTP Cookie File\n# Written by Httpx. It holds secrets.\n\n"u8;

    private static ReadOnlySpan<byte> HttpOnlyMark => "#HttpOnly_"u8;

    internal static void Write(IBufferWriter<byte> file, IEnumerable<StoredCookie> cookies)
    {
        file.Write(Head);
        foreach (var cookie in cookies)
        {
            if (cookie.Name.Contains('\t') || cookie.Path.Contains('\t'))
            {
                continue;
            }

            // A dot in front says once more that hosts beneath the domain are meant: Python insists that both agree.
            var spans = cookie.Domain.Length > 0 && !cookie.IsHostOnly;
            file.Write(cookie.HttpOnly ? HttpOnlyMark : default);
            file.Write(Encoding.ASCII.GetBytes(spans ? "." + cookie.Domain : cookie.Domain));
            file.Write(spans ? "\tTRUE\t"u8 : "\tFALSE\t"u8);
            file.Write(Encoding.UTF8.GetBytes(cookie.Path));
            file.Write(cookie.Secure ? "\tTRUE\t"u8 : "\tFALSE\t"u8);
            file.Write(Encoding.ASCII.GetBytes((cookie.Expires?.ToUnixTimeSeconds() ?? 0).ToString(CultureInfo.InvariantCulture)));
            file.Write("\t"u8);

            // The bytes as they were received: name and value share one encoding, whatever it is.
            var nameLength = cookie.Pair.Length - (cookie.IsLatin1 ? cookie.Value.Length : Encoding.UTF8.GetByteCount(cookie.Value));
            file.Write(cookie.Pair.AsSpan(0, Math.Max(nameLength - 1, 0)));
            file.Write("\t"u8);
            file.Write(cookie.Pair.AsSpan(nameLength));
            file.Write("\n"u8);
        }
    }

    internal static List<StoredCookie> Read(ReadOnlySpan<byte> file)
    {
        var cookies = new List<StoredCookie>();
        for (var number = 1; !file.IsEmpty; number++)
        {
            var end = file.IndexOf((byte)'\n');
            var line = end < 0 ? file : file[..end];
            file = end < 0 ? default : file[(end + 1)..];
            line = line.EndsWith((byte)'\r') ? line[..^1] : line;

            var isHttpOnly = line.StartsWith(HttpOnlyMark);
            line = isHttpOnly ? line[HttpOnlyMark.Length..] : line;
            if (!line.IsEmpty && line[0] != '#')
            {
                cookies.Add(ReadLine(line, isHttpOnly, number));
            }
        }

        return cookies;
    }

    private static StoredCookie ReadLine(ReadOnlySpan<byte> line, bool isHttpOnly, int number)
    {
        // The last field takes the rest of the line. Some writers leave out the tab before an empty value.
        Span<Range> fields = stackalloc Range[Fields];
        var count = Split(line, fields);
        if (count < Fields - 1)
        {
            throw CookieFile.Bad(number, $"it has {count} fields between tabs; a cookie has {Fields}.");
        }

        var cookie = new StoredCookie(line[fields[5]], count == Fields ? line[fields[6]] : default);
        if (StoredCookie.FlawOf(cookie.Name, cookie.Value) is { } flaw)
        {
            throw CookieFile.Bad(number, flaw);
        }

        var domain = StoredCookie.ReadDomain(StoredCookie.Decode(line[fields[0]]));
        if (domain is null)
        {
            throw CookieFile.Bad(number, "the first field is no host name.");
        }

        var path = StoredCookie.Decode(line[fields[2]]);
        if (!StoredCookie.IsPath(path))
        {
            throw CookieFile.Bad(number, "the third field is no path: it must begin with '/'.");
        }

        return new StoredCookie(cookie)
        {
            Domain = domain,
            IsHostOnly = !ReadFlag(line[fields[1]], "second", number),
            Path = path,
            Secure = ReadFlag(line[fields[3]], "fourth", number),
            Expires = ReadExpiry(line[fields[4]], number),
            HttpOnly = isHttpOnly,
        };
    }

    private static int Split(ReadOnlySpan<byte> line, Span<Range> fields)
    {
        var start = 0;
        for (var i = 0; i < fields.Length; i++)
        {
            var tab = i < fields.Length - 1 ? line[start..].IndexOf((byte)'\t') : -1;
            fields[i] = tab < 0 ? start..line.Length : start..(start + tab);
            if (tab < 0)
            {
                return i + 1;
            }

            start += tab + 1;
        }

        return fields.Length;
    }

    private static bool ReadFlag(ReadOnlySpan<byte> field, string which, int number) =>
        Ascii.EqualsIgnoreCase(field, "TRUE"u8) ? true
        : Ascii.EqualsIgnoreCase(field, "FALSE"u8) ? false
        : throw CookieFile.Bad(number, $"the {which} field is neither TRUE nor FALSE.");

    // Seconds since 1970; 0 or nothing is a session cookie. Some browsers' exports have fractions.
    private static DateTimeOffset? ReadExpiry(ReadOnlySpan<byte> field, int number)
    {
        if (field.IsEmpty)
        {
            return null;
        }

        if (!Utf8Parser.TryParse(field, out decimal seconds, out var read) || read < field.Length)
        {
            throw CookieFile.Bad(number, "the fifth field is no time in seconds since 1970.");
        }

        return seconds == 0 ? null
            : seconds >= LastSecond.ToUnixTimeSeconds() ? LastSecond
            : seconds < 0 ? DateTimeOffset.UnixEpoch
            : DateTimeOffset.FromUnixTimeSeconds((long)seconds);
    }
}
