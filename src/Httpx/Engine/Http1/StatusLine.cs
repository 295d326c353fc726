using System.Text;

namespace Httpx.Engine.Http1;

/// <summary>The first line of a response: status-line = HTTP-version SP status-code SP [ reason-phrase ] (RFC 9112 4).</summary>
/// <param name="Code">100 to 999.</param>
/// <param name="IsHttp10">HTTP/1.0, and not 1.1 or a later minor version.</param>
/// <param name="Phrase">The reason phrase; null if it is the standard one of the code.</param>
internal readonly record struct StatusLine(int Code, bool IsHttp10, string? Phrase)
{
    /// <summary>Where the status code ends: "HTTP/1.1 200".</summary>
    private const int CodeEnd = 12;

    /// <summary>Whether bytes may become a status line of HTTP/1, as far as they go.</summary>
    internal static bool IsPossible(ReadOnlySpan<byte> bytes)
    {
        var expected = "HTTP/1."u8;
        return bytes.Length >= expected.Length ? bytes.StartsWith(expected) : expected.StartsWith(bytes);
    }

    /// <summary>Reads a line that <see cref="IsPossible"/> and has no control characters, without its end.</summary>
    /// <remarks>The space after the code may be missing where there is no phrase: many servers leave it out.</remarks>
    /// <exception cref="RemoteProtocolException">The line is malformed.</exception>
    internal static StatusLine Parse(ReadOnlySpan<byte> line)
    {
        if (line.Length < CodeEnd || !char.IsAsciiDigit((char)line[7]) || line[8] != ' ' || (line.Length > CodeEnd && line[CodeEnd] != ' '))
        {
            throw Malformed(line);
        }

        var hundreds = (uint)line[9] - '0';
        var tens = (uint)line[10] - '0';
        var ones = (uint)line[11] - '0';
        if (hundreds - 1 > 8 || tens > 9 || ones > 9)
        {
            throw Malformed(line);
        }

        var code = (int)((hundreds * 100) + (tens * 10) + ones);
        var phrase = line.Length > CodeEnd ? line[(CodeEnd + 1)..] : default;
        return new StatusLine(code, line[7] == '0', ReadPhrase(phrase, code));
    }

    // Most phrases are the standard one, and need no string of their own.
    private static string? ReadPhrase(ReadOnlySpan<byte> phrase, int code)
    {
        if (phrase.IsEmpty)
        {
            return "";
        }

        return Ascii.Equals(phrase, Codes.GetReasonPhrase(code)) ? null : Encoding.Latin1.GetString(phrase);
    }

    private static RemoteProtocolException Malformed(ReadOnlySpan<byte> line) =>
        new($"The peer sent a malformed status line: {WireText.Quote(line)}.");
}
