using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace Httpx.TestServer.Endpoints;

/// <summary>What the server saw of the request: /get, /post, /anything, /headers, /count and others.</summary>
internal static class EchoEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods("/get", ["GET", "HEAD"], EchoAsync);
        app.MapPost("/post", EchoAsync);
        app.MapPut("/put", EchoAsync);
        app.MapPatch("/patch", EchoAsync);
        app.MapDelete("/delete", EchoAsync);
        app.Map("/anything/{**path}", EchoAsync);
        app.Map("/headers", context => Json.WriteAsync(context, new() { ["headers"] = HeadersOf(context.Request) }));
        app.Map("/user-agent", context => Json.WriteAsync(context, new() { ["user-agent"] = context.Request.Headers.UserAgent.ToString() }));
        app.Map("/count", CountAsync);
        app.Map("/client-certificate", ShowCertificateAsync);
    }

    private static async Task EchoAsync(HttpContext context)
    {
        var request = context.Request;
        var answer = new JsonObject
        {
            ["method"] = request.Method,
            ["url"] = request.GetEncodedUrl(),
            ["args"] = Json.MultiMap(request.Query),
            ["headers"] = HeadersOf(request),
            ["origin"] = context.Connection.RemoteIpAddress?.ToString(),
            ["http_version"] = request.Protocol,
            ["data"] = "",
            ["form"] = new JsonObject(),
            ["files"] = new JsonObject(),
            ["file_list"] = new JsonArray(),
            ["json"] = null,
        };
        if (request.HasFormContentType)
        {
            await ReadFormAsync(request, answer);
        }
        else
        {
            await ReadDataAsync(request, answer);
        }

        await Json.WriteAsync(context, answer);
    }

    private static async Task ReadFormAsync(HttpRequest request, JsonObject answer)
    {
        var form = await request.ReadFormAsync();
        answer["form"] = Json.MultiMap(form);
        var list = new JsonArray();
        var contents = new List<KeyValuePair<string, StringValues>>();
        foreach (var file in form.Files)
        {
            await using var stream = file.OpenReadStream();
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy);
            var content = Json.Text(copy.ToArray());
            contents.Add(new(file.Name, content));
            list.Add(new JsonObject
            {
                ["name"] = file.Name,
                ["filename"] = file.FileName,
                ["content_type"] = file.ContentType,
                ["content"] = content,
                ["headers"] = Json.MultiMap(file.Headers),
            });
        }

        answer["files"] = Json.MultiMap(contents.GroupBy(
            pair => pair.Key, (name, pairs) => KeyValuePair.Create(name, new StringValues(pairs.Select(pair => (string?)pair.Value).ToArray()))));
        answer["file_list"] = list;
    }

    private static async Task ReadDataAsync(HttpRequest request, JsonObject answer)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var bytes = body.ToArray();
        answer["data"] = Json.Text(bytes);
        try
        {
            answer["json"] = bytes.Length == 0 ? null : JsonNode.Parse(bytes);
        }
        catch (JsonException)
        {
            // Then it is no JSON, and the member stays null.
        }
    }

    /// <summary>Counts and hashes a body of any size without keeping it.</summary>
    private static async Task CountAsync(HttpContext context)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[16 * 1024];
        long total = 0;
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            total += read;
        }

        await Json.WriteAsync(context, new()
        {
            ["bytes"] = total,
            ["sha256"] = Convert.ToHexStringLower(hash.GetHashAndReset()),
            ["content_length"] = context.Request.ContentLength,
            ["transfer_encoding"] = context.Request.Headers.TransferEncoding.ToString(),
        });
    }

    private static async Task ShowCertificateAsync(HttpContext context)
    {
        var certificate = await context.Connection.GetClientCertificateAsync();
        await Json.WriteAsync(context, new() { ["subject"] = certificate?.Subject });
    }

    private static JsonObject HeadersOf(HttpRequest request) => Json.MultiMap(request.Headers
        .Select(header => KeyValuePair.Create(header.Key, new StringValues(string.Join(", ", header.Value.ToArray())))));
}
