using System.Collections;
using System.Globalization;

namespace Httpx;

/// <summary>One query parameter, as it is written into a collection expression: <c>query: [("a", 1), ("b", true)]</c>.</summary>
/// <param name="Name">The name, not encoded.</param>
/// <param name="Value">The value, not encoded.</param>
public readonly record struct QueryParam(string Name, string Value)
{
    /// <summary>Takes a text; null becomes empty.</summary>
    /// <param name="p">Name and value.</param>
    public static implicit operator QueryParam((string Name, string? Value) p) => new(p.Name, p.Value ?? "");

    /// <summary>Takes a truth value: <c>true</c> or <c>false</c>.</summary>
    /// <param name="p">Name and value.</param>
    public static implicit operator QueryParam((string Name, bool Value) p) => new(p.Name, Text(p.Value));

    /// <summary>Takes a number.</summary>
    /// <param name="p">Name and value.</param>
    public static implicit operator QueryParam((string Name, int Value) p) => new(p.Name, Text(p.Value));

    /// <summary>Takes a number.</summary>
    /// <param name="p">Name and value.</param>
    public static implicit operator QueryParam((string Name, long Value) p) => new(p.Name, Text(p.Value));

    /// <summary>Takes a number, written with "." in every culture.</summary>
    /// <param name="p">Name and value.</param>
    public static implicit operator QueryParam((string Name, double Value) p) => new(p.Name, Text(p.Value));

    /// <summary>Takes a number, written with "." in every culture.</summary>
    /// <param name="p">Name and value.</param>
    public static implicit operator QueryParam((string Name, decimal Value) p) => new(p.Name, Text(p.Value));

    /// <summary>The text of one value: the same on every machine, whatever its culture.</summary>
    /// <exception cref="ArgumentException">The value is a sequence: where one value is wanted it has no text.</exception>
    internal static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        bool truth => truth ? "true" : "false",
        DateTime or DateTimeOffset or DateOnly or TimeOnly => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable => throw new ArgumentException(
            $"A query value must be a text, a number, a bool, null or a sequence of these; {value.GetType().Name} is none of them."),
        _ => value.ToString() ?? "",
    };

    /// <summary>Appends one parameter for a value, or one for each value of a sequence.</summary>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="ArgumentException">The value has no text.</exception>
    internal static void AddAll(List<QueryParam> to, string name, object? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (value is IEnumerable and not (string or IDictionary or IFormattable))
        {
            foreach (var one in (IEnumerable)value)
            {
                to.Add(new QueryParam(name, Text(one)));
            }
        }
        else
        {
            to.Add(new QueryParam(name, Text(value)));
        }
    }
}
