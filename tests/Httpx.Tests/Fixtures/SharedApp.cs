using Httpx.Tests.Fixtures;
using Httpx.TestServer;

[assembly: AssemblyFixture(typeof(SharedApp))]

namespace Httpx.Tests.Fixtures;

/// <summary>One test application for all tests that only talk to it: started for the first that asks, closed after the last.</summary>
/// <remarks>A test class takes it as an argument of its constructor. One that counts connections or stops the server starts its own.</remarks>
public sealed class SharedApp : IAsyncDisposable
{
    private readonly Lazy<Task<TestApp>> _app = new(() => TestApp.StartAsync());

    public Task<TestApp> GetAsync() => _app.Value;

    public async ValueTask DisposeAsync()
    {
        if (_app.IsValueCreated)
        {
            await (await _app.Value).DisposeAsync();
        }
    }
}
