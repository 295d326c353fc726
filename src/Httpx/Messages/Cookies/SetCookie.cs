using System.Buffers;
using System.Text;

namespace Httpx;

/// <summary>One <c>Set-Cookie</c> field, read by the algorithm of RFC 6265bis 5.6. Points into the field's bytes.</summary>
internal readonly ref struct SetCookie
{
    /// <summary>A longer field is ignored; curl's limit.</summary>
    internal const int MaxLineLength = 5000;

    /// <summary>Name and value together, as RFC 6265bis 5.6 bounds them.</summary>
    internal const int MaxPairLength = 4096;

    // A longer attribute is ignored, the cookie is not (RFC 6265bis 5.6).
    private const int MaxAttributeLength = 1024;

    // Controls other than the tab, anywhere in the field, make it void (RFC 6265bis 5.6).
    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127]);

    private SetCookie(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, Attributes attributes)
    {
        Name = name;
        Value = value;
        Domain = attributes.Domain;
        Path = attributes.Path;
        HasPath = attributes.HasPath;
        Expires = attributes.Expires;
        MaxAge = attributes.MaxAge;
        Secure = attributes.Secure;
        HttpOnly = attributes.HttpOnly;
        SameSite = attributes.SameSite;
    }

    /// <summary>Empty where there was no "=".</summary>
    internal ReadOnlySpan<byte> Name { get; }

    internal ReadOnlySpan<byte> Value { get; }

    /// <summary>As written, but for one dot in front; empty where there is none.</summary>
    internal ReadOnlySpan<byte> Domain { get; }

    /// <summary>Empty where the default path holds.</summary>
    internal ReadOnlySpan<byte> Path { get; }

    /// <summary>Whether there was an attribute Path, usable or not.</summary>
    internal bool HasPath { get; }

    internal DateTimeOffset? Expires { get; }

    /// <summary>In seconds; goes before <see cref="Expires"/>.</summary>
    internal long? MaxAge { get; }

    internal bool Secure { get; }

    internal bool HttpOnly { get; }

    internal SameSite SameSite { get; }

    /// <summary>Reads a field; false where the RFC says to ignore it. Time is linear in its length.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> line, out SetCookie cookie)
    {
        cookie = default;
        if (line.Length > MaxLineLength || line.ContainsAny(Controls))
        {
            return false;
        }

        var pair = Before(ref line, (byte)';');
        var value = pair;
        var name = pair.Contains((byte)'=') ? Trim(Before(ref value, (byte)'=')) : default;
        value = Trim(value);
        if (name.Length + value.Length is 0 or > MaxPairLength)
        {
            return false;
        }

        var attributes = default(Attributes);
        while (!line.IsEmpty)
        {
            var setting = Before(ref line, (byte)';');
            var attribute = Trim(Before(ref setting, (byte)'='));
            setting = Trim(setting);
            if (setting.Length <= MaxAttributeLength)
            {
                attributes.Set(attribute, setting);
            }
        }

        cookie = new SetCookie(name, value, attributes);
        return true;
    }

    // Cuts off what stands before a separator, and the separator; all where there is none.
    private static ReadOnlySpan<byte> Before(scoped ref ReadOnlySpan<byte> text, byte separator)
    {
        var at = text.IndexOf(separator);
        var before = at < 0 ? text : text[..at];
        text = at < 0 ? default : text[(at + 1)..];
        return before;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t"u8);

    // Of several attributes of one name the last one holds, and one that cannot be understood is as if it were not there.
    private ref struct Attributes
    {
        internal ReadOnlySpan<byte> Domain;
        internal ReadOnlySpan<byte> Path;
        internal bool HasPath;
        internal DateTimeOffset? Expires;
        internal long? MaxAge;
        internal bool Secure;
        internal bool HttpOnly;
        internal SameSite SameSite;

        internal void Set(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
        {
            if (Is(name, "expires"u8))
            {
                Expires = CookieDate.TryParse(value, out var date) ? date : Expires;
            }
            else if (Is(name, "max-age"u8))
            {
                MaxAge = ReadSeconds(value) ?? MaxAge;
            }
            else if (Is(name, "domain"u8))
            {
                Domain = value.StartsWith((byte)'.') ? value[1..] : value;
            }
            else if (Is(name, "path"u8))
            {
                HasPath = true;
                Path = value.StartsWith((byte)'/') ? value : default;
            }
            else if (Is(name, "secure"u8))
            {
                Secure = true;
            }
            else if (Is(name, "httponly"u8))
            {
                HttpOnly = true;
            }
            else if (Is(name, "samesite"u8))
            {
                SameSite = Is(value, "none"u8) ? SameSite.None
                    : Is(value, "lax"u8) ? SameSite.Lax
                    : Is(value, "strict"u8) ? SameSite.Strict
                    : SameSite.Unspecified;
            }
        }

        private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> known) => Ascii.EqualsIgnoreCase(name, known);

        // Null where it is no whole number; a number that is too big is the biggest.
        private static long? ReadSeconds(ReadOnlySpan<byte> value)
        {
            var digits = value.StartsWith((byte)'-') ? value[1..] : value;
            if (value.IsEmpty || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            {
                return null;
            }

            if (digits.Length < value.Length)
            {
                return -1; // whatever is not above zero means "now"; "-" alone is one of the RFC's oddities
            }

            return System.Buffers.Text.Utf8Parser.TryParse(digits, out long seconds, out _) ? seconds : long.MaxValue;
        }
    }
}
