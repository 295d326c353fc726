using System.Text;

namespace Httpx;

/// <summary>JSON as System.Text.Json wants it: UTF-8 without a byte order mark, whatever the body was.</summary>
internal static class JsonText
{
    /// <summary>
    /// The text in UTF-8: the same memory where it is that already. Else the first bytes tell: a byte order mark, or the
    /// pattern of zeros that the two ASCII characters at the start of any JSON leave (RFC 4627 3; HTTPX and Python the same).
    /// </summary>
    /// <remarks>The charset of the Content-Type is of no account: JSON has none (RFC 8259 11).</remarks>
    internal static ReadOnlyMemory<byte> ToUtf8(ReadOnlyMemory<byte> json)
    {
        var (encoding, mark) = Detect(json.Span);
        var text = json[mark..];
        return encoding is null ? text : Encoding.Convert(encoding, Encoding.UTF8, text.ToArray());
    }

    /// <summary>The encoding, null for UTF-8; and how long the byte order mark is.</summary>
    private static (Encoding? Encoding, int Mark) Detect(ReadOnlySpan<byte> json) => json switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (null, 3),
        [0, 0, 0xFE, 0xFF, ..] => (TextEncodings.Find("utf-32be"), 4),
        [0xFF, 0xFE, 0, 0, ..] => (TextEncodings.Find("utf-32le"), 4),
        [0xFE, 0xFF, ..] => (TextEncodings.Find("utf-16be"), 2),
        [0xFF, 0xFE, ..] => (TextEncodings.Find("utf-16le"), 2),
        [0, 0, _, _, ..] => (TextEncodings.Find("utf-32be"), 0),
        [_, 0, 0, 0, ..] => (TextEncodings.Find("utf-32le"), 0),
        [0, _, _, _, ..] or [0, _] => (TextEncodings.Find("utf-16be"), 0),
        [_, 0, _, _, ..] or [_, 0] => (TextEncodings.Find("utf-16le"), 0),
        _ => (null, 0),
    };
}
