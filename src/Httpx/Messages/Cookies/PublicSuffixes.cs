using System.Diagnostics.CodeAnalysis;

namespace Httpx;

/// <summary>
/// The names under which anybody may register, such as <c>com</c>, <c>co.uk</c> and <c>github.io</c>: no cookie may span one.
/// </summary>
/// <remarks>
/// The list is that of <see href="https://publicsuffix.org/"/>, both of its parts, as <c>scripts/update-public-suffixes</c> wrote it into
/// the resource <c>public-suffixes.txt</c>; its head tells its date, its licence (MPL-2.0) and its form. It is searched as it lies there:
/// nothing is built from it.
/// </remarks>
internal sealed class PublicSuffixes
{
    private const string Resource = "Httpx.public-suffixes.txt";

    private static readonly Lazy<PublicSuffixes> Embedded = new(Load);

    private readonly byte[] _text;
    private readonly int _start;

    private PublicSuffixes(byte[] text)
    {
        _text = text;
        var rest = text.AsSpan();
        while (rest.StartsWith("//"u8))
        {
            rest = rest[(rest.IndexOf((byte)'\n') + 1)..];
        }

        _start = text.Length - rest.Length;
    }

    private enum Rule
    {
        None,
        Suffix,
        SuffixWithChildren,
        Exception,
    }

    /// <summary>The head of the list, with its source and its date.</summary>
    internal static string Head => System.Text.Encoding.ASCII.GetString(Embedded.Value._text, 0, Embedded.Value._start);

    /// <summary>Whether a name is a public suffix. A top-level domain that the list does not know is one too.</summary>
    /// <param name="domain">The name in lower case and ASCII, without dots at its ends; not an IP address.</param>
    internal static bool Contains(ReadOnlySpan<char> domain)
    {
        var list = Embedded.Value;
        var dot = domain.IndexOf('.');
        return list.Find(domain) switch
        {
            Rule.Exception => false,
            Rule.None => dot < 0 || list.Find(domain[(dot + 1)..]) == Rule.SuffixWithChildren,
            _ => true,
        };
    }

    private static PublicSuffixes Load()
    {
        using var stream = typeof(PublicSuffixes).Assembly.GetManifestResourceStream(Resource) ?? throw Missing();
        var text = new byte[stream.Length];
        stream.ReadExactly(text);
        return new PublicSuffixes(text);
    }

    [ExcludeFromCodeCoverage]
    private static InvalidOperationException Missing() => new($"The resource {Resource} is missing from the assembly.");

    // Lines are in ordinal order of their names: a binary search by bytes, each probe moved to the beginning of its line.
    private Rule Find(ReadOnlySpan<char> name)
    {
        var (low, high) = (_start, _text.Length);
        while (low < high)
        {
            var probe = (low + high) / 2;
            var start = _text.AsSpan(low, probe - low).LastIndexOf((byte)'\n') is var before and >= 0 ? low + before + 1 : low;
            var line = _text.AsSpan(start);
            line = line[..line.IndexOf((byte)'\n')];
            var space = line.IndexOf((byte)' ');
            var order = Compare(name, space < 0 ? line : line[..space]);
            if (order == 0)
            {
                return space < 0 ? Rule.Suffix : line[^1] == '*' ? Rule.SuffixWithChildren : Rule.Exception;
            }

            (low, high) = order < 0 ? (low, start) : (start + line.Length + 1, high);
        }

        return Rule.None;
    }

    private static int Compare(ReadOnlySpan<char> name, ReadOnlySpan<byte> other)
    {
        for (var i = 0; i < name.Length && i < other.Length; i++)
        {
            if (name[i] != other[i])
            {
                return name[i] - other[i];
            }
        }

        return name.Length - other.Length;
    }
}
