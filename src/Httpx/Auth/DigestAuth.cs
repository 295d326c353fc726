using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Httpx;

/// <summary>Digest authentication (RFC 7616, and the older forms of RFC 2617 and RFC 2069): the password itself is never sent.</summary>
/// <remarks>
/// The first request to an origin goes out without credentials and is sent again with the answer to the server's challenge; later
/// ones answer it beforehand. A body that can be sent only once ends in <see cref="StreamConsumedException"/>. Challenges are kept
/// for each origin, and only those of the origin that was asked are answered. See
/// <see href="https://www.python-httpx.org/advanced/authentication/#digest-authentication"/>.
/// </remarks>
public sealed class DigestAuth : Auth
{
    private const int MaxOrigins = 256;

    private readonly ConcurrentDictionary<string, DigestSession> _sessions = new(StringComparer.Ordinal);
    private readonly string _username;
    private readonly string _password;

    /// <summary>Authenticates as a user.</summary>
    /// <param name="username">The user's name.</param>
    /// <param name="password">The password.</param>
    /// <exception cref="ArgumentException">One of the two has a control character.</exception>
    public DigestAuth(string username, string password)
    {
        ArgumentNullException.ThrowIfNull(username);
        ArgumentNullException.ThrowIfNull(password);
        ThrowIfControl(username, nameof(username));
        ThrowIfControl(password, nameof(password));
        _username = username;
        _password = password;
    }

    /// <inheritdoc/>
    /// <exception cref="ProtocolException">The server's challenge is malformed, or asks for what is not known.</exception>
    public override IEnumerable<Request> Flow(Request request, AuthFlow flow)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(flow);
        return Run(request, flow);
    }

    /// <summary>The scheme and the user, without the password.</summary>
    public override string ToString() => $"DigestAuth('{_username}')";

    private IEnumerable<Request> Run(Request request, AuthFlow flow)
    {
        var origin = request.Url.Origin;
        if (_sessions.TryGetValue(origin, out var session))
        {
            Sign(request, session);
        }

        yield return request;
        for (var answers = 0; ; answers++)
        {
            var response = flow.Response;
            var answered = response.Request;
            if (answered.Url.Origin != origin)
            {
                yield break; // a redirect led elsewhere, and what is asked there is not for this origin's password
            }

            if (response.StatusCode != 401)
            {
                TakeNextNonce(origin, session, response);
                yield break;
            }

            var challenge = DigestChallenge.Find(response.Headers.GetList("WWW-Authenticate"));
            if (challenge is null)
            {
                yield break;
            }

            // An answer refused for anything but its nonce's age was a wrong answer: another would be as wrong.
            if (answers > 1 || (answers == 1 && !challenge.IsStale))
            {
                _sessions.TryRemove(origin, out _);
                yield break;
            }

            session = Begin(origin, challenge);
            Sign(answered, session);
            yield return answered;
        }
    }

    private static void Sign(Request request, DigestSession session)
    {
        ReadOnlyMemory<byte> body = default;
        if (session.Challenge.Qop == "auth-int" && request.Body is { } content && !content.TryGetBytes(out body))
        {
            throw new ProtocolException(
                "The server asks for digest authentication of the body (qop=auth-int), which needs a body in memory, not a stream.",
                request);
        }

        request.Headers["Authorization"] = session.Authorize(request.Method, request.Url.FullPath, body.Span);
    }

    private DigestSession Begin(string origin, DigestChallenge challenge)
    {
        if (_sessions.Count >= MaxOrigins)
        {
            _sessions.Clear();
        }

        var cnonce = RandomNumberGenerator.GetHexString(16, lowercase: true);
        return _sessions[origin] = new DigestSession(challenge, _username, _password, cnonce);
    }

    private void TakeNextNonce(string origin, DigestSession? session, Response response)
    {
        if (session is null || response.Headers.Get("Authentication-Info") is not { } info)
        {
            return;
        }

        var next = AuthChallenge.ParseParameters(info)["nextnonce"];
        if (!string.IsNullOrEmpty(next) && next != session.Challenge.Nonce)
        {
            Begin(origin, session.Challenge with { Nonce = next });
        }
    }
}
