using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Httpx.TestServer;

/// <summary>One connection of a <see cref="ScriptedServer"/>, and the words that scripts are written in.</summary>
/// <remarks>Text is sent and read as Latin-1, so that every byte has its character.</remarks>
public sealed class ScriptedConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly CancellationToken _stop;
    private readonly List<ReceivedRequest> _requests = [];
    private readonly MemoryStream _received = new();
    private readonly byte[] _buffer = new byte[64 * 1024];
    private Stream _stream;
    private int _start;
    private int _end;
    private bool _closed;

    internal ScriptedConnection(Socket socket, int index, CancellationToken stop)
    {
        _socket = socket;
        _socket.NoDelay = true;
        _stop = stop;
        _stream = new NetworkStream(socket, ownsSocket: false);
        Index = index;
    }

    /// <summary>How long a script waits for the client before it fails: no test should come near it.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(20);

    /// <summary>0 for the first connection of the server.</summary>
    public int Index { get; }

    /// <summary>The name that the client asked for in its TLS handshake.</summary>
    public string? ServerName { get; private set; }

    /// <summary>What ALPN settled on: <c>h2</c>, say; empty where nothing was settled.</summary>
    public string Protocol => (_stream as SslStream)?.NegotiatedApplicationProtocol.ToString() ?? "";

    /// <summary>The certificate that the client showed.</summary>
    public X509Certificate? ClientCertificate { get; private set; }

    /// <summary>Whether the next handshake asks the client for a certificate, which it may leave out.</summary>
    public bool AsksForCertificate { get; set; }

    /// <summary>The requests read so far.</summary>
    public IReadOnlyList<ReceivedRequest> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Every byte read so far, after TLS.</summary>
    public string Received
    {
        get
        {
            lock (_received)
            {
                return Encoding.Latin1.GetString(_received.GetBuffer(), 0, (int)_received.Length);
            }
        }
    }

    /// <summary>Accepts a TLS handshake: at the beginning, or after a CONNECT.</summary>
    public async Task StartTlsAsync(X509Certificate2 certificate, params string[] protocols)
    {
        var tls = new SslStream(_stream);
        _stream = tls;
        await PatientlyAsync("a TLS handshake", async end =>
        {
            await tls.AuthenticateAsServerAsync((_, hello, _, _) =>
            {
                ServerName = hello.ServerName;
                return ValueTask.FromResult(new SslServerAuthenticationOptions
                {
                    ServerCertificate = certificate,
                    ApplicationProtocols = [.. protocols.Select(protocol => new SslApplicationProtocol(protocol))],
                    AllowRenegotiation = false,
                    ClientCertificateRequired = AsksForCertificate,
                    RemoteCertificateValidationCallback = (_, shown, _, _) =>
                    {
                        ClientCertificate = shown is null ? null : X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
                        return shown is null || ClientCertificate is not null; // whoever it is: the test looks at him
                    },
                });
            }, null, end);
            return true;
        });
    }

    /// <summary>Reads a request with its body.</summary>
    public async Task<ReceivedRequest> ReadRequestAsync() =>
        await TryReadRequestAsync() ?? throw new ScriptException("The client hung up where a request was awaited.");

    /// <summary>The same, but null where the client has hung up between two requests.</summary>
    public async Task<ReceivedRequest?> TryReadRequestAsync()
    {
        if (_start == _end && !await FillAsync("a request"))
        {
            return null;
        }

        var request = await ReadHeadAsync();
        await ReadBodyAsync(request);
        return request;
    }

    /// <summary>Reads a head and leaves the body where it is.</summary>
    public async Task<ReceivedRequest> ReadHeadAsync()
    {
        var lines = new StringBuilder();
        for (var line = await ReadLineAsync("a request's head"); line.Length > 0; line = await ReadLineAsync("a request's head"))
        {
            lines.Append(lines.Length == 0 ? "" : "\r\n").Append(line);
        }

        var request = new ReceivedRequest(lines.ToString());
        lock (_requests)
        {
            _requests.Add(request);
        }

        return request;
    }

    /// <summary>Reads the body that a head announced.</summary>
    public async Task ReadBodyAsync(ReceivedRequest request)
    {
        if (request["Transfer-Encoding"] is { } coding && coding.EndsWith("chunked", StringComparison.OrdinalIgnoreCase))
        {
            await ReadChunksAsync(request);
        }
        else if (request["Content-Length"] is { } length)
        {
            request.Body = await ReadBytesAsync(int.Parse(length, NumberStyles.None, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Reads exactly so many bytes.</summary>
    public async Task<byte[]> ReadBytesAsync(int count)
    {
        var bytes = new byte[count];
        for (var done = 0; done < count;)
        {
            if (_start == _end && !await FillAsync($"{count - done} more bytes"))
            {
                throw new ScriptException($"The client hung up where {count - done} more bytes were awaited.");
            }

            var taken = Math.Min(count - done, _end - _start);
            _buffer.AsSpan(_start, taken).CopyTo(bytes.AsSpan(done));
            _start += taken;
            done += taken;
        }

        return bytes;
    }

    /// <summary>Reads until the client hangs up, which it may do by closing or by a reset; returns what came before.</summary>
    public async Task<byte[]> ReadToEndAsync()
    {
        using var rest = new MemoryStream();
        do
        {
            rest.Write(_buffer, _start, _end - _start);
            _start = _end;
        }
        while (await FillAsync("the client to hang up"));
        return rest.ToArray();
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public Task SendAsync(ReadOnlyMemory<byte> bytes) => PatientlyAsync("the client to take bytes", async end =>
    {
        await _stream.WriteAsync(bytes, end);
        await _stream.FlushAsync(end);
        return true;
    });

    /// <summary>Sends bytes one by one, each in a packet of its own as far as the network lets them be.</summary>
    public Task SendByteByByteAsync(string text) => SendInPiecesAsync(text, 1);

    /// <summary>Sends pieces of so many bytes.</summary>
    public async Task SendInPiecesAsync(string text, int size)
    {
        foreach (var piece in Encoding.Latin1.GetBytes(text).Chunk(size))
        {
            await SendAsync(piece);
        }
    }

    /// <summary>Sends a whole response with a Content-Length.</summary>
    public Task RespondAsync(string body = "", string status = "200 OK", params string[] headers) =>
        SendAsync($"HTTP/1.1 {status}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}Content-Length: {body.Length}\r\n\r\n{body}");

    /// <summary>Waits for a signal of the test.</summary>
    public Task UntilAsync(Task signal) => PatientlyAsync("the test's signal", async end =>
    {
        await signal.WaitAsync(end);
        return true;
    });

    /// <summary>Does nothing until the test is over.</summary>
    public async Task StallAsync()
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = _stop.Register(over.SetResult);
        await over.Task;
        _stop.ThrowIfCancellationRequested();
    }

    /// <summary>Says that nothing more will be sent (FIN, after TLS's close_notify), and goes on reading.</summary>
    public async Task HalfCloseAsync()
    {
        if (_stream is SslStream { IsAuthenticated: true } tls)
        {
            await tls.ShutdownAsync();
        }

        _socket.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Closes (FIN). Idempotent; the end of the script does it too.</summary>
    public void Close()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        try
        {
            // Bytes that nobody read would turn the close into a reset.
            _socket.Shutdown(SocketShutdown.Send);
            while (_socket.Available > 0 && _socket.Receive(_buffer) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // The client was faster.
        }

        _socket.Dispose();
    }

    /// <summary>Breaks the connection (RST).</summary>
    public void Reset()
    {
        _closed = true;
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    /// <summary>The same as <see cref="Close"/>.</summary>
    public void Dispose()
    {
        Close();
        _stream.Dispose();
    }

    private async Task ReadChunksAsync(ReceivedRequest request)
    {
        using var body = new MemoryStream();
        var sizes = new List<int>();
        while (true)
        {
            var sizeLine = await ReadLineAsync("a chunk's size");
            var size = int.Parse(sizeLine.Split(';')[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (size == 0)
            {
                break;
            }

            sizes.Add(size);
            body.Write(await ReadBytesAsync(size));
            if (await ReadLineAsync("a chunk's end") is { Length: > 0 } surplus)
            {
                throw new ScriptException($"The client sent a chunk that is longer than its size: '{surplus}'");
            }
        }

        var trailers = new List<string>();
        for (var line = await ReadLineAsync("the trailers"); line.Length > 0; line = await ReadLineAsync("the trailers"))
        {
            trailers.Add(line);
        }

        request.Trailers = ReceivedRequest.ParseFields(trailers.ToArray());
        request.Chunks = sizes;
        request.Body = body.ToArray();
    }

    /// <summary>Reads a line that has to end in CR LF.</summary>
    private async Task<string> ReadLineAsync(string what)
    {
        var line = new StringBuilder();
        while (true)
        {
            if (_start == _end && !await FillAsync(what))
            {
                throw new ScriptException($"The client hung up within {what}, after '{line}'.");
            }

            var next = (char)_buffer[_start++];
            if (next == '\n')
            {
                return line is [.., '\r']
                    ? line.ToString(0, line.Length - 1)
                    : throw new ScriptException($"The client sent a line that does not end in CR LF: '{line}'");
            }

            line.Append(next);
        }
    }

    /// <summary>Reads what there is; false at the end.</summary>
    private async Task<bool> FillAsync(string what)
    {
        var read = await PatientlyAsync(what, async end =>
        {
            try
            {
                return await _stream.ReadAsync(_buffer, end);
            }
            catch (IOException)
            {
                return 0;
            }
        });
        lock (_received)
        {
            _received.Write(_buffer, 0, read);
        }

        (_start, _end) = (0, read);
        return read > 0;
    }

    private async Task<T> PatientlyAsync<T>(string what, Func<CancellationToken, Task<T>> step)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_stop);
        end.CancelAfter(Patience);
        try
        {
            return await step(end.Token);
        }
        catch (OperationCanceledException exception) when (!_stop.IsCancellationRequested)
        {
            throw new ScriptException($"The script waited {Patience.TotalSeconds:0} s for {what}.", exception);
        }
    }
}
