using System.Text;
using Httpx.Engine;
using Httpx.Engine.Http1;
using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Engine.Http1;

public sealed class LlhttpVectorTests
{
    private const string LineFeeds = "Heads may end their lines in LF alone: RFC 9112 2.2 allows it, and all clients accept it.";
    private const string OtherProtocols = "Only HTTP/1.0 and 1.1 were asked for, so nothing else is an answer.";
    private const string Codings = "A body that is chunked in the eyes of some is not read until the connection closes, but refused.";
    private const string Lenient = "A switch to leniency that we do not have.";

    /// <summary>Where we mean to differ, and why.</summary>
    private static readonly Dictionary<string, string> Differences = new()
    {
        ["invalid: Only LFs present and no body"] = LineFeeds,
        ["invalid: Only LFs present"] = LineFeeds,
        ["sample: No carriage ret"] = LineFeeds,
        ["sample: RTSP response"] = OtherProtocols,
        ["sample: ICE response"] = OtherProtocols,
        ["sample: HTTP version 0.9"] = OtherProtocols,
        ["transfer-encoding: `chunked` before other transfer-encoding"] = Codings,
        ["transfer-encoding: multiple transfer-encoding where chunked is not the last one"] = Codings,
        ["transfer-encoding: `chunkedchunked` transfer-encoding does not enable chunked enconding"] = Codings,
        ["transfer-encoding: Trailing space on chunked body"] =
            "Old servers pad sizes with spaces; nobody can take them for something else.",
        ["transfer-encoding: No extension after semicolon"] = "Extensions are skipped, so it does not matter that there is none.",
        ["invalid: Bare CR after response line (lenient)"] = Lenient,
        ["lenient-version: Invalid HTTP version (lenient)"] = Lenient,
        ["transfer-encoding: Invalid OBS fold after chunked value"] = Lenient,
    };

    [Fact]
    public void Responses_are_read_as_llhttp_reads_them_but_for_the_listed_differences()
    {
        var vectors = LlhttpVector.ReadAll(Repository.Corpus("llhttp-http1/test/response")).ToList();
        vectors.Count.ShouldBeGreaterThan(40);
        var differing = new List<string>();
        foreach (var vector in vectors)
        {
            var expected = Show(vector.Messages, vector.Error is not null);
            foreach (var size in new[] { int.MaxValue, 1, 7 })
            {
                var found = Read(vector, size);
                var isListed = Differences.ContainsKey(vector.Name);
                if ((found != expected) != isListed)
                {
                    differing.Add($"{vector.Name}: llhttp has {expected} {vector.Error}; we have {found}");
                }
            }
        }

        differing.ShouldBeEmpty();
    }

    private static string Show(IEnumerable<(int Status, string Body)> messages, bool isRefused) =>
        string.Join(' ', messages.Select(message => $"{message.Status}[{message.Body}]")) + (isRefused ? " refused" : "");

    private static string Read(LlhttpVector vector, int size)
    {
        var connection = new Connection(vector.SkipBody);
        try
        {
            foreach (var piece in vector.Bytes.Chunk(Math.Min(size, vector.Bytes.Length)))
            {
                connection.Receive(piece);
            }
        }
        catch (RemoteProtocolException)
        {
            return Show(connection.Messages, isRefused: true);
        }

        return Show(connection.Messages, isRefused: false);
    }

    /// <summary>Reads one message after the other, as far as the connection may be kept.</summary>
    private sealed class Connection(bool toHead)
    {
        private readonly ReadBuffer _input = new();
        private readonly HeadReader _heads = new();
        private readonly ChunkedReader _chunks = new();
        private ResponseHead _head;
        private bool _isInBody;
        private bool _isOver;
        private long _left;

        internal List<(int Status, string Body)> Messages { get; } = [];

        internal void Receive(byte[] bytes)
        {
            Feed.Receive(_input, bytes);
            while (!_isOver && (_isInBody ? TryReadBody() : TryReadHead()))
            {
            }
        }

        private bool TryReadHead()
        {
            if (!_heads.TryRead(_input, toHead, out _head))
            {
                return false;
            }

            Messages.Add((_head.StatusCode, ""));
            _left = _head.Body == BodyKind.UntilClose ? long.MaxValue : _head.Length;
            _chunks.Reset();
            _isInBody = _head.StatusCode >= 200;
            _isOver = _head.StatusCode == 101;
            return true;
        }

        private bool TryReadBody()
        {
            var bytes = new byte[10];
            int count;
            if (_head.Body == BodyKind.Chunked)
            {
                count = _chunks.Read(_input, bytes);
                _left = _chunks.IsComplete ? 0 : long.MaxValue;
            }
            else
            {
                count = (int)Math.Min(bytes.Length, Math.Min(_left, _input.Length));
                _input.Span[..count].CopyTo(bytes);
                _input.Consume(count);
                _left -= count;
            }

            Messages[^1] = (_head.StatusCode, Messages[^1].Body + Encoding.Latin1.GetString(bytes, 0, count));
            if (_left > 0)
            {
                return count > 0;
            }

            _isInBody = false;
            _isOver = !_head.KeepAlive;
            _heads.Reset();
            return true;
        }
    }
}
