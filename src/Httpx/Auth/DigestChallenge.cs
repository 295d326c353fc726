using System.Security.Cryptography;
using System.Text;

namespace Httpx;

/// <summary>What a server asks of digest authentication (RFC 7616 3.3). Immutable.</summary>
internal sealed record DigestChallenge
{
    private DigestChallenge(string realm, string nonce)
    {
        Realm = realm;
        Nonce = nonce;
    }

    internal string Realm { get; }

    internal string Nonce { get; init; }

    internal string? Opaque { get; private init; }

    /// <summary>The algorithm's name as the server wrote it; MD5 where it named none.</summary>
    internal string Algorithm { get; private init; } = "MD5";

    /// <summary><c>auth</c>, <c>auth-int</c>, or null for the form of RFC 2069, which has no quality of protection.</summary>
    internal string? Qop { get; private init; }

    /// <summary>Whether the key is bound to the first nonces of the session.</summary>
    internal bool IsSession { get; private init; }

    /// <summary>Whether only the nonce of the last answer was too old, and the credentials were good.</summary>
    internal bool IsStale { get; private init; }

    /// <summary>Whether the user name is to be sent as a hash.</summary>
    internal bool HashesUsername { get; private init; }

    /// <summary>Whether the server says that it reads names in UTF-8.</summary>
    internal bool IsUtf8 { get; private init; }

    /// <summary>The first digest challenge of a response that can be answered; null where it has none at all.</summary>
    /// <param name="lines">The values of WWW-Authenticate, one for each field line.</param>
    /// <exception cref="ProtocolException">None of those that there are can be answered; the message says why.</exception>
    internal static DigestChallenge? Find(IReadOnlyList<string> lines)
    {
        string? complaint = null;
        foreach (var line in lines)
        {
            foreach (var challenge in AuthChallenge.Parse(line))
            {
                if (!challenge.Scheme.Equals("Digest", StringComparison.OrdinalIgnoreCase))
                {
                    continue;
                }

                if (Read(challenge, out var reason) is { } found)
                {
                    return found;
                }

                complaint ??= reason;
            }
        }

        return complaint is null ? null : throw new ProtocolException(complaint);
    }

    /// <summary>The hash that <see cref="Algorithm"/> names, in lower-case hexadecimal digits.</summary>
    internal string Hash(ReadOnlySpan<byte> data)
    {
        var name = HashName(Algorithm);
        var hash = name.Name == Sha512Truncated ? Sha512T256.HashData(data) : CryptographicOperations.HashData(name, data);
        return Convert.ToHexStringLower(hash);
    }

    internal string Hash(string text) => Hash(Encoding.UTF8.GetBytes(text));

    private const string Sha512Truncated = "SHA512/256";

    private static DigestChallenge? Read(AuthChallenge challenge, out string? complaint)
    {
        var realm = challenge["realm"];
        var nonce = challenge["nonce"];
        if (challenge.IsMalformed || realm is null || nonce is null
            || HasControl(realm) || HasControl(nonce) || HasControl(challenge["opaque"]))
        {
            complaint = "Malformed Digest challenge in WWW-Authenticate: realm and nonce are needed, each parameter once.";
            return null;
        }

        var algorithm = challenge["algorithm"] ?? "MD5";
        if (HashName(algorithm).Name is null)
        {
            complaint = $"The Digest challenge asks for an unknown algorithm: '{Shown(algorithm)}'.";
            return null;
        }

        if (!TryChooseQop(challenge["qop"], out var qop))
        {
            complaint = $"The Digest challenge asks for an unknown quality of protection: '{Shown(challenge["qop"]!)}'.";
            return null;
        }

        complaint = null;
        return new DigestChallenge(realm, nonce)
        {
            Opaque = challenge["opaque"],
            Algorithm = algorithm,
            IsSession = IsSessionName(algorithm),
            Qop = qop,
            IsStale = IsTrue(challenge["stale"]),
            HashesUsername = IsTrue(challenge["userhash"]),
            IsUtf8 = "UTF-8".Equals(challenge["charset"], StringComparison.OrdinalIgnoreCase),
        };
    }

    // auth goes before auth-int, which needs the whole body in memory.
    private static bool TryChooseQop(string? offered, out string? qop)
    {
        qop = null;
        if (string.IsNullOrWhiteSpace(offered))
        {
            return true;
        }

        foreach (var range in offered.AsSpan().Split(','))
        {
            var one = offered.AsSpan(range).Trim(" \t");
            if (one.Equals("auth", StringComparison.OrdinalIgnoreCase))
            {
                qop = "auth";
                return true;
            }

            if (one.Equals("auth-int", StringComparison.OrdinalIgnoreCase))
            {
                qop = "auth-int";
            }
        }

        return qop is not null;
    }

    private static HashAlgorithmName HashName(string algorithm)
    {
        var bare = algorithm.AsSpan();
        if (IsSessionName(algorithm))
        {
            bare = bare[..^"-sess".Length];
        }

        Span<char> upper = stackalloc char[16];
        return bare.ToUpperInvariant(upper) < 0
            ? default
            : upper[..bare.Length] switch
            {
                "MD5" => HashAlgorithmName.MD5,
                "SHA" => HashAlgorithmName.SHA1,
                "SHA-256" => HashAlgorithmName.SHA256,
                "SHA-512" => HashAlgorithmName.SHA512,
                "SHA-512-256" => new HashAlgorithmName(Sha512Truncated),
                _ => default,
            };
    }

    private static bool IsSessionName(string algorithm) => algorithm.EndsWith("-sess", StringComparison.OrdinalIgnoreCase);

    private static bool IsTrue(string? value) => "true".Equals(value, StringComparison.OrdinalIgnoreCase);

    // Quoted strings are echoed: a line end in one would make a field of its own.
    private static bool HasControl(string? value) => value is not null && value.AsSpan().IndexOfAnyInRange('\0', '\u001f') >= 0;

    private static string Shown(string value) => value.Length <= 40 ? value : value[..40] + "...";
}
