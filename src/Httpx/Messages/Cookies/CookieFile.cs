using System.Buffers;

namespace Httpx;

/// <summary>Cookies as the bytes of a file.</summary>
internal static class CookieFile
{
    internal static ReadOnlyMemory<byte> Write(IEnumerable<StoredCookie> cookies, CookieFormat format)
    {
        var file = new ArrayBufferWriter<byte>(1024);
        switch (format)
        {
            case CookieFormat.Netscape:
                NetscapeCookies.Write(file, cookies);
                break;
            case CookieFormat.Json:
                JsonCookies.Write(file, cookies);
                break;
            default:
                throw Unknown(format);
        }

        return file.WrittenMemory;
    }

    /// <exception cref="FormatException">The file is not of that format; the message names the line.</exception>
    internal static List<StoredCookie> Read(ReadOnlySpan<byte> file, CookieFormat format)
    {
        file = file.StartsWith("\uFEFF"u8) ? file[3..] : file;
        return format switch
        {
            CookieFormat.Netscape => NetscapeCookies.Read(file),
            CookieFormat.Json => JsonCookies.Read(file),
            _ => throw Unknown(format),
        };
    }

    /// <summary>The one complaint about files: where and what, and nothing of what the file says.</summary>
    internal static FormatException Bad(int line, string what) => new($"The cookie file is bad at line {line}: {what}");

    private static ArgumentOutOfRangeException Unknown(CookieFormat format) =>
        new(nameof(format), format, "There are the formats Netscape and Json.");
}
