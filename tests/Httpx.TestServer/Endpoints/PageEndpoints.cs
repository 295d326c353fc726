using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Httpx.TestServer.Endpoints;

/// <summary>Fixed pages: /plaintext, /json, /html, /encoding/{charset}, /links/{n}, /etag/{etag}, /robots.txt.</summary>
internal static class PageEndpoints
{
    private static readonly byte[] Hello = "Hello, World!"u8.ToArray();

    public static void Map(IEndpointRouteBuilder app)
    {
        // As small as an answer can be: for benchmarks.
        app.MapGet("/plaintext", context =>
        {
            context.Response.ContentType = "text/plain";
            context.Response.ContentLength = Hello.Length;
            return context.Response.Body.WriteAsync(Hello).AsTask();
        });
        app.Map("/json", context => Json.WriteAsync(context, new()
        {
            ["title"] = "Rooms of a house",
            ["rooms"] = new JsonArray("kitchen", "study", "gar\u00E7onni\u00E8re"),
            ["floors"] = 2,
            ["cellar"] = false,
        }));
        app.Map("/html", context => WriteAsync(context, "text/html; charset=utf-8",
            "<!DOCTYPE html>\n<html><head><title>A house</title></head>\n<body><h1>A house</h1></body></html>\n", Encoding.UTF8));
        app.Map("/robots.txt", context => WriteAsync(context, "text/plain", "User-agent: *\nDisallow: /deny\n", Encoding.ASCII));

        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        app.Map("/encoding/{charset}", (HttpContext context, string charset) => charset == "utf8"
            ? WriteAsync(context, "text/html; charset=utf-8", "<p>\u00E9 \u4F60\u597D \u0440\u0430\u0437 \U0001F3E0</p>\n", Encoding.UTF8)
            : WriteAsync(context, $"text/plain; charset={charset}", "\u00E9t\u00E9\n", Encoding.GetEncoding(charset)));

        // Page n of 3.
        app.Map("/links/{n:int?}", (HttpContext context, int? n) =>
        {
            var page = n ?? 1;
            var links = new List<string>();
            if (page > 1)
            {
                links.Add($"</links/{page - 1}>; rel=\"prev\"");
            }

            if (page < 3)
            {
                links.Add($"</links/{page + 1}>; rel=\"next\"");
            }

            links.Add("</links/3>; rel=\"last\"; title=\"the last, of three\"");
            context.Response.Headers.Link = string.Join(", ", links);
            return Json.WriteAsync(context, new() { ["page"] = page });
        });
        app.Map("/etag/{etag}", (HttpContext context, string etag) =>
        {
            var quoted = $"\"{etag}\"";
            context.Response.Headers.ETag = quoted;
            if (context.Request.Headers.IfNoneMatch.ToString() is var unless && (unless == quoted || unless == "*"))
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }

            if (context.Request.Headers.IfMatch.ToString() is { Length: > 0 } only && only != quoted && only != "*")
            {
                context.Response.StatusCode = StatusCodes.Status412PreconditionFailed;
                return Task.CompletedTask;
            }

            return Json.WriteAsync(context, new() { ["etag"] = etag });
        });
    }

    private static async Task WriteAsync(HttpContext context, string contentType, string text, Encoding encoding)
    {
        context.Response.ContentType = contentType;
        await context.Response.Body.WriteAsync(encoding.GetBytes(text));
    }
}
