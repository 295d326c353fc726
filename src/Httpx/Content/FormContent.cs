using System.Text;

namespace Httpx;

/// <summary>Writes a form as application/x-www-form-urlencoded, straight into bytes.</summary>
/// <remarks>Letters, digits and <c>-._~</c> are themselves, a space is <c>+</c>, all else is the percent-encoded UTF-8: what HTTPX
/// sends.</remarks>
internal static class FormContent
{
    private const string Type = "application/x-www-form-urlencoded";

    /// <summary>How many characters are encoded at a time, so that little is reserved in vain.</summary>
    private const int BlockSize = 512;

    /// <summary>What stands for an ASCII character that is not percent-encoded; 0 for those that are.</summary>
    private static ReadOnlySpan<byte> Plain =>
        "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"u8
        + "+\0\0\0\0\0\0\0\0\0\0\0\0-.\00123456789\0\0\0\0\0\0"u8
        + "\0ABCDEFGHIJKLMNOPQRSTUVWXYZ\0\0\0\0_\0abcdefghijklmnopqrstuvwxyz\0\0\0~\0"u8;

    /// <summary>The body of a form.</summary>
    /// <exception cref="ArgumentException">A value is of a type that has no text.</exception>
    internal static RequestContent Create(FormData form)
    {
        using var writer = new PooledWriter();
        foreach (var (name, value) in form.Fields)
        {
            if (!FieldValue.IsSequence(value, out var items))
            {
                WriteField(writer, name, value);
                continue;
            }

            foreach (var item in items)
            {
                WriteField(writer, name, item);
            }
        }

        return new BytesContent(writer.Take(), Type);
    }

    private static void WriteField(PooledWriter writer, string name, object? value)
    {
        if (writer.Length > 0)
        {
            writer.Append((byte)'&');
        }

        Write(writer, name);
        writer.Append((byte)'=');
        if (value is byte[] bytes)
        {
            Write(writer, bytes);
        }
        else
        {
            Write(writer, FieldValue.Text(name, value));
        }
    }

    private static void Write(PooledWriter writer, ReadOnlySpan<char> text)
    {
        Span<byte> utf8 = stackalloc byte[4];
        while (!text.IsEmpty)
        {
            var block = text[..Math.Min(text.Length, BlockSize)];
            var used = WriteAscii(block, writer.GetSpan(block.Length * 3), out var written);
            writer.Advance(written);
            text = text[used..];
            if (used < block.Length)
            {
                // Half a surrogate pair becomes U+FFFD, as everywhere in .NET.
                Rune.DecodeFromUtf16(text, out var rune, out used);
                Write(writer, utf8[..rune.EncodeToUtf8(utf8)]);
                text = text[used..];
            }
        }
    }

    /// <summary>Writes text up to the first character that is not ASCII; three bytes a character must fit.</summary>
    private static int WriteAscii(ReadOnlySpan<char> text, Span<byte> destination, out int written)
    {
        var plain = Plain;
        written = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c >= plain.Length)
            {
                return i;
            }

            if (plain[c] != 0)
            {
                destination[written++] = plain[c];
            }
            else
            {
                written += PooledWriter.Percent((byte)c, destination[written..]);
            }
        }

        return text.Length;
    }

    private static void Write(PooledWriter writer, ReadOnlySpan<byte> bytes)
    {
        var plain = Plain;
        foreach (var value in bytes)
        {
            if (value < plain.Length && plain[value] != 0)
            {
                writer.Append(plain[value]);
            }
            else
            {
                writer.Advance(PooledWriter.Percent(value, writer.GetSpan(3)));
            }
        }
    }
}
