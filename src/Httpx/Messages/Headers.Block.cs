using System.Text;

namespace Httpx;

// The block beneath the dictionary: what the rest of the library reads and writes.
public sealed partial class Headers
{
    /// <summary>All fields as they go on the wire, without the empty line that ends a head.</summary>
    internal ReadOnlySpan<byte> Block => _block.AsSpan(0, _length);

    /// <summary>Takes a block of valid fields ("Name: value", CR LF, no white space around a value) as its own.</summary>
    internal static Headers FromBlock(byte[] block, int length, int count) => new() { _block = block, _length = length, _count = count };

    /// <summary>Whether one is a copy of the other and neither has been changed since.</summary>
    internal bool IsSameBlock(Headers other) => ReferenceEquals(_block, other._block) && _length == other._length;

    /// <summary>Whether there is a field of that name.</summary>
    internal bool Contains(ReadOnlySpan<byte> name) => RawValues(name).MoveNext();

    /// <summary>The value of the first field of that name.</summary>
    internal bool TryGetRaw(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var values = RawValues(name);
        var found = values.MoveNext();
        value = values.Current;
        return found;
    }

    /// <summary>The values of all fields of that name, one by one.</summary>
    internal FieldValues RawValues(ReadOnlySpan<byte> name) => new(Block, name);

    /// <summary>Every field, as bytes.</summary>
    internal RawFields RawFields() => new(Block);

    /// <summary>The text of a value of this set, by <see cref="Encoding"/>.</summary>
    internal string Decode(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            return "";
        }

        return FieldText.SharedValue(value) ?? (Ascii.IsValid(value) ? Encoding.Latin1.GetString(value) : Encoding.GetString(value));
    }

    /// <summary>Adds a field in front of all others: Host.</summary>
    internal void Prepend(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        Splice(0, 0, name, value);
        _count++;
    }

    /// <inheritdoc cref="Prepend(ReadOnlySpan{char}, ReadOnlySpan{char})"/>
    internal void Prepend(string name, string value) => Prepend(name.AsSpan(), value);

    /// <summary>Adds a field that is known to be valid.</summary>
    internal void AddRaw(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var size = name.Length + value.Length + 4;
        Reserve(size);
        WriteField(_block.AsSpan(_length, size), name, value);
        _length += size;
        _count++;
    }

    private FieldValues Find(string name) => new(Block, name.AsSpan());

    private void Set(string name, string value)
    {
        var first = Find(name);
        if (!first.MoveNext())
        {
            Splice(_length, _length, name, value);
            _count++;
            return;
        }

        var end = Splice(first.Start, first.End, name, value);
        RemoveFrom(end, name);
    }

    private void RemoveFrom(int start, string name)
    {
        while (true)
        {
            var found = new FieldValues(_block.AsSpan(start, _length - start), name.AsSpan());
            if (!found.MoveNext())
            {
                return;
            }

            MakeOwn(_length);
            var (from, to) = (start + found.Start, start + found.End);
            _block.AsSpan(to, _length - to).CopyTo(_block.AsSpan(from));
            _length -= to - from;
            _count--;
            start = from;
        }
    }

    /// <summary>Puts one field in the place of the bytes between two lines' beginnings; returns where it ends.</summary>
    private int Splice(int start, int end, ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        value = value.Trim(" \t");
        var encoded = Ascii.IsValid(value) ? null : Encode(name, value);
        var valueSize = encoded?.Length ?? value.Length;
        var size = name.Length + valueSize + 4;
        var more = size - (end - start);
        Reserve(Math.Max(more, 0));
        _block.AsSpan(end, _length - end).CopyTo(_block.AsSpan(end + more));
        _length += more;
        var field = _block.AsSpan(start, size);
        Ascii.FromUtf16(name, field, out _);
        field[name.Length] = (byte)':';
        field[name.Length + 1] = (byte)' ';
        if (encoded is null)
        {
            Ascii.FromUtf16(value, field[(name.Length + 2)..], out _);
        }
        else
        {
            encoded.CopyTo(field[(name.Length + 2)..]);
        }

        "\r\n"u8.CopyTo(field[^2..]);
        return start + size;
    }

    private byte[] Encode(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        var encoding = (Encoding)(_encoding ?? Encoding.UTF8).Clone();
        encoding.EncoderFallback = EncoderFallback.ExceptionFallback;
        try
        {
            var bytes = new byte[encoding.GetByteCount(value)];
            encoding.GetBytes(value, bytes);

            // UTF-16 and its kind would put bytes into the head that end a field.
            if (bytes.AsSpan().IndexOfAny("\r\n\0"u8) < 0)
            {
                return bytes;
            }
        }
        catch (EncoderFallbackException exception)
        {
            throw new ArgumentException($"The value of header '{name}' cannot be written in {encoding.WebName}.", nameof(value), exception);
        }

        throw new ArgumentException(
            $"The value of header '{name}' cannot be written in {encoding.WebName}: it would break the head.", nameof(value));
    }

    private static void WriteField(Span<byte> field, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        name.CopyTo(field);
        field[name.Length] = (byte)':';
        field[name.Length + 1] = (byte)' ';
        value.CopyTo(field[(name.Length + 2)..]);
        "\r\n"u8.CopyTo(field[^2..]);
    }

    // Room for so many bytes more, in an array that is nobody else's.
    private void Reserve(int more)
    {
        var needed = checked(_length + more);
        if (_isShared || needed > _block.Length)
        {
            // A first array has no spare: most sets are made once. One that grows again is being built.
            MakeOwn(_block.Length == 0 || _isShared ? needed : Math.Max(needed, _block.Length * 2));
        }
    }

    private void MakeOwn(int capacity)
    {
        if (!_isShared && capacity <= _block.Length)
        {
            return;
        }

        var own = new byte[capacity];
        Block.CopyTo(own);
        _block = own;
        _isShared = false;
    }

    private Encoding Detected()
    {
        if (Ascii.IsValid(Block))
        {
            return Encoding.ASCII;
        }

        return System.Text.Unicode.Utf8.IsValid(Block) ? Encoding.UTF8 : Encoding.Latin1;
    }
}
