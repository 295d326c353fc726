using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Httpx;

/// <summary>
/// A url, absolute or relative, in its normal form. Immutable, safe for all threads; a string or a <see cref="Uri"/> becomes one by itself.
/// </summary>
/// <remarks>
/// <para>
/// The syntax is RFC 3986's. The normal form has scheme and host in lower case, international names as <c>xn--</c>, IP addresses in
/// one spelling, no default port, no dot segments, no empty password, "/" for the empty path of an http url (so that
/// <c>http://h</c> and <c>http://h/</c> are equal, as they name one resource: RFC 3986 6.2.3), and percent-encoding where the sets of
/// the URL standard want it. What is percent-encoded already stays as it is written.
/// </para>
/// <para>
/// <see cref="ToString"/> contains the password, if there is one; <see cref="ToLogString"/> does not. See
/// <see href="https://www.python-httpx.org/api/#url">HTTPX's URL</see>, of which this is the counterpart.
/// </para>
/// </remarks>
[DebuggerDisplay("{ToLogString(),nq}")]
public sealed class Url : IEquatable<Url>
{
    // The text and seven offsets: one object of 56 bytes. All else is cut out of the text when it is asked for.
    private readonly UrlLayout _layout;

    /// <summary>Reads a url.</summary>
    /// <param name="url">The url; at most 65,536 characters.</param>
    /// <param name="allowRelative">
    /// Whether it may lack scheme or host. Default false; the conversion from string allows it, because a client has a base url.
    /// </param>
    /// <param name="query">
    /// Parameters to merge into the url's own: they replace those of equal name, the others stay. Default none.
    /// </param>
    /// <exception cref="InvalidUrlException">The text is no url, or a relative one without leave; the message names the part.</exception>
    public Url(string url, bool allowRelative = false, QueryParams? query = null)
        : this(Parse(url, query))
    {
        if (allowRelative)
        {
            return;
        }

        if (_layout.SchemeEnd == 0)
        {
            throw new InvalidUrlException("The url is relative: begin it with a scheme, as in 'https://', or allow relative ones.");
        }

        if (_layout.Host.IsEmpty && UrlScheme.Of(_layout.Scheme).IsWeb)
        {
            throw new InvalidUrlException("The url has no host: after the scheme come '//' and the host.");
        }
    }

    /// <summary>Takes a <see cref="Uri"/> over, absolute or relative.</summary>
    /// <param name="uri">The url.</param>
    /// <param name="query">As in <see cref="Url(string, bool, QueryParams?)"/>.</param>
    /// <exception cref="InvalidUrlException">It is no url that this library can use.</exception>
    public Url(Uri uri, QueryParams? query = null)
        : this(Parse(TextOf(uri), query))
    {
    }

    private Url(in UrlLayout layout)
    {
        _layout = layout;
    }

    /// <summary>Reads a url, absolute or relative; null stays null.</summary>
    /// <param name="url">The url.</param>
    /// <exception cref="InvalidUrlException">The text is no url.</exception>
    [return: NotNullIfNotNull(nameof(url))]
    public static implicit operator Url?(string? url) => url is null ? null : new Url(UrlParser.Parse(url));

    /// <summary>Takes a <see cref="Uri"/> over, absolute or relative; null stays null.</summary>
    /// <param name="uri">The url.</param>
    /// <exception cref="InvalidUrlException">It is no url that this library can use.</exception>
    [return: NotNullIfNotNull(nameof(uri))]
    public static implicit operator Url?(Uri? uri) => uri is null ? null : new Url(uri);

    /// <summary>The scheme in lower case, such as <c>https</c>; empty in a relative url.</summary>
    public string Scheme => _layout.Scheme switch
    {
        "https" => "https",
        "http" => "http",
        var other => other.ToString(),
    };

    /// <summary>Host and port as the Host header has them: ASCII, IPv6 in brackets, no default port, no user information.</summary>
    public string Authority => AuthoritySpan.ToString();

    /// <summary>
    /// The host for people: international names in Unicode, IPv6 addresses without brackets; empty where there is none.
    /// </summary>
    public string Host => Idna.ToUnicode(RawHostSpan);

    /// <summary>The host for machines: ASCII, IPv6 addresses without brackets; empty where there is none.</summary>
    public string RawHost => RawHostSpan.ToString();

    /// <summary>The port: the explicit one, or else the scheme's (http and ws 80, https and wss 443, ftp 21), or else -1.</summary>
    public int Port => _layout.Port >= 0 ? _layout.Port : UrlScheme.Of(_layout.Scheme).DefaultPort;

    /// <summary>The port that the url names; null where it names none or its scheme's own.</summary>
    public int? ExplicitPort => _layout.Port >= 0 ? _layout.Port : null;

    /// <summary>The path, percent-decoded; "/" where it is empty.</summary>
    public string Path => _layout.Path.IsEmpty ? "/" : PercentEncoding.Unescape(_layout.Path);

    /// <summary>The query as it is sent, without "?"; empty where there is none.</summary>
    public string Query => _layout.Query.ToString();

    /// <summary>Path and query as they are sent; at least "/".</summary>
    public string FullPath => FullPathSpan.ToString();

    /// <summary>The fragment, percent-decoded, without "#"; empty where there is none. It is never sent.</summary>
    public string Fragment => PercentEncoding.Unescape(_layout.Fragment);

    /// <summary>Whether the scheme asks for TLS: https or wss.</summary>
    public bool IsSsl => _layout.Scheme is "https" or "wss";

    /// <summary>Whether there are a scheme and a host.</summary>
    public bool IsAbsoluteUrl => _layout.SchemeEnd > 0 && !_layout.Host.IsEmpty;

    /// <summary>Whether scheme or host are missing.</summary>
    public bool IsRelativeUrl => !IsAbsoluteUrl;

    /// <summary>User name and password as they are written, percent-encoded, with ":" between; empty where there are none.</summary>
    public string UserInfo => _layout.UserInfo.ToString();

    /// <summary>The user name, percent-decoded; empty where there is none.</summary>
    public string Username => PercentEncoding.Unescape(_layout.Parts.Username);

    /// <summary>The password, percent-decoded; empty where there is none.</summary>
    public string Password => PercentEncoding.Unescape(_layout.Parts.Password);

    /// <summary>The query's parameters, decoded.</summary>
    public QueryParams Params => new(Query);

    /// <summary>Scheme, host and port, as in <c>https://example.org:8080</c> (RFC 6454 6.2); "null" where there is no host.</summary>
    public string Origin => IsAbsoluteUrl ? string.Concat(_layout.Scheme, "://", AuthoritySpan) : "null";

    /// <summary>Makes a url with some components changed. Null keeps a component, "" removes it.</summary>
    /// <remarks>
    /// Each component is checked on its own, so that none can reach into another: a "/" in <paramref name="host"/> is refused, a "?" in
    /// <paramref name="path"/> is escaped.
    /// </remarks>
    /// <param name="scheme">The scheme, without ":".</param>
    /// <param name="authority">Host and port together; without the port there is none. No user information.</param>
    /// <param name="path">The path; what is percent-encoded in it stays so. Where there is a host it begins with "/".</param>
    /// <param name="query">The query without "?"; what is percent-encoded in it stays so.</param>
    /// <param name="fragment">The fragment without "#"; what is percent-encoded in it stays so.</param>
    /// <param name="host">The host, IPv6 addresses with brackets or without; "" also removes port and user information.</param>
    /// <param name="port">The port, from 0 to 65535; the scheme's own is not written.</param>
    /// <param name="username">The user name as plain text: it is escaped.</param>
    /// <param name="password">The password as plain text: it is escaped.</param>
    /// <param name="userInfo">User name and password together, percent-encoded, with ":" between.</param>
    /// <param name="queryParams">A query that takes the place of the whole old one; an empty one removes it.</param>
    /// <exception cref="InvalidUrlException">A component is invalid, or they do not make a url together.</exception>
    /// <exception cref="ArgumentException">Something is given twice, such as a host beside an authority.</exception>
    public Url CopyWith(string? scheme = null, string? authority = null, string? path = null, string? query = null,
        string? fragment = null, string? host = null, int? port = null, string? username = null,
        string? password = null, string? userInfo = null, QueryParams? queryParams = null)
    {
        var change = new UrlChange
        {
            Scheme = scheme,
            Authority = authority,
            Path = path,
            Query = query,
            Fragment = fragment,
            Host = host,
            Port = port,
            Username = username,
            Password = password,
            UserInfo = userInfo,
            QueryParams = queryParams,
        };
        return new Url(change.Apply(_layout));
    }

    /// <summary>Makes a url whose query has the parameter once, or once for each value of a sequence; the rest stays as written.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">The value or values, as <see cref="QueryParams"/> takes them.</param>
    /// <exception cref="ArgumentException">The value is of a kind that has no text.</exception>
    public Url CopySetParam(string name, object? value) =>
        WithQuery(UrlQuery.Merge(_layout.Query, QueryParams.Empty.Set(name, value), alsoRemove: name));

    /// <summary>Makes a url with the parameter added at the end; the rest stays as it is written.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">The value or values, as <see cref="QueryParams"/> takes them.</param>
    /// <exception cref="ArgumentException">The value is of a kind that has no text.</exception>
    public Url CopyAddParam(string name, object? value) =>
        WithQuery(UrlQuery.Join(_layout.Query, QueryParams.Empty.Add(name, value).ToString()));

    /// <summary>Makes a url without the parameter; the rest stays as it is written.</summary>
    /// <param name="name">The parameter's name.</param>
    public Url CopyRemoveParam(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return WithQuery(UrlQuery.Merge(_layout.Query, QueryParams.Empty, alsoRemove: name));
    }

    /// <summary>Makes a url with parameters merged into its query: they replace those of equal name, the rest stays as written.</summary>
    /// <param name="query">The parameters.</param>
    public Url CopyMergeParams(QueryParams query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return query.IsEmpty ? this : WithQuery(UrlQuery.Merge(_layout.Query, query));
    }

    /// <summary>Resolves a reference against this url, as a browser does a link on a page (RFC 3986 5.2, strictly).</summary>
    /// <param name="url">The reference; an absolute one is returned as it is.</param>
    /// <exception cref="InvalidUrlException">The two make no url.</exception>
    public Url Join(Url url)
    {
        ArgumentNullException.ThrowIfNull(url);
        ref readonly var reference = ref url._layout;
        if (reference.SchemeEnd > 0)
        {
            return url;
        }

        var parts = (reference.HasAuthority ? reference : _layout).Parts;
        parts.Scheme = _layout.Scheme;
        parts.HasFragment = reference.HasFragment;
        parts.Fragment = reference.Fragment;
        if (reference.HasAuthority)
        {
            return !reference.Host.IsEmpty || !UrlScheme.Of(_layout.Scheme).IsWeb
                ? new Url(parts.Write())
                : throw new InvalidUrlException("The reference names an empty host: '//' comes before a host.");
        }

        if (reference.Path.IsEmpty)
        {
            parts.HasQuery |= reference.HasQuery;
            parts.Query = reference.HasQuery ? reference.Query : parts.Query;
        }
        else
        {
            parts.HasQuery = reference.HasQuery;
            parts.Query = reference.Query;
            parts.Path = reference.Path[0] != '/' ? UrlPath.Merge(_layout, reference.Path)
                : _layout.SchemeEnd > 0 || _layout.HasAuthority ? reference.Path
                : UrlPath.ResolveRelative(url._layout.Path.ToString());
        }

        return new Url(parts.Write());
    }

    /// <summary>The same url as the platform's type, for code that wants that one.</summary>
    /// <exception cref="InvalidUrlException">The platform refuses it, as it does a few unusual hosts.</exception>
    public Uri ToUri() => Uri.TryCreate(_layout.Text, _layout.SchemeEnd > 0 ? UriKind.Absolute : UriKind.Relative, out var uri)
        ? uri
        : throw new InvalidUrlException($"System.Uri cannot hold the url '{ToLogString()}'.");

    /// <summary>The url with <c>[secure]</c> in the place of the password, if there is one: for logs and messages.</summary>
    public string ToLogString()
    {
        var password = _layout.Parts.Password;
        return password.IsEmpty
            ? _layout.Text
            : string.Concat(
                _layout.Text.AsSpan(0, _layout.HostStart - 1 - password.Length), "[secure]", _layout.Text.AsSpan(_layout.HostStart - 1));
    }

    /// <summary>The whole url, the password included.</summary>
    public override string ToString() => _layout.Text;

    /// <summary>Whether the other url's normal form is the same.</summary>
    /// <param name="other">The other url.</param>
    public bool Equals(Url? other) => other is not null && _layout.Text == other._layout.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Url);

    /// <inheritdoc/>
    public override int GetHashCode() => _layout.Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>Whether the normal forms of both are the same; a string on either side is read as a url.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Url? left, Url? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether the normal forms of both differ; a string on either side is read as a url.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Url? left, Url? right) => !(left == right);

    // For the rest of the library: pieces of ToString() that cost nothing. All ASCII.
    internal ReadOnlySpan<char> SchemeSpan => _layout.Scheme;

    /// <summary>Host and port as in the Host header: IPv6 in brackets, no default port, no user information.</summary>
    internal ReadOnlySpan<char> AuthoritySpan =>
        _layout.HasAuthority ? _layout.Text.AsSpan(_layout.HostStart, _layout.PathStart - _layout.HostStart) : default;

    /// <summary>The host without brackets and port.</summary>
    internal ReadOnlySpan<char> RawHostSpan
    {
        get
        {
            var host = _layout.Host;
            return host.StartsWith('[') ? host[1..^1] : host;
        }
    }

    /// <summary>Path and query as sent; at least "/". Only a query without a path, which no url of the web has, costs a string.</summary>
    internal ReadOnlySpan<char> FullPathSpan =>
        _layout.QueryStart > _layout.PathStart ? _layout.Text.AsSpan(_layout.PathStart, _layout.FragmentStart - _layout.PathStart)
        : _layout.HasQuery ? string.Concat("/?", _layout.Query)
        : "/";

    internal bool HasUserInfo => _layout.HasUserInfo;

    /// <summary>Whether scheme, host and port are the same.</summary>
    internal bool IsSameOrigin(Url other) =>
        _layout.Scheme.SequenceEqual(other._layout.Scheme) && AuthoritySpan.SequenceEqual(other.AuthoritySpan);

    /// <summary>Puts a relative url behind this base as HTTPX does, path behind path; an absolute one is returned as it is.</summary>
    /// <remarks>
    /// The base's query stays as default parameters. What looks like a scheme without a host, as in <c>users:search</c>, is path;
    /// <c>http:/x</c> is an error.
    /// </remarks>
    /// <exception cref="InvalidUrlException">The two make no url.</exception>
    internal Url Append(Url url)
    {
        ref readonly var relative = ref url._layout;
        if (url.IsAbsoluteUrl || (relative.SchemeEnd > 0 && relative.HasAuthority && !UrlScheme.Of(relative.Scheme).IsWeb))
        {
            return url;
        }

        if (relative.SchemeEnd > 0 && UrlScheme.Of(relative.Scheme).IsWeb)
        {
            throw new InvalidUrlException("The url has a scheme but no host: write both, or neither to have it put behind the base url.");
        }

        if (relative.SchemeEnd == 0 && _layout.HasAuthority && !_layout.HasQuery)
        {
            // The common case of a client with a base url: what comes out is most often normal, and one string.
            var start = _layout.Text.AsSpan(0, _layout.QueryStart - (_layout.Path.EndsWith('/') ? 1 : 0));
            var rest = relative.Text.AsSpan(relative.PathStart, relative.FragmentStart - relative.PathStart).TrimStart('/');
            return new Url(UrlParser.Parse(string.Concat(start, "/", rest)));
        }

        var parts = _layout.Parts;
        var path = relative.SchemeEnd > 0 ? relative.Text.AsSpan(0, relative.QueryStart) : relative.Path;
        parts.Path = UrlPath.Concatenate(_layout.Path, path);
        parts.HasQuery |= relative.HasQuery;
        parts.Query = UrlQuery.MergeText(_layout.Query, relative.Query);
        parts.HasFragment = false;
        return new Url(parts.Write());
    }

    private static UrlLayout Parse(string url, QueryParams? query)
    {
        ArgumentNullException.ThrowIfNull(url);
        var layout = UrlParser.Parse(url);
        return query is null || query.IsEmpty ? layout : Write(layout, UrlQuery.Merge(layout.Query, query));
    }

    private static UrlLayout Write(in UrlLayout layout, string query)
    {
        var parts = layout.Parts;
        parts.HasQuery = query.Length > 0;
        parts.Query = query;
        return parts.Write();
    }

    private static string TextOf(Uri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        return uri.IsAbsoluteUri ? uri.AbsoluteUri : uri.OriginalString;
    }

    private Url WithQuery(string query) => new(Write(_layout, query));
}
