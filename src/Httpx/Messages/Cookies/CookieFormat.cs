namespace Httpx;

/// <summary>The formats of files in which a <see cref="CookieJar"/> can be kept.</summary>
public enum CookieFormat
{
    /// <summary>
    /// The tab-separated <c>cookies.txt</c> that curl, wget, yt-dlp and Python's <c>MozillaCookieJar</c> share. It has no
    /// <see cref="SameSite"/>, whole seconds, and no place for a cookie with a tab in its name or path: that is left out.
    /// </summary>
    Netscape = 0,

    /// <summary>A JSON object with all attributes.</summary>
    Json,
}
