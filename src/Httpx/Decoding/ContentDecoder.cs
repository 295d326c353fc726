using System.Runtime.CompilerServices;

namespace Httpx;

/// <summary>A body with one content coding removed: decodes as it is read, never more than the reader's memory holds.</summary>
/// <remarks>
/// So a bomb costs its reader nothing that he does not ask for. The end is reported only once the source's end was seen:
/// the connection behind it is free again, the trailers are there, and nothing follows the encoded data unnoticed.
/// </remarks>
internal abstract class ContentDecoder : ByteStream
{
    private const int Idle = 0;
    private const int Reading = 1;
    private const int Closed = 2;

    // Native memory and rented buffers must not go while a read is under way on another thread, so the last one to leave
    // releases them: whoever turns the state to Closed while it is Idle, or the reader who finds it Closed as he leaves.
    private int _state;
    private bool _ended;
    private string? _failure;

    private protected ContentDecoder(ByteStream source, string coding)
    {
        Source = source;
        Coding = coding;
    }

    internal sealed override bool IsAsync => Source.IsAsync;

    internal sealed override Headers? Trailers => Source.Trailers;

    /// <summary>The encoded body.</summary>
    private protected ByteStream Source { get; }

    /// <summary>The coding's name, for messages.</summary>
    private protected string Coding { get; }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal sealed override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (_ended)
        {
            return 0;
        }

        if (_failure is not null)
        {
            throw new DecodingException(_failure);
        }

        if (Interlocked.CompareExchange(ref _state, Reading, Idle) != Idle)
        {
            throw new StreamClosedException("The body was read after it was closed, or by two readers at once.");
        }

        try
        {
            var count = await DecodeAsync(destination, cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                await FinishAsync(destination, cancellationToken).ConfigureAwait(false);
                _ended = true;
            }

            return count;
        }
        catch (InvalidDataException e)
        {
            throw Corrupt(e);
        }
        finally
        {
            if (_ended || _failure is not null || Interlocked.CompareExchange(ref _state, Idle, Reading) != Reading)
            {
                Volatile.Write(ref _state, Closed);
                Release();
            }
        }
    }

    internal sealed override ValueTask CloseAsync()
    {
        if (Interlocked.Exchange(ref _state, Closed) == Idle)
        {
            Release();
        }

        return Source.CloseAsync();
    }

    /// <summary>Fills some of the destination; 0 is the end of the decoded data.</summary>
    private protected abstract ValueTask<int> DecodeAsync(Memory<byte> destination, CancellationToken cancellationToken);

    /// <summary>Sees to it that the source ends where the data did. The scratch memory is the reader's.</summary>
    private protected abstract ValueTask FinishAsync(Memory<byte> scratch, CancellationToken cancellationToken);

    /// <summary>Gives back what is native or rented. Called once, when nobody reads.</summary>
    private protected abstract void Release();

    /// <summary>The source ended too early.</summary>
    private protected DecodingException Truncated() =>
        Fail($"The response's {Coding} data is truncated: the body ended before the data did.", null);

    /// <summary>The data breaks the coding's rules.</summary>
    private protected DecodingException Corrupt(Exception? inner = null, string? detail = null)
    {
        var reason = detail is null ? "" : $" ({detail})";
        return Fail($"The response's body is not valid {Coding} data{reason}. Is its Content-Encoding right?", inner);
    }

    /// <summary>Something follows the end of the data.</summary>
    private protected DecodingException Trailing() =>
        Fail($"The response's body goes on after the end of its {Coding} data.", null);

    private DecodingException Fail(string message, Exception? inner)
    {
        _failure = message;
        return new DecodingException(message, inner: inner);
    }
}
