using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Httpx;

/// <summary>The files of a multipart body, in order; a name may be there more than once.</summary>
/// <remarks>See <see href="https://www.python-httpx.org/quickstart/#sending-multipart-file-uploads"/>.</remarks>
/// <example><c>client.Post(url, files: new() { ["upload"] = ("report.csv", stream, "text/csv") })</c></example>
[CollectionBuilder(typeof(Files), nameof(Create))]
public sealed class Files : IEnumerable<KeyValuePair<string, FileField>>
{
    private readonly List<(string Name, FileField File)> _files = [];

    /// <summary>No files, which as an argument means no multipart body.</summary>
    public Files()
    {
    }

    /// <summary>These files.</summary>
    /// <param name="files">Field names and files.</param>
    public Files(IEnumerable<KeyValuePair<string, FileField>> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        foreach (var (name, file) in files)
        {
            Add(name, file);
        }
    }

    /// <summary>How many files there are.</summary>
    public int Count => _files.Count;

    /// <summary>Sets a file in place of all of that field name.</summary>
    /// <param name="name">The field's name.</param>
    public FileField this[string name]
    {
        set
        {
            ArgumentNullException.ThrowIfNull(name);
            ArgumentNullException.ThrowIfNull(value);
            var first = _files.FindIndex(file => file.Name == name);
            if (first < 0)
            {
                _files.Add((name, value));
                return;
            }

            _files[first] = (name, value);
            var seen = 0;
            _files.RemoveAll(file => file.Name == name && seen++ > 0);
        }
    }

    /// <summary>These files, for collection expressions: <c>files: [("a", stream), ("a", other)]</c>.</summary>
    /// <param name="files">Field names and files.</param>
    public static Files Create(ReadOnlySpan<(string Name, FileField File)> files)
    {
        var result = new Files();
        foreach (var (name, file) in files)
        {
            result.Add(name, file);
        }

        return result;
    }

    /// <summary>The files of a dictionary.</summary>
    /// <param name="files">Field names and files; null is none.</param>
    [return: NotNullIfNotNull(nameof(files))]
    public static implicit operator Files?(Dictionary<string, FileField>? files) => files is null ? null : new(files);

    /// <summary>These files, repeats and all.</summary>
    /// <param name="files">Field names and files; null is none.</param>
    [return: NotNullIfNotNull(nameof(files))]
    public static implicit operator Files?((string Name, FileField File)[]? files) => files is null ? null : Create(files);

    /// <summary>Adds a file behind all others, whether or not there is one of that field name.</summary>
    /// <param name="name">The field's name; may be empty.</param>
    /// <param name="file">The file.</param>
    public void Add(string name, FileField file)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(file);
        _files.Add((name, file));
    }

    /// <summary>The files in order.</summary>
    public IEnumerator<(string Name, FileField File)> GetEnumerator() => _files.GetEnumerator();

    IEnumerator<KeyValuePair<string, FileField>> IEnumerable<KeyValuePair<string, FileField>>.GetEnumerator()
    {
        foreach (var (name, file) in _files)
        {
            yield return new(name, file);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<KeyValuePair<string, FileField>>)this).GetEnumerator();
}
