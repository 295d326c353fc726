using System.Diagnostics.CodeAnalysis;

namespace Httpx.Engine.Http1;

/// <summary>Reads the heads of responses out of what a connection received. No I/O: bytes in, heads out.</summary>
/// <remarks>
/// A head stays in the buffer until it is complete, and is then copied once, into the block of its <see cref="Headers"/>. Across the
/// calls for one head every byte is looked at once. The limits hold for a whole exchange, interim heads included: otherwise a peer
/// could keep a client busy for ever with "100 Continue".
/// </remarks>
internal sealed class HeadReader
{
    /// <summary>All heads of an exchange together; four times what the platform's client allows for one.</summary>
    internal const int MaxBytes = 256 * 1024;

    /// <summary>Interim responses before the final one. There is rarely more than one, but a server may report progress by 102.</summary>
    internal const int MaxInterims = 100;

    /// <summary>Fields of all these heads: ten times what the most talkative servers send. It bounds every search too.</summary>
    internal const int MaxFields = 1000;

    /// <summary>Empty lines before a head: some servers send one too many after a body.</summary>
    private const int MaxEmptyLines = 4;

    private FieldLines _fields = new(trailers: false);
    private MessageFraming _framing;

    // Of the exchange.
    private int _bytesBefore;
    private int _fieldsBefore;
    private int _interims;
    private int _emptyLines;

    // Of the head being read: how much of the status line was searched; where the fields begin, 0 until the status line is complete.
    private int _searched;
    private int _fieldsStart;
    private FramingField _lastField;
    private StatusLine _status;

    /// <summary>Starts an exchange: nothing is counted yet, and no head begun.</summary>
    internal void Reset()
    {
        _bytesBefore = 0;
        _fieldsBefore = 0;
        _interims = 0;
        _emptyLines = 0;

        // A head that was read to its end has left nothing behind.
        if (_searched > 0)
        {
            BeginHead();
        }
    }

    /// <summary>Takes the next head out of <paramref name="input"/>, interim ones (1xx) included.</summary>
    /// <param name="input">What was received. Between the calls for one head, bytes may only be added to it.</param>
    /// <param name="toHead">Whether the request was HEAD, to which no body is sent.</param>
    /// <param name="head">The head; what follows it in the input belongs to the body, or to the next head if this one is interim.</param>
    /// <returns>False where more bytes are needed.</returns>
    /// <exception cref="RemoteProtocolException">What was received is no head of HTTP/1, or exceeds a limit.</exception>
    internal bool TryRead(ReadBuffer input, bool toHead, out ResponseHead head)
    {
        if (_fieldsStart == 0 && !TryReadStatusLine(input))
        {
            CheckSize(input.Length);
            head = default;
            return false;
        }

        var bytes = input.Span;
        while (true)
        {
            switch (_fields.Next(bytes))
            {
                case FieldLineKind.Field:
                    AddField(bytes);
                    break;
                case FieldLineKind.Fold:
                    CheckFold();
                    break;
                case FieldLineKind.Incomplete:
                    CheckSize(bytes.Length);
                    head = default;
                    return false;
                default:
                    Finish(input, toHead, out head);
                    return true;
            }
        }
    }

    private bool TryReadStatusLine(ReadBuffer input)
    {
        if (!TrySkipEmptyLines(input))
        {
            return false;
        }

        var bytes = input.Span;
        if (!StatusLine.IsPossible(bytes))
        {
            throw new RemoteProtocolException(ForeignProtocol.Describe(bytes));
        }

        var end = bytes[_searched..].IndexOfAny(FieldLines.LineStops);
        end = end < 0 ? bytes.Length : end + _searched;
        if (end > FieldLines.MaxLine)
        {
            throw new RemoteProtocolException($"The peer sent a status line of more than {FieldLines.MaxLine} bytes.");
        }

        _searched = end;
        if (end == bytes.Length || (bytes[end] == '\r' && end + 1 == bytes.Length))
        {
            return false;
        }

        var isCrLf = bytes[end] == '\r' && bytes[end + 1] == '\n';
        if (!isCrLf && bytes[end] != '\n')
        {
            throw new RemoteProtocolException(
                $"The peer sent the control character 0x{bytes[end]:x2} in its status line: {WireText.Quote(bytes[..end])}.");
        }

        _status = StatusLine.Parse(bytes[..end]);
        _fieldsStart = end + (isCrLf ? 2 : 1);
        _fields.Begin(_fieldsStart);
        return true;
    }

    // False where the LF of one has not come.
    private bool TrySkipEmptyLines(ReadBuffer input)
    {
        while (input.Length > 0 && input.Span[0] is (byte)'\r' or (byte)'\n')
        {
            var length = input.Span[0] == '\n' ? 1 : 2;
            if (input.Length < length)
            {
                return false;
            }

            if (input.Span[length - 1] != '\n' || ++_emptyLines > MaxEmptyLines)
            {
                throw new RemoteProtocolException("The peer sent empty lines where a status line was expected.");
            }

            _bytesBefore += length;
            input.Consume(length);
        }

        return true;
    }

    private void AddField(ReadOnlySpan<byte> bytes)
    {
        if (_fieldsBefore + _fields.Count > MaxFields)
        {
            throw new RemoteProtocolException($"The peer sent more than {MaxFields} header fields.");
        }

        _lastField = MessageFraming.Identify(_fields.Name(bytes));
        if (_lastField != FramingField.None)
        {
            _framing.Add(_lastField, _fields.Value(bytes));
        }
    }

    private void CheckFold()
    {
        // A reader that does not know folds would understand another length.
        if (_lastField != FramingField.None)
        {
            throw new RemoteProtocolException($"The peer folded the field {_lastField}, which says how the message is framed.");
        }
    }

    private void Finish(ReadBuffer input, bool toHead, out ResponseHead head)
    {
        var length = _fields.Position;
        CheckSize(length);
        if (_status.Code < 200 && ++_interims > MaxInterims)
        {
            throw new RemoteProtocolException($"The peer sent more than {MaxInterims} interim responses and no final one.");
        }

        head = new ResponseHead
        {
            StatusCode = _status.Code,
            IsHttp10 = _status.IsHttp10,
            ReasonPhrase = _status.Phrase,
            Headers = _fields.ToHeaders(input.Span, _fieldsStart),
        };
        _framing.Decide(toHead, ref head);
        _bytesBefore += length;
        _fieldsBefore += _fields.Count;
        input.Consume(length);
        BeginHead();
    }

    private void BeginHead()
    {
        _searched = 0;
        _fieldsStart = 0;
        _lastField = FramingField.None;
        _framing = default;
    }

    private void CheckSize(int length)
    {
        if (_bytesBefore + length > MaxBytes)
        {
            ThrowSize();
        }
    }

    [DoesNotReturn]
    private static void ThrowSize() =>
        throw new RemoteProtocolException($"The peer sent more than {MaxBytes} bytes of header fields.");
}
