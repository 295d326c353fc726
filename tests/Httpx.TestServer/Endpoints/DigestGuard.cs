using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Httpx.TestServer.Endpoints;

/// <summary>The server's half of digest authentication (RFC 7616): strict about nonces, counts and the request's target.</summary>
internal sealed partial class DigestGuard
{
    private readonly ConcurrentDictionary<string, long> _counts = new();

    /// <summary>Who may enter, and by which rules. The quality of protection "none" is RFC 2069's.</summary>
    internal sealed record Door(string User, string Password, string Qop, string Algorithm);

    /// <summary>Null where the request may pass, else the challenge to send.</summary>
    public async Task<string?> CheckAsync(HttpRequest request, Door door)
    {
        var line = request.Headers.Authorization.ToString();
        if (!line.StartsWith("Digest ", StringComparison.Ordinal))
        {
            return Challenge(door, stale: false);
        }

        var given = Parameter().Matches(line["Digest ".Length..])
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value + match.Groups[3].Value);
        string Given(string name) => given.GetValueOrDefault(name, "");

        if (!_counts.TryGetValue(Given("nonce"), out var last))
        {
            return Challenge(door, stale: true);
        }

        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        string? qop = given.GetValueOrDefault("qop");
        if (Given("username") != door.User || Given("uri") != target || (qop is null) != (door.Qop == "none")
            || (qop is not null && !door.Qop.Split(',').Contains(qop)))
        {
            return Challenge(door, stale: false);
        }

        if (qop is not null)
        {
            var isCount = long.TryParse(Given("nc"), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var count);
            if (!isCount || Given("nc").Length != 8 || count <= last || !_counts.TryUpdate(Given("nonce"), count, last))
            {
                return Challenge(door, stale: true);
            }
        }

        string Hash(string text) => HashHex(door.Algorithm, Encoding.UTF8.GetBytes(text));
        var first = Hash($"{door.User}:Httpx:{door.Password}");
        if (door.Algorithm.EndsWith("-sess", StringComparison.OrdinalIgnoreCase))
        {
            first = Hash($"{first}:{Given("nonce")}:{Given("cnonce")}");
        }

        var second = Hash(qop == "auth-int"
            ? $"{request.Method}:{target}:{HashHex(door.Algorithm, await ReadAsync(request))}"
            : $"{request.Method}:{target}");
        var expected = Hash(qop is null
            ? $"{first}:{Given("nonce")}:{second}"
            : $"{first}:{Given("nonce")}:{Given("nc")}:{Given("cnonce")}:{qop}:{second}");
        return Given("response") == expected ? null : Challenge(door, stale: false);
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    [SuppressMessage("Security", "CA5350", Justification = "Some clients know SHA-1.")]
    [SuppressMessage("Security", "CA5351", Justification = "RFC 7616 knows MD5.")]
    private static string HashHex(string algorithm, byte[] bytes)
    {
        var name = algorithm.ToUpperInvariant().Replace("-SESS", "", StringComparison.Ordinal);
        var hash = name switch
        {
            "MD5" => MD5.HashData(bytes),
            "SHA" => SHA1.HashData(bytes),
            "SHA-256" => SHA256.HashData(bytes),
            "SHA-512" => SHA512.HashData(bytes),
            _ => throw new BadHttpRequestException($"The server does not know the digest algorithm {algorithm}."),
        };
        return Convert.ToHexStringLower(hash);
    }

    // name=value or name="value": enough for what a client sends here.
    [GeneratedRegex("([a-z]+)=(?:\"([^\"]*)\"|([^\\s,]+))")]
    private static partial Regex Parameter();

    private string Challenge(Door door, bool stale)
    {
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _counts[nonce] = 0;
        var challenge = $"Digest realm=\"Httpx\", nonce=\"{nonce}\", opaque=\"{nonce[..8]}\", algorithm={door.Algorithm}";
        challenge += door.Qop == "none" ? "" : $", qop=\"{door.Qop}\"";
        return stale ? challenge + ", stale=true" : challenge;
    }
}
