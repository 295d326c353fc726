using System.Text;

namespace Httpx;

/// <summary>One field of a block; both spans point into it.</summary>
internal readonly ref struct RawField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
{
    /// <summary>The name in the case in which it came.</summary>
    internal ReadOnlySpan<byte> Name { get; } = name;

    /// <summary>The value without the white space around it.</summary>
    internal ReadOnlySpan<byte> Value { get; } = value;
}

/// <summary>Goes through all fields of a block of "Name: value" lines.</summary>
internal ref struct RawFields(ReadOnlySpan<byte> block)
{
    private ReadOnlySpan<byte> _rest = block;

    /// <summary>The field that was found last.</summary>
    public RawField Current { get; private set; }

    public readonly RawFields GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var colon = _rest.IndexOf((byte)':');
        var end = _rest.IndexOf((byte)'\n');
        Current = new RawField(_rest[..colon], _rest[(colon + 2)..(end - 1)]);
        _rest = _rest[(end + 1)..];
        return true;
    }
}

/// <summary>Goes through the values of those fields that have one name; a search that makes nothing.</summary>
internal ref struct FieldValues
{
    private readonly ReadOnlySpan<byte> _block;
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly ReadOnlySpan<char> _chars;
    private int _next;

    internal FieldValues(ReadOnlySpan<byte> block, ReadOnlySpan<byte> name)
    {
        _block = block;
        _bytes = name;
    }

    internal FieldValues(ReadOnlySpan<byte> block, ReadOnlySpan<char> name)
    {
        _block = block;
        _chars = name;
    }

    /// <summary>The value that was found last.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Where the line of <see cref="Current"/> begins in the block.</summary>
    internal int Start { get; private set; }

    /// <summary>Where the line after that of <see cref="Current"/> begins.</summary>
    internal readonly int End => _next;

    public readonly FieldValues GetEnumerator() => this;

    public bool MoveNext()
    {
        // A name given as text and one given as bytes differ only in how they are compared: one of the two spans is empty.
        var length = _bytes.Length + _chars.Length;
        while (_next < _block.Length)
        {
            var line = _block[_next..];
            var end = line.IndexOf((byte)'\n');
            Start = _next;
            _next += end + 1;
            if (length < end && line[length] == ':' && IsName(line[..length]))
            {
                Current = line[(length + 2)..(end - 1)];
                return true;
            }
        }

        return false;
    }

    private readonly bool IsName(ReadOnlySpan<byte> name) =>
        _chars.IsEmpty ? Ascii.EqualsIgnoreCase(name, _bytes) : Ascii.EqualsIgnoreCase(name, _chars);
}
