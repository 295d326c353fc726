using System.Net;

namespace Httpx;

// The tree of what can go wrong:
//
//   HttpxException (an HttpRequestException)
//   |- RequestException
//   |  |- TransportException
//   |  |  |- RequestTimeoutException
//   |  |  |  |- ConnectTimeoutException, ReadTimeoutException, WriteTimeoutException,
//   |  |  |  `- PoolTimeoutException, TotalTimeoutException
//   |  |  |- NetworkException
//   |  |  |  `- ConnectException, ReadException, WriteException, CloseException
//   |  |  |- ProtocolException
//   |  |  |  `- LocalProtocolException, RemoteProtocolException
//   |  |  |- ProxyException
//   |  |  `- UnsupportedProtocolException
//   |  |- DecodingException
//   |  `- TooManyRedirectsException
//   `- HttpStatusException
//
//   InvalidUrlException (a UriFormatException)
//   CookieConflictException (an InvalidOperationException)
//   StreamException (an InvalidOperationException)
//   `- StreamConsumedException, StreamClosedException, ResponseNotReadException, RequestNotReadException

/// <summary>The base of everything that can go wrong with an exchange: catch it to catch them all.</summary>
/// <remarks>See <see href="https://www.python-httpx.org/exceptions/">HTTPX's exceptions</see>, whose tree this is.</remarks>
public class HttpxException : HttpRequestException
{
    /// <summary>Makes the exception, as a mock transport may throw it.</summary>
    /// <param name="message">What was being done, and to which origin; no secrets.</param>
    /// <param name="request">The request of the exchange, if there is one yet.</param>
    /// <param name="inner">The cause.</param>
    public HttpxException(string message, Request? request = null, Exception? inner = null)
        : this(HttpRequestError.Unknown, message, request, inner)
    {
    }

    private protected HttpxException(
        HttpRequestError error, string message, Request? request, Exception? inner, HttpStatusCode? statusCode = null)
        : base(error, message, inner, statusCode)
    {
        Request = request;
    }

    /// <summary>The request of the exchange that failed; null if there was none.</summary>
    public Request? Request { get; internal set; }
}

/// <summary>Something went wrong while a request was being sent or its response received.</summary>
public class RequestException : HttpxException
{
    /// <inheritdoc cref="HttpxException(string, Httpx.Request?, Exception?)"/>
    public RequestException(string message, Request? request = null, Exception? inner = null)
        : this(HttpRequestError.Unknown, message, request, inner)
    {
    }

    private protected RequestException(
        HttpRequestError error, string message, Request? request, Exception? inner, HttpStatusCode? statusCode = null)
        : base(error, message, request, inner, statusCode)
    {
    }
}

/// <summary>The transport could not carry the exchange out.</summary>
public class TransportException : RequestException
{
    /// <inheritdoc cref="HttpxException(string, Httpx.Request?, Exception?)"/>
    public TransportException(string message, Request? request = null, Exception? inner = null)
        : this(HttpRequestError.Unknown, message, request, inner)
    {
    }

    private protected TransportException(
        HttpRequestError error, string message, Request? request, Exception? inner, HttpStatusCode? statusCode = null)
        : base(error, message, request, inner, statusCode)
    {
    }
}

/// <summary>One of the time limits of <see cref="Timeouts"/> ran out.</summary>
/// <remarks>The inner exception is a <see cref="TimeoutException"/>, as .NET code that asks for one expects.</remarks>
public class RequestTimeoutException : TransportException
{
    /// <inheritdoc cref="HttpxException(string, Httpx.Request?, Exception?)"/>
    public RequestTimeoutException(string message, Request? request = null, Exception? inner = null)
        : base(HttpRequestError.Unknown, message, request, inner ?? new TimeoutException(message))
    {
    }
}

/// <summary>Connecting (name look-up, TCP, proxy and TLS included) took longer than <see cref="Timeouts.Connect"/>.</summary>
public class ConnectTimeoutException : RequestTimeoutException
{
    /// <inheritdoc cref="HttpxException(string, Httpx.Request?, Exception?)"/>
    public ConnectTimeoutException(string message, Request? request = null, Exception? inner = null)
        : base(message, request, inner)
    {
    }
}

/// <summary>The peer sent nothing for as long as <see cref="Timeouts.Read"/>.</summary>
public class ReadTimeoutException : RequestTimeoutException
{
    /// <inheritdoc cref="HttpxException(string, Httpx.Request?, Exception?)"/>
    public ReadTimeoutException(string message, Request? request = null, Exception? inner = null)
        : base(message, request, inner)
    {
    }
}

/// <summary>The peer took nothing for as long as <see cref="Timeouts.Write"/>.</summary>
public class WriteTimeoutException : RequestTimeoutException
{
    /// <inheritdoc cref="HttpxException(string, Httpx.Request?, Exception?)"/>
    public WriteTimeoutException(string message, Request? request = null, Exception? inner = null)
        : base(message, request, inner)
    {
    }
}

/// <summary>No connection of the pool came free within <see cref="Timeouts.Pool"/>.</summary>
public class PoolTimeoutException : RequestTimeoutException
{
    /// <inheritdoc cref="HttpxException(string, Httpx.Request?, Exception?)"/>
    public PoolTimeoutException(string message, Request? request = null, Exception? inner = null)
        : base(message, request, inner)
    {
    }
}

/// <summary>The whole exchange, redirects and body included, took longer than <see cref="Timeouts.Total"/>.</summary>
public class TotalTimeoutException : RequestTimeoutException
{
    /// <inheritdoc cref="HttpxException(string, Httpx.Request?, Exception?)"/>
    public TotalTimeoutException(string message, Request? request = null, Exception? inner = null)
        : base(message, request, inner)
    {
    }
}

/// <summary>The network failed.</summary>
public class NetworkException : TransportException
{
    /// <inheritdoc cref="HttpxException(string, Httpx.Request?, Exception?)"/>
    public NetworkException(string message, Request? request = null, Exception? inner = null)
        : this(HttpRequestError.ConnectionError, message, request, inner)
    {
    }

    private protected NetworkException(HttpRequestError error, string message, Request? request, Exception? inner)
        : base(error, message, request, inner)
    {
    }
}

/// <summary>No connection could be made: the name is unknown, the peer refused, or TLS could not be agreed on.</summary>
/// <remarks><see cref="HttpRequestException.HttpRequestError"/> tells which of the three it was.</remarks>
public class ConnectException : NetworkException
{
    /// <inheritdoc cref="HttpxException(string, Httpx.Request?, Exception?)"/>
    public ConnectException(string message, Request? request = null, Exception? inner = null)
        : base(HttpRequestError.ConnectionError, message, request, inner)
    {
    }

    internal ConnectException(HttpRequestError error, string message, Exception? inner)
        : base(error, message, null, inner)
    {
    }
}

/// <summary>Receiving failed: the connection was reset or broke down.</summary>
public class ReadException : NetworkException
{
    /// <inheritdoc cref="HttpxException(string, Httpx.Request?, Exception?)"/>
    public ReadException(string message, Request? request = null, Exception? inner = null)
        : base(HttpRequestError.ConnectionError, message, request, inner)
    {
    }
}

/// <summary>Sending failed: the connection was reset or broke down.</summary>
public class WriteException : NetworkException
{
    /// <inheritdoc cref="HttpxException(string, Httpx.Request?, Exception?)"/>
    public WriteException(string message, Request? request = null, Exception? inner = null)
        : base(HttpRequestError.ConnectionError, message, request, inner)
    {
    }
}

/// <summary>Closing the connection failed.</summary>
public class CloseException : NetworkException
{
    /// <inheritdoc cref="HttpxException(string, Httpx.Request?, Exception?)"/>
    public CloseException(string message, Request? request = null, Exception? inner = null)
        : base(HttpRequestError.ConnectionError, message, request, inner)
    {
    }
}

/// <summary>One side broke the protocol.</summary>
public class ProtocolException : TransportException
{
    /// <inheritdoc cref="HttpxException(string, Httpx.Request?, Exception?)"/>
    public ProtocolException(string message, Request? request = null, Exception? inner = null)
        : this(HttpRequestError.HttpProtocolError, message, request, inner)
    {
    }

    private protected ProtocolException(HttpRequestError error, string message, Request? request, Exception? inner)
        : base(error, message, request, inner)
    {
    }
}

/// <summary>This side would have broken the protocol: a header that contradicts the body, say.</summary>
public class LocalProtocolException : ProtocolException
{
    /// <inheritdoc cref="HttpxException(string, Httpx.Request?, Exception?)"/>
    public LocalProtocolException(string message, Request? request = null, Exception? inner = null)
        : base(HttpRequestError.HttpProtocolError, message, request, inner)
    {
    }
}

/// <summary>The peer broke the protocol: rubbish for a response, or an end before the promised length.</summary>
public class RemoteProtocolException : ProtocolException
{
    /// <inheritdoc cref="HttpxException(string, Httpx.Request?, Exception?)"/>
    public RemoteProtocolException(string message, Request? request = null, Exception? inner = null)
        : base(HttpRequestError.InvalidResponse, message, request, inner)
    {
    }
}

/// <summary>The proxy refused to connect to the origin, or could not be spoken with.</summary>
public class ProxyException : TransportException
{
    /// <inheritdoc cref="HttpxException(string, Httpx.Request?, Exception?)"/>
    public ProxyException(string message, Request? request = null, Exception? inner = null)
        : base(HttpRequestError.ProxyTunnelError, message, request, inner)
    {
    }

    internal ProxyException(string message, HttpStatusCode statusCode)
        : base(HttpRequestError.ProxyTunnelError, message, null, null, statusCode)
    {
    }
}

/// <summary>The url's scheme is neither http nor https, and no transport is mounted for it.</summary>
public class UnsupportedProtocolException : TransportException
{
    /// <inheritdoc cref="HttpxException(string, Httpx.Request?, Exception?)"/>
    public UnsupportedProtocolException(string message, Request? request = null, Exception? inner = null)
        : base(HttpRequestError.Unknown, message, request, inner)
    {
    }
}

/// <summary>The body could not be decoded as its Content-Encoding says: it is corrupt or cut short.</summary>
public class DecodingException : RequestException
{
    /// <inheritdoc cref="HttpxException(string, Httpx.Request?, Exception?)"/>
    public DecodingException(string message, Request? request = null, Exception? inner = null)
        : base(HttpRequestError.InvalidResponse, message, request, inner)
    {
    }
}

/// <summary>More redirects than <see cref="ClientOptions.MaxRedirects"/>.</summary>
public class TooManyRedirectsException : RequestException
{
    /// <inheritdoc cref="HttpxException(string, Httpx.Request?, Exception?)"/>
    public TooManyRedirectsException(string message, Request? request = null, Exception? inner = null)
        : base(HttpRequestError.Unknown, message, request, inner)
    {
    }
}

/// <summary>The response has an error status, and <see cref="Httpx.Response.RaiseForStatus"/> was asked.</summary>
public class HttpStatusException : HttpxException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Status, reason and url.</param>
    /// <param name="request">The request.</param>
    /// <param name="response">The response with the error status.</param>
    public HttpStatusException(string message, Request request, Response response)
        : base(HttpRequestError.Unknown, message, request, null, StatusOf(response))
    {
        Response = response;
    }

    /// <summary>The response with the error status.</summary>
    public Response Response { get; }

    private static HttpStatusCode StatusOf(Response response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return (HttpStatusCode)response.StatusCode;
    }
}

/// <summary>The text is not a url that can be used: the message names the part and the reason.</summary>
public class InvalidUrlException : UriFormatException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">The part and the reason.</param>
    public InvalidUrlException(string message)
        : base(message)
    {
    }
}

/// <summary>A cookie was asked for by a name that several cookies bear: name its domain or path too.</summary>
public class CookieConflictException : InvalidOperationException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">The name that is ambiguous.</param>
    public CookieConflictException(string message)
        : base(message)
    {
    }
}

/// <summary>A body was used in a state in which it cannot be used so.</summary>
public class StreamException : InvalidOperationException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was wrong and what to do.</param>
    public StreamException(string message)
        : base(message)
    {
    }
}

/// <summary>The body can be read once only, and has been.</summary>
public class StreamConsumedException : StreamException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was wrong and what to do.</param>
    public StreamConsumedException(string message)
        : base(message)
    {
    }
}

/// <summary>The response was closed before its body was read.</summary>
public class StreamClosedException : StreamException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was wrong and what to do.</param>
    public StreamClosedException(string message)
        : base(message)
    {
    }
}

/// <summary>The response's body was asked for before it was read: call <see cref="Response.Read"/> first.</summary>
public class ResponseNotReadException : StreamException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was wrong and what to do.</param>
    public ResponseNotReadException(string message)
        : base(message)
    {
    }
}

/// <summary>The request's body was asked for before it was read: call <see cref="Request.Read"/> first.</summary>
public class RequestNotReadException : StreamException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was wrong and what to do.</param>
    public RequestNotReadException(string message)
        : base(message)
    {
    }
}
