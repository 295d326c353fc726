using System.Runtime.CompilerServices;

namespace Httpx;

/// <summary>A way to authenticate. Derive from it for a scheme of your own; one object serves many requests at once.</summary>
/// <remarks>
/// The flow of a request is one iterator, which serves both clients: yield a request, and when the iterator goes on,
/// <see cref="AuthFlow.Response"/> answers it. The response to the request yielded last is the one that the caller gets. See
/// <see href="https://www.python-httpx.org/advanced/authentication/#custom-authentication-schemes"/>.
/// </remarks>
public abstract class Auth
{
    /// <summary>No authentication, whatever the client says.</summary>
    public static Auth None { get; } = new NoAuth();

    /// <summary>Whether the flow looks at <see cref="Request.Content"/>: the body is then read into memory first. Default false.</summary>
    public virtual bool RequiresRequestBody => false;

    /// <summary>Whether the flow looks at <see cref="Response.Content"/>: each response is then read before the flow goes on. Default
    /// false.</summary>
    public virtual bool RequiresResponseBody => false;

    /// <summary>Authenticates by a function that changes the request, or returns another.</summary>
    /// <param name="apply">Called once for each request.</param>
    public static Auth From(Func<Request, Request> apply)
    {
        ArgumentNullException.ThrowIfNull(apply);
        return new FunctionAuth(apply);
    }

    /// <summary>Basic authentication; a null password counts as empty.</summary>
    /// <param name="credentials">User name and password.</param>
    /// <exception cref="ArgumentException">The user name has a colon, or one of the two a control character.</exception>
    public static implicit operator Auth((string Username, string? Password) credentials) =>
        new BasicAuth(credentials.Username, credentials.Password ?? "");

    /// <summary>Yields the requests to send, one after the other.</summary>
    /// <param name="request">The request as the caller made it; it may be changed and yielded.</param>
    /// <param name="flow">Where the answers are found.</param>
    public abstract IEnumerable<Request> Flow(Request request, AuthFlow flow);

    /// <summary>The flow for <see cref="AsyncClient"/>, where a scheme does I/O of its own. Default: the same as
    /// <see cref="Flow"/>.</summary>
    /// <param name="request">The request as the caller made it; it may be changed and yielded.</param>
    /// <param name="flow">Where the answers are found.</param>
    /// <param name="cancellationToken">Ends the flow's own waits.</param>
    public virtual async IAsyncEnumerable<Request> FlowAsync(
        Request request, AuthFlow flow, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var next in Flow(request, flow))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return next;
        }

        // Nothing here waits; the await only keeps the compiler's promise that an async iterator may.
        await ValueTask.CompletedTask.ConfigureAwait(false);
    }

    /// <summary>
    /// The one request of a scheme that needs no answer (Basic, Bearer, a function): the sender then runs no iterator. Null where
    /// <see cref="Flow"/> must be run.
    /// </summary>
    internal virtual Request? Apply(Request request) => null;

    private protected static void ThrowIfControl(string text, string name)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c))
            {
                throw new ArgumentException("User name and password cannot have control characters (RFC 7617 2).", name);
            }
        }
    }

    private sealed class NoAuth : Auth
    {
        public override IEnumerable<Request> Flow(Request request, AuthFlow flow) => [request];

        public override string ToString() => "Auth.None";

        internal override Request Apply(Request request) => request;
    }
}
