namespace Httpx;

/// <summary>The one place that reads the process's environment: what <c>trustEnv</c> stands for.</summary>
internal static class EnvironmentVariables
{
    private static readonly string[] Names =
    [
        "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY",
        "REQUEST_METHOD", "GATEWAY_INTERFACE", "SSL_CERT_FILE", "SSL_CERT_DIR",
    ];

    /// <summary>The variables that mean something to this library and are set; an empty one counts as not set.</summary>
    /// <remarks>Everything that takes its wishes from the environment takes this dictionary, so that tests need no process of their
    /// own.</remarks>
    internal static IReadOnlyDictionary<string, string> Read()
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Names)
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
            {
                found[name] = value;
            }
        }

        return found;
    }

    /// <summary>The user's own folder, where <c>.netrc</c> lives.</summary>
    internal static string HomeFolder => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
}
