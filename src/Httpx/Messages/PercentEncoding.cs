using System.Buffers;
using System.Text;

namespace Httpx;

/// <summary>Percent-encoding (RFC 3986 2.1) with the sets of the URL standard.</summary>
/// <remarks>
/// See <see href="https://url.spec.whatwg.org/#percent-encoded-bytes"/>.
/// A set here names the characters that stay as they are. Each contains <c>%</c>, so that what is already encoded is neither encoded
/// twice nor decoded, and encoding a second time changes nothing; only <see cref="Form"/> and <see cref="Plain"/>, which take plain text,
/// do not. What is outside a set becomes <c>%XX</c> of its UTF-8 bytes, in upper case; half a surrogate pair becomes U+FFFD.
/// </remarks>
internal static class PercentEncoding
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private const string Printable = Unreserved + " !\"#$%&'()*+,/:;<=>?@[\\]^`{|}";

    /// <summary>A user name or password inside a url.</summary>
    internal static readonly SearchValues<char> UserInfo = Without(" \"#<>?`{}/:;=@[\\]^|");

    /// <summary>A user name or password that was given as plain text: a percent sign in it is one.</summary>
    internal static readonly SearchValues<char> Plain = Without(" \"#<>?`{}/:;=@[\\]^|%");

    /// <summary>The path of a url of the web. A backslash is escaped: who reads it as a slash would see another path than we do.</summary>
    internal static readonly SearchValues<char> Path = Without(" \"#<>?`{}\\");

    /// <summary>The path of any other url, and of one that has no scheme yet.</summary>
    internal static readonly SearchValues<char> OtherPath = Without(" \"#<>?`{}");

    /// <summary>A query. The apostrophe stays, as in HTTPX and RFC 3986, which browsers escape.</summary>
    internal static readonly SearchValues<char> Query = Without(" \"#<>");

    /// <summary>A fragment.</summary>
    internal static readonly SearchValues<char> Fragment = Without(" \"<>`");

    /// <summary>A name or value of a form, where a space is "+".</summary>
    internal static readonly SearchValues<char> Form = SearchValues.Create(Unreserved);

    /// <summary>Appends text with everything escaped that is not in the set.</summary>
    internal static void Escape(ref TextBuffer to, ReadOnlySpan<char> text, SearchValues<char> kept)
    {
        while (true)
        {
            var safe = text.IndexOfAnyExcept(kept);
            if (safe < 0)
            {
                to.Append(text);
                return;
            }

            to.Append(text[..safe]);
            text = text[(safe + EscapeOne(ref to, text[safe..]))..];
        }
    }

    /// <summary>Appends text as an HTML form would send it: spaces as "+", all else that is not unreserved as <c>%XX</c>.</summary>
    internal static void EscapeForm(ref TextBuffer to, ReadOnlySpan<char> text)
    {
        while (true)
        {
            var safe = text.IndexOfAnyExcept(Form);
            if (safe < 0)
            {
                to.Append(text);
                return;
            }

            to.Append(text[..safe]);
            text = text[safe..];
            if (text[0] == ' ')
            {
                to.Append('+');
                text = text[1..];
            }
            else
            {
                text = text[EscapeOne(ref to, text)..];
            }
        }
    }

    /// <summary>Decodes <c>%XX</c> as UTF-8; what is no such triplet stays, bytes that are no UTF-8 become U+FFFD.</summary>
    internal static string Unescape(ReadOnlySpan<char> text) => text.Contains('%') ? Decode(text, form: false) : text.ToString();

    /// <summary>As <see cref="Unescape"/>, and "+" is a space.</summary>
    internal static string UnescapeForm(ReadOnlySpan<char> text) =>
        text.ContainsAny('%', '+') ? Decode(text, form: true) : text.ToString();

    private static string Decode(ReadOnlySpan<char> text, bool form)
    {
        // No character takes more than three bytes of UTF-8, and a triplet becomes one byte.
        var bytes = ArrayPool<byte>.Shared.Rent(text.Length * 3);
        try
        {
            var count = 0;
            while (!text.IsEmpty)
            {
                var plain = form ? text.IndexOfAny('%', '+') : text.IndexOf('%');
                var run = plain < 0 ? text : text[..plain];
                count += Encoding.UTF8.GetBytes(run, bytes.AsSpan(count));
                text = text[run.Length..];
                if (text.IsEmpty)
                {
                    break;
                }

                if (text[0] == '+')
                {
                    bytes[count++] = (byte)' ';
                    text = text[1..];
                }
                else if (text.Length > 2 && char.IsAsciiHexDigit(text[1]) && char.IsAsciiHexDigit(text[2]))
                {
                    bytes[count++] = (byte)((HexValue(text[1]) << 4) | HexValue(text[2]));
                    text = text[3..];
                }
                else
                {
                    bytes[count++] = (byte)'%';
                    text = text[1..];
                }
            }

            return Encoding.UTF8.GetString(bytes, 0, count);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        }
    }

    // Returns how many chars the character had.
    private static int EscapeOne(ref TextBuffer to, ReadOnlySpan<char> text)
    {
        // The replacement character and the number of chars to skip are also right where this is no pair.
        Rune.DecodeFromUtf16(text, out var rune, out var length);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var one in utf8[..rune.EncodeToUtf8(utf8)])
        {
            to.Append('%');
            to.Append(HexDigit(one >> 4));
            to.Append(HexDigit(one & 15));
        }

        return length;
    }

    private static char HexDigit(int value) => "0123456789ABCDEF"[value];

    private static int HexValue(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static SearchValues<char> Without(string escaped) =>
        SearchValues.Create([.. Printable.AsSpan().ToArray().Except(escaped)]);
}
