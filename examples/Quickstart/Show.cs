using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Quickstart;

/// <summary>Prints code beside what it gives, as an interactive session would.</summary>
internal static class Show
{
    public static void Title(string title) => Console.WriteLine($"\n## {title}\n");

    public static void Value(object? value, [CallerArgumentExpression(nameof(value))] string code = "") =>
        Console.WriteLine($"> {code}\n{(value is JsonElement json ? JsonSerializer.Serialize(json) : value)}");
}
