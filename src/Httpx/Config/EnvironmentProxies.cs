using System.Net;
using System.Net.Sockets;

namespace Httpx;

/// <summary>The proxies that the environment names: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, and NO_PROXY for what goes directly.</summary>
/// <remarks>See <see href="https://www.python-httpx.org/environment_variables/"/>.</remarks>
internal static class EnvironmentProxies
{
    private static readonly string[] Schemes = ["http", "https", "all"];

    /// <summary>Reads them; null where the environment names none.</summary>
    /// <param name="environment">The variables; see <see cref="EnvironmentVariables.Read"/>.</param>
    /// <exception cref="ArgumentException">A variable holds no url of a proxy. The message names the variable, without
    /// credentials.</exception>
    internal static Proxies? From(IReadOnlyDictionary<string, string> environment)
    {
        var proxies = new Proxies();
        foreach (var scheme in Schemes)
        {
            if (Find(environment, scheme) is var (variable, value))
            {
                proxies[scheme + "://"] = Read(variable, value);
            }
        }

        var exceptions = environment.GetValueOrDefault("no_proxy") ?? environment.GetValueOrDefault("NO_PROXY");
        return exceptions is null || AddExceptions(proxies, exceptions) ? (proxies.Any() ? proxies : null) : null;
    }

    // The lower-case name goes first, as curl and HTTPX have it.
    private static (string Variable, string Value)? Find(IReadOnlyDictionary<string, string> environment, string scheme)
    {
        var name = scheme + "_proxy";
        if (environment.TryGetValue(name, out var value))
        {
            return (name, value);
        }

        // A CGI program gets the request header "Proxy" as HTTP_PROXY: whoever calls it would choose its proxy (CVE-2016-5385).
        if (scheme == "http" && (environment.ContainsKey("REQUEST_METHOD") || environment.ContainsKey("GATEWAY_INTERFACE")))
        {
            return null;
        }

        name = name.ToUpperInvariant();
        return environment.TryGetValue(name, out value) ? (name, value) : null;
    }

    private static Proxy Read(string variable, string value)
    {
        value = value.Trim();
        try
        {
            return new Proxy(value.Contains("://", StringComparison.Ordinal) ? value : "http://" + value);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidUrlException)
        {
            throw new ArgumentException(
                $"The environment variable {variable} names no proxy that can be used (http, https or socks5). "
                + "Unset it, or set trustEnv to false.",
                exception);
        }
    }

    // False where everything goes directly.
    private static bool AddExceptions(Proxies proxies, string list)
    {
        foreach (var range in list.AsSpan().Split(','))
        {
            var entry = list.AsSpan(range).Trim();
            if (entry is "*")
            {
                return false;
            }

            if (!entry.IsEmpty && PatternOf(entry.ToString()) is { } pattern)
            {
                proxies[pattern] = null;
            }
        }

        return true;
    }

    private static string? PatternOf(string entry)
    {
        if (entry.Contains("://", StringComparison.Ordinal))
        {
            return entry;
        }

        var bare = entry is ['[', .. var inner, ']'] ? inner : entry;
        if (IPAddress.TryParse(bare, out var address))
        {
            return address.AddressFamily == AddressFamily.InterNetworkV6 ? $"all://[{bare}]" : $"all://{bare}";
        }

        // A range of addresses; the pattern of urls has no such thing, so that it is left to NO_PROXY's host names.
        if (IPNetwork.TryParse(entry, out _))
        {
            return null;
        }

        return entry switch
        {
            "localhost" => "all://localhost",
            ['.', .. var domain] => "all://*." + domain,
            ['*', ..] => "all://" + entry,
            _ => "all://*" + entry,
        };
    }
}
