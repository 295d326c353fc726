namespace Httpx;

/// <summary>The components that <see cref="Url.CopyWith"/> was given. Null keeps, "" removes.</summary>
internal readonly struct UrlChange
{
    internal string? Scheme { get; init; }

    internal string? Authority { get; init; }

    internal string? Path { get; init; }

    internal string? Query { get; init; }

    internal string? Fragment { get; init; }

    internal string? Host { get; init; }

    internal int? Port { get; init; }

    internal string? Username { get; init; }

    internal string? Password { get; init; }

    internal string? UserInfo { get; init; }

    internal QueryParams? QueryParams { get; init; }

    /// <summary>Checks each component, and writes the url anew.</summary>
    internal UrlLayout Apply(in UrlLayout old)
    {
        CheckTwice();
        var parts = old.Parts;
        ApplyScheme(ref parts);
        ApplyHost(ref parts);
        ApplyUserInfo(ref parts);
        if (Path is { } path)
        {
            UrlParser.CheckText(path, "path of the url");
            parts.Path = path;
        }

        if ((QueryParams?.ToString() ?? Query) is { } query)
        {
            UrlParser.CheckText(query, "query of the url");
            parts.Query = query;
            parts.HasQuery = query.Length > 0;
        }

        if (Fragment is { } fragment)
        {
            UrlParser.CheckText(fragment, "fragment of the url");
            parts.Fragment = fragment;
            parts.HasFragment = fragment.Length > 0;
        }

        return parts.Write();
    }

    private void CheckTwice()
    {
        if (Authority is not null && (Host is not null || Port is not null))
        {
            throw new ArgumentException("The authority is host and port: give either it or them.");
        }

        if (UserInfo is not null && (Username is not null || Password is not null))
        {
            throw new ArgumentException("The user information is user name and password: give either it or them.");
        }

        if (Query is not null && QueryParams is not null)
        {
            throw new ArgumentException("Give the query either as text or as parameters.");
        }
    }

    private void ApplyScheme(ref UrlParts parts)
    {
        if (Scheme is not { } scheme)
        {
            return;
        }

        UrlParser.CheckLength(scheme.Length, "scheme of the url");
        if (scheme.Length > 0 && !UrlScheme.IsValid(scheme))
        {
            throw new InvalidUrlException("Invalid scheme of the url: a letter, then letters, digits, '+', '-' and '.', and no ':'.");
        }

        parts.Scheme = scheme;
    }

    private void ApplyHost(ref UrlParts parts)
    {
        if (Authority is "" || Host is "")
        {
            if (Port is not null)
            {
                throw new ArgumentException("A port needs a host.");
            }

            parts.HasAuthority = false;
            parts.Host = parts.Username = parts.Password = default;
            parts.Port = -1;
        }
        else if (Authority is { } authority)
        {
            UrlParser.CheckText(authority, "authority of the url");
            UrlParser.SplitHostAndPort(authority, ref parts);
            parts.HasAuthority = true;
        }
        else if (Host is { } host)
        {
            UrlParser.CheckText(host, "host of the url");
            parts.Host = host.Contains(':') && !host.StartsWith('[') ? $"[{host}]" : host;
            parts.HasAuthority = true;
        }

        if (Port is { } port)
        {
            parts.Port = port is >= 0 and <= ushort.MaxValue
                ? port
                : throw new InvalidUrlException($"Invalid port of the url: {port}; ports are numbers from 0 to 65535.");
        }

        CheckHost(parts, Port is not null || Authority is { Length: > 0 });
    }

    private void ApplyUserInfo(ref UrlParts parts)
    {
        if (UserInfo is { } userInfo)
        {
            UrlParser.CheckText(userInfo, "user information of the url");
            UrlParser.SplitUserInfo(userInfo, ref parts);
        }

        if (Username is { } username)
        {
            parts.Username = Escape(username, "user name of the url");
        }

        if (Password is { } password)
        {
            parts.Password = Escape(password, "password of the url");
        }

        CheckHost(parts, UserInfo is { Length: > 0 } || Username is { Length: > 0 } || Password is { Length: > 0 });
    }

    private static void CheckHost(in UrlParts parts, bool isNeeded)
    {
        if (isNeeded && parts.Host.IsEmpty)
        {
            throw new InvalidUrlException("The url needs a host to have a port, a user name or a password.");
        }
    }

    private static string Escape(string text, string what)
    {
        UrlParser.CheckText(text, what);
        Span<char> memory = stackalloc char[128];
        var to = new TextBuffer(memory);
        try
        {
            PercentEncoding.Escape(ref to, text, PercentEncoding.Plain);
            return to.Written.ToString();
        }
        finally
        {
            to.Dispose();
        }
    }
}
