using System.Runtime.CompilerServices;
using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Content;

public sealed class ChunksContentTests
{
    [Theory]
    [BothFaces]
    public async Task Chunks_are_sent_in_order_empty_ones_skipped_in_any_read_size(Face face)
    {
        var content = RequestContent.From(Bodies.Chunks("", "ab", "", "", "cde", ""));

        content.Length.ShouldBeNull();
        for (var size = 1; size <= 6; size++)
        {
            (await Bodies.TextAsync(content, face, size)).ShouldBe("abcde");
        }
    }

    [Theory]
    [BothFaces]
    public async Task A_list_of_chunks_can_be_sent_again(Face face)
    {
        var content = RequestContent.From([new byte[] { 1 }, new byte[] { 2, 3 }]);

        content.CanReplay.ShouldBeTrue();
        (await Bodies.ReadAsync(content, face)).ShouldBe([1, 2, 3]);
        (await Bodies.ReadAsync(content, face)).ShouldBe([1, 2, 3]);
    }

    [Theory]
    [BothFaces]
    public async Task An_iterator_that_can_run_only_once_is_found_out_before_the_body_is_complete(Face face)
    {
        using var source = new MemoryStream([1, 2, 3]);
        var content = RequestContent.From(ReadAll(source));

        (await Bodies.ReadAsync(content, face)).ShouldBe([1, 2, 3]);
        var complaint = await Should.ThrowAsync<StreamConsumedException>(() => Bodies.ReadAsync(content, face));
        complaint.Message.ShouldContain("gave 0 bytes now and 3 before");
    }

    [Fact]
    public async Task An_async_iterator_that_can_run_only_once_is_found_out_before_the_body_is_complete()
    {
        using var source = new MemoryStream([1, 2, 3]);
        var content = RequestContent.From(Bodies.Later(ReadAll(source)));

        (await Bodies.ReadAsync(content, Face.Async)).ShouldBe([1, 2, 3]);
        await Should.ThrowAsync<StreamConsumedException>(() => Bodies.ReadAsync(content, Face.Async));
    }

    [Theory]
    [BothFaces]
    public async Task What_an_iterator_throws_comes_out_as_it_is(Face face)
    {
        var content = RequestContent.From(Failing());
        var read = () => Bodies.ReadAsync(content, face);

        (await read.ShouldThrowAsync<TimeZoneNotFoundException>()).Message.ShouldBe("from the iterator");

        static IEnumerable<byte[]> Failing()
        {
            yield return [1];
            throw new TimeZoneNotFoundException("from the iterator");
        }
    }

    [Theory]
    [BothFaces]
    public async Task A_null_chunk_is_named(Face face)
    {
        var content = RequestContent.From(new byte[]?[] { [1], null }!);

        (await Should.ThrowAsync<InvalidOperationException>(() => Bodies.ReadAsync(content, face))).Message.ShouldContain("null");
    }

    [Theory]
    [BothFaces]
    public async Task Closing_disposes_of_the_enumerator_read_to_the_end_or_not(Face face)
    {
        var closed = 0;
        var content = RequestContent.From(Counted());
        await Bodies.ReadAsync(content, face);
        closed.ShouldBe(1);

        var stream = content.Open(face == Face.Blocking);
        await stream.ReadAsync(new byte[1], default);
        await stream.CloseAsync();
        await stream.CloseAsync();
        closed.ShouldBe(2);

        // Nothing runs where nothing is read.
        await content.Open(face == Face.Blocking).CloseAsync();
        closed.ShouldBe(2);

        IEnumerable<byte[]> Counted()
        {
            try
            {
                yield return [1];
                yield return [2];
            }
            finally
            {
                closed++;
            }
        }
    }

    [Fact]
    public async Task An_async_iterator_is_for_the_async_face_only()
    {
        var content = RequestContent.From(Bodies.Later(Bodies.Chunks("", "ab", "", "cd")));

        content.Length.ShouldBeNull();
        content.CanReplay.ShouldBeTrue();
        Should.Throw<InvalidOperationException>(() => content.Open(blocking: true)).Message.ShouldContain("use AsyncClient");
        content.Open(blocking: false).IsAsync.ShouldBeTrue();
        for (var size = 1; size <= 5; size++)
        {
            (await Bodies.TextAsync(content, Face.Async, size)).ShouldBe("abcd");
        }
    }

    [Fact]
    public async Task Memory_from_an_async_iterator_is_sent_too()
    {
        var content = RequestContent.From(Memories());

        (await Bodies.ReadAsync(content, Face.Async)).ShouldBe([1, 2, 3]);

        static async IAsyncEnumerable<ReadOnlyMemory<byte>> Memories()
        {
            yield return new byte[] { 1, 2 };
            await Task.Yield();
            yield return new byte[] { 3 };
        }
    }

    [Fact]
    public async Task Closing_disposes_of_an_async_enumerator()
    {
        var closed = 0;
        var content = RequestContent.From(Counted());
        var stream = content.Open(blocking: false);
        await stream.ReadAsync(new byte[1], default);
        await stream.CloseAsync();
        await stream.CloseAsync();

        closed.ShouldBe(1);

        async IAsyncEnumerable<byte[]> Counted()
        {
            try
            {
                await Task.Yield();
                yield return [1];
                yield return [2];
            }
            finally
            {
                closed++;
            }
        }
    }

    [Fact]
    public async Task A_cancelled_read_ends_at_once_and_closing_tells_the_iterator()
    {
        var token = new TaskCompletionSource<CancellationToken>();
        var goOn = new TaskCompletionSource();
        var closed = new TaskCompletionSource();
        var content = RequestContent.From(Hanging());
        var stream = content.Open(blocking: false);
        using var cancellation = new CancellationTokenSource();

        var read = stream.ReadAsync(new byte[1], cancellation.Token).AsTask();
        var seen = await token.Task;
        await cancellation.CancelAsync();
        (await Should.ThrowAsync<OperationCanceledException>(() => read)).CancellationToken.ShouldBe(cancellation.Token);
        var told = new TaskCompletionSource();
        using var registration = seen.Register(() => told.SetResult());

        // The iterator pays no heed to its token, which must not keep whoever closes.
        await stream.CloseAsync();
        await told.Task;
        closed.Task.IsCompleted.ShouldBeFalse();
        goOn.SetResult();
        await closed.Task;

        async IAsyncEnumerable<byte[]> Hanging([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            try
            {
                token.SetResult(cancellationToken);
                await goOn.Task;
                yield return [1];
            }
            finally
            {
                closed.SetResult();
            }
        }
    }

    [Fact]
    public async Task A_read_after_a_cancelled_one_waits_for_the_same_step()
    {
        var goOn = new TaskCompletionSource();
        var content = RequestContent.From(Slow());
        var stream = content.Open(blocking: false);
        using var cancellation = new CancellationTokenSource();
        var buffer = new byte[4];

        var read = stream.ReadAsync(buffer, cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => read);
        var again = stream.ReadAsync(buffer, default).AsTask();
        goOn.SetResult();

        (await again).ShouldBe(2);
        buffer[..2].ShouldBe([1, 2]);
        await stream.CloseAsync();

        async IAsyncEnumerable<byte[]> Slow()
        {
            await goOn.Task;
            yield return [1, 2];
        }
    }

    private static IEnumerable<byte[]> ReadAll(MemoryStream source)
    {
        var buffer = new byte[2];
        for (var read = source.Read(buffer); read > 0; read = source.Read(buffer))
        {
            yield return buffer[..read];
        }
    }
}
