using System.Globalization;
using System.Text;

namespace Httpx;

/// <summary>The answers to one digest challenge: one nonce, one key, and how often they were used. Safe for many threads.</summary>
internal sealed class DigestSession
{
    private readonly DigestChallenge _challenge;
    private readonly string _username;
    private readonly string _cnonce;
    private readonly string _key;
    private int _count;

    /// <param name="challenge">What the server asks.</param>
    /// <param name="username">The user.</param>
    /// <param name="password">Used here, and not kept.</param>
    /// <param name="cnonce">The client's nonce, one for the session: a -sess key is bound to it (RFC 7616 3.4.2).</param>
    internal DigestSession(DigestChallenge challenge, string username, string password, string cnonce)
    {
        _challenge = challenge;
        _username = username;
        _cnonce = cnonce;
        var key = challenge.Hash($"{username}:{challenge.Realm}:{password}");
        _key = challenge.IsSession ? challenge.Hash($"{key}:{challenge.Nonce}:{cnonce}") : key;
    }

    internal DigestChallenge Challenge => _challenge;

    /// <summary>The value of Authorization for one request; counts the use of the nonce.</summary>
    /// <param name="method">The request's method.</param>
    /// <param name="target">The request's target: path and query as sent.</param>
    /// <param name="body">The body, which only auth-int needs.</param>
    internal string Authorize(string method, string target, ReadOnlySpan<byte> body)
    {
        var qop = _challenge.Qop;
        var count = Interlocked.Increment(ref _count).ToString("x8", CultureInfo.InvariantCulture);
        var what = qop == "auth-int" ? $"{method}:{target}:{_challenge.Hash(body)}" : $"{method}:{target}";
        var response = qop is null
            ? _challenge.Hash($"{_key}:{_challenge.Nonce}:{_challenge.Hash(what)}")
            : _challenge.Hash($"{_key}:{_challenge.Nonce}:{count}:{_cnonce}:{qop}:{_challenge.Hash(what)}");

        var value = new StringBuilder("Digest ");
        AppendUsername(value);
        AppendQuoted(value, ", realm", _challenge.Realm);
        AppendQuoted(value, ", nonce", _challenge.Nonce);
        AppendQuoted(value, ", uri", target);
        AppendQuoted(value, ", response", response);
        value.Append(", algorithm=").Append(_challenge.Algorithm);
        if (_challenge.Opaque is { } opaque)
        {
            AppendQuoted(value, ", opaque", opaque);
        }

        if (qop is not null)
        {
            value.Append(", qop=").Append(qop).Append(", nc=").Append(count);
        }

        if (qop is not null || _challenge.IsSession)
        {
            AppendQuoted(value, ", cnonce", _cnonce);
        }

        return _challenge.HashesUsername ? value.Append(", userhash=true").ToString() : value.ToString();
    }

    private void AppendUsername(StringBuilder value)
    {
        if (_challenge.HashesUsername)
        {
            AppendQuoted(value, "username", _challenge.Hash($"{_username}:{_challenge.Realm}"));
        }
        else if (_challenge.IsUtf8 && !Ascii.IsValid(_username))
        {
            value.Append("username*=UTF-8''").Append(Uri.EscapeDataString(_username));
        }
        else
        {
            AppendQuoted(value, "username", _username);
        }
    }

    private static void AppendQuoted(StringBuilder value, string name, string text)
    {
        value.Append(name).Append("=\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\')
            {
                value.Append('\\');
            }

            value.Append(c);
        }

        value.Append('"');
    }
}
