using System.Text;
using Httpx.Engine;
using Httpx.Engine.Http1;
using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Engine.Http1;

/// <summary>One connection over a scripted wire, and what it says at the end of each exchange.</summary>
internal sealed class Exchange
{
    internal static readonly Url Url = new("http://example.org/path");

    private readonly Face _face;

    internal Exchange(Face face, params WireStep[] script)
        : this(face, new ScriptedWire(face, script))
    {
    }

    internal Exchange(Face face, ScriptedWire wire, Headers? forward = null)
    {
        _face = face;
        Wire = wire;
        Connection = new Http1Connection(new Origin(Url), wire, forward) { Released = (_, isReusable) => Endings.Add(isReusable) };
    }

    internal ScriptedWire Wire { get; }

    internal Http1Connection Connection { get; }

    /// <summary>For each exchange that has ended, whether the connection can carry another.</summary>
    internal List<bool> Endings { get; } = [];

    internal static Timeouts Limits { get; } = new(5);

    internal static Request Get(string url = "http://example.org/path") => new("GET", new Url(url));

    /// <summary>A body of pieces; its length is unknown.</summary>
    internal static RequestContent Pieces(params string[] pieces) => RequestContent.From(pieces.Select(Encoding.Latin1.GetBytes));

    internal async Task<Response?> TrySendAsync(Request request, CancellationToken cancellationToken = default) =>
        await DoneAsync(Connection.SendAsync(request, Limits, cancellationToken));

    internal async Task<Response> SendAsync(Request request, CancellationToken cancellationToken = default) =>
        (await TrySendAsync(request, cancellationToken)).ShouldNotBeNull();

    internal async Task<string> ReadAsync(Response response)
    {
        var bytes = _face == Face.Blocking ? response.Read() : await response.ReadAsync();
        return Encoding.Latin1.GetString(bytes.Span);
    }

    /// <summary>Sends a request and reads its response.</summary>
    internal async Task<string> TextAsync(Request? request = null) => await ReadAsync(await SendAsync(request ?? Get()));

    internal async Task CloseAsync(Response response)
    {
        if (_face == Face.Blocking)
        {
            response.Close();
        }
        else
        {
            await response.CloseAsync();
        }
    }

    /// <summary>On the blocking face a task must be complete when it is returned.</summary>
    private async Task<T> DoneAsync<T>(ValueTask<T> task) =>
        _face == Face.Blocking ? Blocking.Result(task) : await task.AsTask().WaitAsync(ScriptedNetwork.Patience);
}
