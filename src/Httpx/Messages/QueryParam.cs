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
    public static implicit operator QueryParam((string Name, bool Value) p) => new(p.Name, FieldValue.Text(p.Name, p.Value));

    /// <summary>Takes a number.</summary>
    /// <param name="p">Name and value.</param>
    public static implicit operator QueryParam((string Name, int Value) p) => new(p.Name, FieldValue.Text(p.Name, p.Value));

    /// <summary>Takes a number.</summary>
    /// <param name="p">Name and value.</param>
    public static implicit operator QueryParam((string Name, long Value) p) => new(p.Name, FieldValue.Text(p.Name, p.Value));

    /// <summary>Takes a number, written with "." in every culture.</summary>
    /// <param name="p">Name and value.</param>
    public static implicit operator QueryParam((string Name, double Value) p) => new(p.Name, FieldValue.Text(p.Name, p.Value));

    /// <summary>Takes a number, written with "." in every culture.</summary>
    /// <param name="p">Name and value.</param>
    public static implicit operator QueryParam((string Name, decimal Value) p) => new(p.Name, FieldValue.Text(p.Name, p.Value));

    /// <summary>Appends one parameter for a value, or one for each value of a sequence.</summary>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="ArgumentException">The value has no text.</exception>
    internal static void AddAll(List<QueryParam> to, string name, object? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!FieldValue.IsSequence(value, out var items))
        {
            to.Add(new QueryParam(name, FieldValue.Text(name, value)));
            return;
        }

        foreach (var item in items)
        {
            to.Add(new QueryParam(name, FieldValue.Text(name, item)));
        }
    }
}
