using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Httpx;

/// <summary>
/// Cookies as JSON: <c>{"cookies": [{"name": "a", "value": "1", "domain": "example.org", ...}]}</c>. All but name and value may be
/// missing; what is not known is passed over, so that later versions can add to it.
/// </summary>
internal static class JsonCookies
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static void Write(IBufferWriter<byte> file, IEnumerable<StoredCookie> cookies)
    {
        using var json = new Utf8JsonWriter(file, Options);
        json.WriteStartObject();
        json.WriteStartArray("cookies");
        foreach (var cookie in cookies)
        {
            Write(json, cookie);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        file.Write("\n"u8);
    }

    internal static List<StoredCookie> Read(ReadOnlySpan<byte> file)
    {
        var json = new Utf8JsonReader(file);
        List<StoredCookie>? cookies = null;
        try
        {
            json.Read();
            Require(ref json, file, JsonTokenType.StartObject, "the file has to be an object.");
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (!json.ValueTextEquals("cookies"u8))
                {
                    json.Skip();
                    continue;
                }

                json.Read();
                Require(ref json, file, JsonTokenType.StartArray, "'cookies' has to be an array.");
                cookies = [];
                while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                {
                    cookies.Add(ReadCookie(ref json, file));
                }
            }

            json.Read(); // finds what follows the end
        }
        catch (JsonException exception)
        {
            // Its own message may show what the file says.
            throw CookieFile.Bad((int)(exception.LineNumber ?? 0) + 1, "it is not JSON there.");
        }

        return cookies ?? throw Bad(ref json, file, "there is no array 'cookies'.");
    }

    private static void Write(Utf8JsonWriter json, StoredCookie cookie)
    {
        json.WriteStartObject();
        json.WriteString("name", cookie.Name);
        json.WriteString("value", cookie.Value);
        if (cookie.IsLatin1)
        {
            json.WriteBoolean("latin1", true);
        }

        json.WriteString("domain", cookie.Domain);
        json.WriteBoolean("hostOnly", cookie.IsHostOnly);
        json.WriteString("path", cookie.Path);
        if (cookie.Expires is { } expires)
        {
            json.WriteString("expires", expires);
        }

        json.WriteBoolean("secure", cookie.Secure);
        json.WriteBoolean("httpOnly", cookie.HttpOnly);
        if (NameOf(cookie.SameSite) is { } sameSite)
        {
            json.WriteString("sameSite", sameSite);
        }

        if (cookie.CreatedAt is { } createdAt)
        {
            json.WriteString("createdAt", createdAt);
        }

        json.WriteEndObject();
    }

    private static string? NameOf(SameSite sameSite) => sameSite switch
    {
        SameSite.None => "None",
        SameSite.Lax => "Lax",
        SameSite.Strict => "Strict",
        _ => null,
    };

    private static StoredCookie ReadCookie(ref Utf8JsonReader json, ReadOnlySpan<byte> file)
    {
        Require(ref json, file, JsonTokenType.StartObject, "a cookie has to be an object.");
        string? name = null, value = null;
        var (domain, path) = ("", "/");
        bool hostOnly = false, secure = false, httpOnly = false, latin1 = false;
        DateTimeOffset? expires = null, createdAt = null;
        var sameSite = SameSite.Unspecified;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var property = ReadText(ref json, file);
            json.Read();
            switch (property)
            {
                case "name":
                    name = ReadText(ref json, file);
                    break;
                case "value":
                    value = ReadText(ref json, file);
                    break;
                case "latin1":
                    latin1 = ReadFlag(ref json, file);
                    break;
                case "domain":
                    domain = StoredCookie.ReadDomain(ReadText(ref json, file)) ?? throw Bad(ref json, file, "'domain' is no host name.");
                    break;
                case "hostOnly":
                    hostOnly = ReadFlag(ref json, file);
                    break;
                case "path":
                    path = ReadText(ref json, file);
                    _ = StoredCookie.IsPath(path) ? path : throw Bad(ref json, file, "'path' is no path: it must begin with '/'.");
                    break;
                case "expires":
                    expires = ReadTime(ref json, file);
                    break;
                case "secure":
                    secure = ReadFlag(ref json, file);
                    break;
                case "httpOnly":
                    httpOnly = ReadFlag(ref json, file);
                    break;
                case "sameSite":
                    sameSite = ReadSameSite(ref json, file);
                    break;
                case "createdAt":
                    createdAt = ReadTime(ref json, file);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        if (name is null || value is null)
        {
            throw Bad(ref json, file, "the cookie that ends there has no name or no value.");
        }

        var encoding = latin1 ? Encoding.Latin1 : Encoding.UTF8;
        var cookie = StoredCookie.FlawOf(name, value) is { } flaw
            ? throw Bad(ref json, file, flaw)
            : new StoredCookie(encoding.GetBytes(name), encoding.GetBytes(value));
        return new StoredCookie(cookie)
        {
            Domain = domain,
            IsHostOnly = hostOnly,
            Path = path,
            Expires = expires,
            Secure = secure,
            HttpOnly = httpOnly,
            SameSite = sameSite,
            CreatedAt = createdAt,
        };
    }

    private static string ReadText(ref Utf8JsonReader json, ReadOnlySpan<byte> file)
    {
        if (json.TokenType != JsonTokenType.PropertyName)
        {
            Require(ref json, file, JsonTokenType.String, "a text has to be there.");
        }

        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Bad(ref json, file, "the text is no Unicode.");
        }
    }

    private static bool ReadFlag(ref Utf8JsonReader json, ReadOnlySpan<byte> file) => json.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Bad(ref json, file, "true or false has to be there."),
    };

    private static DateTimeOffset? ReadTime(ref Utf8JsonReader json, ReadOnlySpan<byte> file) =>
        json.TokenType == JsonTokenType.Null ? null
        : json.TokenType == JsonTokenType.String && json.TryGetDateTimeOffset(out var time) ? time
        : throw Bad(ref json, file, "a time such as \"2030-01-31T12:00:00Z\" has to be there.");

    private static SameSite ReadSameSite(ref Utf8JsonReader json, ReadOnlySpan<byte> file) => ReadText(ref json, file) switch
    {
        "None" => SameSite.None,
        "Lax" => SameSite.Lax,
        "Strict" => SameSite.Strict,
        _ => throw Bad(ref json, file, "'sameSite' is \"None\", \"Lax\" or \"Strict\"."),
    };

    private static void Require(ref Utf8JsonReader json, ReadOnlySpan<byte> file, JsonTokenType type, string what)
    {
        if (json.TokenType != type)
        {
            throw Bad(ref json, file, what);
        }
    }

    private static FormatException Bad(ref Utf8JsonReader json, ReadOnlySpan<byte> file, string what) =>
        CookieFile.Bad(file[..(int)json.TokenStartIndex].Count((byte)'\n') + 1, what);
}
