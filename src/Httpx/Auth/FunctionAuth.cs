namespace Httpx;

/// <summary>Authentication by a function of the user's.</summary>
internal sealed class FunctionAuth(Func<Request, Request> apply) : Auth
{
    public override IEnumerable<Request> Flow(Request request, AuthFlow flow)
    {
        yield return Apply(request);
    }

    internal override Request Apply(Request request) =>
        apply(request) ?? throw new InvalidOperationException("The function given to Auth.From returned null in place of a request.");
}
