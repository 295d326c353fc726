using System.Collections.Concurrent;

namespace Httpx;

/// <summary>What a jar holds, by domain: the part of RFC 6265bis 5.7 and 5.8 that deals with many cookies.</summary>
/// <remarks>
/// Reading takes no lock: each domain has one array, in the order in which its cookies are sent, and whoever changes a domain puts a
/// new array in the place of the old one. Changes are made under <see cref="_gate"/>.
/// </remarks>
internal sealed class CookieStore
{
    internal const int MaxCookies = 3000;
    internal const int MaxCookiesPerDomain = 180;

    private readonly TimeProvider _time;
    private readonly Lock _gate = new();

    // Guarded by _gate for writing. The dictionary is made when the first cookie comes: most responses have none.
    private volatile ConcurrentDictionary<string, StoredCookie[]>? _domains;
    private volatile int _count;
    private int _secureCount;
    private long _lastOrder;

    internal CookieStore(TimeProvider time) => _time = time;

    /// <summary>Whether nothing is stored, expired cookies included.</summary>
    internal bool IsEmpty => _count == 0;

    /// <summary>The cookies that have not expired, oldest first.</summary>
    internal List<StoredCookie> Snapshot()
    {
        var cookies = new List<StoredCookie>();
        if (_domains is not { } domains || IsEmpty)
        {
            return cookies;
        }

        var now = _time.GetUtcNow();
        foreach (var (_, bucket) in domains)
        {
            foreach (var cookie in bucket)
            {
                if (!cookie.IsExpired(now))
                {
                    cookies.Add(cookie);
                }
            }
        }

        cookies.Sort(static (a, b) => a.Order.CompareTo(b.Order));
        return cookies;
    }

    /// <summary>How many cookies have not expired.</summary>
    internal int Count()
    {
        var count = 0;
        if (_domains is { } domains && !IsEmpty)
        {
            var now = _time.GetUtcNow();
            foreach (var (_, bucket) in domains)
            {
                foreach (var cookie in bucket)
                {
                    count += cookie.IsExpired(now) ? 0 : 1;
                }
            }
        }

        return count;
    }

    internal CookieStore Copy()
    {
        var copy = new CookieStore(_time);
        lock (_gate)
        {
            if (_count > 0)
            {
                copy._domains = new(concurrencyLevel: 1, _domains!, comparer: StringComparer.Ordinal);
                copy._count = _count;
                copy._secureCount = _secureCount;
                copy._lastOrder = _lastOrder;
            }
        }

        return copy;
    }

    /// <summary>Stores a cookie that a program or a file gives.</summary>
    internal void Add(StoredCookie cookie)
    {
        lock (_gate)
        {
            Put(new StoredCookie(cookie), _time.GetUtcNow());
        }
    }

    /// <summary>Stores a cookie that a response set, unless it would stand before a secure one (RFC 6265bis 5.7, step 16).</summary>
    internal void Receive(in SetCookie received, in CookieOrigin origin)
    {
        var now = _time.GetUtcNow();
        if (ReceivedCookie.Make(received, origin, now) is not { } cookie)
        {
            return;
        }

        lock (_gate)
        {
            if (origin.IsSecure || !HidesSecureCookie(cookie))
            {
                Put(cookie, now);
            }
        }
    }

    /// <summary>Removes the cookies that a test picks; how many there were.</summary>
    internal int Remove(Func<StoredCookie, bool> isUnwanted)
    {
        if (IsEmpty)
        {
            return 0;
        }

        lock (_gate)
        {
            var before = _count;
            foreach (var (domain, bucket) in _domains!)
            {
                if (Array.Exists(bucket, cookie => isUnwanted(cookie)))
                {
                    Replace(domain, bucket, Array.FindAll(bucket, cookie => !isUnwanted(cookie)));
                }
            }

            return before - _count;
        }
    }

    /// <summary>The cookies for a url, those of longer paths first, then the older ones first (RFC 6265bis 5.8.3).</summary>
    /// <returns>To be disposed of.</returns>
    internal CookieSelection Select(in CookieOrigin origin)
    {
        if (_domains is not { } domains)
        {
            return default;
        }

        var selection = new CookieSelection(_time.GetUtcNow());
        var lookup = domains.GetAlternateLookup<ReadOnlySpan<char>>();
        var sawExpired = false;
        if (lookup.TryGetValue(origin.Host, out var bucket))
        {
            sawExpired |= selection.Add(bucket, origin, isHost: true);
        }

        if (CookieOrigin.HasParents(origin.Host))
        {
            var parent = origin.Host;
            while (parent.IndexOf('.') is var dot and >= 0)
            {
                parent = parent[(dot + 1)..];
                if (!parent.IsEmpty && lookup.TryGetValue(parent, out bucket))
                {
                    sawExpired |= selection.Add(bucket, origin, isHost: false);
                }
            }
        }

        if (lookup.TryGetValue("", out bucket))
        {
            sawExpired |= selection.Add(bucket, origin, isHost: false);
        }

        if (sawExpired)
        {
            RemoveExpired();
        }

        selection.Sort();
        return selection;
    }

    private void RemoveExpired()
    {
        var now = _time.GetUtcNow();
        Remove(cookie => cookie.IsExpired(now));
    }

    // Whether a cookie from an insecure origin would be read in place of a secure one of the same name.
    private bool HidesSecureCookie(StoredCookie cookie)
    {
        if (_secureCount == 0)
        {
            return false;
        }

        foreach (var (domain, bucket) in _domains!)
        {
            if (domain.Length > 0
                && (CookieOrigin.DomainMatches(cookie.Domain, domain) || CookieOrigin.DomainMatches(domain, cookie.Domain))
                && Array.Exists(bucket, other =>
                    other.Secure && other.Name == cookie.Name && CookieOrigin.PathMatches(cookie.Path, other.Path)))
            {
                return true;
            }
        }

        return false;
    }

    // The cookie is the jar's own from here on.
    private void Put(StoredCookie cookie, DateTimeOffset now)
    {
        var bucket = _domains is not null && _domains.TryGetValue(cookie.Domain, out var found) ? found : [];
        var old = Array.FindIndex(bucket, cookie.Replaces);
        if (cookie.IsExpired(now))
        {
            if (old >= 0)
            {
                Replace(cookie.Domain, bucket, [.. bucket.AsSpan(0, old), .. bucket.AsSpan(old + 1)]);
            }

            return;
        }

        StoredCookie[] changed;
        if (old >= 0)
        {
            // The newer cookie keeps the older one's age, and so its place.
            changed = [.. bucket];
            changed[old] = cookie.TakenIn(bucket[old].Order, bucket[old].CreatedAt ?? now, now);
        }
        else
        {
            var place = 0;
            while (place < bucket.Length && bucket[place].Path.Length >= cookie.Path.Length)
            {
                place++;
            }

            var stored = cookie.TakenIn(++_lastOrder, cookie.CreatedAt ?? now, now);
            changed = [.. bucket.AsSpan(0, place), stored, .. bucket.AsSpan(place)];
        }

        Replace(cookie.Domain, bucket, changed);
        Evict(cookie.Domain, now);
    }

    // RFC 6265bis 5.7: expired cookies go first; then, in a domain that has too many, those that are not secure; each time the one
    // that was used longest ago.
    private void Evict(string domain, DateTimeOffset now)
    {
        var bucket = _domains![domain];
        if (bucket.Length > MaxCookiesPerDomain)
        {
            Replace(domain, bucket, Without(bucket, Victim(bucket, now)));
        }

        if (_count <= MaxCookies)
        {
            return;
        }

        RemoveExpired();
        if (_count > MaxCookies)
        {
            StoredCookie? oldest = null;
            foreach (var (_, cookies) in _domains)
            {
                foreach (var cookie in cookies)
                {
                    oldest = oldest is null || IsOlder(cookie, oldest) ? cookie : oldest;
                }
            }

            bucket = _domains[oldest!.Domain];
            Replace(oldest.Domain, bucket, Without(bucket, oldest));
        }
    }

    private static StoredCookie Victim(StoredCookie[] bucket, DateTimeOffset now)
    {
        var victim = bucket[0];
        foreach (var cookie in bucket)
        {
            var (rank, victimRank) = (Rank(cookie, now), Rank(victim, now));
            if (rank < victimRank || (rank == victimRank && IsOlder(cookie, victim)))
            {
                victim = cookie;
            }
        }

        return victim;

        static int Rank(StoredCookie cookie, DateTimeOffset now) => cookie.IsExpired(now) ? 0 : cookie.Secure ? 2 : 1;
    }

    private static bool IsOlder(StoredCookie cookie, StoredCookie other) =>
        cookie.LastUsed != other.LastUsed ? cookie.LastUsed < other.LastUsed : cookie.Order < other.Order;

    private static StoredCookie[] Without(StoredCookie[] bucket, StoredCookie cookie) => Array.FindAll(bucket, other => other != cookie);

    private void Replace(string domain, StoredCookie[] bucket, StoredCookie[] changed)
    {
        _domains ??= new(concurrencyLevel: 1, capacity: 3, StringComparer.Ordinal);
        if (changed.Length == 0)
        {
            _domains.TryRemove(domain, out _);
        }
        else
        {
            _domains[domain] = changed;
        }

        _secureCount += CountSecure(changed) - CountSecure(bucket);
        _count += changed.Length - bucket.Length;
    }

    private static int CountSecure(StoredCookie[] bucket)
    {
        var count = 0;
        foreach (var cookie in bucket)
        {
            count += cookie.Secure ? 1 : 0;
        }

        return count;
    }
}
