using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Httpx.TestServer.Endpoints;

/// <summary>How the endpoints write JSON.</summary>
internal static class Json
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Bytes(JsonObject value) => Encoding.UTF8.GetBytes(value.ToJsonString(Readable) + "\n");

    public static async Task WriteAsync(HttpContext context, JsonObject value)
    {
        var bytes = Bytes(value);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(bytes);
        }
    }

    /// <summary>One value as a string, several as an array.</summary>
    public static JsonObject MultiMap(IEnumerable<KeyValuePair<string, StringValues>> pairs)
    {
        var map = new JsonObject();
        foreach (var (name, values) in pairs)
        {
            map[name] = values.Count == 1 ? values[0] : new JsonArray([.. values.Select(value => (JsonNode?)value)]);
        }

        return map;
    }

    /// <summary>Bytes as text where they are UTF-8, else as a data url.</summary>
    public static string Text(byte[] bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return "data:application/octet-stream;base64," + Convert.ToBase64String(bytes);
        }
    }
}
