using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Httpx.Engine.Http1;

/// <summary>A streamed body of a request, piece by piece: framed as its head says (RFC 9112 6, 7.1), and counted.</summary>
internal sealed class RequestPieces(Request request, RequestFraming framing, ByteStream body)
{
    /// <summary>How much goes out in one write.</summary>
    private const int PieceSize = 32 * 1024;

    /// <summary>Hexadecimal digits of <see cref="PieceSize"/> and CRLF: what a chunk's size takes in front of its data.</summary>
    private const int ChunkPrefix = 8;

    private long _taken;

    /// <summary>Whether every byte that the head announced was taken, so that the peer can have the whole request.</summary>
    internal bool HasAll => framing.Kind == BodyKind.Length && _taken == framing.Length;

    /// <summary>Puts the next piece into the output, at the end what ends the body; false where that was all.</summary>
    /// <exception cref="LocalProtocolException">The body has more or fewer bytes than the head announced.</exception>
    internal async ValueTask<bool> TakeAsync(WriteBuffer output, CancellationToken cancellationToken)
    {
        var prefix = framing.Kind == BodyKind.Chunked ? ChunkPrefix : 0;
        var room = output.Room(prefix + PieceSize + 2);
        var count = await body.ReadAsync(room.Slice(prefix, PieceSize), cancellationToken).ConfigureAwait(false);
        _taken += count;
        if (framing.Kind == BodyKind.Chunked)
        {
            Frame(output, room, count);
            return count > 0;
        }

        if (count == 0 ? _taken != framing.Length : _taken > framing.Length)
        {
            throw HeadWriter.LengthDiffers(framing.Length, _taken, request);
        }

        output.Wrote(count);
        return count > 0;
    }

    internal ValueTask CloseAsync() => body.CloseAsync();

    /// <summary>Closes after a failure. That is the one to tell: the code of a caller's body may fail again in being closed.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "The first failure is under way.")]
    internal async ValueTask CloseFailedAsync()
    {
        try
        {
            await body.CloseAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
        }
    }

    // The size is known only when the data is there: it goes in front of the data, which moves up to it.
    private static void Frame(WriteBuffer output, Memory<byte> room, int count)
    {
        if (count == 0)
        {
            output.Write("0\r\n\r\n"u8);
            return;
        }

        Utf8Formatter.TryFormat(count, room.Span, out var digits, new StandardFormat('x'));
        "\r\n"u8.CopyTo(room.Span[digits..]);
        room.Slice(ChunkPrefix, count).CopyTo(room[(digits + 2)..]);
        "\r\n"u8.CopyTo(room.Span[(digits + 2 + count)..]);
        output.Wrote(digits + 2 + count + 2);
    }
}
