using System.Buffers;
using System.Security.Cryptography;

namespace Httpx;

/// <summary>The line that parts the parts of a multipart body (RFC 2046 5.1.1).</summary>
internal static class MultipartBoundary
{
    private const int RandomBytes = 16;
    private const int MaxLength = 70;

    // bchars of RFC 2046 5.1.1.
    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'()+_,-./:=? ");

    /// <summary>A boundary that nobody can foresee, or else a file could be made to end early.</summary>
    internal static string Random() => RandomNumberGenerator.GetHexString(RandomBytes * 2, lowercase: true);

    /// <summary>The boundary that the request's own Content-Type names; null where it names no multipart type.</summary>
    /// <exception cref="ArgumentException">It names a multipart type without a boundary, or with one that cannot be.</exception>
    internal static string? FromContentType(string? contentType)
    {
        if (contentType is null)
        {
            return null;
        }

        var media = MediaType.Parse(contentType);
        if (!media.Type.StartsWith("multipart/", StringComparison.Ordinal))
        {
            return null;
        }

        var boundary = media["boundary"] ?? throw new ArgumentException(
            $"The Content-Type {media.Type} has no boundary, so that nobody could read the body: leave the header out, or add one.",
            nameof(contentType));
        if (boundary.Length is 0 or > MaxLength || boundary.AsSpan().ContainsAnyExcept(Allowed) || boundary.EndsWith(' '))
        {
            throw new ArgumentException(
                $"The boundary in the Content-Type cannot be one: it must have 1 to {MaxLength} characters of the set in RFC 2046 5.1.1 "
                + "and not end with a space.",
                nameof(contentType));
        }

        return boundary;
    }
}
