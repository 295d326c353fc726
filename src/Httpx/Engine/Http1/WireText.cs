using System.Globalization;
using System.Text;

namespace Httpx.Engine.Http1;

/// <summary>Bytes of a peer as they may be shown in an error: short, and without anything that could not be printed.</summary>
internal static class WireText
{
    /// <summary>More than this of a peer's rubbish tells nobody anything.</summary>
    private const int ShownBytes = 40;

    /// <summary>The bytes between quotes; those that are not printable ASCII as \xNN.</summary>
    internal static string Quote(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder("\"");
        foreach (var b in bytes[..Math.Min(bytes.Length, ShownBytes)])
        {
            if (b is >= 0x20 and < 0x7F and not (byte)'"' and not (byte)'\\')
            {
                text.Append((char)b);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"\\x{b:x2}");
            }
        }

        return text.Append(bytes.Length > ShownBytes ? "\"..." : "\"").ToString();
    }
}
