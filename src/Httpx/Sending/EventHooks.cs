namespace Httpx;

/// <summary>Functions that are called around every exchange:
/// <c>new() { Request = { r => Log(r) }, Response = { r => r.RaiseForStatus() } }</c>.</summary>
/// <remarks>
/// They run for each request on the wire, those of redirects and authentication too. A request hook sees the request complete with its
/// authentication, a response hook the response before its body is read; call <see cref="Httpx.Response.Read"/> or
/// <see cref="Httpx.Response.ReadAsync"/> to see that. See <see href="https://www.python-httpx.org/advanced/event-hooks/"/>.
/// </remarks>
public sealed class EventHooks
{
    /// <summary>Called when a request is complete and about to be sent.</summary>
    public HookList<Request> Request { get; init; } = new();

    /// <summary>Called when a response's head is there.</summary>
    public HookList<Response> Response { get; init; } = new();

    /// <summary>Lists of their own with the same hooks: what a client keeps.</summary>
    internal EventHooks Copy()
    {
        var copy = new EventHooks();
        copy.Request.AddAll(Request);
        copy.Response.AddAll(Response);
        return copy;
    }
}
