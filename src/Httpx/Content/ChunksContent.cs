namespace Httpx;

/// <summary>A body given chunk by chunk by an iterator, for either face.</summary>
internal sealed class ChunksContent(IEnumerable<ReadOnlyMemory<byte>> chunks) : RequestContent
{
    internal const string NullChunk = "The iterator of the body gave null in place of a chunk of bytes.";

    private long _given; // by the longest run so far

    /// <inheritdoc/>
    public override long? Length => null;

    /// <inheritdoc/>
    public override bool CanReplay => true;

    /// <summary>The same chunks as memory, enumerated anew each time.</summary>
    internal static IEnumerable<ReadOnlyMemory<byte>> Memories(IEnumerable<byte[]> chunks)
    {
        foreach (var chunk in chunks)
        {
            yield return chunk ?? throw new InvalidOperationException(NullChunk);
        }
    }

    /// <summary>The complaint about a run that gave less than an earlier one: what it gave is not the body.</summary>
    internal static StreamConsumedException Exhausted(long given, long before) => new(
        "The body has to be sent again, for a redirect, authentication or a second request, but its iterator "
        + $"gave {given} bytes now and {before} before: it can run only once. Hand over bytes, a list of chunks or a stream that can seek, "
        + "or switch off what makes it be sent twice.");

    internal override ByteStream Open(bool blocking) => new Reader(this, chunks);

    private sealed class Reader(ChunksContent content, IEnumerable<ReadOnlyMemory<byte>> chunks) : ByteStream
    {
        private IEnumerator<ReadOnlyMemory<byte>>? _enumerator;
        private ReadOnlyMemory<byte> _rest;
        private long _given;
        private bool _ended;

        internal override bool IsAsync => false;

        internal override ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _enumerator ??= chunks.GetEnumerator();
            while (_rest.IsEmpty)
            {
                if (_ended || !_enumerator.MoveNext())
                {
                    End();
                    return new(0);
                }

                _rest = _enumerator.Current;
            }

            var count = Math.Min(_rest.Length, destination.Length);
            _rest[..count].CopyTo(destination);
            _rest = _rest[count..];
            _given += count;
            content._given = Math.Max(content._given, _given);
            return new(count);
        }

        internal override ValueTask CloseAsync()
        {
            _ended = true;
            _rest = default;
            _enumerator?.Dispose();
            return default;
        }

        private void End()
        {
            _ended = true;
            if (_given < content._given)
            {
                throw Exhausted(_given, content._given);
            }
        }
    }
}
