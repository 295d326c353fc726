using System.Runtime.CompilerServices;
using System.Text;
using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Content;

/// <summary>What tests of bodies share: reading one on either face, and streams that are awkward on purpose.</summary>
internal static class Bodies
{
    /// <summary>Opens, reads and closes a body as an engine would, in reads of the given size.</summary>
    internal static async Task<byte[]> ReadAsync(RequestContent content, Face face, int readSize = 64 * 1024, CancellationToken cancellationToken = default)
    {
        var blocking = face == Face.Blocking;
        var stream = content.Open(blocking);
        if (blocking)
        {
            stream.IsAsync.ShouldBeFalse();
        }

        using var all = new MemoryStream();
        var buffer = new byte[readSize];
        try
        {
            while (true)
            {
                var read = stream.ReadAsync(buffer, cancellationToken);
                var count = blocking ? Blocking.Result(read) : await read;
                if (count == 0)
                {
                    return all.ToArray();
                }

                all.Write(buffer, 0, count);
            }
        }
        finally
        {
            var close = stream.CloseAsync();
            if (blocking)
            {
                Blocking.Result(close);
            }
            else
            {
                await close;
            }
        }
    }

    internal static async Task<string> TextAsync(RequestContent content, Face face, int readSize = 64 * 1024) =>
        Encoding.UTF8.GetString(await ReadAsync(content, face, readSize));

    /// <summary>The body that a request's arguments make, which is there.</summary>
    internal static RequestContent Body(FormData? data = null, Files? files = null, string? contentType = null) =>
        RequestContent.FromArguments(null, data, files, null, null, contentType).ShouldNotBeNull();

    internal static async IAsyncEnumerable<byte[]> Later(
        IEnumerable<byte[]> chunks, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var chunk in chunks)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return chunk;
        }
    }

    internal static IEnumerable<byte[]> Chunks(params string[] chunks) => chunks.Select(Encoding.UTF8.GetBytes);
}

/// <summary>A stream that gives a number of bytes out of nothing and remembers how it was asked.</summary>
internal sealed class SourceStream(long length, bool canSeek = false, int mostPerRead = int.MaxValue) : System.IO.Stream
{
    private long _position;

    public int BlockingReads { get; private set; }

    public int AsyncReads { get; private set; }

    public int LargestRead { get; private set; }

    public bool IsDisposed { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => canSeek;

    public override bool CanWrite => false;

    public override long Length => canSeek ? length : throw new NotSupportedException();

    public override long Position
    {
        get => canSeek ? _position : throw new NotSupportedException();
        set => _position = canSeek ? value : throw new NotSupportedException();
    }

    /// <summary>The byte at a position.</summary>
    public static byte At(long position) => (byte)(position * 31 + 7);

    public override int Read(Span<byte> buffer)
    {
        BlockingReads++;
        return Give(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        AsyncReads++;
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        return Give(buffer.Span);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }

    private int Give(Span<byte> buffer)
    {
        LargestRead = Math.Max(LargestRead, buffer.Length);
        var count = (int)Math.Min(Math.Min(buffer.Length, mostPerRead), length - _position);
        if (buffer.Length > 0 && count > 0)
        {
            buffer[0] = At(_position);
            for (var i = 1; i < Math.Min(count, 4096); i++)
            {
                buffer[i] = At(_position + i);
            }
        }

        _position += count;
        return count;
    }
}
