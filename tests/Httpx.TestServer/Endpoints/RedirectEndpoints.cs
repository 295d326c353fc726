using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Httpx.TestServer.Endpoints;

/// <summary>/redirect/{n}, /relative-redirect/{n}, /absolute-redirect/{n}, /redirect-to, /redirect-loop, /status/{code}.</summary>
internal static class RedirectEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.Map("/redirect/{n:int}", (HttpContext context, int n) => Count(context, n, "", "/redirect/"));
        app.Map("/relative-redirect/{n:int}", (HttpContext context, int n) => Count(context, n, "", "/relative-redirect/"));
        app.Map("/absolute-redirect/{n:int}", (HttpContext context, int n) =>
            Count(context, n, $"{context.Request.Scheme}://{context.Request.Host}", "/absolute-redirect/"));
        app.Map("/redirect-loop", context => Redirect(context, "/redirect-loop", StatusCodes.Status302Found));
        app.Map("/redirect-to", context =>
        {
            var query = context.Request.Query;
            var status = query.TryGetValue("status_code", out var code) ? int.Parse(code.ToString(), CultureInfo.InvariantCulture) : 302;
            return Redirect(context, query["url"].ToString(), status);
        });
        app.Map("/status/{code:int:range(200,999)}", (HttpContext context, int code) =>
        {
            context.Response.StatusCode = code;
            switch (code)
            {
                case 301 or 302 or 303 or 307 or 308:
                    context.Response.Headers.Location = "/redirect/1";
                    break;
                case 401:
                    context.Response.Headers.WWWAuthenticate = "Basic realm=\"Httpx\"";
                    break;
                case 407:
                    context.Response.Headers.ProxyAuthenticate = "Basic realm=\"Httpx\"";
                    break;
            }

            return Task.CompletedTask;
        });
    }

    /// <summary>Redirects n times in all; the last one leads to /get.</summary>
    private static Task Count(HttpContext context, int n, string origin, string path) =>
        Redirect(context, origin + (n <= 1 ? "/get" : path + (n - 1).ToString(CultureInfo.InvariantCulture)), StatusCodes.Status302Found);

    private static Task Redirect(HttpContext context, string location, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}
