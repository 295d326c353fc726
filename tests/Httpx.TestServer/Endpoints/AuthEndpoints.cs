using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Httpx.TestServer.Endpoints;

/// <summary>/basic-auth/{user}/{password}, /bearer, /digest-auth/{qop}/{user}/{password}/{algorithm?}.</summary>
internal static class AuthEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.Map("/basic-auth/{user}/{password}", (HttpContext context, string user, string password) =>
        {
            var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
            return context.Request.Headers.Authorization.ToString() == expected
                ? WelcomeAsync(context, "user", user)
                : Challenge(context, "Basic realm=\"Httpx\"");
        });
        app.Map("/bearer", context =>
        {
            var line = context.Request.Headers.Authorization.ToString();
            return line.StartsWith("Bearer ", StringComparison.Ordinal)
                ? WelcomeAsync(context, "token", line["Bearer ".Length..])
                : Challenge(context, "Bearer realm=\"Httpx\"");
        });

        // The doors remember their nonces, so a request is answered by the same one as its challenge.
        var guard = new DigestGuard();
        app.Map("/digest-auth/{qop}/{user}/{password}/{algorithm?}",
            async (HttpContext context, string qop, string user, string password, string? algorithm) =>
            {
                var challenge = await guard.CheckAsync(context.Request, new(user, password, qop, algorithm ?? "MD5"));
                await (challenge is null ? WelcomeAsync(context, "user", user) : Challenge(context, challenge));
            });
    }

    private static Task WelcomeAsync(HttpContext context, string name, string value) =>
        Json.WriteAsync(context, new() { ["authenticated"] = true, [name] = JsonValue.Create(value) });

    private static Task Challenge(HttpContext context, string challenge)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = challenge;
        return Task.CompletedTask;
    }
}
