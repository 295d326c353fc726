using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Httpx.TestServer.Endpoints;

/// <summary>/cookies, /cookies/set?name=value, /cookies/set/{name}/{value}, /cookies/delete?name, /response-headers?name=value.</summary>
internal static class CookieEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.Map("/cookies", ShowAsync);
        app.Map("/cookies/set", context =>
        {
            foreach (var (name, value) in context.Request.Query)
            {
                context.Response.Headers.Append("Set-Cookie", $"{name}={value}; Path=/");
            }

            return ToList(context);
        });
        app.Map("/cookies/set/{name}/{value}", (HttpContext context, string name, string value) =>
        {
            context.Response.Headers.Append("Set-Cookie", $"{name}={value}; Path=/");
            return ToList(context);
        });
        app.Map("/cookies/delete", context =>
        {
            foreach (var name in context.Request.Query.Keys)
            {
                context.Response.Headers.Append("Set-Cookie", $"{name}=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
            }

            return ToList(context);
        });

        // Any header, Set-Cookie with all its attributes too.
        app.Map("/response-headers", context =>
        {
            foreach (var (name, values) in context.Request.Query)
            {
                foreach (var value in values)
                {
                    context.Response.Headers.Append(name, value);
                }
            }

            return Json.WriteAsync(context, Json.MultiMap(context.Request.Query));
        });
    }

    private static Task ShowAsync(HttpContext context)
    {
        // Read from the line itself: the framework's collection would unescape the values.
        var cookies = new JsonObject();
        foreach (var pair in context.Request.Headers.Cookie.SelectMany(line => line!.Split(';', StringSplitOptions.TrimEntries)))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            cookies[equals < 0 ? "" : pair[..equals]] = pair[(equals + 1)..];
        }

        return Json.WriteAsync(context, new() { ["cookies"] = cookies });
    }

    private static Task ToList(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = "/cookies";
        return Task.CompletedTask;
    }
}
