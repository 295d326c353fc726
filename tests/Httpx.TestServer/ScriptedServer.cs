using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Httpx.TestServer;

/// <summary>What the server does with one connection.</summary>
public delegate Task Script(ScriptedConnection connection);

/// <summary>A listener on loopback that does, byte for byte, what a script says: the double for peers that misbehave.</summary>
/// <remarks>
/// <code>
/// await using var server = ScriptedServer.Start(async connection =>
/// {
///     await connection.ReadRequestAsync();
///     await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel");
///     connection.Reset();
/// });
/// </code>
/// A script that ends closes its connection. One that fails makes <see cref="DisposeAsync"/> throw, and so the test fails; one that still
/// waits when the server is disposed of is only ended.
/// </remarks>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly Func<int, Script?> _scripts;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Exception> _failures = new();
    private readonly Lock _guard = new();
    private readonly List<ScriptedConnection> _connections = [];
    private readonly List<Task> _running = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _awaited = [];
    private readonly Task _accepting;
    private bool _disposed;

    private ScriptedServer(IPAddress address, Func<int, Script?> scripts)
    {
        _scripts = scripts;
        _listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(address, 0));
        _listener.Listen(512);
        EndPoint = (IPEndPoint)_listener.LocalEndPoint!;
        _accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint { get; }

    public int Port => EndPoint.Port;

    /// <summary><c>http://127.0.0.1:12345</c>.</summary>
    public string Url => $"http://{EndPoint}";

    /// <summary><c>https://localhost:12345</c>, for scripts that begin with <see cref="ScriptedConnection.StartTlsAsync"/>.</summary>
    public string SecureUrl => $"https://localhost:{Port}";

    /// <summary>The connections accepted so far, in their order.</summary>
    public IReadOnlyList<ScriptedConnection> Connections
    {
        get
        {
            lock (_guard)
            {
                return [.. _connections];
            }
        }
    }

    public int ConnectionCount => Connections.Count;

    /// <summary>The requests read so far: connection by connection, in each in the order of arrival.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => [.. Connections.SelectMany(connection => connection.Requests)];

    /// <summary>Runs the same script for every connection.</summary>
    public static ScriptedServer Start(Script script, IPAddress? address = null) => new(address ?? IPAddress.Loopback, _ => script);

    /// <summary>Runs the first script for the first connection and so on; a connection too many fails the test.</summary>
    public static ScriptedServer StartInTurn(params Script[] scripts) =>
        new(IPAddress.Loopback, index => index < scripts.Length ? scripts[index] : null);

    /// <summary>Answers every request of every connection.</summary>
    public static ScriptedServer StartAnswering(string response) => Start(async connection =>
    {
        while (await connection.TryReadRequestAsync() is not null)
        {
            await connection.SendAsync(response);
        }
    });

    /// <summary>An address at which nobody listens.</summary>
    public static IPEndPoint RefusingEndPoint()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }

    /// <summary>Done when so many connections have been accepted.</summary>
    public Task WaitForConnectionsAsync(int count)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_guard)
        {
            if (_connections.Count >= count)
            {
                return Task.CompletedTask;
            }

            _awaited.Add((count, reached));
        }

        return reached.Task.WaitAsync(ScriptedConnection.Patience);
    }

    /// <summary>Done when the scripts of all connections so far have ended; throws what a script threw.</summary>
    public async Task WaitForScriptsAsync()
    {
        Task[] running;
        lock (_guard)
        {
            running = [.. _running];
        }

        await Task.WhenAll(running);
        ThrowFailures();
    }

    /// <summary>Closes everything; throws what a script threw.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_running);
        _stop.Dispose();
        ThrowFailures();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync(_stop.Token);
                lock (_guard)
                {
                    var connection = new ScriptedConnection(socket, _connections.Count, _stop.Token);
                    _connections.Add(connection);
                    _running.Add(Task.Run(() => RunAsync(connection)));
                    foreach (var (_, reached) in _awaited.Where(awaited => awaited.Count <= _connections.Count))
                    {
                        reached.TrySetResult();
                    }
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The listener is closed: the server is being disposed of.
        }
    }

    private async Task RunAsync(ScriptedConnection connection)
    {
        try
        {
            var script = _scripts(connection.Index)
                ?? throw new ScriptException($"Connection {connection.Index} came, for which there is no script.");
            await script(connection);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The test is over; the script need not go on.
        }
        catch (Exception exception)
        {
            if (!_stop.IsCancellationRequested || exception is ScriptException)
            {
                _failures.Enqueue(exception);
            }
        }
        finally
        {
            connection.Dispose();
        }
    }

    private void ThrowFailures()
    {
        if (!_failures.IsEmpty)
        {
            var failures = _failures.ToArray();
            _failures.Clear();
            throw new ScriptException(
                "The server's script failed: " + string.Join(" | ", failures.Select(failure => failure.Message)), failures[0]);
        }
    }
}
