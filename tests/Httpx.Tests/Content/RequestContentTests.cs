using System.Buffers;
using System.Text;
using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Content;

public sealed class RequestContentTests
{
    [Theory]
    [BothFaces]
    public async Task Text_is_sent_as_utf8_without_a_content_type(Face face)
    {
        RequestContent content = "h\u00e9llo \U0001F600";

        content.Length.ShouldBe(11);
        content.CanReplay.ShouldBeTrue();
        content.ContentType.ShouldBeNull();
        (await Bodies.ReadAsync(content, face)).ShouldBe("h\u00e9llo \U0001F600"u8.ToArray());
    }

    [Fact]
    public void Null_is_no_body_in_every_conversion()
    {
        string? text = null;
        byte[]? bytes = null;
        System.IO.Stream? stream = null;
        FileInfo? file = null;

        ((RequestContent?)text).ShouldBeNull();
        ((RequestContent?)bytes).ShouldBeNull();
        ((RequestContent?)stream).ShouldBeNull();
        ((RequestContent?)file).ShouldBeNull();
        RequestContent.FromArguments(text, null, null, null, null, null).ShouldBeNull();
    }

    [Theory]
    [BothFaces]
    public async Task Bytes_and_memory_are_taken_as_they_are_and_a_span_is_copied(Face face)
    {
        byte[] source = [1, 2, 3, 4];
        RequestContent bytes = source;
        RequestContent memory = source.AsMemory(1);
        RequestContent readOnly = (ReadOnlyMemory<byte>)source.AsMemory(2);
        RequestContent span = (ReadOnlySpan<byte>)source;
        source[3] = 9;

        (await Bodies.ReadAsync(bytes, face)).ShouldBe([1, 2, 3, 9]);
        (await Bodies.ReadAsync(memory, face)).ShouldBe([2, 3, 9]);
        (await Bodies.ReadAsync(readOnly, face)).ShouldBe([3, 9]);
        (await Bodies.ReadAsync(span, face)).ShouldBe([1, 2, 3, 4]);
        bytes.TryGetBytes(out var inMemory).ShouldBeTrue();
        inMemory.Equals(source).ShouldBeTrue();
    }

    [Theory]
    [BothFaces]
    public async Task A_body_in_memory_is_read_in_any_size_and_again(Face face)
    {
        RequestContent content = "0123456789"u8;

        for (var size = 1; size <= 11; size++)
        {
            (await Bodies.TextAsync(content, face, size)).ShouldBe("0123456789");
        }
    }

    [Fact]
    public async Task The_end_stays_the_end()
    {
        RequestContent content = "x";
        var stream = content.Open(blocking: true);
        var buffer = new byte[4];

        (await stream.ReadAsync(buffer, default)).ShouldBe(1);
        (await stream.ReadAsync(buffer, default)).ShouldBe(0);
        (await stream.ReadAsync(buffer, default)).ShouldBe(0);
        await stream.CloseAsync();
        await stream.CloseAsync();
    }

    [Theory]
    [BothFaces]
    public async Task A_sequence_of_segments_is_sent_in_order(Face face)
    {
        var first = new Segment(new byte[] { 1, 2 }, 0);
        var last = first.Append(Array.Empty<byte>()).Append(new byte[] { 3, 4, 5 });
        var content = RequestContent.From(new ReadOnlySequence<byte>(first, 1, last, 2));

        content.Length.ShouldBe(3);
        content.CanReplay.ShouldBeTrue();
        content.TryGetBytes(out _).ShouldBeFalse();
        foreach (var size in new[] { 1, 2, 3, 100 })
        {
            (await Bodies.ReadAsync(content, face, size)).ShouldBe([2, 3, 4]);
        }
    }

    [Fact]
    public void A_sequence_of_one_segment_is_bytes()
    {
        var content = RequestContent.From(new ReadOnlySequence<byte>([1, 2, 3]));

        content.TryGetBytes(out var bytes).ShouldBeTrue();
        bytes.ToArray().ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void The_first_argument_that_says_something_makes_the_body()
    {
        RequestContent text = "text";
        FormData form = [("a", "1")];
        Files files = [("f", "x")];

        RequestContent.FromArguments(text, form, files, 1, null, null).ShouldBeSameAs(text);
        RequestContent.FromArguments(null, form, files, 1, null, null)!.ContentType.ShouldStartWith("multipart/form-data; boundary=");
        RequestContent.FromArguments(null, form, [], 1, null, null)!.ContentType.ShouldBe("application/x-www-form-urlencoded");
        RequestContent.FromArguments(null, [], [], 1, null, null)!.ContentType.ShouldBe("application/json");
        RequestContent.FromArguments(null, [], [], null, null, null).ShouldBeNull();
        RequestContent.FromArguments(null, null, null, null, null, null).ShouldBeNull();
    }

    [Fact]
    public void Null_chunks_are_refused_where_they_are_given()
    {
        Should.Throw<ArgumentNullException>(() => RequestContent.From((IEnumerable<byte[]>)null!));
        Should.Throw<ArgumentNullException>(() => RequestContent.From((IEnumerable<ReadOnlyMemory<byte>>)null!));
        Should.Throw<ArgumentNullException>(() => RequestContent.From((IAsyncEnumerable<byte[]>)null!));
        Should.Throw<ArgumentNullException>(() => RequestContent.From((IAsyncEnumerable<ReadOnlyMemory<byte>>)null!));
    }

    [Theory]
    [BothFaces]
    public async Task Reading_a_whole_body_gives_all_of_it_whether_or_not_the_length_is_known(Face face)
    {
        var blocking = face == Face.Blocking;
        RequestContent[] contents =
        [
            "some text",
            new MemoryStream(Encoding.UTF8.GetBytes("some text")),
            RequestContent.From(Bodies.Chunks("some ", "", "text")),
        ];
        foreach (var content in contents)
        {
            var read = content.ReadAsync(blocking, default);
            var bytes = blocking ? Blocking.Result(read) : await read;
            Encoding.UTF8.GetString(bytes.Span).ShouldBe("some text");
        }

        RequestContent large = new SourceStream(200_000);
        var task = large.ReadAsync(blocking, default);
        (blocking ? Blocking.Result(task) : await task).Length.ShouldBe(200_000);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        internal Segment(ReadOnlyMemory<byte> memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        internal Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
