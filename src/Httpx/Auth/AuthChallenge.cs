using System.Buffers;
using System.Text;

namespace Httpx;

/// <summary>One challenge of a WWW-Authenticate field: a scheme and its parameters (RFC 9110 11.6.1).</summary>
internal sealed class AuthChallenge(string scheme)
{
    private static readonly SearchValues<char> TokenChars =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> Token68Chars =
        SearchValues.Create("-._~+/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private readonly Dictionary<string, string> _parameters = new(StringComparer.OrdinalIgnoreCase);

    internal string Scheme { get; } = scheme;

    /// <summary>Whether something in it breaks the grammar, or a parameter comes twice.</summary>
    internal bool IsMalformed { get; private set; }

    internal string? this[string name] => _parameters.GetValueOrDefault(name);

    /// <summary>The challenges of one field line, of which there may be several, in their order. Time is linear in its length.</summary>
    internal static List<AuthChallenge> Parse(string line) => new Reader(line).ReadAll(null);

    /// <summary>The parameters of a field that has no scheme (Authentication-Info).</summary>
    internal static AuthChallenge ParseParameters(string line)
    {
        var parameters = new AuthChallenge("");
        new Reader(line).ReadAll(parameters);
        return parameters;
    }

    private ref struct Reader(ReadOnlySpan<char> text)
    {
        private readonly ReadOnlySpan<char> _text = text;
        private int _position;

        internal List<AuthChallenge> ReadAll(AuthChallenge? current)
        {
            var challenges = new List<AuthChallenge>();
            while (Skip(", \t"))
            {
                var token = ReadToken();
                if (token.Length == 0)
                {
                    current?.IsMalformed = true;
                    SkipToComma();
                }
                else if (current is not null && At('='))
                {
                    ReadParameter(current, token.ToString());
                }
                else
                {
                    challenges.Add(current = new AuthChallenge(token.ToString()));
                    SkipToken68();
                }
            }

            return challenges;
        }

        private void ReadParameter(AuthChallenge challenge, string name)
        {
            _position++;
            Skip(" \t");
            var value = _position < _text.Length && _text[_position] == '"' ? ReadQuoted() : ReadToken().ToString();
            if (string.IsNullOrEmpty(value) && !(_position > 0 && _text[_position - 1] == '"'))
            {
                challenge.IsMalformed = true;
                SkipToComma();
                return;
            }

            if (!challenge._parameters.TryAdd(name, value ?? ""))
            {
                challenge.IsMalformed = true;
            }
        }

        // Null where the closing quote is missing.
        private string? ReadQuoted()
        {
            var value = new StringBuilder();
            for (_position++; _position < _text.Length; _position++)
            {
                var c = _text[_position];
                if (c == '"')
                {
                    _position++;
                    return value.ToString();
                }

                if (c == '\\' && _position + 1 < _text.Length)
                {
                    c = _text[++_position];
                }

                value.Append(c);
            }

            return null;
        }

        private ReadOnlySpan<char> ReadToken()
        {
            var rest = _text[_position..];
            var length = rest.IndexOfAnyExcept(TokenChars);
            var token = length < 0 ? rest : rest[..length];
            _position += token.Length;
            return token;
        }

        // What follows a scheme may be one opaque word ("Negotiate YII=") instead of parameters; nobody here looks at it.
        private void SkipToken68()
        {
            var start = _position;
            Skip(" \t");
            var rest = _text[_position..];
            var length = rest.IndexOfAnyExcept(Token68Chars);
            length = length < 0 ? rest.Length : length;
            if (length > 0)
            {
                _position += length;
                Skip("=");
                if (!Skip(" \t") || _text[_position] == ',')
                {
                    return;
                }
            }

            _position = start;
        }

        private void SkipToComma()
        {
            while (_position < _text.Length && _text[_position] != ',')
            {
                if (_text[_position] == '"')
                {
                    ReadQuoted();
                }
                else
                {
                    _position++;
                }
            }
        }

        private bool At(char c)
        {
            Skip(" \t");
            return _position < _text.Length && _text[_position] == c;
        }

        // True where something is left.
        private bool Skip(ReadOnlySpan<char> characters)
        {
            var rest = _text[_position..];
            var length = rest.IndexOfAnyExcept(characters);
            _position += length < 0 ? rest.Length : length;
            return _position < _text.Length;
        }
    }
}
