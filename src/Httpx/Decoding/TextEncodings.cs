using System.Globalization;
using System.Text;

namespace Httpx;

/// <summary>Text encodings by the names that a Content-Type's charset uses.</summary>
/// <remarks>
/// <para>Unicode, ASCII, Latin-1 and the code pages of the platform's <see cref="CodePagesEncodingProvider"/>, which is asked
/// directly: registering it would change what <see cref="Encoding.GetEncoding(string)"/> knows for the whole process. Names as
/// registered at IANA, and the spellings that browsers and Python know besides. ISO-8859-10, -14 and -16 are not there: the
/// platform has no tables for them. Single bytes that a code page leaves undefined come out as the platform maps them, some
/// of them to private characters.</para>
/// <para>UTF-7 is refused: it hides markup from everybody who reads ASCII, and no honest server sends it.</para>
/// </remarks>
internal static class TextEncodings
{
    internal const int Utf16 = 1200;
    internal const int Utf16BigEndian = 1201;
    internal const int Utf32 = 12000;
    internal const int Utf32BigEndian = 12001;
    private const int Utf8 = 65001;
    private const int Ascii = 20127;
    private const int Latin1 = 28591;
    private const int Iso8859 = 28590;
    private const int Thai = 874;

    /// <summary>The longest registered name has 45 characters; what is longer is no name and is not looked at.</summary>
    private const int MaxNameLength = 48;

    private static readonly UTF32Encoding Utf32BigEndianEncoding = new(bigEndian: true, byteOrderMark: true);

    // The platform's ReplacementFallback writes a question mark, which cannot be told from one of the text's own.
    private static readonly DecoderReplacementFallback Replacement = new("\uFFFD");
    private static readonly Encoding AsciiEncoding = WithReplacement(Encoding.ASCII);

    /// <summary>The encoding, with U+FFFD in place of what cannot be decoded; null for a name that is none.</summary>
    internal static Encoding? Find(string? charsetName)
    {
        if (string.IsNullOrEmpty(charsetName) || charsetName.Length > MaxNameLength)
        {
            return null;
        }

        // What nearly every response says.
        if (charsetName.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            return Encoding.UTF8;
        }

        // "utf_8" and "KOI8_R" are spellings of Python's; the platform's names keep their underscores ("shift_jis").
        var name = charsetName.Trim().ToLowerInvariant();
        var hyphened = name.Replace('_', '-');
        return FindByAlias(hyphened) is > 0 and var alias ? FindByNumber(alias)
            : CodePagesEncodingProvider.Instance.GetEncoding(name) is { } registered ? WithReplacement(registered)
            : CodePagesEncodingProvider.Instance.GetEncoding(hyphened) is { } spelled ? WithReplacement(spelled)
            : FindByNumber(NumberOf(hyphened));
    }

    private static int FindByAlias(string name) => name switch
    {
        "utf-8" or "utf8" or "unicode-1-1-utf-8" or "unicode11utf8" or "unicode20utf8" or "x-unicode20utf8" or "utf-8-sig" => Utf8,
        "utf-16" or "utf-16le" or "utf16" or "utf-16-le" or "unicode" or "ucs-2" or "iso-10646-ucs-2" or "csunicode" => Utf16,
        "utf-16be" or "utf-16-be" or "unicodefffe" => Utf16BigEndian,
        "utf-32" or "utf-32le" or "utf32" or "utf-32-le" or "ucs-4" or "iso-10646-ucs-4" => Utf32,
        "utf-32be" or "utf-32-be" => Utf32BigEndian,
        "us-ascii" or "ascii" or "us" or "ansi-x3.4-1968" or "ansi-x3.4-1986" or "iso646-us" or "iso-ir-6" or "csascii" or "646" => Ascii,
        "latin1" or "latin-1" or "l1" or "latin" or "iso-8859-1:1987" or "iso-ir-100" or "csisolatin1" or "ibm819" or "cp819" => Latin1,
        "latin-2" => Iso8859 + 2,
        "latin-9" or "csisolatin9" => Iso8859 + 15,
        "iso-8859-6-e" or "iso-8859-6-i" or "csiso88596e" or "csiso88596i" => Iso8859 + 6,
        "sun-eu-greek" => Iso8859 + 7,
        "iso-8859-8-e" or "csiso88598e" => Iso8859 + 8,
        "csiso88598i" => 38598,
        "tis-620" or "dos-874" => Thai,
        "mac" or "csmacintosh" or "x-mac-roman" or "mac-roman" => 10000,
        "gb-2312" or "x-gbk" => 936,
        "ms932" or "windows-31j" or "mskanji" => 932,
        "eucjp" or "ujis" => 51932,
        "euckr" => 51949,
        "uhc" or "ms949" => 949,
        "koi8r" => 20866,
        "koi8u" => 21866,
        _ => 0,
    };

    private static Encoding? FindByNumber(int codePage) => codePage switch
    {
        0 => null,
        Utf8 => Encoding.UTF8,
        Utf16 => Encoding.Unicode,
        Utf16BigEndian => Encoding.BigEndianUnicode,
        Utf32 => Encoding.UTF32,
        Utf32BigEndian => Utf32BigEndianEncoding,
        Ascii => AsciiEncoding,
        Latin1 => Encoding.Latin1,
        _ => CodePagesEncodingProvider.Instance.GetEncoding(codePage) is { } known ? WithReplacement(known) : null,
    };

    /// <summary>The code page that a name with a number means: "iso8859-2", "iso88592", "windows-949", "cp1250", "ibm866", "866".</summary>
    private static int NumberOf(string name)
    {
        foreach (var prefix in (ReadOnlySpan<string>)["iso-8859-", "iso8859-", "iso8859"])
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                return Number(name.AsSpan(prefix.Length)) switch
                {
                    11 => Thai,
                    > 0 and < 16 and var part => Iso8859 + part,
                    _ => 0,
                };
            }
        }

        foreach (var prefix in (ReadOnlySpan<string>)["windows-", "x-cp", "cp", "csibm", "ibm", ""])
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                // Small numbers mean "what this machine uses" to some platforms; Unicode has names of its own.
                return Number(name.AsSpan(prefix.Length)) is > 36 and < 12000 and not Utf16 and not Utf16BigEndian and var codePage
                    ? codePage
                    : 0;
            }
        }

        return 0;
    }

    private static int Number(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static Encoding WithReplacement(Encoding encoding)
    {
        var copy = (Encoding)encoding.Clone();
        copy.DecoderFallback = Replacement;
        copy.EncoderFallback = EncoderFallback.ReplacementFallback;
        return copy;
    }
}
