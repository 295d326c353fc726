using System.Buffers;
using System.Text;

namespace Httpx;

/// <summary>A multipart/form-data body (RFC 7578): fields, then files, streamed one after the other.</summary>
/// <remarks>Its pieces are bodies themselves: heads and small contents run together in memory, between them streams and files.</remarks>
internal sealed class MultipartContent : RequestContent
{
    /// <summary>Contents up to this size are copied to their neighbours, so that they leave in one write.</summary>
    private const int SmallContent = 16 * 1024;

    /// <summary>Where a piece is full. A body that fits into one is in memory as a whole, and is sent as bytes are.</summary>
    private const int FullPiece = 64 * 1024;

    private readonly List<RequestContent> _pieces;

    private MultipartContent(List<RequestContent> pieces, string contentType)
    {
        _pieces = pieces;
        ContentType = contentType;
        CanReplay = pieces.TrueForAll(piece => piece.CanReplay);
    }

    /// <inheritdoc/>
    public override long? Length
    {
        get
        {
            long length = 0;
            foreach (var piece in _pieces)
            {
                if (piece.Length is not { } known)
                {
                    return null;
                }

                length = checked(length + known);
            }

            return length;
        }
    }

    /// <inheritdoc/>
    public override bool CanReplay { get; }

    internal override string ContentType { get; }

    /// <summary>The body of a form with files.</summary>
    /// <param name="data">The fields, which come first; null for none.</param>
    /// <param name="files">The files.</param>
    /// <param name="contentType">The request's own Content-Type, whose boundary is taken over; null if there is none.</param>
    /// <exception cref="ArgumentException">The boundary cannot be one, or a field's value is of a type that has no text.</exception>
    internal static RequestContent Create(FormData? data, Files files, string? contentType)
    {
        var boundary = MultipartBoundary.FromContentType(contentType);
        contentType = boundary is null ? null : contentType;
        boundary ??= MultipartBoundary.Random();
        contentType ??= $"multipart/form-data; boundary={boundary}";
        using var builder = new Builder(boundary);
        foreach (var (name, value) in data ?? [])
        {
            builder.AddField(name, value);
        }

        foreach (var (name, file) in files)
        {
            builder.AddFile(name, file);
        }

        var pieces = builder.End();
        return pieces.Count == 1 && pieces[0].TryGetBytes(out var bytes)
            ? new BytesContent(bytes, contentType)
            : new MultipartContent(pieces, contentType);
    }

    internal override ByteStream Open(bool blocking)
    {
        ThrowIfConsumed();
        return new Reader(this, blocking);
    }

    internal override void ThrowIfConsumed()
    {
        // Now, and not in the middle of the body.
        foreach (var piece in _pieces)
        {
            piece.ThrowIfConsumed();
        }
    }

    private sealed class Builder(string boundary) : IDisposable
    {
        private readonly List<RequestContent> _pieces = [];
        private readonly PooledWriter _piece = new();

        public void Dispose() => _piece.Dispose();

        internal void AddField(string name, object? value)
        {
            if (!FieldValue.IsSequence(value, out var items))
            {
                AddValue(name, value);
                return;
            }

            foreach (var item in items)
            {
                AddValue(name, item);
            }
        }

        internal void AddFile(string name, FileField file)
        {
            MultipartPart.WriteHead(_piece, boundary, name, file);
            AddContent(file.Content);
        }

        internal List<RequestContent> End()
        {
            _piece.Write("--"u8);
            Encoding.ASCII.GetBytes(boundary, _piece);
            _piece.Write("--\r\n"u8);
            EndPiece();
            return _pieces;
        }

        private void AddValue(string name, object? value)
        {
            MultipartPart.WriteHead(_piece, boundary, name);
            AddContent(value is byte[] bytes ? new BytesContent(bytes) : FieldValue.Text(name, value));
        }

        private void AddContent(RequestContent content)
        {
            if (content.TryGetBytes(out var bytes) && bytes.Length <= SmallContent)
            {
                _piece.Write(bytes.Span);
            }
            else
            {
                EndPiece();
                _pieces.Add(content);
            }

            _piece.Write("\r\n"u8);
            if (_piece.Length >= FullPiece)
            {
                EndPiece();
            }
        }

        private void EndPiece() => _pieces.Add(new BytesContent(_piece.Take()));
    }

    private sealed class Reader(MultipartContent content, bool blocking) : ByteStream
    {
        private readonly List<RequestContent> _pieces = content._pieces;
        private ByteStream? _current;
        private int _next;

        internal override bool IsAsync => !blocking;

        internal override long? Length => content.Length;

        internal override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
        {
            // What is in memory fills the reader's buffer; what has to be waited for ends the read, lest it be kept waiting.
            var count = 0;
            while (count < destination.Length)
            {
                if (_current is null)
                {
                    if (_next == _pieces.Count)
                    {
                        break;
                    }

                    _current = _pieces[_next++].Open(blocking);
                }

                var read = await _current.ReadAsync(destination[count..], cancellationToken).ConfigureAwait(false);
                count += read;
                if (read == 0)
                {
                    await CloseCurrentAsync().ConfigureAwait(false);
                }
                else if (_current is not BytesStream)
                {
                    break;
                }
            }

            return count;
        }

        internal override ValueTask CloseAsync()
        {
            _next = _pieces.Count;
            return CloseCurrentAsync();
        }

        private ValueTask CloseCurrentAsync()
        {
            var current = _current;
            _current = null;
            return current is null ? default : current.CloseAsync();
        }
    }
}
