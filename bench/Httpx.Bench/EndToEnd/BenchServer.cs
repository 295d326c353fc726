using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Httpx.Bench.EndToEnd;

/// <summary>A server that does next to nothing: "Hello, World!" in 13 bytes. Says its url on the first line of its output.</summary>
internal static class BenchServer
{
    private static readonly byte[] Hello = "Hello, World!"u8.ToArray();

    public static Task<int> RunAsync(string kind) => kind switch
    {
        "kestrel" => RunKestrelAsync(),
        "nginx" => RunNginxAsync(),
        _ => throw new ArgumentException($"There is no server {kind}: say kestrel or nginx."),
    };

    private static async Task<int> RunKestrelAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        await using var app = builder.Build();
        app.Run(context =>
        {
            context.Response.ContentType = "text/plain";
            context.Response.ContentLength = Hello.Length;
            return context.Response.Body.WriteAsync(Hello).AsTask();
        });
        await app.StartAsync();
        Console.WriteLine(app.Urls.First());
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    private static async Task<int> RunNginxAsync()
    {
        using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)probe.LocalEndPoint!).Port;
        probe.Dispose();

        var folder = Directory.CreateTempSubdirectory("httpx-bench-").FullName;
        var configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(configuration, $$"""
            daemon off;
            worker_processes 1;
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/error.log crit;
            events { worker_connections 1024; }
            http {
                access_log off;
                keepalive_requests 1000000000;
                keepalive_timeout 600s;
                client_body_temp_path {{folder}}; proxy_temp_path {{folder}}; fastcgi_temp_path {{folder}};
                uwsgi_temp_path {{folder}}; scgi_temp_path {{folder}};
                server {
                    listen 127.0.0.1:{{port}};
                    location / { default_type text/plain; return 200 "Hello, World!"; }
                }
            }
            """);
        using var nginx = Process.Start("nginx", ["-c", configuration, "-p", folder]);
        using var knock = new HttpClient();
        var url = $"http://127.0.0.1:{port}";
        for (var tries = 0; tries < 100 && !nginx.HasExited; tries++)
        {
            try
            {
                await knock.GetAsync(url);
                Console.WriteLine(url);
                await nginx.WaitForExitAsync();
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50);
            }
        }

        return 1;
    }
}
