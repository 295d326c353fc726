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
    private bool _afterReturn;

    // The lines that the last chunk completed: cut in one go, which is twice as fast as one search at a time between reads.
    private string[] _ready = new string[16];
    private int _next;
    private int _count;

    /// <summary>Takes the next chunk, when the lines of the one before have been read. The chunk is not needed afterwards.</summary>
    internal void Push(ReadOnlySpan<char> text)
    {
        if (_next < _count)
        {
            throw new InvalidOperationException("The lines of the chunk before have not all been read.");
        }

        (_next, _count) = (0, 0);
        if (_afterReturn && !text.IsEmpty)
        {
            _afterReturn = false;
            text = text[0] == '\n' ? text[1..] : text;
        }

        for (var wide = FindWideEnd(text); wide < text.Length; wide = FindWideEnd(text))
        {
            _unfinished.Append(Cut(text[..wide]));
            Add([]);
            _afterReturn = false;
            text = text[(wide + 1)..];
        }

        _unfinished.Append(Cut(text));
    }

    /// <summary>The next line that is complete; false if there is none before the next chunk.</summary>
    internal bool TryRead([NotNullWhen(true)] out string? line)
    {
        if (_next == _count)
        {
            line = null;
            return false;
        }

        line = _ready[_next++];
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
        // Most text is ASCII, which is found out in half the time that the search takes.
        var index = Ascii.IsValid(text) ? -1 : text.IndexOfAny('\u0085', '\u2028', '\u2029');
        return index < 0 ? text.Length : index;
    }

    /// <summary>Cuts off the lines that end with one of ASCII's ends; gives back what is behind the last.</summary>
    private ReadOnlySpan<char> Cut(ReadOnlySpan<char> text)
    {
        int end;
        while ((end = text.IndexOfAny(NarrowEnds)) >= 0)
        {
            Add(text[..end]);
            var next = end + 1;
            if (text[end] == '\r')
            {
                // What follows may be beyond this text: then the next one begins with the rest of this end.
                _afterReturn = next == text.Length;
                next += !_afterReturn && text[next] == '\n' ? 1 : 0;
            }

            text = text[next..];
        }

        return text;
    }

    private void Add(ReadOnlySpan<char> rest)
    {
        if (_count == _ready.Length)
        {
            Array.Resize(ref _ready, 2 * _count);
        }

        _ready[_count++] = _unfinished.Length == 0 ? new string(rest) : Finish(rest);
    }

    private string Finish(ReadOnlySpan<char> rest)
    {
        var line = _unfinished.Append(rest).ToString();
        _unfinished = line.Length > MaxKept ? new StringBuilder() : _unfinished.Clear();
        return line;
    }
}
