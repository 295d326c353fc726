namespace Httpx;

/// <summary>Bearer authentication (RFC 6750): a token with every request.</summary>
public sealed class BearerAuth : Auth
{
    /// <summary>Authenticates by a token.</summary>
    /// <param name="token">The token: visible ASCII characters.</param>
    /// <exception cref="ArgumentException">The token is empty or has other characters than visible ASCII ones (a space or a line end,
    /// say).</exception>
    public BearerAuth(string token)
    {
        ArgumentException.ThrowIfNullOrEmpty(token);
        if (token.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException(
                "A bearer token is made of visible ASCII characters: this one has others (a space or a line end?).", nameof(token));
        }

        Header = "Bearer " + token;
    }

    /// <summary>The value of Authorization or Proxy-Authorization.</summary>
    internal string Header { get; }

    /// <inheritdoc/>
    public override IEnumerable<Request> Flow(Request request, AuthFlow flow)
    {
        yield return Apply(request);
    }

    /// <summary>The scheme, without the token.</summary>
    public override string ToString() => "BearerAuth([secure])";

    internal override Request Apply(Request request)
    {
        request.Headers["Authorization"] = Header;
        return request;
    }
}
