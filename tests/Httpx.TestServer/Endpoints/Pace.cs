using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Httpx.TestServer.Endpoints;

/// <summary>Waiting that ends with the connection or the server, and never lasts longer than a test should.</summary>
internal static class Pace
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(10);

    public static async Task WaitAsync(HttpContext context, TimeSpan time)
    {
        using var end = End(context);
        await Task.Delay(time < Most ? time : Most, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Until the client goes away or the server stops.</summary>
    public static async Task WaitForEndAsync(HttpContext context)
    {
        using var end = End(context);
        await Task.Delay(Timeout.Infinite, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>A number from the query.</summary>
    public static int Number(HttpContext context, string name, int absent, int most) =>
        context.Request.Query.TryGetValue(name, out var value)
            ? Math.Clamp(int.Parse(value.ToString(), CultureInfo.InvariantCulture), 0, most)
            : absent;

    private static CancellationTokenSource End(HttpContext context) => CancellationTokenSource.CreateLinkedTokenSource(
        context.RequestAborted, context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
}
