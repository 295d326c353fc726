using System.Text;

namespace Httpx;

/// <summary>User names and passwords by machine, as the file <c>.netrc</c> holds them. Immutable.</summary>
/// <remarks>
/// The grammar is that of the ftp programs, with the quotes and comments that curl and Python read: <c>machine NAME</c> or
/// <c>default</c>, then <c>login</c>, <c>password</c> and <c>account</c> in any order; <c>macdef</c> runs to the next empty line.
/// Size, line and word are bounded as curl bounds them, and no complaint repeats what the file says.
/// </remarks>
internal sealed class NetRc
{
    private const int MaxFileBytes = 128 * 1024;
    private const int MaxLineLength = 16 * 1024;
    private const int MaxWordLength = 4 * 1024;

    private readonly List<Entry> _entries;

    private NetRc(List<Entry> entries) => _entries = entries;

    /// <summary>The user's own file: <c>.netrc</c>, on Windows <c>_netrc</c> too, in the home folder.</summary>
    internal static string DefaultPath
    {
        get
        {
            var path = Path.Combine(EnvironmentVariables.HomeFolder, ".netrc");
            var other = Path.Combine(EnvironmentVariables.HomeFolder, "_netrc");
            return OperatingSystem.IsWindows() && !File.Exists(path) && File.Exists(other) ? other : path;
        }
    }

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ArgumentException">It is too long, or breaks the grammar; the message names the file and the line.</exception>
    internal static NetRc Load(string path)
    {
        if (Directory.Exists(path))
        {
            throw new ArgumentException($"'{path}' is a folder; a netrc file is needed here.");
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no netrc file '{path}'.", path);
        }

        using var file = File.OpenRead(path);
        var bytes = new byte[MaxFileBytes + 1];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length <= MaxFileBytes
            ? Parse(Encoding.UTF8.GetString(bytes, 0, length), path)
            : throw new ArgumentException($"'{path}' is longer than the {MaxFileBytes / 1024} KiB that a netrc file may have.");
    }

    /// <summary>Reads the text of a file. Time is linear in its length.</summary>
    /// <param name="text">The text; a byte order mark and line ends of any kind are fine.</param>
    /// <param name="name">What complaints call the file.</param>
    internal static NetRc Parse(string text, string name) => new(new Reader(text, name).ReadAll());

    /// <summary>The credentials for a host: those of its first entry, or else of <c>default</c>; null where there are none.</summary>
    /// <param name="host">The host alone, without port, as the url's parser found it.</param>
    /// <param name="login">The user that the url names, whose password it must then be; null for any.</param>
    internal (string Login, string Password)? Find(string host, string? login = null)
    {
        foreach (var isDefault in (ReadOnlySpan<bool>)[false, true])
        {
            foreach (var entry in _entries)
            {
                var applies = isDefault ? entry.Machine is null : host.Equals(entry.Machine, StringComparison.OrdinalIgnoreCase);
                if (applies && (login is null || login == entry.Login))
                {
                    return entry.Password.Length > 0 ? (entry.Login, entry.Password) : null;
                }
            }
        }

        return null;
    }

    // A machine of null is the default entry.
    private sealed class Entry(string? machine)
    {
        internal string? Machine { get; } = machine;

        internal string Login { get; set; } = "";

        internal string Password { get; set; } = "";
    }

    private ref struct Reader(ReadOnlySpan<char> text, string name)
    {
        private readonly ReadOnlySpan<char> _text = text.TrimStart('\ufeff');
        private readonly string _name = name;
        private int _position;
        private int _line = 1;
        private int _lineStart;

        internal List<Entry> ReadAll()
        {
            var entries = new List<Entry>();
            Entry? current = null;
            while (ReadWord(keyword: true) is { } keyword)
            {
                switch (keyword)
                {
                    case "machine":
                        entries.Add(current = new Entry(Value()));
                        break;
                    case "default":
                        entries.Add(current = new Entry(null));
                        break;
                    case "login" or "user" when current is not null:
                        current.Login = Value();
                        break;
                    case "password" when current is not null:
                        current.Password = Value();
                        break;
                    case "account" when current is not null:
                        Value();
                        break;
                    case "macdef":
                        SkipMacro();
                        break;
                    default:
                        throw Bad("a word that is no keyword, or comes before any 'machine'");
                }
            }

            return entries;
        }

        private string Value() => ReadWord(keyword: false) ?? throw Bad("the end of the file in place of a value");

        // Null at the end. Comments stand where a keyword could; in a value "#" is a character like any other.
        private string? ReadWord(bool keyword)
        {
            while (SkipWhitespace())
            {
                if (keyword && _text[_position] == '#')
                {
                    SkipLine();
                    continue;
                }

                return _text[_position] == '"' ? ReadQuoted() : ReadPlain();
            }

            return null;
        }

        private string ReadPlain()
        {
            var word = new StringBuilder();
            while (_position < _text.Length && _text[_position] is not (' ' or '\t' or '\r' or '\n'))
            {
                var c = Next();
                Append(word, c == '\\' && _position < _text.Length && _text[_position] is not ('\r' or '\n') ? Next() : c);
            }

            return word.ToString();
        }

        private string ReadQuoted()
        {
            var word = new StringBuilder();
            Next();
            while (_position < _text.Length && _text[_position] is not ('\r' or '\n'))
            {
                var c = Next();
                if (c == '"')
                {
                    return word.ToString();
                }

                Append(word, c == '\\' && _position < _text.Length ? Next() : c);
            }

            throw Bad("a quoted word that is not closed");
        }

        private readonly void Append(StringBuilder word, char c)
        {
            if (char.IsControl(c))
            {
                throw Bad("a control character");
            }

            if (word.Length >= MaxWordLength)
            {
                throw Bad($"a word of more than {MaxWordLength} characters");
            }

            word.Append(c);
        }

        private void SkipMacro()
        {
            SkipLine();
            while (_position < _text.Length && _text[_position] is not ('\r' or '\n'))
            {
                SkipLine();
            }
        }

        private void SkipLine()
        {
            while (_position < _text.Length && Next() != '\n')
            {
                // Next counts lines and their length.
            }
        }

        // True where something is left.
        private bool SkipWhitespace()
        {
            while (_position < _text.Length && _text[_position] is ' ' or '\t' or '\r' or '\n')
            {
                Next();
            }

            return _position < _text.Length;
        }

        private char Next()
        {
            var c = _text[_position++];
            if (c == '\n')
            {
                _line++;
                _lineStart = _position;
            }
            else if (_position - _lineStart > MaxLineLength)
            {
                throw Bad($"a line of more than {MaxLineLength} characters");
            }

            return c;
        }

        private readonly ArgumentException Bad(string what) => new($"'{_name}', line {_line}, has {what}.");
    }
}
