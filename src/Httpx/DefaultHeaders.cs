namespace Httpx;

/// <summary>The headers of every client, in the order in which they are sent (Host goes before them).</summary>
internal static class DefaultHeaders
{
    // Built once: every copy shares its bytes until somebody changes it.
    private static readonly Headers Block = Headers.Create(
    [
        ("Accept", "*/*"),
        ("Accept-Encoding", ContentCoding.AcceptEncoding),
        ("Connection", "keep-alive"),
        ("User-Agent", $"httpx-dotnet/{typeof(DefaultHeaders).Assembly.GetName().Version!.ToString(3)}"),
    ]);

    /// <summary>The defaults, with the fields of a client over them.</summary>
    internal static Headers Under(Headers own)
    {
        var headers = Block.Copy();
        if (own.Count > 0)
        {
            headers.Update(own);
        }

        return headers;
    }
}
