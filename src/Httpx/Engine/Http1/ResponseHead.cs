namespace Httpx.Engine.Http1;

/// <summary>How the end of a response's body is told (RFC 9112 6.3).</summary>
internal enum BodyKind
{
    /// <summary>There is no body, whatever the fields say: HEAD, 1xx, 204, 304.</summary>
    None,

    /// <summary>As many bytes as Content-Length says.</summary>
    Length,

    /// <summary>Chunks, of which the last is empty.</summary>
    Chunked,

    /// <summary>All that comes until the peer closes.</summary>
    UntilClose,
}

/// <summary>What the head of a response said: plain data.</summary>
internal struct ResponseHead
{
    /// <summary>100 to 999; below 200 the head is an interim one, and another follows.</summary>
    public int StatusCode;

    /// <summary>HTTP/1.0; everything else is HTTP/1.1, to which later minor versions are reduced (RFC 9110 2.5).</summary>
    public bool IsHttp10;

    /// <summary>Null if the standard phrase of the code was sent, which saves the string; empty if none was.</summary>
    public string? ReasonPhrase;

    /// <summary>The fields in their order, names in the case they were sent in.</summary>
    public Headers Headers;

    public BodyKind Body;

    /// <summary>The bytes of the body, for <see cref="BodyKind.Length"/> only.</summary>
    public long Length;

    /// <summary>Whether the connection may carry another exchange once the body is complete (RFC 9112 9.3).</summary>
    public bool KeepAlive;

    /// <summary>For how many seconds the peer means to keep an idle connection, if it said so; 0 means not at all.</summary>
    public int? KeepAliveSeconds;
}
