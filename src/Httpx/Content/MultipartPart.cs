using System.Buffers;
using System.Text;

namespace Httpx;

/// <summary>Writes what stands in front of a part's content: the boundary and the part's headers.</summary>
internal static class MultipartPart
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\"\\\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f"
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001c\u001d\u001e\u001f");

    /// <summary>The head of a field that is no file.</summary>
    internal static void WriteHead(PooledWriter writer, string boundary, string name)
    {
        WriteBoundary(writer, boundary);
        WriteDisposition(writer, name, fileName: null);
        writer.Write("\r\n"u8);
    }

    /// <summary>The head of a file.</summary>
    internal static void WriteHead(PooledWriter writer, string boundary, string name, FileField file)
    {
        WriteBoundary(writer, boundary);
        var headers = file.Headers;
        if (headers is null || !headers.Contains("Content-Disposition"u8))
        {
            WriteDisposition(writer, name, file.FileName);
        }

        if (headers is not null)
        {
            // Their names and values were validated when they were set.
            writer.Write(headers.Block);
        }

        if (file.ContentType is { } contentType && (headers is null || !headers.Contains("Content-Type"u8)))
        {
            writer.Write("Content-Type: "u8);
            Encoding.UTF8.GetBytes(contentType, writer);
            writer.Write("\r\n"u8);
        }

        writer.Write("\r\n"u8);
    }

    private static void WriteBoundary(PooledWriter writer, string boundary)
    {
        writer.Write("--"u8);
        Encoding.ASCII.GetBytes(boundary, writer);
        writer.Write("\r\n"u8);
    }

    private static void WriteDisposition(PooledWriter writer, string name, string? fileName)
    {
        writer.Write("Content-Disposition: form-data; name=\""u8);
        WriteEscaped(writer, name);
        if (fileName is not null)
        {
            writer.Write("\"; filename=\""u8);
            WriteEscaped(writer, fileName);
        }

        writer.Write("\"\r\n"u8);
    }

    /// <summary>Writes a name as HTML 5 forms do and HTTPX refines: quotes and controls percent-encoded, the backslash doubled, else
    /// UTF-8.</summary>
    /// <remarks>The doubling is for readers that undo a quoted-string's escapes, and ESC stays as it is: ISO-2022 text was sent
    /// so.</remarks>
    private static void WriteEscaped(PooledWriter writer, ReadOnlySpan<char> text)
    {
        while (true)
        {
            var next = text.IndexOfAny(Escaped);
            Encoding.UTF8.GetBytes(next < 0 ? text : text[..next], writer);
            if (next < 0)
            {
                return;
            }

            var escaped = text[next];
            if (escaped == '\\')
            {
                writer.Write("\\\\"u8);
            }
            else
            {
                writer.Advance(PooledWriter.Percent((byte)escaped, writer.GetSpan(3)));
            }

            text = text[(next + 1)..];
        }
    }
}
