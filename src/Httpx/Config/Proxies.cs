using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Httpx;

/// <summary>Which requests go through which proxy: patterns of urls, the most specific of which counts.</summary>
/// <remarks>
/// Patterns are HTTPX's: <c>"all://"</c>, <c>"http://"</c>, <c>"https://example.org"</c>, <c>"all://*.example.org:8080"</c>. A null proxy lets
/// the urls of a pattern go directly. Whatever is given here replaces what the environment says; <see cref="None"/> switches that off. See
/// <see href="https://www.python-httpx.org/advanced/proxies/#routing"/>.
/// </remarks>
public sealed class Proxies : IEnumerable<KeyValuePair<string, Proxy?>>
{
    private readonly OrderedDictionary<string, Proxy?> _proxies;
    private readonly bool _isReadOnly;

    /// <summary>No proxies yet.</summary>
    public Proxies()
        : this(isReadOnly: false)
    {
    }

    private Proxies(bool isReadOnly)
    {
        _proxies = new OrderedDictionary<string, Proxy?>(StringComparer.Ordinal);
        _isReadOnly = isReadOnly;
    }

    /// <summary>No proxies, whatever the client or the environment says.</summary>
    public static Proxies None { get; } = new(isReadOnly: true);

    /// <summary>The proxy of a pattern; null lets its urls go directly.</summary>
    /// <param name="pattern">The pattern of urls.</param>
    /// <exception cref="KeyNotFoundException">There is none of that pattern.</exception>
    public Proxy? this[string pattern]
    {
        get => _proxies[pattern];
        set
        {
            ArgumentNullException.ThrowIfNull(pattern);
            ThrowIfReadOnly();
            _proxies[pattern] = value;
        }
    }

    /// <summary>One proxy for all urls, by its url. Null stays null.</summary>
    /// <param name="url">The proxy's url.</param>
    [return: NotNullIfNotNull(nameof(url))]
    public static implicit operator Proxies?(string? url) => url is null ? null : (Proxies)new Proxy(url);

    /// <summary>One proxy for all urls. Null stays null.</summary>
    /// <param name="proxy">The proxy.</param>
    [return: NotNullIfNotNull(nameof(proxy))]
    public static implicit operator Proxies?(Proxy? proxy) => proxy is null ? null : new Proxies { ["all://"] = proxy };

    /// <summary>Proxies by pattern, each by its url; a null url lets the pattern's urls go directly. Null stays null.</summary>
    /// <param name="proxies">Patterns and urls.</param>
#nullable disable annotations // the values may be null or not: a dictionary of either kind converts
    public static implicit operator Proxies(Dictionary<string, string> proxies)
#nullable restore annotations
    {
        if (proxies is null)
        {
            return null!;
        }

        var made = new Proxies();
        foreach (var (pattern, url) in proxies)
        {
            made[pattern] = url;
        }

        return made;
    }

    /// <summary>Proxies by pattern; null lets the pattern's urls go directly. Null stays null.</summary>
    /// <param name="proxies">Patterns and proxies.</param>
    [return: NotNullIfNotNull(nameof(proxies))]
    public static implicit operator Proxies?(Dictionary<string, Proxy?>? proxies)
    {
        if (proxies is null)
        {
            return null;
        }

        var made = new Proxies();
        foreach (var (pattern, proxy) in proxies)
        {
            made[pattern] = proxy;
        }

        return made;
    }

    /// <summary>Adds a proxy for a pattern that has none yet.</summary>
    /// <param name="pattern">The pattern of urls.</param>
    /// <param name="proxy">The proxy; null lets the urls go directly.</param>
    /// <exception cref="ArgumentException">The pattern is there already.</exception>
    public void Add(string pattern, Proxy? proxy)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ThrowIfReadOnly();
        _proxies.Add(pattern, proxy);
    }

    /// <summary>The patterns and their proxies, in the order in which they were given.</summary>
    public IEnumerator<KeyValuePair<string, Proxy?>> GetEnumerator() => _proxies.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void ThrowIfReadOnly()
    {
        if (_isReadOnly)
        {
            throw new InvalidOperationException("Proxies.None is shared and stays empty: make a new Proxies.");
        }
    }
}
