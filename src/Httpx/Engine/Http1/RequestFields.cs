using System.Buffers.Text;
using System.Text;

namespace Httpx.Engine.Http1;

/// <summary>What a request's headers say of its framing and its connection, read in one pass over their block.</summary>
internal readonly ref struct RequestFields
{
    private readonly ReadOnlySpan<byte> _length;
    private readonly ReadOnlySpan<byte> _coding;
    private readonly int _lengths;
    private readonly int _codings;

    internal RequestFields(Headers headers)
    {
        foreach (var field in headers.RawFields())
        {
            switch (field.Name.Length)
            {
                case 4 when Ascii.EqualsIgnoreCase(field.Name, "host"u8):
                    Hosts++;
                    break;
                case 10 when Ascii.EqualsIgnoreCase(field.Name, "connection"u8):
                    IsClosing |= HasClose(field.Value);
                    break;
                case 14 when Ascii.EqualsIgnoreCase(field.Name, "content-length"u8):
                    _length = field.Value;
                    _lengths++;
                    break;
                case 17 when Ascii.EqualsIgnoreCase(field.Name, "transfer-encoding"u8):
                    _coding = field.Value;
                    _codings++;
                    break;
            }
        }
    }

    /// <summary>How many Host fields there are.</summary>
    internal int Hosts { get; }

    /// <summary>Whether the connection ends with this exchange by the request's own wish.</summary>
    internal bool IsClosing { get; }

    /// <summary>Whether Content-Length is there.</summary>
    internal bool HasLength => _lengths > 0;

    /// <summary>Whether Transfer-Encoding is there.</summary>
    internal bool HasCoding => _codings > 0;

    /// <summary>The Content-Length; null where there is none.</summary>
    /// <exception cref="LocalProtocolException">It is no number, or there are several.</exception>
    internal long? DeclaredLength(Request request)
    {
        if (_lengths == 0)
        {
            return null;
        }

        if (_lengths > 1 || !Utf8Parser.TryParse(_length, out ulong length, out var used)
            || used != _length.Length || length > long.MaxValue || _length[0] == '+')
        {
            throw new LocalProtocolException("The request's Content-Length is not one number (RFC 9110 8.6).", request);
        }

        return (long)length;
    }

    /// <summary>Whether the body goes out in chunks by the request's own wish.</summary>
    /// <exception cref="LocalProtocolException">It has another transfer coding.</exception>
    internal bool IsChunked(Request request)
    {
        if (_codings == 0)
        {
            return false;
        }

        return _codings == 1 && Ascii.EqualsIgnoreCase(_coding, "chunked"u8)
            ? true
            : throw new LocalProtocolException("The only Transfer-Encoding that can be sent is 'chunked' (RFC 9112 6.1).", request);
    }

    private static bool HasClose(ReadOnlySpan<byte> value)
    {
        if (Ascii.EqualsIgnoreCase(value, "keep-alive"u8))
        {
            return false;
        }

        foreach (var range in value.Split((byte)','))
        {
            if (Ascii.EqualsIgnoreCase(value[range].Trim(" \t"u8), "close"u8))
            {
                return true;
            }
        }

        return false;
    }
}
