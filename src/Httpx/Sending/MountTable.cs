namespace Httpx;

/// <summary>The transports of a client: the main one, and those that patterns give to some urls.</summary>
internal sealed class MountTable : IDisposable, IAsyncDisposable
{
    private readonly Transport _main;
    private readonly (UrlPattern Pattern, Transport? Transport)[] _mounts;

    /// <summary>Puts the mounts into order; of equal patterns the last counts.</summary>
    /// <param name="main">For every url that no pattern fits.</param>
    /// <param name="mounts">Patterns and their transports; null stands for the main one.</param>
    /// <exception cref="ArgumentException">A pattern is malformed.</exception>
    internal MountTable(Transport main, IEnumerable<KeyValuePair<string, Transport?>> mounts)
    {
        _main = main;
        var table = new OrderedDictionary<UrlPattern, Transport?>();
        foreach (var (pattern, transport) in mounts)
        {
            table[new UrlPattern(pattern)] = transport;
        }

        // OrderBy is stable: equals in rank stay in the order in which they were given.
        _mounts = [.. table.OrderBy(static mount => mount.Key).Select(static mount => (mount.Key, mount.Value))];
    }

    /// <summary>The transport that sends a request.</summary>
    /// <exception cref="UnsupportedProtocolException">The url has no scheme or no host, or a scheme other than http and https for which
    /// nothing is mounted.</exception>
    internal Transport For(Request request)
    {
        var url = request.Url;
        var scheme = url.SchemeSpan;
        if (scheme.IsEmpty)
        {
            throw new UnsupportedProtocolException(
                $"Request URL is missing an 'http://' or 'https://' protocol: '{url.ToLogString()}'.", request);
        }

        var isHttp = scheme is "http" or "https";
        if (isHttp && url.RawHostSpan.IsEmpty)
        {
            throw new UnsupportedProtocolException($"Request URL is missing a host: '{url.ToLogString()}'.", request);
        }

        foreach (var (pattern, transport) in _mounts)
        {
            if (pattern.Matches(url))
            {
                return transport ?? (isHttp ? _main : throw Unsupported(request));
            }
        }

        return isHttp ? _main : throw Unsupported(request);
    }

    /// <summary>Closes every transport, also where one of them fails to.</summary>
    public void Dispose()
    {
        List<Exception>? failures = null;
        foreach (var transport in Distinct())
        {
            try
            {
                transport.Dispose();
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                (failures ??= []).Add(exception);
            }
        }

        ThrowIfAny(failures);
    }

    /// <inheritdoc cref="Dispose"/>
    public async ValueTask DisposeAsync()
    {
        List<Exception>? failures = null;
        foreach (var transport in Distinct())
        {
            try
            {
                await transport.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                (failures ??= []).Add(exception);
            }
        }

        ThrowIfAny(failures);
    }

    private static UnsupportedProtocolException Unsupported(Request request)
    {
        // javascript: and data: urls may be long, and are nobody's business: the scheme says it all.
        var url = request.Url;
        var shown = url.RawHostSpan.IsEmpty ? "" : $" of '{url.ToLogString()}'";
        return new UnsupportedProtocolException(
            $"Request URL has an unsupported protocol '{url.Scheme}:'{shown}: it is neither http nor https, and nothing is mounted for it.",
            request);
    }

    // One transport may be mounted under several patterns.
    private HashSet<Transport> Distinct()
    {
        var transports = new HashSet<Transport>(ReferenceEqualityComparer.Instance) { _main };
        foreach (var (_, transport) in _mounts)
        {
            if (transport is not null)
            {
                transports.Add(transport);
            }
        }

        return transports;
    }

    private static void ThrowIfAny(List<Exception>? failures)
    {
        if (failures is not null)
        {
            throw failures.Count == 1 ? failures[0] : new AggregateException("More than one transport failed to close.", failures);
        }
    }
}
