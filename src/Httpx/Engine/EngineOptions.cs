using System.Net;

namespace Httpx.Engine;

/// <summary>What a transport asks of its engine. Immutable.</summary>
internal sealed record EngineOptions
{
    /// <summary>How many connections there may be, and for how long idle ones are kept.</summary>
    internal required Limits Limits { get; init; }

    /// <summary>Whom to trust and what to show in TLS.</summary>
    internal required TlsOptions Tls { get; init; }

    /// <summary>The proxy that everything goes through; null for none.</summary>
    internal Proxy? Proxy { get; init; }

    /// <summary>Whom to trust where the proxy itself is spoken to over TLS.</summary>
    internal TlsOptions? ProxyTls { get; init; }

    /// <summary>The path of the Unix domain socket that stands for every origin; null for TCP.</summary>
    internal string? UnixSocket { get; init; }

    /// <summary>The address to connect from; null for any.</summary>
    internal IPAddress? LocalAddress { get; init; }

    /// <summary>How often a failed attempt to connect is made again.</summary>
    internal int Retries { get; init; }
}
