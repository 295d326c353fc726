using System.Globalization;

namespace Httpx;

/// <summary>Which urls a mounted transport serves: <c>scheme://host:port</c>, each part of which may be left open.</summary>
/// <remarks>
/// The scheme <c>all</c> is any; no host or <c>*</c> is any; <c>*.example.org</c> are the sub-domains of example.org, <c>*example.org</c>
/// are they and itself; no port is any, and so is the scheme's own. The empty pattern fits everything. See
/// <see href="https://www.python-httpx.org/advanced/transports/#routing"/>.
/// </remarks>
internal sealed class UrlPattern : IComparable<UrlPattern>, IEquatable<UrlPattern>
{
    private readonly string _scheme; // empty for any
    private readonly string _host; // ASCII, lower case, without the asterisk; empty for any
    private readonly int? _port;
    private readonly HostMatch _match;

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="ArgumentException">The text is no pattern; the message says what is wrong with it.</exception>
    internal UrlPattern(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        _scheme = "";
        _host = "";
        _match = HostMatch.Any;
        if (pattern.Length == 0)
        {
            return;
        }

        var colon = pattern.IndexOf("://", StringComparison.Ordinal);
        if (colon < 0)
        {
            var scheme = pattern.TrimEnd(':');
            throw new ArgumentException(
                IsScheme(scheme)
                    ? $"The pattern '{pattern}' is a bare name. Write '{scheme}://' for a scheme, or 'all://{scheme}' for a host."
                    : $"The pattern '{pattern}' has no scheme. Write 'all://{pattern}' for a host under any scheme.",
                nameof(pattern));
        }

        _scheme = SchemeOf(pattern, pattern[..colon]);
        (_host, _port, _match) = HostOf(pattern, _scheme, pattern[(colon + 3)..]);
    }

    // In the order of preference where the domain is the same.
    private enum HostMatch
    {
        Exact,
        SubDomains,
        DomainAndSubDomains,
        Any,
    }

    /// <summary>Whether a transport mounted under this pattern serves a url.</summary>
    internal bool Matches(Url url) =>
        (_scheme.Length == 0 || url.SchemeSpan.Equals(_scheme, StringComparison.Ordinal))
        && MatchesHost(url.RawHostSpan)
        && (_port is not { } port || port == url.Port);

    /// <summary>
    /// The most specific first: one with a port before one without, then the longer domain, then the domain itself before its
    /// sub-domains, then the longer scheme (https before http before any).
    /// </summary>
    public int CompareTo(UrlPattern? other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (_port.HasValue != other._port.HasValue)
        {
            return _port.HasValue ? -1 : 1;
        }

        // HTTPX counts the asterisk's characters in, which lets "*.a.org" win over "b.a.org" if it was mounted first.
        var byHost = other._host.Length.CompareTo(_host.Length);
        byHost = byHost != 0 ? byHost : _match.CompareTo(other._match);
        return byHost != 0 ? byHost : other._scheme.Length.CompareTo(_scheme.Length);
    }

    /// <summary>Whether both are the same pattern, however they are spelled.</summary>
    public bool Equals(UrlPattern? other) =>
        other is not null && _scheme == other._scheme && _host == other._host && _port == other._port && _match == other._match;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as UrlPattern);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_scheme, _host, _port, _match);

    private bool MatchesHost(ReadOnlySpan<char> host) => _match switch
    {
        HostMatch.Any => true,
        HostMatch.Exact => host.Equals(_host, StringComparison.Ordinal),
        HostMatch.SubDomains => IsSubDomain(host),
        _ => host.Equals(_host, StringComparison.Ordinal) || IsSubDomain(host),
    };

    // The label boundary matters: wwwexample.org is none of example.org's sub-domains.
    private bool IsSubDomain(ReadOnlySpan<char> host) =>
        host.Length > _host.Length + 1 && host.EndsWith(_host, StringComparison.Ordinal) && host[^(_host.Length + 1)] == '.';

    private static string SchemeOf(string pattern, string scheme)
    {
        if (!IsScheme(scheme))
        {
            throw new ArgumentException($"The pattern '{pattern}' does not begin with a scheme: write 'all://' for any.", nameof(pattern));
        }

        scheme = scheme.ToLowerInvariant();
        return scheme == "all" ? "" : scheme;
    }

    private static bool IsScheme(string text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
            {
                return false;
            }
        }

        return text.Length > 0 && char.IsAsciiLetter(text[0]);
    }

    private static (string Host, int? Port, HostMatch Match) HostOf(string pattern, string scheme, string authority)
    {
        authority = authority.EndsWith('/') ? authority[..^1] : authority;
        if (authority.AsSpan().IndexOfAny("/?#@\\") >= 0)
        {
            throw new ArgumentException(
                "A pattern is made of scheme, host and port: it has no path, query, fragment or user name.", nameof(pattern));
        }

        int? port = null;
        var colon = authority.LastIndexOf(':');
        if (colon > authority.LastIndexOf(']'))
        {
            port = PortOf(pattern, scheme, authority.AsSpan(colon + 1));
            authority = authority[..colon];
        }

        var (match, host) = authority switch
        {
            "" or "*" => (HostMatch.Any, ""),
            ['*', '.', .. var domain] => (HostMatch.SubDomains, domain),
            ['*', .. var domain] => (HostMatch.DomainAndSubDomains, domain),
            _ => (HostMatch.Exact, authority),
        };
        return (match == HostMatch.Any ? "" : Normalized(pattern, host), port, match);
    }

    private static int? PortOf(string pattern, string scheme, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return null;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > ushort.MaxValue)
        {
            throw new ArgumentException($"The pattern '{pattern}' has a port that is no number from 0 to 65535.", nameof(pattern));
        }

        // As in a url: the scheme's own port is the same as none.
        return (scheme, port) is ("http", 80) or ("https", 443) ? null : port;
    }

    // As a url writes it, so that both are compared in one spelling: lower case, ASCII.
    private static string Normalized(string pattern, string host)
    {
        if (host.Length == 0 || host.Contains('*', StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"The pattern '{pattern}' has an asterisk where none can be: only '*', '*.domain' and '*domain' are understood.",
                nameof(pattern));
        }

        try
        {
            return new Url("http://" + host).RawHost;
        }
        catch (InvalidUrlException exception)
        {
            throw new ArgumentException(
                $"The pattern '{pattern}' has a host that is none: {exception.Message}", nameof(pattern), exception);
        }
    }
}
