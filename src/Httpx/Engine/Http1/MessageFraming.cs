using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Httpx.Engine.Http1;

/// <summary>The fields that decide where a message ends and whether its connection lives on.</summary>
internal enum FramingField
{
    None,
    ContentLength,
    TransferEncoding,
    Connection,
    KeepAlive,
}

/// <summary>Collects the framing fields of one head and decides by them (RFC 9112 6.3, 9.3).</summary>
/// <remarks>
/// Two parties that read a message's length differently are what request smuggling is made of. So whatever could be read in two ways is
/// an error here, even where the RFC would let a client go on.
/// </remarks>
internal struct MessageFraming
{
    /// <summary>The digits of <see cref="long.MaxValue"/>. Nobody pads a length with zeros to more than that.</summary>
    private const int MaxDigits = 19;

    /// <summary>Keeps the sum far from overflow: 999999999 seconds are 31 years.</summary>
    private const int MaxSecondsDigits = 9;

    private long _length;
    private int _lengthDigits;
    private bool _hasCoding;
    private string? _unknownCoding;
    private bool _close;
    private bool _keepAlive;
    private int? _seconds;

    /// <summary>Which framing field a name is, if any: few names get as far as a comparison.</summary>
    internal static FramingField Identify(ReadOnlySpan<byte> name) => name.Length switch
    {
        14 when (name[0] | 0x20) == 'c' && Ascii.EqualsIgnoreCase(name, "content-length"u8) => FramingField.ContentLength,
        17 when (name[0] | 0x20) == 't' && Ascii.EqualsIgnoreCase(name, "transfer-encoding"u8) => FramingField.TransferEncoding,
        10 when (name[0] | 0x20) == 'c' && Ascii.EqualsIgnoreCase(name, "connection"u8) => FramingField.Connection,
        10 when (name[0] | 0x20) == 'k' && Ascii.EqualsIgnoreCase(name, "keep-alive"u8) => FramingField.KeepAlive,
        _ => FramingField.None,
    };

    /// <summary>Takes one field line; the value has no white space around it.</summary>
    /// <exception cref="RemoteProtocolException">The value is malformed, or contradicts an earlier one.</exception>
    internal void Add(FramingField field, ReadOnlySpan<byte> value)
    {
        switch (field)
        {
            case FramingField.ContentLength:
                AddLengths(value);
                break;
            case FramingField.TransferEncoding:
                AddCoding(value);
                break;
            case FramingField.Connection:
                AddOptions(value);
                break;
            case FramingField.KeepAlive:
                AddParameters(value);
                break;
        }
    }

    /// <summary>Fills in what the fields mean for a response of that status and version to a request of that kind.</summary>
    /// <exception cref="RemoteProtocolException">There is no single meaning.</exception>
    internal readonly void Decide(bool toHead, ref ResponseHead head)
    {
        head.KeepAliveSeconds = _seconds;
        head.KeepAlive = !_close && (_keepAlive || !head.IsHttp10);
        if (_hasCoding && head.IsHttp10)
        {
            throw new RemoteProtocolException("The peer sent Transfer-Encoding in a response of HTTP/1.0, which does not know it.");
        }

        if (toHead || head.StatusCode is < 200 or 204 or 304)
        {
            // The fields tell what a response to GET would be like. After 101 the connection speaks another protocol.
            head.Body = BodyKind.None;
            head.KeepAlive &= head.StatusCode != 101;
        }
        else if (_hasCoding)
        {
            CheckCoding();
            head.Body = BodyKind.Chunked;
        }
        else if (_lengthDigits > 0)
        {
            head.Body = BodyKind.Length;
            head.Length = _length;
        }
        else
        {
            head.Body = BodyKind.UntilClose;
            head.KeepAlive = false;
        }
    }

    private readonly void CheckCoding()
    {
        if (_unknownCoding is not null)
        {
            throw new RemoteProtocolException(
                $"The peer sent a Transfer-Encoding other than a single \"chunked\", which was not asked for: {_unknownCoding}.");
        }

        if (_lengthDigits > 0)
        {
            throw new RemoteProtocolException("The peer sent both Transfer-Encoding and Content-Length: they contradict each other.");
        }
    }

    // Content-Length = 1*DIGIT; the same length said several times, in one line or more, is tolerated (RFC 9110 8.6).
    private void AddLengths(ReadOnlySpan<byte> value)
    {
        var rest = value;
        var comma = rest.IndexOf((byte)',');
        while (comma >= 0)
        {
            AddLength(rest[..comma].Trim(" \t"u8), value);
            rest = rest[(comma + 1)..].TrimStart(" \t"u8);
            comma = rest.IndexOf((byte)',');
        }

        AddLength(rest, value);
    }

    private void AddLength(ReadOnlySpan<byte> digits, ReadOnlySpan<byte> value)
    {
        if (digits.Length is 0 or > MaxDigits)
        {
            ThrowLength(value);
        }

        // 19 digits do not overflow 64 bits without a sign.
        var length = 0UL;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                ThrowLength(value);
            }

            length = (length * 10) + (uint)(digit - '0');
        }

        if (length > long.MaxValue)
        {
            ThrowLength(value);
        }

        // Equal as text: of "30" and "030" somebody else may read one as octal.
        if (_lengthDigits > 0 && ((long)length != _length || digits.Length != _lengthDigits))
        {
            throw new RemoteProtocolException("The peer sent several values of Content-Length that differ.");
        }

        _length = (long)length;
        _lengthDigits = digits.Length;
    }

    // Chunked is the only coding that a request without TE permits (RFC 9110 10.1.4). What else there is only matters if there is a body.
    private void AddCoding(ReadOnlySpan<byte> value)
    {
        if (_hasCoding)
        {
            _unknownCoding ??= "several fields";
        }
        else if (!Ascii.EqualsIgnoreCase(value, "chunked"u8))
        {
            _unknownCoding = WireText.Quote(value);
        }

        _hasCoding = true;
    }

    // Connection = #connection-option (RFC 9110 7.6.1).
    private void AddOptions(ReadOnlySpan<byte> value)
    {
        var rest = value;
        var comma = rest.IndexOf((byte)',');
        while (comma >= 0)
        {
            AddOption(rest[..comma].Trim(" \t"u8));
            rest = rest[(comma + 1)..];
            comma = rest.IndexOf((byte)',');
        }

        AddOption(rest.Trim(" \t"u8));
    }

    private void AddOption(ReadOnlySpan<byte> option)
    {
        _close |= option.Length == 5 && Ascii.EqualsIgnoreCase(option, "close"u8);
        _keepAlive |= option.Length == 10 && Ascii.EqualsIgnoreCase(option, "keep-alive"u8);
    }

    // "timeout=5, max=100" (RFC 2068 19.7.1, never standardised since). A hint: nonsense in it is no reason to fail.
    private void AddParameters(ReadOnlySpan<byte> value)
    {
        foreach (var range in value.Split((byte)','))
        {
            var parameter = value[range].Trim(" \t"u8);
            var equals = parameter.IndexOf((byte)'=');
            if (equals > 0 && Ascii.EqualsIgnoreCase(parameter[..equals].TrimEnd(" \t"u8), "timeout"u8))
            {
                _seconds ??= ParseSeconds(parameter[(equals + 1)..].TrimStart(" \t"u8));
            }
        }
    }

    private static int? ParseSeconds(ReadOnlySpan<byte> digits)
    {
        if (digits.Length is 0 or > MaxSecondsDigits || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return null;
        }

        var seconds = 0;
        foreach (var digit in digits)
        {
            seconds = (seconds * 10) + (digit - '0');
        }

        return seconds;
    }

    [DoesNotReturn]
    private static void ThrowLength(ReadOnlySpan<byte> value) =>
        throw new RemoteProtocolException($"The peer sent a Content-Length that is not a number of bytes: {WireText.Quote(value)}.");
}
