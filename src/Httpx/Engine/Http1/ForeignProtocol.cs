namespace Httpx.Engine.Http1;

/// <summary>Names what a peer speaks that does not speak HTTP/1, so that the error leads to the wrong port, scheme or option.</summary>
internal static class ForeignProtocol
{
    private const byte TlsAlert = 0x15;
    private const byte TlsHandshake = 0x16;
    private const byte Http2Settings = 0x04;

    /// <summary>The text of the error; <paramref name="bytes"/> is the beginning of what came, possibly only one byte of it.</summary>
    internal static string Describe(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] is TlsAlert or TlsHandshake)
        {
            return "The peer answered with TLS where plain HTTP was expected: the url should probably begin with https.";
        }

        // A frame begins with a length of three bytes; the first frame of a server is SETTINGS, which is always short (RFC 9113 3.4).
        if (bytes[0] == 0 && (bytes.Length < 4 || bytes[3] == Http2Settings))
        {
            return "The peer answered in HTTP/2 to a request in HTTP/1.1: it speaks HTTP/2 without negotiating it.";
        }

        if (bytes.StartsWith("PRI * HTTP/2"u8))
        {
            return "The peer sent the preface of an HTTP/2 client where a response was expected.";
        }

        if (bytes.StartsWith("HTTP/"u8))
        {
            return $"The peer answered in a version of HTTP that was not asked for: {WireText.Quote(FirstWord(bytes))}.";
        }

        if (bytes.StartsWith("SSH-"u8))
        {
            return "The peer speaks SSH, not HTTP: the port is probably wrong.";
        }

        if (bytes.StartsWith("220"u8))
        {
            return $"The peer greets like a mail or FTP server, not like one of HTTP: {WireText.Quote(FirstLine(bytes))}.";
        }

        return bytes[0] == '<'
            ? $"The peer sent markup without a status line (HTTP/0.9 is not supported): {WireText.Quote(FirstLine(bytes))}."
            : $"The peer sent something that is not an HTTP/1 response: {WireText.Quote(FirstLine(bytes))}.";
    }

    private static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> bytes) => Until(bytes, bytes.IndexOfAny((byte)'\r', (byte)'\n'));

    private static ReadOnlySpan<byte> FirstWord(ReadOnlySpan<byte> bytes) => Until(bytes, bytes.IndexOfAny(" \t\r\n"u8));

    private static ReadOnlySpan<byte> Until(ReadOnlySpan<byte> bytes, int end) => end < 0 ? bytes : bytes[..end];
}
