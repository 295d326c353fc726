using System.Runtime.CompilerServices;

namespace Httpx;

/// <summary>A body given chunk by chunk by an async iterator: the blocking face cannot wait for it.</summary>
internal sealed class AsyncChunksContent(IAsyncEnumerable<ReadOnlyMemory<byte>> chunks) : RequestContent
{
    private long _given; // by the longest run so far

    /// <inheritdoc/>
    public override long? Length => null;

    /// <inheritdoc/>
    public override bool CanReplay => true;

    /// <summary>The same chunks as memory, enumerated anew each time.</summary>
    internal static async IAsyncEnumerable<ReadOnlyMemory<byte>> Memories(
        IAsyncEnumerable<byte[]> chunks, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var chunk in chunks.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return chunk ?? throw new InvalidOperationException(ChunksContent.NullChunk);
        }
    }

    internal override ByteStream Open(bool blocking) => blocking
        ? throw new InvalidOperationException(
            "The body is an async iterator, which the blocking client cannot wait for: use AsyncClient, or hand over an IEnumerable, "
            + "a stream or bytes.")
        : new Reader(this, chunks);

    private sealed class Reader(AsyncChunksContent content, IAsyncEnumerable<ReadOnlyMemory<byte>> chunks)
        : ByteStream, IDisposable
    {
        // An iterator takes one token for its whole life, while each read comes with one of its own.
        private readonly CancellationTokenSource _life = new();
        private IAsyncEnumerator<ReadOnlyMemory<byte>>? _enumerator;
        private Task<bool>? _pending; // a step that a cancelled read left behind
        private ReadOnlyMemory<byte> _rest;
        private long _given;
        private bool _ended;

        internal override bool IsAsync => true;

        internal override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            while (_rest.IsEmpty)
            {
                if (_ended || !await MoveNextAsync(cancellationToken).ConfigureAwait(false))
                {
                    End();
                    return 0;
                }

                _rest = _enumerator!.Current;
            }

            var count = Math.Min(_rest.Length, destination.Length);
            _rest[..count].CopyTo(destination);
            _rest = _rest[count..];
            _given += count;
            content._given = Math.Max(content._given, _given);
            return count;
        }

        internal override async ValueTask CloseAsync()
        {
            _ended = true;
            _rest = default;
            if (_pending is { } step)
            {
                _pending = null;
                _ = AbandonAsync(step);
                return;
            }

            await DisposeEnumeratorAsync().ConfigureAwait(false);
        }

        /// <summary>The last act of closing.</summary>
        public void Dispose() => _life.Dispose();

        private ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
        {
            if (_pending is { } left)
            {
                return WaitAsync(left, cancellationToken);
            }

            _enumerator ??= chunks.GetAsyncEnumerator(_life.Token);
            var step = _enumerator.MoveNextAsync();
            return step.IsCompleted ? step : WaitAsync(step.AsTask(), cancellationToken);
        }

        private async ValueTask<bool> WaitAsync(Task<bool> step, CancellationToken cancellationToken)
        {
            // A cancelled read ends at once, whatever the iterator does; closing then tells the iterator.
            _pending = step;
            await step.WaitAsync(cancellationToken).ConfigureAwait(false);
            _pending = null;
            return await step.ConfigureAwait(false);
        }

        /// <summary>Ends an iterator in the middle of a step: it must not be disposed of before the step is over.</summary>
        private async Task AbandonAsync(Task<bool> step)
        {
            try
            {
                await _life.CancelAsync().ConfigureAwait(false);
                await ((Task)step).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await DisposeEnumeratorAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // Nobody is left to hear of it: the exchange has ended.
            }
        }

        private async ValueTask DisposeEnumeratorAsync()
        {
            if (_enumerator is { } enumerator)
            {
                _enumerator = null;
                await enumerator.DisposeAsync().ConfigureAwait(false);
            }

            Dispose();
        }

        private void End()
        {
            _ended = true;
            if (_given < content._given)
            {
                throw ChunksContent.Exhausted(_given, content._given);
            }
        }
    }
}
