using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Httpx.TestServer.Endpoints;

/// <summary>Slow and unfinished answers: /drip, /delay/{seconds}, /hang, /hang-body, /abort, /abort-body, /trailers.</summary>
internal static class PaceEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        // Byte by byte, each sent before the next is written.
        app.Map("/drip", async context =>
        {
            var count = Pace.Number(context, "numbytes", 10, most: 100_000);
            context.Response.StatusCode = Pace.Number(context, "code", 200, most: 599);
            context.Response.ContentType = "application/octet-stream";
            context.Response.ContentLength = count;
            for (var i = 0; i < count; i++)
            {
                await context.Response.Body.WriteAsync("*"u8.ToArray(), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        });
        app.Map("/delay/{seconds:double}", async (HttpContext context, double seconds) =>
        {
            await Pace.WaitAsync(context, TimeSpan.FromSeconds(seconds));
            await Json.WriteAsync(context, new() { ["delay"] = seconds });
        });

        // Never answers; or answers the head and the first bytes of a body that never ends.
        app.Map("/hang", Pace.WaitForEndAsync);
        app.Map("/hang-body", async context =>
        {
            await context.Response.Body.WriteAsync("begin"u8.ToArray(), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Pace.WaitForEndAsync(context);
            context.Abort();
        });

        // Breaks the connection (HTTP/1.1) or the stream (HTTP/2).
        app.Map("/abort", context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        app.Map("/abort-body", async context =>
        {
            context.Response.ContentLength = 10;
            await context.Response.Body.WriteAsync("begin"u8.ToArray(), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
        });

        // Kestrel sends trailers over HTTP/2 only.
        app.Map("/trailers", async context =>
        {
            context.Response.ContentType = "text/plain";
            await context.Response.Body.WriteAsync("with trailers"u8.ToArray());
            await context.Response.Body.FlushAsync();
            if (context.Response.SupportsTrailers())
            {
                context.Response.AppendTrailer("x-checksum", "abc");
            }
        });
    }
}
