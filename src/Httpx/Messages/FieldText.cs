using System.Buffers;
using System.Text;

namespace Httpx;

/// <summary>The grammar of field names and values (RFC 9110 5.1, 5.5), and the texts that most messages share.</summary>
internal static class FieldText
{
    // tchar of RFC 9110 5.6.2.
    private static readonly SearchValues<char> TokenChars =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<byte> TokenBytes =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    // CR, LF and NUL would end a field or a message early; the other controls are as invalid (RFC 9110 5.5). HTAB is white space.
    private static readonly SearchValues<char> ControlChars = SearchValues.Create(
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\n\u000b\f\r\u000e\u000f"
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f\u007f");

    private static readonly string[][] SharedNames = ByLength(
    [
        "accept", "accept-encoding", "accept-language", "accept-ranges", "access-control-allow-origin", "age", "allow", "alt-svc",
        "authorization", "cache-control", "connection", "content-disposition", "content-encoding", "content-language", "content-length",
        "content-location", "content-range", "content-security-policy", "content-type", "cookie", "date", "etag", "expect", "expires",
        "host", "if-match", "if-modified-since", "if-none-match", "keep-alive", "last-modified", "link", "location", "origin", "pragma",
        "proxy-authenticate", "proxy-authorization", "range", "referer", "referrer-policy", "retry-after", "server", "set-cookie",
        "strict-transport-security", "te", "trailer", "transfer-encoding", "upgrade", "user-agent", "vary", "via", "www-authenticate",
        "x-content-type-options", "x-frame-options", "x-powered-by", "x-request-id",
    ]);

    private static readonly string[][] SharedValues = ByLength(
    [
        "*/*", "0", "application/json", "application/json; charset=utf-8", "application/octet-stream", "application/x-www-form-urlencoded",
        "br", "bytes", "chunked", "close", "gzip", "keep-alive", "Kestrel", "nginx", "no-cache", "no-store", "nosniff", "text/html",
        "text/html; charset=utf-8", "text/plain", "text/plain; charset=utf-8", "identity", "Accept-Encoding", "private", "public",
    ]);

    /// <summary>Whether the text is a token: what a method or a field name has to be.</summary>
    internal static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && text.IndexOfAnyExcept(TokenChars) < 0;

    /// <inheritdoc cref="IsToken(ReadOnlySpan{char})"/>
    internal static bool IsToken(ReadOnlySpan<byte> text) => !text.IsEmpty && text.IndexOfAnyExcept(TokenBytes) < 0;

    /// <exception cref="ArgumentException">The name is no token.</exception>
    internal static void ThrowIfNotName(string name, string argument)
    {
        ArgumentNullException.ThrowIfNull(name, argument);
        if (!IsToken(name))
        {
            throw new ArgumentException(
                $"'{Shown(name)}' is not a header name: it must be a token (RFC 9110 5.1), without spaces or colons.", argument);
        }
    }

    /// <exception cref="ArgumentException">The value has a control character; the message names the header and not the value.</exception>
    internal static void ThrowIfNotValue(string name, string value, string argument)
    {
        ArgumentNullException.ThrowIfNull(value, argument);
        var at = value.AsSpan().IndexOfAny(ControlChars);
        if (at >= 0)
        {
            throw new ArgumentException(
                $"The value of header '{name}' has the control character U+{(int)value[at]:X4} at index {at} (RFC 9110 5.5).", argument);
        }
    }

    /// <summary>The name in lower case: a shared string for a common one.</summary>
    internal static string LowerName(ReadOnlySpan<byte> name)
    {
        foreach (var known in Candidates(SharedNames, name.Length))
        {
            if (Ascii.EqualsIgnoreCase(name, known))
            {
                return known;
            }
        }

        return string.Create(name.Length, name, static (text, bytes) => Ascii.ToLower(bytes, text, out _));
    }

    /// <summary>A shared string for a common value; null for another.</summary>
    internal static string? SharedValue(ReadOnlySpan<byte> value)
    {
        foreach (var known in Candidates(SharedValues, value.Length))
        {
            if (Ascii.Equals(value, known))
            {
                return known;
            }
        }

        return null;
    }

    private static string[] Candidates(string[][] byLength, int length) => length < byLength.Length ? byLength[length] : [];

    private static string[][] ByLength(string[] texts)
    {
        var byLength = new string[texts.Max(text => text.Length) + 1][];
        for (var length = 0; length < byLength.Length; length++)
        {
            byLength[length] = Array.FindAll(texts, text => text.Length == length);
        }

        return byLength;
    }

    private static string Shown(string name)
    {
        var shown = new StringBuilder();
        foreach (var c in name.AsSpan(0, Math.Min(name.Length, 40)))
        {
            shown.Append(char.IsControl(c) ? '?' : c);
        }

        return shown.ToString();
    }
}
