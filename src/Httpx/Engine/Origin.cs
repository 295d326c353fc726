using System.Globalization;

namespace Httpx.Engine;

/// <summary>Whom a connection is for: scheme, host and port (RFC 9110 4.3.1). One object per origin and pool.</summary>
internal sealed class Origin
{
    internal Origin(Url url)
    {
        IsSsl = url.IsSsl;
        Host = url.RawHost;
        Port = url.Port;
        Authority = url.AuthoritySpan.ToString();
    }

    internal bool IsSsl { get; }

    /// <summary>The host in ASCII: a name, or an address without brackets.</summary>
    internal string Host { get; }

    internal int Port { get; }

    /// <summary>Host and port as in a url and a Host header: without the scheme's default port.</summary>
    internal string Authority { get; }

    /// <summary>Host and port for people and for CONNECT, the port always there.</summary>
    internal string HostAndPort => Host.Contains(':', StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"[{Host}]:{Port}")
        : string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    /// <summary>The origin as exceptions name it.</summary>
    public override string ToString() => (IsSsl ? "https://" : "http://") + Authority;
}
