using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Httpx.Tests.Config;

/// <summary>One TLS handshake over loopback with a server of the test's own.</summary>
internal sealed record Handshake(Exception? Failure, string ServerName, string? ShownByClient, SslApplicationProtocol Protocol, string? Reason)
{
    public static async Task<Handshake> RunAsync(
        TlsOptions options, string host, X509Certificate2 serverCertificate, X509Certificate2? intermediate = null,
        bool http2 = false, bool askForCertificate = false)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, serverCertificate, intermediate, askForCertificate);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(listener.LocalEndpoint);
        await using var stream = new SslStream(new NetworkStream(socket, true));
        var report = new CertificateReport();
        Exception? failure = null;
        try
        {
            await stream.AuthenticateAsClientAsync(options.For(host, http2, report));
            await stream.ReadExactlyAsync(new byte[1]);
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            failure = exception;
        }

        var protocol = failure is null ? stream.NegotiatedApplicationProtocol : default;
        await stream.DisposeAsync();
        var (name, shown) = await serving;
        return new Handshake(failure, name, shown, protocol, report.Reason);
    }

    private static async Task<(string Name, string? Shown)> ServeAsync(
        TcpListener listener, X509Certificate2 certificate, X509Certificate2? intermediate, bool ask)
    {
        var name = "";
        string? shown = null;
        using var accepted = await listener.AcceptSocketAsync();
        await using var stream = new SslStream(new NetworkStream(accepted, true));
        try
        {
            await stream.AuthenticateAsServerAsync(
                (_, hello, _, _) =>
                {
                    name = hello.ServerName;
                    return ValueTask.FromResult(new SslServerAuthenticationOptions
                    {
                        ServerCertificateContext = SslStreamCertificateContext.Create(
                            certificate, intermediate is null ? [] : [intermediate], offline: true),
                        ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
                        ClientCertificateRequired = ask,
                        RemoteCertificateValidationCallback = (_, client, _, _) =>
                        {
                            shown = client?.GetCertHashString();
                            return client is not null || certificate is not null;
                        },
                    });
                },
                null,
                CancellationToken.None);
            await stream.WriteAsync(new byte[1]);
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            // The client's refusal is the other half of what the test looks at.
        }

        return (name, shown);
    }
}
