namespace Httpx;

/// <summary>What a cookie's <c>SameSite</c> attribute says about requests that other sites cause.</summary>
/// <remarks>
/// A library's requests have no site that causes them, so it decides nothing here; it is kept so that it can be read, saved and handed
/// on. See RFC 6265bis 5.6.7.
/// </remarks>
public enum SameSite
{
    /// <summary>The attribute is missing or has another value ("Default" in RFC 6265bis).</summary>
    Unspecified = 0,

    /// <summary>Requests of every site; such a cookie has to be <see cref="StoredCookie.Secure"/>.</summary>
    None,

    /// <summary>Requests of the same site, and navigations to it from others.</summary>
    Lax,

    /// <summary>Requests of the same site only.</summary>
    Strict,
}
