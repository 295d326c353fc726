using System.Globalization;
using System.Text;
using Httpx.Engine;
using Httpx.Engine.Http1;

namespace Httpx.Tests.Engine.Http1;

/// <summary>Feeds the readers the same bytes cut in every way that a network may cut them: the outcome must be the same.</summary>
internal static class Feed
{
    /// <summary>Up to this length an input is split at every position.</summary>
    private const int ShortInput = 300;

    /// <summary>What may follow on the connection: a reader that takes too much would show it.</summary>
    private const string Glued = "\r\n 0\r\nHTTP/1.1 200 OK\r\n\r\n";

    /// <summary>The head that the text is, to the last byte.</summary>
    internal static ResponseHead Head(string text, bool toHead = false)
    {
        var bytes = Bytes(text);
        var expected = ReadHead([bytes], toHead, "")!.Value;
        foreach (var segments in Ways(bytes))
        {
            Describe(ReadHead(segments, toHead, "")!.Value).ShouldBe(Describe(expected));
        }

        Describe(ReadHead([[.. bytes, .. Bytes(Glued)]], toHead, Glued)!.Value).ShouldBe(Describe(expected));
        return expected;
    }

    /// <summary>The text's fields, one a line, as the block holds them.</summary>
    internal static string Fields(string text) => Block(Head("HTTP/1.1 200 OK\r\n" + text + "\r\n"));

    internal static string Block(ResponseHead head) => Encoding.Latin1.GetString(head.Headers.Block);

    /// <summary>The text is the beginning of a head, and more is waited for.</summary>
    internal static void MoreOfHead(string text)
    {
        foreach (var segments in Ways(Bytes(text)))
        {
            ReadHead(segments, toHead: false, null).ShouldBeNull();
        }
    }

    /// <summary>The error that a head is refused with, however it arrives; the text is that of its arriving whole.</summary>
    internal static string RefusedHead(string text, bool toHead = false)
    {
        var bytes = Bytes(text);
        foreach (var segments in Ways(bytes))
        {
            Should.Throw<RemoteProtocolException>(() => ReadHead(segments, toHead, ""));
        }

        return Should.Throw<RemoteProtocolException>(() => ReadHead([bytes], toHead, "")).Message;
    }

    /// <summary>The body that the text decodes to; the text is complete, to the last byte.</summary>
    internal static string Chunked(string text) => Chunked(text, out _);

    internal static string Chunked(string text, out Headers? trailers)
    {
        var bytes = Bytes(text);
        var expected = ReadChunked([bytes], 4096, "", out trailers);
        foreach (var segments in Ways(bytes))
        {
            foreach (var size in new[] { 1, 3, 4096 })
            {
                ReadChunked(segments, size, "", out var others).ShouldBe(expected);
                (others is null ? null : Encoding.Latin1.GetString(others.Block))
                    .ShouldBe(trailers is null ? null : Encoding.Latin1.GetString(trailers.Block));
            }
        }

        ReadChunked([[.. bytes, .. Bytes(Glued)]], 4096, Glued, out _).ShouldBe(expected);
        return expected;
    }

    /// <summary>The text is the beginning of a chunked body, and more is waited for.</summary>
    internal static void MoreOfChunked(string text)
    {
        foreach (var segments in Ways(Bytes(text)))
        {
            ReadChunked(segments, 4096, null, out _);
        }
    }

    internal static string RefusedChunked(string text)
    {
        var bytes = Bytes(text);
        foreach (var segments in Ways(bytes))
        {
            Should.Throw<RemoteProtocolException>(() => ReadChunked(segments, 4096, "", out _));
        }

        return Should.Throw<RemoteProtocolException>(() => ReadChunked([bytes], 4096, "", out _)).Message;
    }

    internal static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    internal static void Receive(ReadBuffer input, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var room = input.Room().Span;
            var count = Math.Min(room.Length, bytes.Length);
            bytes[..count].CopyTo(room);
            input.Received(count);
            bytes = bytes[count..];
        }
    }

    internal static string Describe(ResponseHead head) => string.Create(
        CultureInfo.InvariantCulture,
        $"{head.StatusCode} {head.IsHttp10} {head.ReasonPhrase ?? "null"} {head.Body} {head.Length} ")
        + string.Create(CultureInfo.InvariantCulture, $"{head.KeepAlive} {head.KeepAliveSeconds}\n") + Block(head);

    private static IEnumerable<byte[][]> Ways(byte[] bytes)
    {
        yield return [bytes];
        yield return [.. bytes.Chunk(1)];
        if (bytes.Length <= ShortInput)
        {
            for (var at = 1; at < bytes.Length; at++)
            {
                yield return [bytes[..at], bytes[at..]];
            }
        }
    }

    // Null if more is needed at the end.
    private static ResponseHead? ReadHead(IEnumerable<byte[]> segments, bool toHead, string? left)
    {
        var input = new ReadBuffer();
        var reader = new HeadReader();
        reader.Reset();
        ResponseHead? found = null;
        foreach (var segment in segments)
        {
            found.ShouldBeNull("The head was complete before its last byte.");
            Receive(input, segment);
            if (reader.TryRead(input, toHead, out var head))
            {
                found = head;
            }
        }

        if (left is not null)
        {
            Encoding.Latin1.GetString(input.Span).ShouldBe(left);
        }

        return found;
    }

    // What is left is null where the body is to be incomplete.
    private static string ReadChunked(IEnumerable<byte[]> segments, int size, string? left, out Headers? trailers)
    {
        var input = new ReadBuffer();
        var reader = new ChunkedReader();
        reader.Reset();
        var body = new StringBuilder();
        var destination = new byte[size];
        foreach (var segment in segments)
        {
            reader.IsComplete.ShouldBeFalse("The body was complete before its last byte.");
            Receive(input, segment);
            while (reader.Read(input, destination) is > 0 and var count)
            {
                body.Append(Encoding.Latin1.GetString(destination, 0, count));
            }
        }

        reader.IsComplete.ShouldBe(left is not null);
        if (left is not null)
        {
            Encoding.Latin1.GetString(input.Span).ShouldBe(left);
        }

        trailers = reader.Trailers;
        return body.ToString();
    }
}
