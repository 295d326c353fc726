namespace Httpx;

internal sealed class TransportHandler(Transport transport, bool disposeTransport) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => throw new NotSupportedException();
    protected override void Dispose(bool disposing) { if (disposing && disposeTransport) { transport.Dispose(); } base.Dispose(disposing); }
}
