using System.Text;

namespace Httpx;

/// <summary>
/// Reads parameters <c>; name=value; other="quoted \" value"</c> (RFC 9110 5.6.6) one by one: what Content-Type and Link have in common.
/// </summary>
/// <remarks>Ends at a comma where <paramref name="endsAtComma"/> is set, for there the next element of a list begins.</remarks>
internal ref struct ParameterReader(ReadOnlySpan<char> text, int position, bool endsAtComma = false)
{
    private readonly ReadOnlySpan<char> _text = text;

    /// <summary>Where reading stopped: at the comma, or at the end of the text.</summary>
    internal int Position { get; private set; } = position;

    /// <summary>The next parameter that has a name; one without a value has an empty one. False at the end.</summary>
    internal bool Next(out string name, out string value)
    {
        while (Position < _text.Length)
        {
            if (endsAtComma && _text[Position] == ',')
            {
                break;
            }

            if (_text[Position] is ';' or ' ' or '\t')
            {
                Position++;
                continue;
            }

            name = ReadName();
            value = "";
            if (Position < _text.Length && _text[Position] == '=')
            {
                Position++;
                SkipBlanks();
                value = Position < _text.Length && _text[Position] == '"' ? ReadQuoted() : ReadToken();
            }

            if (name.Length > 0)
            {
                return true;
            }
        }

        name = value = "";
        return false;
    }

    private string ReadName()
    {
        var rest = _text[Position..];
        var end = endsAtComma ? rest.IndexOfAny('=', ';', ',') : rest.IndexOfAny('=', ';');
        var name = end < 0 ? rest : rest[..end];
        Position += name.Length;
        return name.Trim(" \t").ToString();
    }

    private string ReadToken()
    {
        var rest = _text[Position..];
        var end = endsAtComma ? rest.IndexOfAny(';', ',') : rest.IndexOf(';');
        var token = end < 0 ? rest : rest[..end];
        Position += token.Length;
        return token.Trim(" \t").ToString();
    }

    // Whatever stands between the closing quote and the next separator is dropped. A quote that is never closed ends with the text.
    private string ReadQuoted()
    {
        var text = new StringBuilder();
        Position++;
        while (Position < _text.Length && _text[Position] != '"')
        {
            if (_text[Position] == '\\' && Position + 1 < _text.Length)
            {
                Position++;
            }

            text.Append(_text[Position++]);
        }

        Position++;
        if (Position < _text.Length)
        {
            ReadToken();
        }
        else
        {
            Position = _text.Length;
        }

        return text.ToString();
    }

    private void SkipBlanks()
    {
        while (Position < _text.Length && _text[Position] is ' ' or '\t')
        {
            Position++;
        }
    }
}
