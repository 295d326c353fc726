using System.Buffers;

namespace Httpx;

/// <summary>The cookies that one request carries, and the bytes of its Cookie field. To be disposed of.</summary>
internal ref struct CookieSelection
{
    /// <summary>The most cookies that are sent at once, as in curl; servers refuse more.</summary>
    internal const int MaxCookies = 150;

    /// <summary>The most bytes that a Cookie field may have, as in curl; the default limit of servers is about 8 KiB.</summary>
    internal const int MaxLength = 8190;

    private readonly DateTimeOffset _now;
    private StoredCookie[]? _cookies;
    private int _count;
    private int _sent;
    private bool _isMixed;

    internal CookieSelection(DateTimeOffset now) => _now = now;

    internal readonly bool IsEmpty => _count == 0;

    /// <summary>Takes what fits from one domain's cookies; true if any of them has expired.</summary>
    internal bool Add(StoredCookie[] bucket, in CookieOrigin origin, bool isHost)
    {
        var sawExpired = false;
        var before = _count;
        foreach (var cookie in bucket)
        {
            if ((cookie.IsHostOnly && !isHost) || (cookie.Secure && !origin.IsSecure)
                || !CookieOrigin.PathMatches(origin.Path, cookie.Path))
            {
                continue;
            }

            if (cookie.IsExpired(_now))
            {
                sawExpired = true;
                continue;
            }

            Append(cookie, bucket.Length);
        }

        _isMixed |= before > 0 && _count > before;
        return sawExpired;
    }

    /// <summary>Brings cookies of several domains into one order; those of one domain are in it.</summary>
    internal readonly void Sort()
    {
        if (_isMixed)
        {
            _cookies.AsSpan(0, _count).Sort(static (a, b) =>
                a.Path.Length != b.Path.Length ? b.Path.Length.CompareTo(a.Path.Length) : a.Order.CompareTo(b.Order));
        }
    }

    /// <summary>How many bytes the field's value has, within the limits.</summary>
    internal int Measure()
    {
        var length = 0;
        for (_sent = 0; _sent < Math.Min(_count, MaxCookies); _sent++)
        {
            var more = _cookies![_sent].Pair.Length + (_sent > 0 ? 2 : 0);
            if (length + more > MaxLength)
            {
                break;
            }

            length += more;
        }

        return length;
    }

    /// <summary>Writes the field's value, as long as it was measured, and marks its cookies as used.</summary>
    internal readonly void Write(Span<byte> value)
    {
        for (var i = 0; i < _sent; i++)
        {
            if (i > 0)
            {
                "; "u8.CopyTo(value);
                value = value[2..];
            }

            var cookie = _cookies![i];
            cookie.LastUsed = _now.UtcTicks;
            cookie.Pair.CopyTo(value);
            value = value[cookie.Pair.Length..];
        }
    }

    public void Dispose()
    {
        if (_cookies is { } cookies)
        {
            _cookies = null;
            cookies.AsSpan(0, _count).Clear();
            ArrayPool<StoredCookie>.Shared.Return(cookies);
        }
    }

    private void Append(StoredCookie cookie, int room)
    {
        if (_cookies is null || _count == _cookies.Length)
        {
            var bigger = ArrayPool<StoredCookie>.Shared.Rent(_count + room);
            if (_cookies is { } old)
            {
                old.AsSpan(0, _count).CopyTo(bigger);
                old.AsSpan(0, _count).Clear();
                ArrayPool<StoredCookie>.Shared.Return(old);
            }

            _cookies = bigger;
        }

        _cookies[_count++] = cookie;
    }
}
