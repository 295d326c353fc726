using System.Threading.Tasks.Sources;

namespace Httpx.Tests.Sending;

/// <summary>What a plain GET costs above the transport: request, response and, where it had to wait, one task.</summary>
public sealed class AllocationTests : IDisposable
{
    // An optimised build needs 288 bytes blocking and 496 where it waits; state machines of a debug build are objects of their own.
    private const long Most = 1000;

    private readonly Url _url = "https://example.org/some/path?x=1";
    private readonly LaterTransport _transport = new();

    public void Dispose() => _transport.Dispose();

    [Fact]
    public void A_blocking_get_costs_request_and_response()
    {
        using var client = new Client(new() { Transport = _transport });

        BytesPerCall(() => client.Get(_url)).ShouldBeLessThan(Most);
    }

    [Fact]
    public async Task An_async_get_that_waits_costs_one_task_more()
    {
        await using var client = new AsyncClient(new() { Transport = _transport });

        BytesPerCall(() =>
        {
            var task = client.GetAsync(_url);
            task.IsCompleted.ShouldBeFalse();
            _transport.Complete();
            task.IsCompletedSuccessfully.ShouldBeTrue();
        }).ShouldBeLessThan(Most);
    }

    private static long BytesPerCall(Action call)
    {
        const int Calls = 200;
        for (var i = 0; i < Calls; i++)
        {
            call();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Calls; i++)
        {
            call();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Calls;
    }

    /// <summary>Answers at once where it is blocked on, and when the test says so where it is awaited; allocates a response and nothing else.</summary>
    private sealed class LaterTransport : Transport, IValueTaskSource<Response>
    {
        private readonly Headers _headers = new() { ["Content-Length"] = "0" };
        private ManualResetValueTaskSourceCore<Response> _core;

        public override Response Send(Request request, CancellationToken cancellationToken = default) =>
            new(200, "HTTP/1.1", null, _headers, ReadOnlyMemory<byte>.Empty);

        public override ValueTask<Response> SendAsync(Request request, CancellationToken cancellationToken = default)
        {
            _core.Reset();
            return new(this, _core.Version);
        }

        public void Complete() => _core.SetResult(new(200, "HTTP/1.1", null, _headers, ReadOnlyMemory<byte>.Empty));

        Response IValueTaskSource<Response>.GetResult(short token) => _core.GetResult(token);

        ValueTaskSourceStatus IValueTaskSource<Response>.GetStatus(short token) => _core.GetStatus(token);

        void IValueTaskSource<Response>.OnCompleted(
            Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, token, flags);
    }
}
