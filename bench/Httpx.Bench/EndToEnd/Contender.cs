namespace Httpx.Bench.EndToEnd;

/// <summary>One way to send the same small GET again and again.</summary>
internal abstract class Contender : IDisposable
{
    /// <summary>What every response has to bring.</summary>
    protected const int BodyLength = 13;

    /// <summary>Sends until the time is up, so many requests at once; returns how many were answered.</summary>
    public abstract Task<long> RunAsync(int concurrency, TimeUp time);

    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>Runs loops that await.</summary>
    protected static async Task<long> LoopsAsync(int concurrency, TimeUp time, Func<Task<int>> exchange)
    {
        var loops = Enumerable.Range(0, concurrency).Select(async _ =>
        {
            long count = 0;
            while (!time.IsUp)
            {
                Check(await exchange());
                count++;
            }

            return count;
        });
        return (await Task.WhenAll(loops)).Sum();
    }

    /// <summary>Runs loops that block, each on a thread of its own.</summary>
    protected static Task<long> ThreadsAsync(int concurrency, TimeUp time, Func<Func<int>> exchangeOfThread)
    {
        long total = 0;
        Exception? failure = null;
        var threads = Enumerable.Range(0, concurrency).Select(_ => new Thread(() =>
        {
            try
            {
                var exchange = exchangeOfThread();
                long count = 0;
                while (!time.IsUp)
                {
                    Check(exchange());
                    count++;
                }

                Interlocked.Add(ref total, count);
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

    private static void Check(int length)
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
