using System.Globalization;

namespace Httpx;

/// <summary>International host names (UTS 46, non-transitional), both ways, through the platform's own tables.</summary>
/// <remarks>
/// As strict as the platform is: with ICU, which .NET uses everywhere unless told otherwise, the rules for joiners and hyphens are
/// checked and those for mixed directions (RFC 5893) are not.
/// </remarks>
internal static class Idna
{
    // STD 3 would forbid the underscore, which real hosts have; the URL's own list of forbidden characters is checked by the caller.
    private static readonly IdnMapping Mapping = new() { UseStd3AsciiRules = false, AllowUnassigned = false };

    /// <summary>The ASCII form of a name, lower case; null where the name is invalid or too long for the DNS.</summary>
    internal static string? ToAscii(string name)
    {
        try
        {
            // What comes out must be valid, and the same, when it comes in again: on that rests that a url reads as itself.
            var ascii = Mapping.GetAscii(name).ToLowerInvariant();
            return Mapping.GetAscii(ascii) == ascii ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The name for people: each label that begins with <c>xn--</c> decoded, if it can be.</summary>
    internal static string ToUnicode(ReadOnlySpan<char> ascii)
    {
        if (!ascii.Contains("xn--", StringComparison.Ordinal))
        {
            return ascii.ToString();
        }

        var labels = ascii.ToString().Split('.');
        foreach (ref var label in labels.AsSpan())
        {
            if (label.StartsWith("xn--", StringComparison.Ordinal))
            {
                label = Decode(label);
            }
        }

        return string.Join('.', labels);
    }

    private static string Decode(string label)
    {
        try
        {
            return Mapping.GetUnicode(label);
        }
        catch (ArgumentException)
        {
            return label;
        }
    }
}
