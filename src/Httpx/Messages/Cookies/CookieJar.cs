using System.Buffers;
using System.Collections;
using System.Net;

namespace Httpx;

/// <summary>
/// A store of cookies, which responses fill and from which requests take what fits. Safe for use by many threads at once.
/// </summary>
/// <remarks>
/// <para>Storing, matching and eviction follow RFC 6265bis, without exceptions for any host: a <c>Secure</c> cookie is taken from and sent
/// over https alone, <c>SameSite</c> has no effect, and no cookie spans a public suffix (<c>co.uk</c>, <c>github.io</c>). A jar holds 3000
/// cookies, 180 of a domain; beyond that those go that were used longest ago. A response may set 50, each in a field of up to 5000 bytes,
/// name and value of up to 4096; a request carries up to 150 in up to 8190 bytes.</para>
/// <para>See <see href="https://www.python-httpx.org/api/#cookies">HTTPX's cookies</see>, whose jar is Python's.</para>
/// </remarks>
public sealed class CookieJar : IReadOnlyCollection<StoredCookie>
{
    /// <summary>The most Set-Cookie fields of one response that are read, as in curl.</summary>
    internal const int MaxCookiesPerResponse = 50;

    private const int MaxStackBytes = 1024;

    private readonly CookieStore _store;

    /// <summary>An empty jar.</summary>
    public CookieJar()
        : this(TimeProvider.System)
    {
    }

    internal CookieJar(TimeProvider time) => _store = new CookieStore(time);

    private CookieJar(CookieStore store) => _store = store;

    /// <summary>How many cookies there are that have not expired.</summary>
    public int Count => _store.Count();

    /// <summary>Whether nothing is stored; costs nothing.</summary>
    internal bool IsEmpty => _store.IsEmpty;

    /// <summary>The cookies of a <see cref="CookieContainer"/>, as far as they have not expired.</summary>
    /// <param name="container">The container; it is not changed.</param>
    public static CookieJar FromCookieContainer(CookieContainer container)
    {
        ArgumentNullException.ThrowIfNull(container);
        var jar = new CookieJar();
        jar.Add(ContainerCookies.Read(container));
        return jar;
    }

    /// <summary>
    /// A new <see cref="CookieContainer"/> with the cookies of this jar. What it cannot hold is left out: cookies for every host,
    /// cookies whose name or value <see cref="Cookie"/> refuses (no name, or a comma in either), and <see cref="SameSite"/>.
    /// </summary>
    public CookieContainer ToCookieContainer() => ContainerCookies.Write(_store.Snapshot());

    /// <summary>Adds a cookie. It replaces one of the same name, domain and path; one that has expired only removes that.</summary>
    /// <param name="cookie">The cookie; the jar keeps a copy.</param>
    public void Add(StoredCookie cookie)
    {
        ArgumentNullException.ThrowIfNull(cookie);
        _store.Add(cookie);
    }

    /// <summary>Removes the cookie of the same name, domain and path; false where there is none.</summary>
    /// <param name="cookie">The cookie.</param>
    public bool Remove(StoredCookie cookie)
    {
        ArgumentNullException.ThrowIfNull(cookie);
        return _store.Remove(cookie.Replaces) > 0;
    }

    /// <summary>Removes all cookies.</summary>
    public void Clear() => _store.Remove(static _ => true);

    /// <summary>The cookies as they are now, oldest first; later changes do not show.</summary>
    public IEnumerator<StoredCookie> GetEnumerator() => _store.Snapshot().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Writes all cookies, session cookies too, so that <see cref="Load"/> can read them again.</summary>
    /// <remarks>The file holds secrets: give it to nobody else (<see cref="FileStreamOptions.UnixCreateMode"/>).</remarks>
    /// <param name="destination">Where to; stays open.</param>
    /// <param name="format">The format. Default <see cref="CookieFormat.Netscape"/>.</param>
    public void Save(Stream destination, CookieFormat format = CookieFormat.Netscape)
    {
        ArgumentNullException.ThrowIfNull(destination);
        destination.Write(CookieFile.Write(_store.Snapshot(), format).Span);
    }

    /// <inheritdoc cref="Save"/>
    /// <param name="destination">Where to; stays open.</param>
    /// <param name="format">The format. Default <see cref="CookieFormat.Netscape"/>.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public async Task SaveAsync(
        Stream destination, CookieFormat format = CookieFormat.Netscape, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        await destination.WriteAsync(CookieFile.Write(_store.Snapshot(), format), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Adds the cookies that a file holds, as far as they have not expired. Those that span a public suffix are for its host alone.
    /// </summary>
    /// <param name="source">The file; is read to its end and stays open.</param>
    /// <param name="format">The format. Default <see cref="CookieFormat.Netscape"/>.</param>
    /// <exception cref="FormatException">The file is not of that format. The message names the line, and never what it says; nothing
    /// has been added.</exception>
    public void Load(Stream source, CookieFormat format = CookieFormat.Netscape)
    {
        ArgumentNullException.ThrowIfNull(source);
        using var buffer = new MemoryStream();
        source.CopyTo(buffer);
        Add(CookieFile.Read(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), format));
    }

    /// <inheritdoc cref="Load"/>
    /// <param name="source">The file; is read to its end and stays open.</param>
    /// <param name="format">The format. Default <see cref="CookieFormat.Netscape"/>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task LoadAsync(
        Stream source, CookieFormat format = CookieFormat.Netscape, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        using var buffer = new MemoryStream();
        await source.CopyToAsync(buffer, cancellationToken).ConfigureAwait(false);
        Add(CookieFile.Read(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), format));
    }

    /// <summary>The cookies for a person; their values are masked.</summary>
    public override string ToString() => $"<CookieJar[{string.Join<StoredCookie>(", ", _store.Snapshot())}]>";

    /// <summary>A jar of its own with the same cookies.</summary>
    internal CookieJar Copy() => new(_store.Copy());

    /// <summary>The cookies that have not expired, oldest first.</summary>
    internal List<StoredCookie> Snapshot() => _store.Snapshot();

    internal int Remove(Func<StoredCookie, bool> isUnwanted) => _store.Remove(isUnwanted);

    internal void Add(IEnumerable<StoredCookie> cookies)
    {
        foreach (var cookie in cookies)
        {
            _store.Add(cookie);
        }
    }

    /// <summary>Stores what a response sets.</summary>
    internal void Extract(in CookieOrigin origin, Headers headers)
    {
        var count = 0;
        foreach (var field in headers.RawValues("set-cookie"u8))
        {
            if (++count > MaxCookiesPerResponse)
            {
                return;
            }

            Receive(field, origin);
        }
    }

    /// <summary>Stores the cookie of one Set-Cookie field, if the rules let it.</summary>
    internal void Receive(ReadOnlySpan<byte> field, in CookieOrigin origin)
    {
        if (SetCookie.TryParse(field, out var received))
        {
            _store.Receive(received, origin);
        }
    }

    /// <summary>The value of the Cookie field for an origin; null where no cookie fits.</summary>
    internal string? HeaderFor(in CookieOrigin origin)
    {
        using var selection = _store.Select(origin);
        if (selection.IsEmpty)
        {
            return null;
        }

        var length = selection.Measure();
        var rented = length > MaxStackBytes ? ArrayPool<byte>.Shared.Rent(length) : null;
        var value = (rented ?? stackalloc byte[MaxStackBytes])[..length];
        selection.Write(value);
        var header = StoredCookie.Decode(value);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }

        return header;
    }

    /// <summary>Adds the Cookie field for an origin, byte by byte as servers set the cookies; nothing where none fits.</summary>
    internal void AddHeader(in CookieOrigin origin, Headers headers)
    {
        using var selection = _store.Select(origin);
        if (selection.IsEmpty)
        {
            return;
        }

        var length = selection.Measure();
        var rented = length > MaxStackBytes ? ArrayPool<byte>.Shared.Rent(length) : null;
        var value = (rented ?? stackalloc byte[MaxStackBytes])[..length];
        selection.Write(value);
        headers.AddRaw("Cookie"u8, value);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }
}
