// The contract's signatures: replaced, type by type, by the real thing. No file here survives the first release.
#pragma warning disable
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Httpx;

public sealed class HttpTransport : Transport
{
    public HttpTransport(Verify? verify = null, ClientCert? cert = null, bool http1 = true, bool http2 = false, Limits? limits = null,
        Proxy? proxy = null, bool trustEnv = true, string? uds = null, System.Net.IPAddress? localAddress = null, int retries = 0) => throw X.N;
    public override Response Send(Request request, CancellationToken cancellationToken = default) => throw X.N;
    public override ValueTask<Response> SendAsync(Request request, CancellationToken cancellationToken = default) => throw X.N;
}
public sealed class HandlerTransport : Transport
{
    public HandlerTransport(HttpMessageHandler handler) => throw X.N;
    public override Response Send(Request request, CancellationToken cancellationToken = default) => throw X.N;
    public override ValueTask<Response> SendAsync(Request request, CancellationToken cancellationToken = default) => throw X.N;
}
