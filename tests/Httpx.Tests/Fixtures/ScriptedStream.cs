namespace Httpx.Tests.Fixtures;

/// <summary>A body that arrives in given segments, by either face: the async one suspends before each.</summary>
internal sealed class ScriptedStream : ByteStream
{
    private readonly IEnumerator<ReadOnlyMemory<byte>> _segments;
    private ReadOnlyMemory<byte> _current;
    private bool _ended;

    internal ScriptedStream(Face face, IEnumerable<ReadOnlyMemory<byte>> segments)
    {
        Face = face;
        _segments = segments.GetEnumerator();
    }

    internal ScriptedStream(Face face, params byte[][] segments)
        : this(face, segments.Select(segment => new ReadOnlyMemory<byte>(segment)))
    {
    }

    internal override bool IsAsync => Face == Face.Async;

    internal override Headers? Trailers => _ended ? TrailersAtEnd : null;

    /// <summary>What <see cref="Trailers"/> is once the end was read.</summary>
    internal Headers? TrailersAtEnd { get; init; }

    /// <summary>Thrown where the segments end, in place of the end.</summary>
    internal Exception? Failure { get; init; }

    /// <summary>True once a read has returned 0.</summary>
    internal bool EndWasRead => _ended;

    internal int Closings { get; private set; }

    /// <summary>How many bytes were read.</summary>
    internal long Position { get; private set; }

    private Face Face { get; }

    /// <summary>The same bytes in segments of one size.</summary>
    internal static ScriptedStream Cut(Face face, byte[] body, int size) => new(face, body.Chunk(size).ToArray());

    internal override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        destination.Length.ShouldBeGreaterThan(0, "A read into nothing cannot be told from the end.");
        cancellationToken.ThrowIfCancellationRequested();
        if (IsAsync)
        {
            await Task.Yield();
        }

        while (_current.IsEmpty)
        {
            if (!_segments.MoveNext())
            {
                _ended = Failure is null;
                return _ended ? 0 : throw Failure!;
            }

            _current = _segments.Current;
        }

        var count = Math.Min(_current.Length, destination.Length);
        _current[..count].CopyTo(destination);
        _current = _current[count..];
        Position += count;
        return count;
    }

    internal override ValueTask CloseAsync()
    {
        Closings++;
        return default;
    }
}
