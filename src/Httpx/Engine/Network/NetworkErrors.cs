using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Httpx.Engine.Network;

/// <summary>The one place where failures of sockets and TLS become the library's exceptions.</summary>
internal static class NetworkErrors
{
    internal static bool IsNetwork(Exception exception) => exception is SocketException or IOException or ObjectDisposedException;

    internal static ReadException Read(string peer, Exception cause) =>
        new($"Receiving from {peer} failed: {Reason(cause)}.", inner: cause);

    internal static WriteException Write(string peer, Exception cause) =>
        new($"Sending to {peer} failed: {Reason(cause)}.", inner: cause);

    internal static ReadTimeoutException ReadTimeout(string peer, TimeSpan? limit) =>
        new($"{peer} sent nothing for {Seconds(limit)} (Timeouts.Read).");

    internal static WriteTimeoutException WriteTimeout(string peer, TimeSpan? limit) =>
        new($"{peer} took nothing of the request for {Seconds(limit)} (Timeouts.Write).");

    internal static ConnectTimeoutException ConnectTimeout(string target, TimeSpan? limit, Exception? cause = null) =>
        new($"Connecting to {target} took longer than {Seconds(limit)} (Timeouts.Connect).",
            inner: cause is null ? null : new TimeoutException(cause.Message, cause));

    internal static ConnectException UnknownHost(string host, Exception? cause) =>
        new(HttpRequestError.NameResolutionError,
            $"The host name '{host}' is not known: {(cause is null ? "it has no address" : Reason(cause))}.", cause);

    internal static ConnectException Connect(string target, Exception cause) =>
        new(HttpRequestError.ConnectionError, $"Connecting to {target} failed: {Reason(cause)}.", cause);

    internal static ConnectException Tls(string target, string? reason, Exception cause) =>
        new(HttpRequestError.SecureConnectionError, $"No secure connection to {target}: {reason ?? TlsReason(cause)}.", cause);

    internal static string Seconds(TimeSpan? limit) =>
        limit is { } span ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.###} s") : "the time allowed";

    private static string Reason(Exception cause) => cause switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "connection refused",
        SocketException { SocketErrorCode: SocketError.ConnectionReset } => "the peer reset the connection",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData } => "no such host",
        SocketException { SocketErrorCode: SocketError.TryAgain } => "the name server did not answer",
        SocketException { SocketErrorCode: SocketError.OperationAborted or SocketError.ConnectionAborted } => "the connection was closed here",
        SocketException { SocketErrorCode: SocketError.Shutdown } => "the peer closed the connection",
        ObjectDisposedException => "the connection was closed here",
        { InnerException: SocketException inner } => Reason(inner),
        _ => cause.Message.TrimEnd('.'),
    };

    private static string TlsReason(Exception cause) => cause switch
    {
        // What OpenSSL reports when the other side answers a ClientHello in plain text.
        AuthenticationException { InnerException: { } inner }
            when inner.ToString().Contains("wrong version number", StringComparison.OrdinalIgnoreCase) =>
            "the peer does not speak TLS on this port (is it http, not https?)",
        AuthenticationException { InnerException: { } inner } => $"{cause.Message.TrimEnd('.')} ({inner.Message.TrimEnd('.')})",
        IOException => "the peer ended the TLS handshake: " + Reason(cause),
        _ => Reason(cause),
    };
}
