namespace Httpx;

/// <summary>The components of a url before they are normalised, and the writer that normalises them.</summary>
internal ref struct UrlParts
{
    public UrlParts()
    {
    }

    /// <summary>A valid scheme, in either case; empty in a relative url.</summary>
    internal ReadOnlySpan<char> Scheme { get; set; }

    internal bool HasAuthority { get; set; }

    internal ReadOnlySpan<char> Username { get; set; }

    internal ReadOnlySpan<char> Password { get; set; }

    /// <summary>With the brackets of an IPv6 address.</summary>
    internal ReadOnlySpan<char> Host { get; set; }

    /// <summary>-1 where there is none.</summary>
    internal int Port { get; set; } = -1;

    internal ReadOnlySpan<char> Path { get; set; }

    internal bool HasQuery { get; set; }

    internal ReadOnlySpan<char> Query { get; set; }

    internal bool HasFragment { get; set; }

    internal ReadOnlySpan<char> Fragment { get; set; }

    /// <summary>Writes the url in its normal form.</summary>
    /// <param name="source">A text that may already be that form: then it is kept, and no string is made.</param>
    /// <exception cref="InvalidUrlException">A component is invalid, or they do not make a url together.</exception>
    internal readonly UrlLayout Write(string? source = null)
    {
        Span<char> memory = stackalloc char[512];
        var to = new TextBuffer(memory);
        try
        {
            return Write(ref to, source);
        }
        finally
        {
            to.Dispose();
        }
    }

    private readonly UrlLayout Write(ref TextBuffer to, string? source)
    {
        var schemeEnd = WriteScheme(ref to);
        var scheme = UrlScheme.Of(to.Written[..schemeEnd]);
        var hostStart = 0;
        var hostEnd = 0;
        var port = -1;
        if (HasAuthority)
        {
            to.Append("//");
            WriteUserInfo(ref to);
            hostStart = to.Length;
            UrlHost.Append(ref to, Host, scheme.IsWeb);
            hostEnd = to.Length;
            if (Port >= 0 && Port != scheme.DefaultPort)
            {
                port = Port;
                to.Append(':');
                to.Append(port);
            }
        }

        var pathStart = WritePath(ref to, scheme);
        var queryStart = to.Length;
        if (HasQuery)
        {
            to.Append('?');
            PercentEncoding.Escape(ref to, Query, PercentEncoding.Query);
        }

        var fragmentStart = to.Length;
        if (HasFragment)
        {
            to.Append('#');
            PercentEncoding.Escape(ref to, Fragment, PercentEncoding.Fragment);
        }

        UrlParser.CheckLength(to.Length, "url");
        return new UrlLayout
        {
            Text = source is not null && to.Written.SequenceEqual(source) ? source : to.Written.ToString(),
            SchemeEnd = schemeEnd,
            HostStart = hostStart,
            HostEnd = hostEnd,
            Port = port,
            PathStart = pathStart,
            QueryStart = queryStart,
            FragmentStart = fragmentStart,
        };
    }

    private readonly int WriteScheme(ref TextBuffer to)
    {
        foreach (var one in Scheme)
        {
            to.Append(char.ToLowerInvariant(one));
        }

        var end = to.Length;
        if (end > 0)
        {
            to.Append(':');
        }

        return end;
    }

    // An empty password is none, and empty user info is none: two spellings of one url would be two urls otherwise.
    private readonly void WriteUserInfo(ref TextBuffer to)
    {
        if (Username.IsEmpty && Password.IsEmpty)
        {
            return;
        }

        PercentEncoding.Escape(ref to, Username, PercentEncoding.UserInfo);
        if (!Password.IsEmpty)
        {
            to.Append(':');
            PercentEncoding.Escape(ref to, Password, PercentEncoding.UserInfo);
        }

        to.Append('@');
    }

    // Returns where the path begins.
    private readonly int WritePath(ref TextBuffer to, UrlScheme scheme)
    {
        var start = to.Length;
        var kept = scheme.IsWeb && !Scheme.IsEmpty ? PercentEncoding.Path : PercentEncoding.OtherPath;
        if (Path.IsEmpty)
        {
            // RFC 3986 6.2.3: "http://h" and "http://h/" are one url.
            if (HasAuthority && scheme.IsWeb && !Scheme.IsEmpty)
            {
                to.Append('/');
            }

            return start;
        }

        if (Path[0] != '/')
        {
            if (HasAuthority)
            {
                throw new InvalidUrlException("Invalid path in the url: where there is a host, the path must be empty or begin with '/'.");
            }

            WriteRootless(ref to, kept);
            return start;
        }

        if (Scheme.IsEmpty && !HasAuthority)
        {
            if (Path.StartsWith("//"))
            {
                throw new InvalidUrlException("Invalid path in the url: without a host it must not begin with '//'.");
            }

            // A relative path keeps its dots: they mean something once there is a base.
            PercentEncoding.Escape(ref to, Path, kept);
            return start;
        }

        UrlPath.AppendWithoutDots(ref to, Path, kept);
        if (!HasAuthority && to.Written[start..].StartsWith("//"))
        {
            // The path "//x" must not be read as the host "x": its text has "/." before it, which is no part of it.
            to.Insert(start, "/.");
            start += 2;
        }

        return start;
    }

    private readonly void WriteRootless(ref TextBuffer to, System.Buffers.SearchValues<char> kept)
    {
        if (Scheme.IsEmpty)
        {
            var first = Path.IndexOf('/') is var slash and >= 0 ? Path[..slash] : Path;
            if (first.StartsWith(':') || (first.IndexOf(':') is var colon and > 0 && UrlScheme.IsValid(first[..colon])))
            {
                throw new InvalidUrlException(
                    "Invalid path in the url: a colon in its first segment would be read as the end of a scheme; begin it with './'.");
            }
        }

        PercentEncoding.Escape(ref to, Path, kept);
    }
}
