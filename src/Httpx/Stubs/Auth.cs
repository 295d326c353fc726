// The contract's signatures: replaced, type by type, by the real thing. No file here survives the first release.
#pragma warning disable
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Httpx;

/// <summary>What one authentication flow sees of its exchange.</summary>
public sealed class AuthFlow
{
    /// <summary>The answer to the request that was yielded last.</summary>
    public Response Response => throw X.N;
}
/// <summary>Authentication.</summary>
public abstract class Auth
{
    public static Auth None => throw X.N;
    public static Auth From(Func<Request, Request> apply) => throw X.N;
    public static implicit operator Auth((string Username, string? Password) credentials) => throw X.N;
    public virtual bool RequiresRequestBody => false;
    public virtual bool RequiresResponseBody => false;
    public abstract IEnumerable<Request> Flow(Request request, AuthFlow flow);
}
public sealed class BasicAuth : Auth
{
    public BasicAuth(string username, string password) => throw X.N;
    public override IEnumerable<Request> Flow(Request request, AuthFlow flow) => throw X.N;
}
public sealed class DigestAuth : Auth
{
    public DigestAuth(string username, string password) => throw X.N;
    public override IEnumerable<Request> Flow(Request request, AuthFlow flow) => throw X.N;
}
public sealed class NetRcAuth : Auth
{
    public NetRcAuth(string? file = null) => throw X.N;
    public override IEnumerable<Request> Flow(Request request, AuthFlow flow) => throw X.N;
}
public sealed class BearerAuth : Auth
{
    public BearerAuth(string token) => throw X.N;
    public override IEnumerable<Request> Flow(Request request, AuthFlow flow) => throw X.N;
}
