using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Httpx;

/// <summary>How a client is made: <c>new Client(new() { BaseUrl = "https://api.example.org", Timeout = 10 })</c>.</summary>
/// <remarks>
/// A client takes a copy when it is made: what is changed here afterwards does not reach it. Most of it can be changed on the client
/// itself, for the requests to come. See <see href="https://www.python-httpx.org/api/#client"/>.
/// </remarks>
public sealed class ClientOptions
{
    /// <summary>
    /// Authenticates every request that brings no authentication of its own. Default null: none but the user name and password of a
    /// request's url. A pair of texts is Basic authentication.
    /// </summary>
    public Auth? Auth { get; set; }

    /// <summary>Query parameters of every request, unless its url or its own query has one of the same name. Default null: none.</summary>
    public QueryParams? Query { get; set; }

    /// <summary>Headers of every request, over the defaults (Accept, Accept-Encoding, Connection, User-Agent). Default: none.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public Headers Headers { get; set => field = NotNull(value); } = new();

    /// <summary>Cookies that the client begins with. Default: none.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public Cookies Cookies { get; set => field = NotNull(value); } = new();

    /// <summary>How servers' certificates are checked. Default null, which is true: by the platform's trust store.</summary>
    public Verify? Verify { get; set; }

    /// <summary>The certificate that the client shows to servers that ask for one. Default null: none.</summary>
    public ClientCert? Cert { get; set; }

    /// <summary>Whether HTTP/2 is spoken with servers that can (over TLS, by ALPN). Default false: HTTP/1.1 only.</summary>
    public bool Http2 { get; set; }

    /// <summary>
    /// Proxies by url pattern. Default null: those of the environment, if <see cref="TrustEnv"/> and no <see cref="Transport"/> is given;
    /// <see cref="Httpx.Proxies.None"/> for none whatever the environment says.
    /// </summary>
    public Proxies? Proxies { get; set; }

    /// <summary>How long each phase of an exchange may take. Default null, which is 5 s for each of connect, read, write and pool;
    /// <see cref="Timeouts.None"/> for no limit.</summary>
    public Timeouts? Timeout { get; set; }

    /// <summary>How many connections the client may hold. Default: 100, of which 20 idle, each for 5 s.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public Limits Limits { get; set => field = NotNull(value); } = new();

    /// <summary>How many redirects one exchange follows before it is a <see cref="TooManyRedirectsException"/>. Default 20.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxRedirects
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 20;

    /// <summary>
    /// Whether redirects are followed. Default true. Where they are not, <see cref="Response.NextRequest"/> is the request that would
    /// follow.
    /// </summary>
    /// <remarks>
    /// To another origin (scheme, host or port) go no Authorization, Proxy-Authorization or Cookie header, and the client's
    /// <see cref="Auth"/> is not asked again; the jar's cookies for that origin do go. Headers that only you know to be secret go along:
    /// remove them in a request hook, which runs on every hop.
    /// </remarks>
    public bool AllowRedirects { get; set; } = true;

    /// <summary>Functions called around every exchange. Default: none.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public EventHooks EventHooks { get; set => field = NotNull(value); } = new();

    /// <summary>What relative urls are appended to: "https://h/api" and "/x" make "https://h/api/x". Default null: nothing.</summary>
    public Url? BaseUrl { get; set; }

    /// <summary>
    /// What sends http and https requests in place of the network; the client disposes of it. Default null: an
    /// <see cref="HttpTransport"/> made from these options. For urls of other schemes mount one in <see cref="Mounts"/>.
    /// </summary>
    public Transport? Transport { get; set; }

    /// <summary>
    /// Transports for some urls only, by pattern (<c>"all://"</c>, <c>"http://"</c>, <c>"https://example.org"</c>,
    /// <c>"all://*.example.org:8080"</c>, <c>"file://"</c>): the most specific wins, and null stands for the client's own transport. The
    /// client disposes of them. Default: none.
    /// </summary>
    /// <remarks>See <see href="https://www.python-httpx.org/advanced/transports/#mounting-transports"/>.</remarks>
    [AllowNull]
    public Dictionary<string, Transport?> Mounts { get; set => field = value ?? []; } = [];

    /// <summary>Whether the environment is asked for proxies and certificate files. Default true.</summary>
    public bool TrustEnv { get; set; } = true;

    /// <summary>The text encoding of responses that name none. Default null, which is UTF-8.</summary>
    public Encoding? DefaultEncoding { get; set; }

    /// <summary>
    /// Guesses the text encoding of a response that names none from its bytes; where it returns null, <see cref="DefaultEncoding"/> counts.
    /// Default null: nothing is guessed.
    /// </summary>
    public Func<ReadOnlyMemory<byte>, Encoding?>? DetectEncoding { get; set; }

    /// <summary>How JSON is written and read. Default null: names as they are written, compact, non-ASCII unescaped.</summary>
    public JsonSerializerOptions? JsonOptions { get; set; }

    /// <summary>How long, in bytes and after decoding, a body may be that is read into memory. Default null: no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long? MaxResponseBytes
    {
        get;
        set
        {
            if (value is { } number)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(number, nameof(MaxResponseBytes));
            }

            field = value;
        }
    }

    /// <summary>The clock of <see cref="Timeouts.Total"/>, which tests hold.</summary>
    internal TimeProvider Time { get; set; } = TimeProvider.System;

    private static T NotNull<T>(T value)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value);
        return value;
    }
}
