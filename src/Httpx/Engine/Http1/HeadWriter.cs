using System.Globalization;

namespace Httpx.Engine.Http1;

/// <summary>How the body of a request is delimited (RFC 9112 6).</summary>
internal readonly record struct RequestFraming(BodyKind Kind, long Length)
{
    internal static RequestFraming None => default;

    /// <summary>Whether the request's headers end the connection with it.</summary>
    internal bool IsLast { get; init; }
}

/// <summary>Writes the head of a request (RFC 9112 3 and 5): the request line, the block of fields as it is, and what framing it
/// lacks.</summary>
internal static class HeadWriter
{
    /// <summary>Writes a head and says how the body has to follow.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="request">The request.</param>
    /// <param name="forward">Headers for a proxy that forwards the request and wants the whole url for a target (RFC 9112 3.2.2); null for
    /// none.</param>
    /// <exception cref="LocalProtocolException">The headers contradict each other or the body.</exception>
    internal static RequestFraming Write(WriteBuffer output, Request request, Headers? forward = null)
    {
        var headers = request.Headers;
        var fields = new RequestFields(headers);
        var framing = FramingOf(request, fields) with { IsLast = fields.IsClosing };
        output.WriteAscii(request.Method);
        output.Write((byte)' ');
        WriteTarget(output, request, absoluteForm: forward is not null);
        output.Write(" HTTP/1.1\r\n"u8);
        WriteHostIfMissing(output, request, fields.Hosts);
        output.Write(headers.Block);
        if (forward is not null)
        {
            WriteForProxy(output, headers, forward);
        }

        if (framing.Kind == BodyKind.Chunked && !fields.HasCoding)
        {
            output.Write("Transfer-Encoding: chunked\r\n"u8);
        }
        else if (framing.Kind == BodyKind.Length && !fields.HasLength)
        {
            output.Write("Content-Length: "u8);
            output.WriteAscii(framing.Length.ToString(CultureInfo.InvariantCulture));
            output.Write("\r\n"u8);
        }

        output.Write("\r\n"u8);
        return framing;
    }

    // What the request says itself goes before what the proxy is told by default.
    private static void WriteForProxy(WriteBuffer output, Headers own, Headers forward)
    {
        foreach (var field in forward.RawFields())
        {
            if (!own.Contains(field.Name))
            {
                output.Write(field.Name);
                output.Write(": "u8);
                output.Write(field.Value);
                output.Write("\r\n"u8);
            }
        }
    }

    private static void WriteTarget(WriteBuffer output, Request request, bool absoluteForm)
    {
        if (request.TryGetExtension("target", out var extension))
        {
            output.WriteAscii(CheckedTarget(extension, request));
            return;
        }

        if (absoluteForm)
        {
            output.WriteAscii(request.Url.SchemeSpan);
            output.Write("://"u8);
            output.WriteAscii(request.Url.AuthoritySpan);
        }

        output.WriteAscii(request.Url.FullPathSpan);
    }

    // The extension is for what no url can say ("*", an unescaped path); it must still not end the line.
    private static string CheckedTarget(object? extension, Request request)
    {
        if (extension is string { Length: > 0 } target && target.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0)
        {
            return target;
        }

        throw new LocalProtocolException("The extension 'target' must be text of visible ASCII characters.", request);
    }

    private static void WriteHostIfMissing(WriteBuffer output, Request request, int hosts)
    {
        if (hosts == 0)
        {
            output.Write("Host: "u8);
            output.WriteAscii(request.Url.AuthoritySpan);
            output.Write("\r\n"u8);
        }
        else if (hosts > 1)
        {
            throw new LocalProtocolException("The request has more than one Host header (RFC 9112 3.2).", request);
        }
    }

    private static RequestFraming FramingOf(Request request, RequestFields fields)
    {
        var declared = fields.DeclaredLength(request);
        var isChunked = fields.IsChunked(request);
        if (isChunked && declared is not null)
        {
            throw new LocalProtocolException(
                "The request has both Content-Length and Transfer-Encoding (RFC 9112 6.2): remove one.", request);
        }

        if (request.Body is not { } body)
        {
            return !isChunked && declared is null or 0
                ? RequestFraming.None
                : throw new LocalProtocolException("The request's headers announce a body, but it has none.", request);
        }

        if (isChunked)
        {
            return new(BodyKind.Chunked, 0);
        }

        if (declared is { } length)
        {
            return body.Length is { } known && known != length
                ? throw LengthDiffers(length, known, request)
                : new(BodyKind.Length, length);
        }

        return body.Length is { } own ? new(BodyKind.Length, own) : new(BodyKind.Chunked, 0);
    }

    internal static LocalProtocolException LengthDiffers(long declared, long produced, Request request) => new(
        string.Create(CultureInfo.InvariantCulture, $"The request's Content-Length is {declared}, but its body has {produced} bytes."),
        request);
}
