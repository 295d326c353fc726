using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace Httpx;

/// <summary>A dictionary's view of a <see cref="CookieJar"/>: cookies by name. Safe for use by many threads at once.</summary>
/// <remarks>
/// <para>A cookie that is set by name alone has no domain and is sent to <em>every</em> host that the client talks to, redirects
/// included. Give the domain where it is a secret: <see cref="Set"/>.</para>
/// <para>See <see href="https://www.python-httpx.org/quickstart/#cookies"/>. Other than in HTTPX, <see cref="ToString"/> masks the
/// values.</para>
/// </remarks>
[CollectionBuilder(typeof(Cookies), nameof(Create))]
public sealed class Cookies : IEnumerable<KeyValuePair<string, string>>
{
    /// <summary>No cookies, in a jar of its own.</summary>
    public Cookies()
        : this(new CookieJar())
    {
    }

    /// <summary>A copy, in a jar of its own.</summary>
    /// <param name="cookies">What to copy.</param>
    public Cookies(Cookies cookies)
        : this(Required(cookies).Jar.Copy())
    {
    }

    /// <summary>A view of a jar: what is set here is set there, and the other way round.</summary>
    /// <param name="jar">The jar, shared and not copied.</param>
    public Cookies(CookieJar jar)
    {
        ArgumentNullException.ThrowIfNull(jar);
        Jar = jar;
    }

    /// <summary>Names and values, to be sent to every host.</summary>
    /// <param name="cookies">The pairs; of several with one name the last one holds.</param>
    /// <exception cref="ArgumentException">A name or a value could not be sent, see <see cref="StoredCookie(string, string)"/>.</exception>
    public Cookies(IEnumerable<KeyValuePair<string, string>> cookies)
        : this()
    {
        ArgumentNullException.ThrowIfNull(cookies);
        foreach (var (name, value) in cookies)
        {
            Set(name, value);
        }
    }

    /// <summary>The jar with the cookies and all of their attributes.</summary>
    public CookieJar Jar { get; }

    /// <summary>How many cookies there are.</summary>
    public int Count => Jar.Count;

    /// <summary>The names, oldest cookie first; a name of several cookies is there several times.</summary>
    public IReadOnlyList<string> Keys => Jar.Snapshot().ConvertAll(static cookie => cookie.Name);

    /// <summary>The values, in the order of <see cref="Keys"/>.</summary>
    public IReadOnlyList<string> Values => Jar.Snapshot().ConvertAll(static cookie => cookie.Value);

    /// <summary>The value of a cookie; setting is <see cref="Set"/> without a domain.</summary>
    /// <param name="name">The name, in its case.</param>
    /// <exception cref="KeyNotFoundException">There is no such cookie (<see cref="Get"/> does not throw).</exception>
    /// <exception cref="CookieConflictException">Several domains or paths have one of that name.</exception>
    /// <exception cref="ArgumentException">When setting: the cookie could not be sent.</exception>
    public string this[string name]
    {
        get => Get(name) ?? throw new KeyNotFoundException($"There is no cookie '{name}'.");
        set => Set(name, value);
    }

    /// <summary>The cookies of a dictionary, to be sent to every host. Null stays null.</summary>
    /// <param name="cookies">Names and values.</param>
    [return: NotNullIfNotNull(nameof(cookies))]
    public static implicit operator Cookies?(Dictionary<string, string>? cookies) =>
        cookies is null ? null : new Cookies((IEnumerable<KeyValuePair<string, string>>)cookies); // without the cast it is this conversion

    /// <summary>The cookies of an array of pairs, to be sent to every host. Null stays null.</summary>
    /// <param name="cookies">Names and values.</param>
    [return: NotNullIfNotNull(nameof(cookies))]
    public static implicit operator Cookies?((string Name, string Value)[]? cookies) => cookies is null ? null : Create(cookies);

    /// <summary>What a collection expression makes: <c>cookies: [("a", "1"), ("b", "2")]</c>.</summary>
    /// <param name="cookies">Names and values, to be sent to every host.</param>
    public static Cookies Create(ReadOnlySpan<(string Name, string Value)> cookies)
    {
        var made = new Cookies();
        foreach (var (name, value) in cookies)
        {
            made.Set(name, value);
        }

        return made;
    }

    /// <summary>Sets a cookie for every host: <see cref="Set"/>, for collection initialisers.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The cookie could not be sent.</exception>
    public void Add(string name, string value) => Set(name, value);

    /// <summary>Sets a session cookie. It replaces one of the same name, domain and path.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value; sent as it is.</param>
    /// <param name="domain">The host it is for, with all beneath it. Default "", which is every host.</param>
    /// <param name="path">The path it is for, with all beneath it. Default "/".</param>
    /// <exception cref="ArgumentException">Name, value, domain or path are refused by <see cref="StoredCookie"/>.</exception>
    public void Set(string name, string value, string domain = "", string path = "/") =>
        Jar.Add(new StoredCookie(name, value) { Domain = domain, Path = path });

    /// <summary>The value of a cookie; the default where there is none.</summary>
    /// <param name="name">The name, in its case.</param>
    /// <param name="defaultValue">Returned where there is no such cookie. Default null.</param>
    /// <param name="domain">Its domain, exactly; "" is the one of cookies for every host. Default null, which is any.</param>
    /// <param name="path">Its path, exactly. Default null, which is any.</param>
    /// <exception cref="CookieConflictException">Several cookies fit.</exception>
    public string? Get(string name, string? defaultValue = null, string? domain = null, string? path = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (IsEmpty)
        {
            return defaultValue;
        }

        var isWanted = Filter(name, domain, path);
        var found = Jar.Snapshot().FindAll(cookie => isWanted(cookie));
        return found.Count switch
        {
            0 => defaultValue,
            1 => found[0].Value,
            _ => throw Conflict(name, found),
        };
    }

    /// <summary>Removes the cookies of a name; none is no error.</summary>
    /// <param name="name">The name, in its case.</param>
    /// <param name="domain">Their domain, exactly. Default null, which is any.</param>
    /// <param name="path">Their path, exactly. Default null, which is any.</param>
    public void Delete(string name, string? domain = null, string? path = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        Jar.Remove(Filter(name, domain, path));
    }

    /// <summary>Removes all cookies, of a domain, or of a domain and a path.</summary>
    /// <param name="domain">Their domain, exactly. Default null, which is any.</param>
    /// <param name="path">Their path, exactly; only with a domain. Default null, which is any.</param>
    /// <exception cref="ArgumentException">There is a path but no domain.</exception>
    public void Clear(string? domain = null, string? path = null)
    {
        if (path is not null && domain is null)
        {
            throw new ArgumentException("Clearing a path needs its domain too.", nameof(domain));
        }

        Jar.Remove(Filter(null, domain, path));
    }

    /// <summary>Removes the cookies of a name; false where there was none.</summary>
    /// <param name="name">The name, in its case.</param>
    public bool Remove(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Jar.Remove(Filter(name, null, null)) > 0;
    }

    /// <summary>Whether there is a cookie of that name.</summary>
    /// <param name="name">The name, in its case.</param>
    public bool ContainsKey(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return !IsEmpty && Jar.Snapshot().Exists(cookie => cookie.Name == name);
    }

    /// <summary>The value of a cookie, if there is one.</summary>
    /// <param name="name">The name, in its case.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="CookieConflictException">Several domains or paths have one of that name.</exception>
    public bool TryGetValue(string name, [NotNullWhen(true)] out string? value)
    {
        value = Get(name);
        return value is not null;
    }

    /// <summary>Takes over the cookies of another set; they replace those of the same name, domain and path.</summary>
    /// <param name="other">The other set.</param>
    public void Update(Cookies other)
    {
        if (Required(other).Jar != Jar)
        {
            Jar.Add(other.Jar.Snapshot());
        }
    }

    /// <summary>Stores the cookies that a response sets, by the rules of RFC 6265bis; what breaks them is ignored.</summary>
    /// <param name="response">The response, with its request: whose url it was decides.</param>
    public void ExtractCookies(Response response)
    {
        ArgumentNullException.ThrowIfNull(response);
        Extract(response.Request.Url, response.Headers);
    }

    /// <summary>Adds the Cookie header for a request's url, unless the request has one or no cookie fits.</summary>
    /// <param name="request">The request.</param>
    public void SetCookieHeader(Request request)
    {
        ArgumentNullException.ThrowIfNull(request);
        AddHeader(request.Url, request.Headers);
    }

    /// <summary>Names and values, oldest cookie first, as they are now; later changes do not show.</summary>
    public IEnumerator<(string Name, string Value)> GetEnumerator()
    {
        foreach (var cookie in Jar.Snapshot())
        {
            yield return (cookie.Name, cookie.Value);
        }
    }

    IEnumerator<KeyValuePair<string, string>> IEnumerable<KeyValuePair<string, string>>.GetEnumerator()
    {
        foreach (var cookie in Jar.Snapshot())
        {
            yield return new(cookie.Name, cookie.Value);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The cookies for a person; their values are masked.</summary>
    public override string ToString() => $"<Cookies[{string.Join(", ", Jar.Snapshot())}]>";

    /// <summary>Whether nothing is stored; costs nothing.</summary>
    internal bool IsEmpty => Jar.IsEmpty;

    /// <summary>The value of the Cookie header for a url; null where no cookie fits.</summary>
    internal string? HeaderFor(Url url) => IsEmpty ? null : Jar.HeaderFor(new CookieOrigin(url));

    /// <summary>Adds the Cookie header for a url, unless there is one or no cookie fits.</summary>
    internal void AddHeader(Url url, Headers headers)
    {
        if (!IsEmpty && !headers.Contains("cookie"u8))
        {
            Jar.AddHeader(new CookieOrigin(url), headers);
        }
    }

    /// <summary>Stores the Set-Cookie fields of a response to a url.</summary>
    internal void Extract(Url url, Headers responseHeaders)
    {
        if (responseHeaders.Contains("set-cookie"u8))
        {
            Jar.Extract(new CookieOrigin(url), responseHeaders);
        }
    }

    private static Func<StoredCookie, bool> Filter(string? name, string? domain, string? path)
    {
        // HTTPX shows the domains of some cookies with a dot in front: both ways of writing find them.
        domain = domain is null ? null : StoredCookie.ReadDomain(domain) ?? domain;
        return cookie => (name is null || cookie.Name == name)
            && (domain is null || cookie.Domain == domain)
            && (path is null || cookie.Path == path);
    }

    private static CookieConflictException Conflict(string name, List<StoredCookie> found)
    {
        var places = new StringBuilder();
        foreach (var cookie in found)
        {
            places.Append(places.Length > 0 ? "; " : "").Append(cookie.Place);
        }

        return new CookieConflictException(
            $"Several cookies are named '{name}': {places}. Give the domain or the path of the one you mean.");
    }

    private static Cookies Required(Cookies cookies)
    {
        ArgumentNullException.ThrowIfNull(cookies);
        return cookies;
    }
}
