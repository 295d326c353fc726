using System.Buffers;

namespace Httpx;

/// <summary>Paths: dot segments (RFC 3986 5.2.4) and the two ways in which a path is put onto another.</summary>
/// <remarks>Only segments that are literally "." or ".." count: an encoded dot is the sender's own affair, as in HTTPX.</remarks>
internal static class UrlPath
{
    /// <summary>Whether a path that begins with "/" has a "." or ".." segment.</summary>
    internal static bool HasDots(ReadOnlySpan<char> path)
    {
        while (true)
        {
            var at = path.IndexOf("/.");
            if (at < 0)
            {
                return false;
            }

            path = path[(at + 2)..];
            if (path.IsEmpty || path[0] == '/' || (path[0] == '.' && (path.Length == 1 || path[1] == '/')))
            {
                return true;
            }
        }
    }

    /// <summary>Appends a path that begins with "/", without its dot segments, each other one escaped.</summary>
    internal static void AppendWithoutDots(ref TextBuffer to, ReadOnlySpan<char> path, SearchValues<char> kept)
    {
        if (!HasDots(path))
        {
            PercentEncoding.Escape(ref to, path, kept);
            return;
        }

        var start = to.Length;
        foreach (var range in path[1..].Split('/'))
        {
            var segment = path[1..][range];
            var isDots = segment is "..";
            if (isDots && to.Length > start)
            {
                to.Truncate(start + to.Written[start..].LastIndexOf('/'));
            }

            if (!isDots && segment is not ".")
            {
                to.Append('/');
                PercentEncoding.Escape(ref to, segment, kept);
            }
            else if (range.End.Value == path.Length - 1)
            {
                to.Append('/');
            }
        }
    }

    /// <summary>RFC 3986 5.2.3: the path takes the place of what follows the base's last slash; dot segments are resolved.</summary>
    internal static string Merge(in UrlLayout target, ReadOnlySpan<char> path)
    {
        var basePath = target.Path;
        var folder = basePath.IsEmpty && target.HasAuthority ? "/" : basePath[..(basePath.LastIndexOf('/') + 1)];
        var merged = string.Concat(folder, path);
        return merged.StartsWith('/') && (target.SchemeEnd > 0 || target.HasAuthority) ? merged : ResolveRelative(merged);
    }

    /// <summary>Resolves the dot segments of a path that has no scheme or host before it; rootless stays rootless.</summary>
    internal static string ResolveRelative(string path)
    {
        var isRooted = path.StartsWith('/');
        Span<char> memory = stackalloc char[256];
        var to = new TextBuffer(memory);
        try
        {
            AppendWithoutDots(ref to, isRooted ? path : "/" + path, PercentEncoding.OtherPath);
            var resolved = isRooted ? to.Written : to.Written[1..];

            // Dots that went may have uncovered what reads as a host or a scheme.
            var uncovered = isRooted ? resolved.StartsWith("//") : resolved.StartsWith('/') || HasColonFirst(resolved);
            return uncovered ? string.Concat(isRooted ? "/." : "./", resolved) : resolved.ToString();
        }
        finally
        {
            to.Dispose();
        }
    }

    /// <summary>HTTPX's way: both paths one behind the other, with one slash between.</summary>
    internal static string Concatenate(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        string.Concat(left.EndsWith('/') ? left[..^1] : left, "/", right.TrimStart('/'));

    private static bool HasColonFirst(ReadOnlySpan<char> path) => path.IndexOfAny(':', '/') is var at and >= 0 && path[at] == ':';
}
