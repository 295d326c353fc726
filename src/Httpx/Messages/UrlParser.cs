using System.Buffers;

namespace Httpx;

/// <summary>Splits a url as RFC 3986 has it and normalises it, in linear time.</summary>
/// <remarks>
/// Nearly all urls are in their normal form already. <see cref="TryReadNormal"/> proves that in one pass, with no string made;
/// whatever else comes is split and written anew by <see cref="UrlParts"/>. Both agree: a test feeds the one what the other wrote.
/// </remarks>
internal static class UrlParser
{
    /// <summary>The longest url, and the longest component of one, as in HTTPX: far beyond what any server takes.</summary>
    internal const int MaxLength = 65_536;

    /// <summary>Reads a url, absolute or relative.</summary>
    /// <exception cref="InvalidUrlException">It is none.</exception>
    internal static UrlLayout Parse(string url) => TryReadNormal(url, out var layout) ? layout : Split(url).Write(url);

    /// <summary>Refuses what is too long for a url or a component of one.</summary>
    internal static void CheckLength(int length, string what)
    {
        if (length > MaxLength)
        {
            throw new InvalidUrlException($"The {what} is too long: {length} characters; {MaxLength} are allowed.");
        }
    }

    /// <summary>Refuses control characters, and what is too long.</summary>
    internal static void CheckText(ReadOnlySpan<char> text, string what)
    {
        CheckLength(text.Length, what);
        var at = text.IndexOfAnyInRange('\0', '\u001f');
        if (at < 0)
        {
            at = text.IndexOf('\u007f');
        }

        if (at >= 0)
        {
            throw new InvalidUrlException($"The {what} has a control character, '\\x{(int)text[at]:x2}', at position {at}.");
        }
    }

    /// <summary>Reads host and port. User information is none of theirs.</summary>
    internal static void SplitHostAndPort(ReadOnlySpan<char> text, ref UrlParts parts)
    {
        if (text.Contains('\\'))
        {
            // Some readers take it for a slash, and what follows for the path: they would go to another host.
            throw new InvalidUrlException("The host of the url must not contain a backslash.");
        }

        var end = text.StartsWith('[') ? text.IndexOf(']') + 1 : text.IndexOf(':');
        if (end <= 0 && text.StartsWith('['))
        {
            throw new InvalidUrlException("Invalid IPv6 address in the url: the closing bracket is missing.");
        }

        parts.Host = end < 0 ? text : text[..end];
        parts.Port = end < 0 || end == text.Length ? -1 : ParsePort(text[end..]);
    }

    /// <summary>Reads user name and password: the first colon parts them.</summary>
    internal static void SplitUserInfo(ReadOnlySpan<char> userInfo, ref UrlParts parts)
    {
        var colon = userInfo.IndexOf(':');
        parts.Username = colon < 0 ? userInfo : userInfo[..colon];
        parts.Password = colon < 0 ? default : userInfo[(colon + 1)..];
    }

    private static bool TryReadNormal(string url, out UrlLayout layout)
    {
        layout = default;
        var text = url.AsSpan();
        if (text.Length is 0 or > MaxLength)
        {
            return false;
        }

        int schemeEnd, hostStart = 0, hostEnd = 0, pathStart = 0, port = -1;
        if (text[0] == '/')
        {
            schemeEnd = 0;
            if (text.Length > 1 && text[1] == '/')
            {
                return false;
            }
        }
        else
        {
            schemeEnd = text.StartsWith("https://") ? 5 : text.StartsWith("http://") ? 4 : 0;
            if (schemeEnd == 0 || !TryReadNormalHost(text, schemeEnd, out hostEnd, out pathStart, out port))
            {
                return false;
            }

            if (pathStart == text.Length)
            {
                url = string.Concat(url, "/");
                text = url;
            }

            hostStart = schemeEnd + 3;
        }

        if (!TryReadNormalTail(text, pathStart, out var queryStart, out var fragmentStart)
            || (hostStart > 0 && UrlPath.HasDots(text[pathStart..queryStart])))
        {
            return false;
        }

        layout = new UrlLayout
        {
            Text = url,
            SchemeEnd = schemeEnd,
            HostStart = hostStart,
            HostEnd = hostEnd,
            Port = port,
            PathStart = pathStart,
            QueryStart = queryStart,
            FragmentStart = fragmentStart,
        };
        return true;
    }

    private static bool TryReadNormalHost(ReadOnlySpan<char> text, int schemeEnd, out int hostEnd, out int pathStart, out int port)
    {
        var host = text[(schemeEnd + 3)..];
        host = host[..UrlHost.CountPlain(host)];
        hostEnd = pathStart = schemeEnd + 3 + host.Length;
        port = -1;
        if (host.IsEmpty || !UrlHost.IsNormal(host))
        {
            return false;
        }

        if (hostEnd < text.Length && text[hostEnd] == ':')
        {
            var at = hostEnd + 1;
            var number = 0;
            while (at < text.Length && at < hostEnd + 6 && char.IsAsciiDigit(text[at]))
            {
                number = (number * 10) + text[at++] - '0';
            }

            // A leading zero, the default port and no number at all have another normal form.
            if (at == hostEnd + 1 || text[hostEnd + 1] == '0' || number > ushort.MaxValue || number == (schemeEnd == 5 ? 443 : 80))
            {
                return false;
            }

            port = number;
            pathStart = at;
        }

        return pathStart == text.Length || text[pathStart] == '/';
    }

    private static bool TryReadNormalTail(ReadOnlySpan<char> text, int pathStart, out int queryStart, out int fragmentStart)
    {
        queryStart = fragmentStart = text.Length;
        var end = IndexOfUnsafe(text, pathStart, PercentEncoding.Path);
        if (end < text.Length && text[end] == '?')
        {
            queryStart = end;
            end = IndexOfUnsafe(text, end + 1, PercentEncoding.Query);
        }

        if (end < text.Length)
        {
            if (text[end] != '#')
            {
                return false;
            }

            fragmentStart = end;
            queryStart = Math.Min(queryStart, end);
            end = IndexOfUnsafe(text, end + 1, PercentEncoding.Fragment);
        }

        return end == text.Length;
    }

    private static int IndexOfUnsafe(ReadOnlySpan<char> text, int start, SearchValues<char> safe)
    {
        var at = text[start..].IndexOfAnyExcept(safe);
        return at < 0 ? text.Length : start + at;
    }

    private static UrlParts Split(string url)
    {
        CheckText(url, "url");
        var rest = url.AsSpan();
        var parts = new UrlParts();
        var colon = rest.IndexOfAny(":/?#");
        if (colon > 0 && rest[colon] == ':' && UrlScheme.IsValid(rest[..colon]))
        {
            parts.Scheme = rest[..colon];
            rest = rest[(colon + 1)..];
        }

        var hash = rest.IndexOf('#');
        if (hash >= 0)
        {
            parts.HasFragment = true;
            parts.Fragment = rest[(hash + 1)..];
            rest = rest[..hash];
        }

        var mark = rest.IndexOf('?');
        if (mark >= 0)
        {
            parts.HasQuery = true;
            parts.Query = rest[(mark + 1)..];
            rest = rest[..mark];
        }

        if (rest.StartsWith("//"))
        {
            var slash = rest[2..].IndexOf('/');
            SplitAuthority(slash < 0 ? rest[2..] : rest.Slice(2, slash), ref parts);
            rest = slash < 0 ? default : rest[(slash + 2)..];
        }

        parts.Path = rest;
        return parts;
    }

    private static void SplitAuthority(ReadOnlySpan<char> authority, ref UrlParts parts)
    {
        parts.HasAuthority = true;

        // The last "@" ends the user information, the first ":" the user name: the rule of the URL standard, and the only one here.
        var at = authority.LastIndexOf('@');
        if (at >= 0)
        {
            if (authority[..at].Contains('\\'))
            {
                throw new InvalidUrlException("The user information of the url must not contain a backslash: write %5C.");
            }

            SplitUserInfo(authority[..at], ref parts);
        }

        SplitHostAndPort(authority[(at + 1)..], ref parts);
    }

    // The text is not shown: where a password has a "/" that was not escaped, it is a part of the password.
    private static int ParsePort(ReadOnlySpan<char> text)
    {
        if (text.Length == 1 && text[0] == ':')
        {
            return -1;
        }

        var port = 0;
        foreach (var digit in text[1..])
        {
            port = char.IsAsciiDigit(digit) && text[0] == ':' ? Math.Min((port * 10) + digit - '0', 100_000) : 100_000;
        }

        return port <= ushort.MaxValue && text[0] == ':'
            ? port
            : throw new InvalidUrlException(
                "Invalid port in the url: after the host come ':' and a number from 0 to 65535; "
                + "a '/', '?' or '#' in a password must be percent-encoded.");
    }
}
