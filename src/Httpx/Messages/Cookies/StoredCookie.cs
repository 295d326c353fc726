using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Unicode;

namespace Httpx;

/// <summary>One cookie with all of its attributes, as a <see cref="CookieJar"/> holds it. Immutable.</summary>
/// <remarks>See RFC 6265bis 5.7. <see cref="ToString"/> masks the value, which may be a secret.</remarks>
public sealed class StoredCookie
{
    private static readonly SearchValues<char> DomainChars =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-._");

    // Beside their properties, so that a copy and a received cookie need not be checked once more.
    private readonly string _domain = "";
    private readonly string _path = "/";
    private readonly bool _isHostOnly;
    private readonly bool _spansNothing;
    private DateTimeOffset? _createdAt;

    /// <summary>A cookie that a program makes: without any attribute it is sent to every host, until the client is dropped.</summary>
    /// <param name="name">The name; may be empty where the value is not.</param>
    /// <param name="value">The value. It is sent as it is, in UTF-8.</param>
    /// <exception cref="ArgumentException">Name or value has a control character, a ";", or white space at an end, or the name a "=":
    /// whoever received it would read another cookie. Or both are empty, or longer than 4096 bytes together.</exception>
    public StoredCookie(string name, string value)
        : this(name, value, Sendable(name, value))
    {
    }

    /// <summary>A cookie of bytes that were received; whether they are valid is known, or to be asked by <see cref="FlawOf"/>.</summary>
    /// <param name="name">The name; may be empty.</param>
    /// <param name="value">The value.</param>
    /// <param name="domain">The domain, known to be valid.</param>
    /// <param name="isHostOnly">Whether its host alone is meant; has to be so for addresses and public suffixes.</param>
    /// <param name="path">The path, known to be valid.</param>
    internal StoredCookie(
        ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, string domain = "", bool isHostOnly = false, string path = "/")
    {
        _domain = domain;
        _isHostOnly = isHostOnly;
        _path = path;
        Pair = name.IsEmpty ? value.ToArray() : [.. name, (byte)'=', .. value];
        var encoding = EncodingOf(Pair);
        Name = encoding.GetString(name);
        Value = encoding.GetString(value);
    }

    private StoredCookie(string name, string value, byte[] pair)
    {
        Name = name;
        Value = value;
        Pair = pair;
    }

    /// <summary>A copy, to which attributes are added.</summary>
    internal StoredCookie(StoredCookie other)
        : this(other.Name, other.Value, other.Pair)
    {
        _domain = other._domain;
        _path = other._path;
        _isHostOnly = other._isHostOnly;
        _spansNothing = other._spansNothing;
        Expires = other.Expires;
        Secure = other.Secure;
        HttpOnly = other.HttpOnly;
        SameSite = other.SameSite;
        _createdAt = other._createdAt;
    }

    /// <summary>The name; empty for a cookie that came as a value alone.</summary>
    public string Name { get; }

    /// <summary>The value, with quotes if it has them.</summary>
    public string Value { get; }

    /// <summary>
    /// The host or domain that it is sent to, in lower case and ASCII, without a dot in front (one that is set is left out). Default "",
    /// which is every host.
    /// </summary>
    /// <exception cref="ArgumentException">It is no host name and no IP address.</exception>
    public string Domain
    {
        get => _domain;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _domain = ReadDomain(value)
                ?? throw new ArgumentException("A cookie's domain must be a host name or an IP address, without port and path.");
            _spansNothing = _domain.Length > 0 && (!CookieOrigin.HasParents(_domain) || PublicSuffixes.Contains(_domain));
        }
    }

    /// <summary>
    /// Whether it is sent to that host alone and not to those beneath it. Default false; always true where the domain is an IP address
    /// or a public suffix (<c>co.uk</c>, <c>localhost</c>), never where it is "".
    /// </summary>
    public bool IsHostOnly
    {
        get => _spansNothing || (_isHostOnly && Domain.Length > 0);
        init => _isHostOnly = value;
    }

    /// <summary>The path that it is sent to, with all beneath it. Default "/".</summary>
    /// <exception cref="ArgumentException">It does not begin with "/", or has a control character or a ";".</exception>
    public string Path
    {
        get => _path;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _path = IsPath(value)
                ? value
                : throw new ArgumentException("A cookie's path must begin with '/' and have no control characters and no ';'.");
        }
    }

    /// <summary>When it ends; null for a session cookie, which lives as long as its jar. Default null.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Whether it is sent over https alone. Default false.</summary>
    public bool Secure { get; init; }

    /// <summary>Whether scripts in a page may not see it. Kept, but without effect here. Default false.</summary>
    public bool HttpOnly { get; init; }

    /// <summary>Which sites' requests may carry it. Kept, but without effect here. Default <see cref="SameSite.Unspecified"/>.</summary>
    public SameSite SameSite { get; init; }

    /// <summary>When a jar first took in a cookie of this name, domain and path; null before. Older ones are sent first.</summary>
    public DateTimeOffset? CreatedAt
    {
        get => _createdAt;
        init => _createdAt = value;
    }

    /// <summary>Name and value as they are sent; the value alone where there is no name.</summary>
    internal byte[] Pair { get; }

    /// <summary>Whether the bytes are no UTF-8: name and value are then their ISO-8859-1 reading.</summary>
    internal bool IsLatin1 => !Utf8.IsValid(Pair);

    /// <summary>Its place among the cookies of its jar, by age.</summary>
    internal long Order { get; private set; }

    /// <summary>When it was last stored or sent, in ticks (UTC). Written without a lock: it only decides who is evicted.</summary>
    internal long LastUsed { get; set; }

    /// <summary>Name, domain and path; the value is masked.</summary>
    public override string ToString() => $"<Cookie {Name}=[secure] for {Place}>";

    /// <summary>Domain and path for a person.</summary>
    internal string Place => (Domain.Length > 0 ? Domain : "every host, ") + Path;

    /// <summary>The text of bytes that were received: UTF-8 where they are that, else ISO-8859-1, as HTTPX reads header values.</summary>
    internal static string Decode(ReadOnlySpan<byte> bytes) => EncodingOf(bytes).GetString(bytes);

    /// <summary>Whether both are the same cookie of a domain, so that the newer replaces the older (RFC 6265bis 5.7, step 23).</summary>
    internal bool Replaces(StoredCookie other) =>
        Name == other.Name && Path == other.Path && IsHostOnly == other.IsHostOnly && Domain == other.Domain;

    internal bool IsExpired(DateTimeOffset now) => Expires <= now;

    /// <summary>Gives a cookie that nobody else has its place in a jar.</summary>
    internal StoredCookie TakenIn(long order, DateTimeOffset createdAt, DateTimeOffset now)
    {
        Order = order;
        _createdAt = createdAt;
        LastUsed = now.UtcTicks;
        return this;
    }

    /// <summary>A domain as cookies know it; "" stays "". Null where it is no host name and no IP address.</summary>
    internal static string? ReadDomain(string domain)
    {
        if (domain.Length == 0)
        {
            return domain;
        }

        var name = domain.StartsWith('.') ? domain[1..] : domain;
        if (name.StartsWith('[') && name.EndsWith(']'))
        {
            name = name[1..^1];
        }

        if (!Ascii.IsValid(name))
        {
            name = Idna.ToAscii(name) ?? "";
        }

        name = name.ToLowerInvariant();
        if (name.Contains(':'))
        {
            return IPAddress.TryParse(name, out var address) && !name.Contains('%') ? address.ToString() : null;
        }

        var isName = name.Length is > 0 and <= CookieOrigin.MaxHostLength && !name.AsSpan().ContainsAnyExcept(DomainChars)
            && !name.StartsWith('.') && !name.Contains("..", StringComparison.Ordinal);
        return isName ? name : null;
    }

    /// <summary>Whether a path can be one of a cookie.</summary>
    internal static bool IsPath(string path) => path.StartsWith('/') && FirstForbidden(path) < 0;

    /// <summary>Why a name and a value cannot be sent; null where they can. Does not show them.</summary>
    internal static string? FlawOf(string name, string value)
    {
        var flaw = FlawIn(name, isName: true) ?? FlawIn(value, isName: false);
        if (flaw is not null)
        {
            return flaw;
        }

        if (name.Contains('='))
        {
            return "A cookie's name cannot have a '=': the name would end there.";
        }

        if (name.Length == 0 && (value.Length == 0 || value.Contains('=')))
        {
            return "A cookie without a name must have a value, and no '=' in it.";
        }

        return Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value) > SetCookie.MaxPairLength
            ? $"Name and value of a cookie cannot have more than {SetCookie.MaxPairLength} bytes together."
            : null;
    }

    private static string? FlawIn(string text, bool isName)
    {
        var what = isName ? "name" : "value";
        var at = FirstForbidden(text);
        if (at >= 0)
        {
            return $"A cookie's {what} cannot have the character U+{(int)text[at]:X4} (at index {at}).";
        }

        return text.Length > 0 && (text[0] is ' ' or '\t' || text[^1] is ' ' or '\t')
            ? $"A cookie's {what} cannot begin or end with white space: it would be lost on the way."
            : null;
    }

    private static byte[] Sendable(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        return FlawOf(name, value) is { } flaw
            ? throw new ArgumentException(flaw)
            : Encoding.UTF8.GetBytes(name.Length > 0 ? $"{name}={value}" : value);
    }

    private static Encoding EncodingOf(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1;

    // Controls but the tab, the separator of cookies, and halves of surrogate pairs, which no encoding can write.
    private static int FirstForbidden(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (c is (< ' ' and not '\t') or '\u007f' or ';' || char.IsSurrogate(c))
            {
                return i;
            }
        }

        return -1;
    }
}
