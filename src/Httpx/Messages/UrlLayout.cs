namespace Httpx;

/// <summary>A normalised url and where its components are. Immutable.</summary>
/// <remarks>
/// <code>
/// https://user:pass@h:8080/path?query#fragment
///      |            | |   |    |     |
///      SchemeEnd    | |   |    |     FragmentStart ('#', or the end)
///           HostStart |   |    QueryStart ('?', or FragmentStart)
///               HostEnd   PathStart
/// </code>
/// Without a scheme <see cref="SchemeEnd"/> is 0; without an authority <see cref="HostStart"/> is 0 (with one, it is 2 at least).
/// </remarks>
internal readonly struct UrlLayout
{
    internal required string Text { get; init; }

    internal int SchemeEnd { get; init; }

    internal int HostStart { get; init; }

    internal int HostEnd { get; init; }

    internal int PathStart { get; init; }

    internal int QueryStart { get; init; }

    internal int FragmentStart { get; init; }

    /// <summary>The port as written; -1 where there is none or it is the scheme's default.</summary>
    internal int Port { get; init; }

    internal bool HasAuthority => HostStart > 0;

    internal ReadOnlySpan<char> Scheme => Text.AsSpan(0, SchemeEnd);

    /// <summary>As written: without the "@".</summary>
    internal ReadOnlySpan<char> UserInfo => HasUserInfo ? Text.AsSpan(AuthorityStart, HostStart - 1 - AuthorityStart) : default;

    /// <summary>With the brackets of an IPv6 address.</summary>
    internal ReadOnlySpan<char> Host => Text.AsSpan(HostStart, HostEnd - HostStart);

    internal ReadOnlySpan<char> Path => Text.AsSpan(PathStart, QueryStart - PathStart);

    /// <summary>Without the "?".</summary>
    internal ReadOnlySpan<char> Query => HasQuery ? Text.AsSpan(QueryStart + 1, FragmentStart - QueryStart - 1) : default;

    /// <summary>Without the "#".</summary>
    internal ReadOnlySpan<char> Fragment => HasFragment ? Text.AsSpan(FragmentStart + 1) : default;

    internal bool HasUserInfo => HostStart > AuthorityStart;

    internal bool HasQuery => QueryStart < FragmentStart;

    internal bool HasFragment => FragmentStart < Text.Length;

    /// <summary>The components, to be changed and written anew.</summary>
    internal UrlParts Parts
    {
        get
        {
            var userInfo = UserInfo;
            var colon = userInfo.IndexOf(':');
            return new UrlParts
            {
                Scheme = Scheme,
                HasAuthority = HasAuthority,
                Username = colon < 0 ? userInfo : userInfo[..colon],
                Password = colon < 0 ? default : userInfo[(colon + 1)..],
                Host = HasAuthority ? Host : default,
                Port = Port,
                Path = Path,
                HasQuery = HasQuery,
                Query = Query,
                HasFragment = HasFragment,
                Fragment = Fragment,
            };
        }
    }

    private int AuthorityStart => HasAuthority ? (SchemeEnd == 0 ? 2 : SchemeEnd + 3) : 0;
}
