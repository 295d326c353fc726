namespace Httpx;

/// <summary>A client's headers as they go to one origin, Host in front, so that its requests share their bytes.</summary>
internal sealed class HeaderTemplate
{
    private readonly Headers _source;
    private readonly Url _url;
    private readonly bool _hasHost;

    /// <summary>Takes the headers as they are now.</summary>
    /// <param name="source">The client's headers.</param>
    /// <param name="url">A url of the origin.</param>
    /// <param name="withHost">Whether Host is added, which costs a copy of the bytes; else the headers are the client's own.</param>
    internal HeaderTemplate(Headers source, Url url, bool withHost)
    {
        _url = url;
        _hasHost = withHost;
        _source = Headers = source;
        if (!withHost)
        {
            return;
        }

        _source = source.Copy();
        Headers = source.Copy();
        if (!url.AuthoritySpan.IsEmpty && !Headers.Contains("Host"u8))
        {
            Headers.Prepend("Host", url.AuthoritySpan);
        }
    }

    /// <summary>What a request begins with: to be copied, not to be changed.</summary>
    internal Headers Headers { get; }

    /// <summary>Whether the url has the same host and port.</summary>
    internal bool IsFor(Url url) => ReferenceEquals(url, _url) || url.AuthoritySpan.SequenceEqual(_url.AuthoritySpan);

    /// <summary>Whether it still is what the client's headers make for a url.</summary>
    internal bool Fits(Headers source, Url url) => _hasHost && IsFor(url) && source.IsSameBlock(_source);
}
