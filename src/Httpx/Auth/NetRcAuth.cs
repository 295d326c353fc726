namespace Httpx;

/// <summary>Basic authentication with the user names and passwords of a <c>.netrc</c> file, found by the url's host.</summary>
/// <remarks>
/// The file is read once, when the object is made. A host that it does not know is asked without credentials, and so is one with
/// an empty password; a user that the url names gets only a password of his own. See
/// <see href="https://www.python-httpx.org/advanced/authentication/#netrc-authentication"/>.
/// </remarks>
public sealed class NetRcAuth : Auth
{
    private readonly NetRc _netrc;

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its path; null for <c>.netrc</c> in the home folder.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ArgumentException">The file is too long or breaks the grammar; the message names the line, not what it
    /// says.</exception>
    public NetRcAuth(string? file = null) => _netrc = NetRc.Load(file ?? NetRc.DefaultPath);

    /// <inheritdoc/>
    public override IEnumerable<Request> Flow(Request request, AuthFlow flow)
    {
        yield return Apply(request);
    }

    /// <summary>The scheme, without what is in the file.</summary>
    public override string ToString() => "NetRcAuth()";

    internal override Request Apply(Request request)
    {
        var url = request.Url;
        var login = url.Username.Length > 0 ? url.Username : null;
        if ((_netrc.Find(url.Host, login) ?? _netrc.Find(url.RawHost, login)) is var (user, password))
        {
            new BasicAuth(user, password).Apply(request);
        }

        return request;
    }
}
