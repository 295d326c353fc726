using System.Diagnostics.CodeAnalysis;

namespace Httpx;

/// <summary>What one authentication flow sees of its exchange.</summary>
public sealed class AuthFlow
{
    /// <summary>The answer to the request that was yielded last.</summary>
    /// <exception cref="InvalidOperationException">No request has been yielded yet, so there is no answer.</exception>
    [AllowNull]
    public Response Response
    {
        get => field ?? throw new InvalidOperationException("There is no response yet: yield a request first.");
        internal set;
    }
}
