using System.Text;

namespace Httpx;

/// <summary>Basic authentication (RFC 7617): user name and password in UTF-8 with every request.</summary>
/// <remarks>The password is encoded, not encrypted: use it over https. See
/// <see href="https://www.python-httpx.org/advanced/authentication/#basic-authentication"/>.</remarks>
public sealed class BasicAuth : Auth
{
    /// <summary>Authenticates as a user.</summary>
    /// <param name="username">The user's name; may be empty.</param>
    /// <param name="password">The password; may be empty.</param>
    /// <exception cref="ArgumentException">The user name has a colon, where the password would begin, or one of the two a control
    /// character.</exception>
    public BasicAuth(string username, string password)
    {
        ArgumentNullException.ThrowIfNull(username);
        ArgumentNullException.ThrowIfNull(password);
        if (username.Contains(':', StringComparison.Ordinal))
        {
            throw new ArgumentException("A user name with a colon cannot be sent by Basic authentication (RFC 7617 2).", nameof(username));
        }

        ThrowIfControl(username, nameof(username));
        ThrowIfControl(password, nameof(password));
        Username = username;
        Password = password;
        Header = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{password}"));
    }

    /// <summary>The user's name.</summary>
    internal string Username { get; }

    /// <summary>The password, for SOCKS proxies, which take it as it is.</summary>
    internal string Password { get; }

    /// <summary>The value of Authorization or Proxy-Authorization.</summary>
    internal string Header { get; }

    /// <inheritdoc/>
    public override IEnumerable<Request> Flow(Request request, AuthFlow flow)
    {
        yield return Apply(request);
    }

    /// <summary>The scheme and the user, without the password.</summary>
    public override string ToString() => $"BasicAuth('{Username}')";

    internal override Request Apply(Request request)
    {
        request.Headers["Authorization"] = Header;
        return request;
    }
}
