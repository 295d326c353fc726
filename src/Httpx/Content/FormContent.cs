using System.Buffers;
using System.Globalization;
using System.Text;

namespace Httpx;

/// <summary>Writes a form as application/x-www-form-urlencoded, straight into bytes.</summary>
/// <remarks>Letters, digits and <c>-._~</c> are themselves, a space is <c>+</c>, all else is the percent-encoded UTF-8: what HTTPX sends.</remarks>
internal static class FormContent
{
    private const string Type = "application/x-www-form-urlencoded";

    private static readonly SearchValues<char> Unreserved = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    private static readonly SearchValues<byte> UnreservedBytes = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"u8);

    /// <summary>The body of a form.</summary>
    /// <exception cref="ArgumentException">A value is of a type that has no text.</exception>
    internal static RequestContent Create(FormData form)
    {
        using var writer = new Writer();
        foreach (var (name, value) in form)
        {
            if (!FieldValue.IsSequence(value, out var items))
            {
                writer.WriteField(name, value);
                continue;
            }

            foreach (var item in items)
            {
                writer.WriteField(name, item);
            }
        }

        return new BytesContent(writer.ToArray(), Type);
    }

    /// <summary>Collects the text in a rented array, so that only the finished body is allocated.</summary>
    private sealed class Writer : IDisposable
    {
        private byte[] _bytes = ArrayPool<byte>.Shared.Rent(256);
        private int _length;

        public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes, clearArray: true); // forms carry passwords

        internal byte[] ToArray() => _bytes.AsSpan(0, _length).ToArray();

        internal void WriteField(string name, object? value)
        {
            if (_length > 0)
            {
                Append((byte)'&');
            }

            Write(name);
            Append((byte)'=');
            if (value is byte[] bytes)
            {
                Write(bytes);
            }
            else
            {
                Write(FieldValue.Text(name, value));
            }
        }

        private void Write(ReadOnlySpan<char> text)
        {
            Span<byte> utf8 = stackalloc byte[4];
            while (true)
            {
                var plain = text.IndexOfAnyExcept(Unreserved);
                var run = plain < 0 ? text : text[..plain];
                Reserve(run.Length);
                Ascii.FromUtf16(run, _bytes.AsSpan(_length), out var written);
                _length += written;
                if (plain < 0)
                {
                    return;
                }

                text = text[plain..];
                if (text[0] == ' ')
                {
                    Append((byte)'+');
                    text = text[1..];
                    continue;
                }

                Rune.DecodeFromUtf16(text, out var rune, out var used); // half a surrogate pair is U+FFFD, as everywhere in .NET
                foreach (var value in utf8[..rune.EncodeToUtf8(utf8)])
                {
                    AppendEscaped(value);
                }

                text = text[used..];
            }
        }

        private void Write(ReadOnlySpan<byte> bytes)
        {
            foreach (var value in bytes)
            {
                if (UnreservedBytes.Contains(value))
                {
                    Append(value);
                }
                else if (value == ' ')
                {
                    Append((byte)'+');
                }
                else
                {
                    AppendEscaped(value);
                }
            }
        }

        private void AppendEscaped(byte value)
        {
            Reserve(3);
            _bytes[_length++] = (byte)'%';
            value.TryFormat(_bytes.AsSpan(_length), out _, "X2", CultureInfo.InvariantCulture);
            _length += 2;
        }

        private void Append(byte value)
        {
            Reserve(1);
            _bytes[_length++] = value;
        }

        private void Reserve(int size)
        {
            if (_bytes.Length - _length >= size)
            {
                return;
            }

            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(_length + size), _length + Math.Min(_length, Array.MaxLength - _length)));
            _bytes.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes, clearArray: true);
            _bytes = larger;
        }
    }
}
