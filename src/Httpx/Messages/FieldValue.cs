using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Httpx;

/// <summary>The text of the loosely typed values that queries and forms take: one rule for both.</summary>
/// <remarks>
/// A string is itself, <c>true</c> and <c>false</c> are lower case, null is empty, numbers have the invariant culture's form and dates
/// and times ISO 8601's; a sequence gives its field once for each item. Other objects have the text that they give of themselves; one
/// that gives only the name of its type is refused, for nobody means to send that.
/// </remarks>
internal static class FieldValue
{
    /// <summary>Whether the value is a sequence whose items are values of one field each.</summary>
    internal static bool IsSequence(object? value, [NotNullWhen(true)] out IEnumerable? items)
    {
        // Bytes are one value, not a list of numbers, and a dictionary has no order that anyone asked for.
        items = value is string or byte[] or IDictionary ? null : value as IEnumerable;
        return items is not null;
    }

    /// <summary>The text of one value that is no sequence.</summary>
    /// <param name="name">The field, for the message.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The value is of a type that has no text.</exception>
    internal static string Text(string name, object? value)
    {
        switch (value)
        {
            case null:
                return "";
            case string text:
                return text;
            case bool truth:
                return truth ? "true" : "false";
            case DateTime or DateTimeOffset or DateOnly or TimeOnly:
                return ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture);
            case IFormattable formattable:
                return formattable.ToString(null, CultureInfo.InvariantCulture);
            default:
                var type = value.GetType();
                return value.ToString() is { } own && own != type.ToString()
                    ? own
                    : throw new ArgumentException(
                        $"The value of the field '{name}' is a {type.Name}, which has no text: it must be a string, a number, "
                        + "a bool, null or a sequence of them.",
                        nameof(value));
        }
    }
}
