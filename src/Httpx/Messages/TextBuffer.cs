using System.Buffers;

namespace Httpx;

/// <summary>Text that grows: first in the caller's stack memory, then in a rented array, which <see cref="Dispose"/> gives back.</summary>
internal ref struct TextBuffer
{
    private Span<char> _text;
    private char[]? _rented;

    internal TextBuffer(Span<char> initial)
    {
        _text = initial;
    }

    internal int Length { get; private set; }

    internal readonly ReadOnlySpan<char> Written => _text[..Length];

    internal void Append(char one)
    {
        if (Length == _text.Length)
        {
            Grow(1);
        }

        _text[Length++] = one;
    }

    internal void Append(scoped ReadOnlySpan<char> more)
    {
        if (more.Length > _text.Length - Length)
        {
            Grow(more.Length);
        }

        more.CopyTo(_text[Length..]);
        Length += more.Length;
    }

    internal void Append(int number)
    {
        Span<char> digits = stackalloc char[11];
        number.TryFormat(digits, out var count, provider: System.Globalization.CultureInfo.InvariantCulture);
        Append(digits[..count]);
    }

    internal void Insert(int at, scoped ReadOnlySpan<char> more)
    {
        var tail = Length - at;
        Append(more);
        _text.Slice(at, tail).CopyTo(_text[(at + more.Length)..]);
        more.CopyTo(_text[at..]);
    }

    internal void Truncate(int length) => Length = length;

    internal void Dispose()
    {
        if (_rented is { } array)
        {
            // Not to be left in the pool: it may hold a password.
            array.AsSpan(0, Length).Clear();
            _rented = null;
            ArrayPool<char>.Shared.Return(array);
        }
    }

    private void Grow(int more)
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(Length + more, _text.Length * 2));
        Written.CopyTo(larger);
        Dispose();
        _text = _rented = larger;
    }
}
