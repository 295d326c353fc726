using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Httpx;

/// <summary>Text in, lines out, without their ends: as Python's splitlines splits, and so HTTPX's iter_lines.</summary>
/// <remarks>
/// Lines end at \n, \r\n, \r, \v, \f, the separators U+001C to U+001E, U+0085, U+2028 and U+2029. A \r\n that lies across two
/// chunks is one end. Each character is looked at a fixed number of times, however small the chunks of a long line are.
/// <code>
/// lines.Push(text);
/// while (lines.TryRead(out var line)) { ... }     // after the last chunk: if (lines.TryFlush(out var last)) { ... }
/// </code>
/// </remarks>
internal sealed class LineDecoder
{
    /// <summary>A line longer than this does not leave its buffer behind.</summary>
    private const int MaxKept = 64 * 1024;

    // Two searches, as a set of ASCII characters only is searched several times faster; the others are rare enough that one
    // search usually covers a whole chunk.
    private static readonly SearchValues<char> NarrowEnds = SearchValues.Create("\n\v\f\r\u001C\u001D\u001E");

    private StringBuilder _unfinished = new();
    private ReadOnlyMemory<char> _text;
    private int _wideEnd;
    private bool _afterReturn;

    /// <summary>Takes the next chunk, which stays unchanged until <see cref="TryRead"/> has returned false.</summary>
    internal void Push(ReadOnlyMemory<char> text)
    {
        if (!_text.IsEmpty)
        {
            throw new InvalidOperationException("The lines of the chunk before have not all been read.");
        }

        if (_afterReturn && !text.IsEmpty)
        {
            _afterReturn = false;
            text = text.Span[0] == '\n' ? text[1..] : text;
        }

        _text = text;
        _wideEnd = FindWideEnd(text.Span);
    }

    /// <summary>The next line that is complete. False: what is left of the chunk was put aside, the next one may come.</summary>
    internal bool TryRead([NotNullWhen(true)] out string? line)
    {
        var text = _text.Span;
        var end = text[.._wideEnd].IndexOfAny(NarrowEnds);
        if (end < 0)
        {
            end = _wideEnd;
            if (end == text.Length)
            {
                _unfinished.Append(text);
                (_text, _wideEnd) = (default, 0);
                line = null;
                return false;
            }
        }

        line = Finish(text[..end]);
        var next = end + 1;
        if (text[end] == '\r')
        {
            _afterReturn = next == text.Length;
            next += !_afterReturn && text[next] == '\n' ? 1 : 0;
        }

        _text = _text[next..];
        _wideEnd = end < _wideEnd ? _wideEnd - next : FindWideEnd(text[next..]);
        return true;
    }

    /// <summary>After the last chunk: the last line, if it has no end of its own.</summary>
    internal bool TryFlush([NotNullWhen(true)] out string? line)
    {
        line = _unfinished.Length == 0 ? null : Finish([]);
        return line is not null;
    }

    /// <summary>Where the first end beyond ASCII is; the length where there is none.</summary>
    private static int FindWideEnd(ReadOnlySpan<char> text)
    {
        var index = text.IndexOfAny('\u0085', '\u2028', '\u2029');
        return index < 0 ? text.Length : index;
    }

    private string Finish(ReadOnlySpan<char> rest)
    {
        if (_unfinished.Length == 0)
        {
            return rest.ToString();
        }

        var line = _unfinished.Append(rest).ToString();
        _unfinished = line.Length > MaxKept ? new StringBuilder() : _unfinished.Clear();
        return line;
    }
}
