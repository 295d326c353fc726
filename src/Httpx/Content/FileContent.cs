namespace Httpx;

/// <summary>A body that is read from a file of ours: opened when it is sent, closed when it was.</summary>
internal sealed class FileContent(FileInfo file) : RequestContent
{
    /// <inheritdoc/>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public override long? Length
    {
        get
        {
            // FileInfo remembers what it saw first.
            file.Refresh();
            return file.Length;
        }
    }

    /// <inheritdoc/>
    public override bool CanReplay => true;

    internal override ByteStream Open(bool blocking) => new Reader(
        new FileStream(
            file.FullName,
            new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.Read,
                BufferSize = 0, // whoever reads brings a large buffer
                Options = FileOptions.SequentialScan | (blocking ? FileOptions.None : FileOptions.Asynchronous),
            }),
        blocking);

    private sealed class Reader(FileStream stream, bool blocking) : ByteStream
    {
        internal override bool IsAsync => !blocking;

        internal override long? Length => stream.CanSeek ? stream.Length : null;

        internal override ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
        {
            if (!blocking)
            {
                return stream.ReadAsync(destination, cancellationToken);
            }

            cancellationToken.ThrowIfCancellationRequested();
            return new(stream.Read(destination.Span));
        }

        internal override ValueTask CloseAsync()
        {
            if (!blocking)
            {
                return stream.DisposeAsync();
            }

            stream.Dispose();
            return default;
        }
    }
}
