using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Httpx.TestServer.Endpoints;

/// <summary>Bodies of every coding and size: /gzip, /deflate, /deflate-raw, /brotli, /bytes/{n}, /stream/{n}, /stream-bytes/{n}.</summary>
internal static class BodyEndpoints
{
    private const int Most = 256 * 1024 * 1024;
    private const int ChunkSize = 10 * 1024;

    public static void Map(IEndpointRouteBuilder app)
    {
        MapCompressed(app, "/gzip", "gzip", stream => new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true));
        MapCompressed(app, "/deflate", "deflate", stream => new ZLibStream(stream, CompressionLevel.Optimal, leaveOpen: true));

        // What some servers send under the same name: without the zlib wrapper.
        MapCompressed(app, "/deflate-raw", "deflate", stream => new DeflateStream(stream, CompressionLevel.Optimal, leaveOpen: true));
        MapCompressed(app, "/brotli", "br", stream => new BrotliStream(stream, CompressionLevel.Optimal, leaveOpen: true));

        app.Map("/bytes/{n:int}", async (HttpContext context, int n) =>
        {
            context.Response.ContentType = "application/octet-stream";
            context.Response.ContentLength = Math.Min(n, Most);
            await WriteBytesAsync(context, Math.Min(n, Most), ChunkSize);
        });
        app.Map("/stream-bytes/{n:int}", async (HttpContext context, int n) =>
        {
            context.Response.ContentType = "application/octet-stream";
            await WriteBytesAsync(context, Math.Min(n, Most), Pace.Number(context, "chunk_size", ChunkSize, most: Most));
        });
        app.Map("/stream/{n:int}", StreamLinesAsync);
    }

    private static void MapCompressed(IEndpointRouteBuilder app, string path, string coding, Func<Stream, Stream> compress) =>
        app.Map(path, async context =>
        {
            var body = new MemoryStream();
            await using (var stream = compress(body))
            {
                await stream.WriteAsync(Json.Bytes(new()
                {
                    ["coding"] = coding,
                    ["method"] = context.Request.Method,
                    ["accept_encoding"] = context.Request.Headers.AcceptEncoding.ToString(),
                    ["text"] = string.Concat(Enumerable.Repeat("The same words compress well. ", 40)),
                }));
            }

            context.Response.ContentType = "application/json";
            context.Response.Headers.ContentEncoding = coding;
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length));
        });

    /// <summary>Bytes that are the same for the same seed: 0 if none is asked for.</summary>
    private static async Task WriteBytesAsync(HttpContext context, int count, int chunkSize)
    {
        var random = new Random(Pace.Number(context, "seed", 0, most: int.MaxValue));
        var chunk = new byte[Math.Max(1, chunkSize)];
        for (var left = count; left > 0; left -= chunk.Length)
        {
            random.NextBytes(chunk);
            await context.Response.Body.WriteAsync(chunk.AsMemory(0, Math.Min(left, chunk.Length)), context.RequestAborted);
        }
    }

    private static async Task StreamLinesAsync(HttpContext context, int n)
    {
        context.Response.ContentType = "application/x-ndjson";
        for (var i = 0; i < Math.Min(n, 100_000); i++)
        {
            var line = new JsonObject { ["id"] = i, ["args"] = Json.MultiMap(context.Request.Query) };
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(line.ToJsonString() + "\n"), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}
