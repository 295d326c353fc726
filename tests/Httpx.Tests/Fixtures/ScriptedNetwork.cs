using System.Net;
using Httpx.Engine;
using Httpx.Engine.Network;
using Httpx.Engine.Pool;

namespace Httpx.Tests.Fixtures;

/// <summary>A network without sockets: each connection is a <see cref="ScriptedWire"/> with the next script, the last script for all that follow.</summary>
internal sealed class ScriptedNetwork : Network
{
    private readonly Face _face;
    private readonly WireStep[][] _scripts;
    private readonly List<ScriptedWire> _wires = [];

    internal ScriptedNetwork(Face face, params WireStep[][] scripts)
    {
        _face = face;
        _scripts = scripts;
    }

    /// <summary>How long a test waits for what should happen: so long only where it does not.</summary>
    internal static TimeSpan Patience { get; } = TimeSpan.FromSeconds(20);

    internal FaultPlan Faults { get; init; } = FaultPlan.None;

    /// <summary>Whether every async operation suspends.</summary>
    internal bool Yields { get; init; }

    /// <summary>The connections that were made, in their order.</summary>
    internal IReadOnlyList<ScriptedWire> Wires
    {
        get
        {
            lock (_wires)
            {
                return [.. _wires];
            }
        }
    }

    /// <summary>Those of them that are open.</summary>
    internal int OpenWires => Wires.Count(wire => !wire.IsDisposed);

    internal bool IsDisposed { get; private set; }

    /// <summary>A pool over this network.</summary>
    internal ConnectionPool Pool(int? connections = null, Proxy? proxy = null, int retries = 0) => new(this, new EngineOptions
    {
        Limits = new Limits { MaxConnections = connections },
        Tls = new TlsOptions(null, null, false),
        Proxy = proxy,
        Retries = retries,
    });

    internal override async ValueTask<Wire> ConnectAsync(
        string host, int port, IPAddress? local, Httpx.Engine.Deadline deadline, CancellationToken cancellationToken)
    {
        if (_face == Face.Async && Yields)
        {
            await Task.Yield();
        }

        var after = Faults.Enter(FaultPhase.Connect, null, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_wires)
        {
            var script = _scripts[Math.Min(_wires.Count, _scripts.Length - 1)];
            _wires.Add(new ScriptedWire(_face, script) { Faults = Faults, Yields = Yields });
            after?.Invoke();
            return _wires[^1];
        }
    }

    internal override ValueTask<Wire> ConnectAsync(string path, Httpx.Engine.Deadline deadline, CancellationToken cancellationToken) =>
        ConnectAsync(path, 0, null, deadline, cancellationToken);

    internal override Signal NewSignal() => new CountedSignal(_face == Face.Async ? new AsyncSignal() : new BlockingSignal(), Faults);

    internal override ValueTask PauseAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return default;
    }

    public override void Dispose() => IsDisposed = true;

    /// <summary>A signal whose wait is an operation like another: it can be cancelled or run out of time, not fail.</summary>
    private sealed class CountedSignal(Signal inner, FaultPlan faults) : Signal
    {
        internal override void Set() => inner.Set();

        internal override async ValueTask<bool> WaitAsync(Httpx.Engine.Deadline deadline, CancellationToken cancellationToken)
        {
            Action? after;
            try
            {
                after = faults.Enter(FaultPhase.Wait, null, cancellationToken);
            }
            catch (TimeoutException)
            {
                return false;
            }

            var isSet = await inner.WaitAsync(deadline, cancellationToken);
            after?.Invoke();
            return isSet;
        }
    }
}
