using System.Buffers;

namespace Httpx;

/// <summary>The host of a url in the one form that DNS, TLS, the Host header and the pool's key all see.</summary>
/// <remarks>
/// Names are lower-case ASCII. A name that ends in a number is an IPv4 address in one of the spellings of old
/// (<c>0x7f.1</c>, <c>017700000001</c>, <c>127.1</c>) or it is nothing: it becomes four decimal numbers, as in browsers,
/// <see cref="Uri"/> and curl, or is refused, so that no later layer reads an address out of what looked like a name.
/// IPv6 addresses are written as RFC 5952 has it; zone ids are refused.
/// </remarks>
internal static class UrlHost
{
    // The longest name and label that the DNS has (RFC 1035 2.3.4).
    private const int MaxName = 253;
    private const int MaxLabel = 63;

    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");

    // The forbidden domain code points of the URL standard that are printable.
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(" #/:<>?@[\\]^|%\u007f");
    private static readonly SearchValues<char> ForbiddenInOther = SearchValues.Create(" #/:<>?@[\\]^|\u007f");

    /// <summary>How many characters at the start are those of an ordinary lower-case name or IPv4 address.</summary>
    internal static int CountPlain(ReadOnlySpan<char> text)
    {
        var count = text.IndexOfAnyExcept(Plain);
        return count < 0 ? text.Length : count;
    }

    /// <summary>Whether a host of plain characters is already in its final form.</summary>
    internal static bool IsNormal(ReadOnlySpan<char> plain)
    {
        if (plain.Length > MaxLabel || plain.IndexOf("xn--") >= 0)
        {
            return false;
        }

        return !IPv4Address.EndsInNumber(plain) || IPv4Address.IsNormal(plain);
    }

    /// <summary>Appends the final form of a host.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="host">As written; an IPv6 address in brackets.</param>
    /// <param name="isWeb">Whether percent-encoding in it is to be decoded, as in urls of the web.</param>
    /// <exception cref="InvalidUrlException">The host is invalid.</exception>
    internal static void Append(ref TextBuffer to, ReadOnlySpan<char> host, bool isWeb)
    {
        if (host.StartsWith('['))
        {
            AppendIPv6(ref to, host);
        }
        else if (CountPlain(host) == host.Length && IsNormal(host))
        {
            to.Append(host);
        }
        else if (!host.IsEmpty)
        {
            AppendName(ref to, host, isWeb);
        }
    }

    private static void AppendIPv6(ref TextBuffer to, ReadOnlySpan<char> host)
    {
        Span<ushort> pieces = stackalloc ushort[8];
        if (!host.EndsWith(']') || !IPv6Address.TryParse(host[1..^1], pieces))
        {
            throw new InvalidUrlException($"Invalid IPv6 address in the url: '{Shown(host)}'.");
        }

        to.Append('[');
        IPv6Address.Append(ref to, pieces);
        to.Append(']');
    }

    private static void AppendName(ref TextBuffer to, ReadOnlySpan<char> host, bool isWeb)
    {
        var name = isWeb ? PercentEncoding.Unescape(host) : host.ToString();
        var ascii = System.Text.Ascii.IsValid(name) ? name.ToLowerInvariant() : null;
        if (ascii is null || ascii.Contains("xn--", StringComparison.Ordinal))
        {
            ascii = Idna.ToAscii(ascii ?? name) ?? throw new InvalidUrlException($"Invalid IDNA host name in the url: '{Shown(host)}'.");
        }

        if (ascii.AsSpan().ContainsAny(isWeb ? Forbidden : ForbiddenInOther) || ascii.AsSpan().ContainsAnyInRange('\0', '\u001f'))
        {
            throw new InvalidUrlException($"The host of the url has a character that no host name has: '{Shown(host)}'.");
        }

        if (IPv4Address.EndsInNumber(ascii))
        {
            if (!IPv4Address.TryParse(ascii, out var address))
            {
                throw new InvalidUrlException($"Invalid IPv4 address in the url: '{Shown(host)}'.");
            }

            IPv4Address.Append(ref to, address);
            return;
        }

        if (isWeb && IsTooLong(ascii))
        {
            throw new InvalidUrlException(
                "The host name of the url is too long for the DNS: "
                + $"a name has {MaxName} characters at most, a label {MaxLabel}: '{Shown(host)}'.");
        }

        to.Append(ascii);
    }

    private static bool IsTooLong(ReadOnlySpan<char> name)
    {
        name = name.EndsWith('.') ? name[..^1] : name;
        if (name.Length > MaxName)
        {
            return true;
        }

        foreach (var label in name.Split('.'))
        {
            if (label.End.Value - label.Start.Value > MaxLabel)
            {
                return true;
            }
        }

        return false;
    }

    private static string Shown(ReadOnlySpan<char> host) => host.Length <= 64 ? host.ToString() : string.Concat(host[..64], "...");
}
