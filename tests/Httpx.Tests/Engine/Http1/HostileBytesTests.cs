using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Httpx.Engine;
using Httpx.Engine.Http1;

namespace Httpx.Tests.Engine.Http1;

/// <summary>Whatever arrives, a reader gives a result, asks for more, or throws RemoteProtocolException, however it is cut.</summary>
public sealed class HostileBytesTests
{
    private static readonly string[] Heads =
    [
        "HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 12, 12\r\nConnection: keep-alive, x\r\nKeep-Alive: timeout=5, max=9\r\n\r\n",
        "HTTP/1.0 301 Moved\nLocation:/a \nTransfer-Encoding: chunked\n\n",
        "\r\nHTTP/1.1 200\r\nA: 1\r\n  2\r\n \r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\nB:\u00E9\r\n\r\n",
    ];

    private static readonly string[] Bodies =
    [
        "5\r\nhello\r\n0\r\n\r\n",
        "5;a=\"b;\\\"c\" ;d\r\nhello\r\n000a \r\n0123456789\r\n0\r\nX-Sum: 1\r\nSet-Cookie: a\r\n\r\n",
        "FFFFFFFFFFFFFF\r\nx",
    ];

    /// <summary>Bytes that mean something to a parser of HTTP are more likely than in plain noise.</summary>
    private static Gen<byte> Bytes { get; } = Gen.OneOf(
        Gen.Elements("\r\n\r\n\r\n :;,\"\\\t\00159afF"u8.ToArray()), ArbMap.Default.GeneratorFor<byte>());

    [Fact]
    public void Random_bytes_behind_a_status_line_harm_no_reader_of_heads() =>
        Prop.ForAll(Bytes.ArrayOf().ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), (bytes, size) =>
        {
            AgreeOnHead(bytes, size);
            AgreeOnHead([.. "HTTP/1.1 200 OK\r\n"u8, .. bytes], size);
            AgreeOnHead([.. "HTTP/1.1 200 OK\r\nA: 1\r\n"u8, .. bytes, .. "\r\n\r\n"u8], size);
        }).Check(Runs);

    [Fact]
    public void Heads_with_some_bytes_changed_harm_no_reader() =>
        Prop.ForAll(Mutated(Heads).ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), AgreeOnHead).Check(Runs);

    [Fact]
    public void Random_bytes_harm_no_reader_of_chunks() =>
        Prop.ForAll(Bytes.ArrayOf().ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), (bytes, size) =>
        {
            AgreeOnBody(bytes, size);
            AgreeOnBody([.. "0\r\n"u8, .. bytes, .. "\r\n\r\n"u8], size);
        }).Check(Runs);

    [Fact]
    public void Bodies_with_some_bytes_changed_harm_no_reader() =>
        Prop.ForAll(Mutated(Bodies).ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), AgreeOnBody).Check(Runs);

    private static FsCheck.Config Runs => FsCheck.Config.QuickThrowOnFailure.WithMaxTest(2000).WithQuietOnSuccess(true);

    private static Gen<byte[]> Mutated(string[] texts) =>
        from text in Gen.Elements(texts)
        from changes in Change(text.Length).ListOf(4)
        select changes.Aggregate(Feed.Bytes(text), (bytes, change) => change(bytes));

    // One byte replaced, left out or put in; or a stretch of bytes said twice.
    private static Gen<Func<byte[], byte[]>> Change(int length) =>
        from kind in Gen.Choose(0, 4)
        from at in Gen.Choose(0, length - 1)
        from value in Bytes
        select new Func<byte[], byte[]>(bytes =>
        {
            var place = Math.Min(at, bytes.Length);
            var rest = bytes.AsSpan(Math.Min(place + 1, bytes.Length)).ToArray();
            return kind switch
            {
                0 => [.. bytes[..place], value, .. rest],
                1 => [.. bytes[..place], .. rest],
                2 => [.. bytes[..place], value, .. bytes[place..]],
                3 => [.. bytes[..place], .. bytes[(place / 2)..]],
                _ => bytes,
            };
        });

    private static void AgreeOnHead(byte[] bytes, int size) => ReadHeads(bytes, size).ShouldBe(ReadHeads(bytes, int.MaxValue));

    private static void AgreeOnBody(byte[] bytes, int size)
    {
        var whole = ReadBody(bytes, int.MaxValue, out var isRefused);
        var pieces = ReadBody(bytes, size, out var isRefusedInPieces);
        isRefusedInPieces.ShouldBe(isRefused);
        if (!isRefused)
        {
            pieces.ShouldBe(whole);
        }
    }

    private static string ReadHeads(byte[] bytes, int size)
    {
        var reader = new HeadReader();
        var input = new ReadBuffer();
        var found = new StringBuilder();
        reader.Reset();
        try
        {
            foreach (var piece in bytes.Chunk(size))
            {
                Feed.Receive(input, piece);
                while (reader.TryRead(input, toHead: false, out var head))
                {
                    IsWellFormed(head.Headers.Block).ShouldBeTrue();
                    found.Append(Feed.Describe(head));
                }
            }
        }
        catch (RemoteProtocolException)
        {
            found.Append("refused");
        }

        return found.ToString();
    }

    // The block is what the rest of the library trusts to be valid, so it is checked here by other means than the reader's.
    private static bool IsWellFormed(ReadOnlySpan<byte> block)
    {
        var text = Encoding.Latin1.GetString(block);
        if (text.Length == 0)
        {
            return true;
        }

        return text.EndsWith("\r\n", StringComparison.Ordinal) && text[..^2].Split("\r\n").All(line =>
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            return colon > 0
                && line[..colon].All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal))
                && line.All(c => c == '\t' || (c >= ' ' && c != '\u007F'))
                && line[(colon + 2)..].Trim(' ', '\t') == line[(colon + 2)..];
        });
    }

    private static string ReadBody(byte[] bytes, int size, out bool isRefused)
    {
        var reader = new ChunkedReader();
        var input = new ReadBuffer();
        var body = new StringBuilder();
        var destination = new byte[Math.Min(size, 100)];
        reader.Reset();
        isRefused = false;
        try
        {
            foreach (var piece in bytes.Chunk(size))
            {
                Feed.Receive(input, piece);
                while (reader.Read(input, destination) is > 0 and var count)
                {
                    body.Append(Encoding.Latin1.GetString(destination, 0, count));
                }
            }
        }
        catch (RemoteProtocolException)
        {
            isRefused = true;
        }

        var trailers = reader.Trailers is null ? "none" : Encoding.Latin1.GetString(reader.Trailers.Block);
        return $"{body} {reader.IsComplete} {trailers} {input.Length}";
    }
}
