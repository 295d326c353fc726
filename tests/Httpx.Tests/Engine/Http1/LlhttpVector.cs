using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Httpx.Tests.Engine.Http1;

/// <summary>One case of llhttp's tests for responses: what is received, and what its parser makes of it.</summary>
/// <param name="Name">The file and the heading.</param>
/// <param name="SkipBody">Whether the request was HEAD.</param>
/// <param name="Bytes">What is received.</param>
/// <param name="Messages">Status code and body of each message, as far as they are there.</param>
/// <param name="Error">The reason of the error, or null.</param>
internal sealed partial record LlhttpVector(
    string Name, bool SkipBody, byte[] Bytes, IReadOnlyList<(int Status, string Body)> Messages, string? Error)
{
    /// <summary>Errors by which llhttp tells its caller something about a connection that it has read without fault.</summary>
    private static readonly string[] Signals = ["Data after `Connection: close`", "Pause on CONNECT/Upgrade", "Paused"];

    internal static IEnumerable<LlhttpVector> ReadAll(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal))
        {
            foreach (var section in Heading().Split(File.ReadAllText(file)))
            {
                if (Meta().Match(section) is { Success: true } meta)
                {
                    yield return Read(Path.GetFileNameWithoutExtension(file), section, meta.Value);
                }
            }
        }
    }

    private static LlhttpVector Read(string file, string section, string meta)
    {
        var bytes = Unescape(Block(section, "http"));
        var log = Block(section, "log");
        return new LlhttpVector(
            file + ": " + section[..section.IndexOf('\n', StringComparison.Ordinal)].Trim(),
            meta.Contains("\"skipBody\": true", StringComparison.Ordinal),
            bytes,
            ReadMessages(log, bytes),
            ReadError(log));
    }

    // What is fenced, without the last line end.
    private static string Block(string section, string language)
    {
        var start = section.IndexOf("```" + language + "\n", StringComparison.Ordinal) + language.Length + 4;
        return section[start..section.IndexOf("\n```", start, StringComparison.Ordinal)];
    }

    private static List<(int Status, string Body)> ReadMessages(string log, byte[] bytes)
    {
        var messages = new List<(int Status, string Body)>();
        foreach (var line in log.Split('\n'))
        {
            if (HeadersComplete().Match(line) is { Success: true } head)
            {
                messages.Add((Number(head.Groups[1]), ""));
            }
            else if (BodySpan().Match(line) is { Success: true } span)
            {
                var (status, body) = messages[^1];
                messages[^1] = (status, body + Encoding.Latin1.GetString(bytes, Number(span.Groups[1]), Number(span.Groups[2])));
            }
        }

        return messages;
    }

    private static string? ReadError(string log)
    {
        var reason = Reason().Match(log);
        return reason.Success && !Signals.Contains(reason.Groups[1].Value) ? reason.Groups[1].Value : null;
    }

    // Line ends stand for CRLF except behind a backslash; the usual escapes stand for themselves.
    private static byte[] Unescape(string text)
    {
        text = text.Replace("\\\n", "", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
        text = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
        text = Escape().Replace(text, match => match.Value[1] switch
        {
            'r' => "\r",
            'n' => "\n",
            't' => "\t",
            'f' => "\f",
            _ => ((char)int.Parse(match.Value.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString(),
        });
        return Encoding.Latin1.GetBytes(text);
    }

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex("^##+ ", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("<!-- meta=.*-->")]
    private static partial Regex Meta();

    [GeneratedRegex(@"headers complete status=(\d+)")]
    private static partial Regex HeadersComplete();

    [GeneratedRegex(@"off=(\d+) len=(\d+) span\[body\]")]
    private static partial Regex BodySpan();

    [GeneratedRegex("error code=\\d+ reason=\"(.*)\"")]
    private static partial Regex Reason();

    [GeneratedRegex(@"\\(?:[rntf]|x[0-9a-fA-F]{2})")]
    private static partial Regex Escape();
}
