namespace Httpx.Tests.Fixtures;

/// <summary>A handler of .NET that answers by a function, on both faces, and keeps what it was asked.</summary>
internal sealed class FunctionHandler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    /// <summary>What it was asked last.</summary>
    public HttpRequestMessage? Request { get; private set; }

    /// <summary>The body of what it was asked last; null where there was none.</summary>
    public byte[]? Body { get; private set; }

    /// <summary>Whether it was the blocking face.</summary>
    public bool WasBlocking { get; private set; }

    /// <summary>How often it read the body. Default once.</summary>
    public int BodyReads { get; init; } = 1;

    public bool IsDisposed { get; private set; }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        (Request, WasBlocking, Body) = (request, true, null);
        for (var i = 0; request.Content is not null && i < BodyReads; i++)
        {
            var body = new MemoryStream();
            request.Content.CopyTo(body, null, cancellationToken);
            Body = body.ToArray();
        }

        return answer(request);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        (Request, WasBlocking, Body) = (request, false, null);
        for (var i = 0; request.Content is not null && i < BodyReads; i++)
        {
            var body = new MemoryStream();
            await request.Content.CopyToAsync(body, null, cancellationToken);
            Body = body.ToArray();
        }

        return answer(request);
    }

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
