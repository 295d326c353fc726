using Httpx.Tests.Config;
using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Content;

public sealed class StreamContentTests
{
    [Theory]
    [BothFaces]
    public async Task A_stream_is_sent_from_its_position_and_again_from_there(Face face)
    {
        using var stream = new MemoryStream([1, 2, 3, 4, 5]) { Position = 2 };
        RequestContent content = stream;

        content.Length.ShouldBe(3);
        content.CanReplay.ShouldBeTrue();
        (await Bodies.ReadAsync(content, face)).ShouldBe([3, 4, 5]);
        content.Length.ShouldBe(3);
        (await Bodies.ReadAsync(content, face)).ShouldBe([3, 4, 5]);
        stream.CanRead.ShouldBeTrue();
    }

    [Theory]
    [BothFaces]
    public async Task A_stream_moved_after_its_length_was_told_is_sent_as_told(Face face)
    {
        using var stream = new MemoryStream([1, 2, 3, 4, 5]) { Position = 2 };
        RequestContent content = stream;
        content.Length.ShouldBe(3);
        stream.Position = 5;

        (await Bodies.ReadAsync(content, face)).ShouldBe([3, 4, 5]);
    }

    [Fact]
    public void A_stream_beyond_its_end_is_empty()
    {
        using var stream = new MemoryStream([1]) { Position = 7 };
        RequestContent content = stream;

        content.Length.ShouldBe(0);
    }

    [Theory]
    [BothFaces]
    public async Task A_stream_that_cannot_seek_is_sent_once_and_says_what_to_do_then(Face face)
    {
        using var stream = new SourceStream(10);
        RequestContent content = stream;

        content.Length.ShouldBeNull();
        content.CanReplay.ShouldBeFalse();
        (await Bodies.ReadAsync(content, face)).Length.ShouldBe(10);
        var complaint = await Should.ThrowAsync<StreamConsumedException>(() => Bodies.ReadAsync(content, face));
        complaint.Message.ShouldContain("Hand over bytes or a stream that can seek");
        stream.IsDisposed.ShouldBeFalse();
    }

    [Theory]
    [BothFaces]
    public async Task A_stream_that_was_opened_and_not_read_is_as_good_as_new(Face face)
    {
        RequestContent content = new SourceStream(10);
        await content.Open(face == Face.Blocking).CloseAsync();

        (await Bodies.ReadAsync(content, face)).Length.ShouldBe(10);
    }

    [Theory]
    [BothFaces]
    public async Task Each_face_reads_its_own_way(Face face)
    {
        using var stream = new SourceStream(100_000);
        await Bodies.ReadAsync(stream, face);

        (stream.BlockingReads > 0).ShouldBe(face == Face.Blocking);
        (stream.AsyncReads > 0).ShouldBe(face == Face.Async);
    }

    [Fact]
    public void A_stream_that_cannot_be_read_is_refused_at_once()
    {
        var closed = new MemoryStream();
        closed.Dispose();

        Should.Throw<ArgumentException>(() => { RequestContent _ = closed; }).Message.ShouldContain("cannot be read");
    }

    [Theory]
    [BothFaces]
    public async Task What_a_stream_throws_comes_out_as_it_is(Face face)
    {
        RequestContent content = new BrokenStream();

        (await Should.ThrowAsync<TimeZoneNotFoundException>(() => Bodies.ReadAsync(content, face))).Message.ShouldBe("broken");
    }

    [Theory]
    [BothFaces]
    public async Task A_cancelled_read_ends_as_cancelled(Face face)
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        RequestContent content = new SourceStream(10, canSeek: true);

        await Should.ThrowAsync<OperationCanceledException>(() => Bodies.ReadAsync(content, face, cancellationToken: cancellation.Token));
    }

    [Theory]
    [BothFaces]
    public async Task A_file_is_opened_for_each_sending_and_closed_thereafter(Face face)
    {
        using var folder = new TempFolder();
        var path = folder.Write("body.bin", "file content");
        RequestContent content = new FileInfo(path);

        content.Length.ShouldBe(12);
        content.CanReplay.ShouldBeTrue();
        (await Bodies.TextAsync(content, face, 5)).ShouldBe("file content");
        await File.WriteAllTextAsync(path, "longer file content");
        content.Length.ShouldBe(19);
        (await Bodies.TextAsync(content, face)).ShouldBe("longer file content");
        using var exclusive = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    [Fact]
    public void A_file_that_is_not_there_is_missed_before_anything_is_sent()
    {
        RequestContent content = new FileInfo(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N")));

        Should.Throw<FileNotFoundException>(() => content.Length);
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override int Read(Span<byte> buffer) => throw new TimeZoneNotFoundException("broken");

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new TimeZoneNotFoundException("broken");
    }
}
