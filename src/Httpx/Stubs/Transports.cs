// The contract's signatures: replaced, type by type, by the real thing. No file here survives the first release.
#pragma warning disable
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Httpx;

public sealed class HandlerTransport : Transport
{
    public HandlerTransport(HttpMessageHandler handler) => throw X.N;
    public override Response Send(Request request, CancellationToken cancellationToken = default) => throw X.N;
    public override ValueTask<Response> SendAsync(Request request, CancellationToken cancellationToken = default) => throw X.N;
}
