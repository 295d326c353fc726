namespace Httpx.Bench.EndToEnd;

/// <summary>One way to send the same small GET again and again.</summary>
internal abstract class Contender : IDisposable
{
    private const int BodyLength = 13;

    /// <summary>Sends until the time is up, so many requests at once; returns how many were answered.</summary>
    public abstract Task<long> RunAsync(int concurrency, TimeUp time);

    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>Every response has to bring its body: a wrong answer is not a fast one.</summary>
    protected static void Check(int length)
    {
        if (length != BodyLength)
        {
            throw new InvalidOperationException($"A response of {length} bytes came where {BodyLength} were awaited.");
        }
    }

    /// <summary>Says when to stop; asked once a request, so it reads a clock that costs next to nothing.</summary>
    internal sealed class TimeUp(double seconds)
    {
        private readonly long _end = Environment.TickCount64 + (long)(seconds * 1000);

        public bool IsUp => Environment.TickCount64 >= _end;
    }
}

/// <summary>Loops that await, all on the pool. A loop is one method, so that it allocates nothing of its own per request.</summary>
internal abstract class AsyncContender : Contender
{
    public override async Task<long> RunAsync(int concurrency, TimeUp time) =>
        (await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => LoopAsync(time)))).Sum();

    protected abstract Task<long> LoopAsync(TimeUp time);
}

/// <summary>Loops that block, each on a thread of its own.</summary>
internal abstract class BlockingContender : Contender
{
    public override Task<long> RunAsync(int concurrency, TimeUp time)
    {
        long total = 0;
        Exception? failure = null;
        var threads = Enumerable.Range(0, concurrency).Select(_ => new Thread(() =>
        {
            try
            {
                Interlocked.Add(ref total, Loop(time));
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return failure is null ? Task.FromResult(total) : Task.FromException<long>(failure);
    }

    protected abstract long Loop(TimeUp time);
}
