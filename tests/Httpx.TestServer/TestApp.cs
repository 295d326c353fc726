using System.Net;
using System.Security.Cryptography.X509Certificates;
using Httpx.TestServer.Endpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Httpx.TestServer;

/// <summary>A real server on loopback with the endpoints that one knows from httpbin, and some more.</summary>
/// <remarks>
/// <para>ASP.NET Core on Kestrel: HTTP/1.1 in clear, HTTP/1.1 and HTTP/2 over TLS, HTTP/2 in clear. The endpoints are in the folder
/// Endpoints. Kestrel forgets the order and the case of request headers: where these matter, use <see cref="ScriptedServer"/>.</para>
/// <code>
/// await using var app = await TestApp.StartAsync();
/// using var client = new Client(new() { BaseUrl = app.Url });
/// </code>
/// </remarks>
public sealed class TestApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _connections;

    private TestApp(string? unixSocket, Action<WebApplication>? configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.AllowSynchronousIO = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen => Listen(listen, HttpProtocols.Http1));
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                Listen(listen, HttpProtocols.Http1AndHttp2);
                listen.UseHttps(new HttpsConnectionAdapterOptions
                {
                    ServerCertificate = Certificates.Server,
                    ClientCertificateMode = ClientCertificateMode.AllowCertificate,
                    ClientCertificateValidation = (_, _, _) => true,
                });
            });
            kestrel.Listen(IPAddress.Loopback, 0, listen => Listen(listen, HttpProtocols.Http2));
            if (unixSocket is not null)
            {
                kestrel.ListenUnixSocket(unixSocket, listen => Listen(listen, HttpProtocols.Http1));
            }
        });

        _app = builder.Build();
        configure?.Invoke(_app);
        EchoEndpoints.Map(_app);
        RedirectEndpoints.Map(_app);
        CookieEndpoints.Map(_app);
        AuthEndpoints.Map(_app);
        BodyEndpoints.Map(_app);
        PaceEndpoints.Map(_app);
        PageEndpoints.Map(_app);
    }

    /// <summary>HTTP/1.1 in clear: <c>http://127.0.0.1:12345</c>.</summary>
    public string Url { get; private set; } = "";

    /// <summary>HTTP/1.1 and HTTP/2 over TLS: <c>https://localhost:12346</c>. Trust <see cref="Authority"/>.</summary>
    public string SecureUrl { get; private set; } = "";

    /// <summary>HTTP/2 in clear, for clients that know it beforehand: <c>http://127.0.0.1:12347</c>.</summary>
    public string Http2Url { get; private set; } = "";

    public TestCertificates Certificates { get; } = new();

    public X509Certificate2 Authority => Certificates.Authority;

    /// <summary>How many connections were accepted since the start.</summary>
    public int ConnectionCount => Volatile.Read(ref _connections);

    /// <summary>Starts a server on free ports.</summary>
    /// <param name="configure">Maps endpoints of the test's own.</param>
    /// <param name="unixSocket">A path to listen at besides, with HTTP/1.1.</param>
    public static async Task<TestApp> StartAsync(Action<WebApplication>? configure = null, string? unixSocket = null)
    {
        var app = new TestApp(unixSocket, configure);
        try
        {
            await app._app.StartAsync();
            var addresses = app._app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
            var ports = addresses.Where(address => !address.Contains("unix:", StringComparison.Ordinal))
                .Select(address => new Uri(address).Port)
                .ToArray();
            app.Url = $"http://127.0.0.1:{ports[0]}";
            app.SecureUrl = $"https://localhost:{ports[1]}";
            app.Http2Url = $"http://127.0.0.1:{ports[2]}";
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Certificates.Dispose();
    }

    private void Listen(ListenOptions listen, HttpProtocols protocols)
    {
        listen.Protocols = protocols;
        listen.Use(next => connection =>
        {
            Interlocked.Increment(ref _connections);
            return next(connection);
        });
    }
}
