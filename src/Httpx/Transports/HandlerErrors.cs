using System.Globalization;
using System.Net.Sockets;

namespace Httpx;

/// <summary>The one place where what handlers throw becomes the library's exceptions.</summary>
internal static class HandlerErrors
{
    /// <summary>Whether an exception tells of an exchange that failed, and not of a defect in somebody's code.</summary>
    internal static bool IsFailure(Exception exception) =>
        exception is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException or TimeoutException;

    /// <summary>The library's exception for one that is no time-out or cancellation of ours; null for the exception itself.</summary>
    internal static Exception? Of(Exception exception, HandlerExchange exchange) => exception switch
    {
        HttpRequestException failure => Of(failure.HttpRequestError, failure, exchange),
        HttpIOException failure => Of(failure.HttpRequestError, failure, exchange),
        IOException => Broken(exception, exchange),
        OperationCanceledException or TimeoutException => GivenUp(exception, exchange),
        NotSupportedException => NotSupported(exception, exchange),
        _ => null,
    };

    internal static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.###} s");

    private static TransportException Of(HttpRequestError error, Exception cause, HandlerExchange exchange)
    {
        var (message, request) = (Message(cause, exchange), exchange.Request);
        return error switch
        {
            HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError =>
                new ConnectException(error, message, cause) { Request = request },
            HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.ResponseEnded
                or HttpRequestError.ConfigurationLimitExceeded => new RemoteProtocolException(message, request, cause),
            HttpRequestError.ProxyTunnelError => new ProxyException(message, request, cause),
            HttpRequestError.VersionNegotiationError or HttpRequestError.ExtendedConnectNotSupported =>
                new UnsupportedProtocolException(message, request, cause),
            _ when HasInner<IOException>(cause) || HasInner<SocketException>(cause) => Broken(cause, exchange),
            _ => new TransportException(message, request, cause),
        };
    }

    private static NetworkException Broken(Exception cause, HandlerExchange exchange)
    {
        var message = Message(cause, exchange);
        return exchange.HasWriteFailed && !exchange.IsReceiving
            ? new WriteException(message, exchange.Request, cause)
            : new ReadException(message, exchange.Request, cause);
    }

    // Nobody of ours cancelled: a time-out of the handler's own, or of one that stands in front of it.
    private static RequestTimeoutException GivenUp(Exception exception, HandlerExchange exchange)
    {
        var cause = exception as TimeoutException ?? exception.InnerException as TimeoutException;
        var request = exchange.Request;
        if (cause is not null && exchange.MayBeConnecting && Innermost(exchange.Handler) is SocketsHttpHandler or HttpClientHandler)
        {
            // The one time-out that it has.
            return new ConnectTimeoutException(
                $"{request.Url.Origin}: {cause.Message}", request, new TimeoutException(cause.Message, exception));
        }

        var message = $"{request.Url.Origin}: the handler gave up by itself, as it does when a time-out of its own has passed: "
            + (cause ?? exception).Message;
        return new ReadTimeoutException(message, request, new TimeoutException(message, exception));
    }

    private static Exception? NotSupported(Exception exception, HandlerExchange exchange)
    {
        var url = exchange.Request.Url;
        if (url.SchemeSpan is not ("http" or "https"))
        {
            return new UnsupportedProtocolException(Message(exception, exchange), exchange.Request, exception);
        }

        return exchange.IsBlocking
            ? new NotSupportedException(
                $"The handler {exchange.Handler.GetType().Name} cannot send this by blocking: use AsyncClient. ({exception.Message})",
                exception)
            : null;
    }

    private static string Message(Exception cause, HandlerExchange exchange)
    {
        // "An error occurred while sending the request" says nothing; what is inside does.
        var telling = cause is HttpRequestException { InnerException: IOException inner } ? inner : cause;
        return $"{exchange.Request.Method} {exchange.Request.Url.Origin}: {telling.Message}";
    }

    private static bool HasInner<T>(Exception exception)
        where T : Exception
    {
        for (var inner = exception.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (inner is T)
            {
                return true;
            }
        }

        return false;
    }

    private static HttpMessageHandler? Innermost(HttpMessageHandler? handler)
    {
        while (handler is DelegatingHandler outer)
        {
            handler = outer.InnerHandler;
        }

        return handler;
    }
}
