using System.IO.Compression;
using System.Text;
using FsCheck.Fluent;
using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Messages;

/// <summary>The body of a response: each way to read it, each state, each face.</summary>
public sealed class ResponseReadingTests
{
    private static readonly byte[] Large = Enumerable.Range(0, 300_000).Select(i => (byte)(i * 31 % 251)).ToArray();

    [Theory]
    [BothFaces]
    public async Task A_streamed_body_goes_from_unread_to_read_and_closed(Face face)
    {
        var body = new ScriptedStream(face, "hello "u8.ToArray(), "world"u8.ToArray());
        var response = new Response(200, "HTTP/1.1", null, new Headers(), body);
        response.IsClosed.ShouldBeFalse();
        response.IsStreamConsumed.ShouldBeFalse();
        response.NumBytesDownloaded.ShouldBe(0);
        Should.Throw<ResponseNotReadException>(() => response.Content).Message.ShouldContain("Read()");
        Should.Throw<ResponseNotReadException>(() => response.Text);
        Should.Throw<ResponseNotReadException>(() => response.Json());

        (await response.ReadAsync(face)).ToArray().ShouldBe("hello world"u8.ToArray());
        response.Text.ShouldBe("hello world");
        response.IsClosed.ShouldBeTrue();
        response.IsStreamConsumed.ShouldBeTrue();
        response.NumBytesDownloaded.ShouldBe(11);
        body.Closings.ShouldBe(1);
        (await response.ReadAsync(face)).ShouldBe(response.Content);
        await response.CloseAsync(face);
        body.Closings.ShouldBe(1);
    }

    [Theory]
    [BothFaces]
    public async Task A_body_that_came_with_its_head_behaves_like_a_stream(Face face)
    {
        var bytes = "hello"u8.ToArray();
        Response Make() => new(200, "HTTP/1.1", null, new Headers(), bytes);

        var response = Make();
        response.IsClosed.ShouldBeFalse();
        response.IsStreamConsumed.ShouldBeFalse();
        Should.Throw<ResponseNotReadException>(() => response.Content);
        Should.Throw<InvalidOperationException>(() => response.Elapsed);
        (await response.ReadAsync(face)).ShouldBe(bytes);
        response.NumBytesDownloaded.ShouldBe(5);
        response.IsClosed.ShouldBeTrue();
        response.IsStreamConsumed.ShouldBeTrue();
        (await Should.ThrowAsync<StreamConsumedException>(() => response.RawAsync(face))).Message.ShouldContain("Read()");

        var raw = Make();
        (await raw.RawAsync(face)).ShouldBe([bytes]);
        raw.NumBytesDownloaded.ShouldBe(5);
        raw.IsClosed.ShouldBeTrue();
        await Should.ThrowAsync<StreamConsumedException>(() => raw.ReadAsync(face));

        var closed = Make();
        await closed.CloseAsync(face);
        closed.IsClosed.ShouldBeTrue();
        closed.IsStreamConsumed.ShouldBeFalse();
        await Should.ThrowAsync<StreamClosedException>(() => closed.ReadAsync(face));
        await Should.ThrowAsync<StreamClosedException>(() => closed.BytesAsync(face));
    }

    [Fact]
    public void A_body_that_came_with_its_head_is_kept_as_it_is()
    {
        var bytes = "hello"u8.ToArray();
        var response = new Response(200, "HTTP/1.1", null, new Headers(), bytes);
        Blocking.Result(response.ReadCoreAsync(blocking: false, CancellationToken.None));
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(response.Content, out var array).ShouldBeTrue();
        array.Array.ShouldBeSameAs(bytes);
    }

    [Fact]
    public void A_response_is_one_small_object()
    {
        const int Count = 10_000;
        var headers = new Headers();
        ReadOnlyMemory<byte> body = "hello"u8.ToArray();
        var responses = new Response[Count];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Count; i++)
        {
            responses[i] = new Response(200, "HTTP/1.1", null, headers, body);
            Blocking.Result(responses[i].ReadCoreAsync(blocking: true, CancellationToken.None));
        }

        // Some bytes over, since the runtime makes things of its own on the way.
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / Count;
        each.ShouldBeInRange(100, 178);
    }

    [Theory]
    [BothFaces]
    public async Task Every_iterator_takes_the_body_once(Face face)
    {
        Func<Response, Task>[] readers =
        [
            r => r.RawAsync(face), r => r.BytesAsync(face), r => r.TextAsync(face), r => r.LinesAsync(face), r => r.CopyAsync(face, new MemoryStream()),
        ];
        foreach (var reader in readers)
        {
            var body = new ScriptedStream(face, "a\n"u8.ToArray());
            var response = new Response(200, "HTTP/1.1", null, new Headers(), body);
            await reader(response);
            body.Closings.ShouldBe(1);
            response.IsClosed.ShouldBeTrue();
            response.IsStreamConsumed.ShouldBeTrue();
            response.NumBytesDownloaded.ShouldBe(2);
            foreach (var second in readers)
            {
                await Should.ThrowAsync<StreamConsumedException>(() => second(response));
            }

            await Should.ThrowAsync<StreamConsumedException>(() => response.ReadAsync(face));
            Should.Throw<StreamConsumedException>(() => response.AsStream());
            Should.Throw<ResponseNotReadException>(() => response.Content);
        }
    }

    [Theory]
    [BothFaces]
    public async Task After_reading_everything_but_raw_can_be_repeated(Face face)
    {
        var response = face.Streamed("a\nb", "c\n\u20ac");
        await response.ReadAsync(face);
        for (var i = 0; i < 2; i++)
        {
            (await response.BytesAsync(face)).ShouldHaveSingleItem().ShouldBe(response.Content.ToArray());
            (await response.BytesAsync(face, 4)).Select(c => c.Length).ShouldBe([4, 4]);
            (await response.TextAsync(face)).ShouldBe(["a\nbc\n\u20ac"]);
            (await response.TextAsync(face, 4)).ShouldBe(["a\nbc", "\n\u20ac"]);
            (await response.LinesAsync(face)).ShouldBe(["a", "bc", "\u20ac"]);
            var copy = new MemoryStream();
            await response.CopyAsync(face, copy);
            copy.ToArray().ShouldBe(response.Content.ToArray());
            await using var stream = response.AsStream();
            new StreamReader(stream).ReadToEnd().ShouldBe("a\nbc\n\u20ac");
            await Should.ThrowAsync<StreamConsumedException>(() => response.RawAsync(face));
        }
    }

    [Theory]
    [BothFaces]
    public async Task An_iterator_made_before_the_reading_runs_over_what_was_read(Face face)
    {
        var response = face.Streamed("abc");
        var blocking = response.IterText();
        var async = response.IterTextAsync();
        await response.ReadAsync(face);
        blocking.ShouldBe(["abc"]);
        (await async.ToListAsync()).ShouldBe(["abc"]);
    }

    [Theory]
    [BothFaces]
    public async Task Chunks_come_as_they_arrive_or_in_the_size_asked_for_and_stay_valid(Face face)
    {
        byte[][] segments = [.. Large.Chunk(70_000)];
        var asTheyCome = await face.Streamed(null, segments).BytesAsync(face);
        asTheyCome.ShouldAllBe(chunk => chunk.Length > 0 && chunk.Length <= 65536);
        asTheyCome.SelectMany(c => c).ShouldBe(Large);
        foreach (var size in new[] { 1000, 65536, 100_000, 299_999, 300_000, 300_001, int.MaxValue })
        {
            var chunks = await face.Streamed(null, segments).BytesAsync(face, size);
            chunks.SkipLast(1).ShouldAllBe(chunk => chunk.Length == size);
            chunks[^1].Length.ShouldBe(Large.Length % size == 0 ? size : Large.Length % size);
            chunks.SelectMany(c => c).ShouldBe(Large);
            (await face.Streamed(null, segments).RawAsync(face, size)).Select(c => c.Length).ShouldBe(chunks.Select(c => c.Length));
        }
    }

    [Theory]
    [BothFaces]
    public async Task An_empty_body_yields_nothing(Face face)
    {
        (await face.Streamed().ReadAsync(face)).Length.ShouldBe(0);
        (await face.Streamed().RawAsync(face)).ShouldBeEmpty();
        (await face.Streamed().BytesAsync(face)).ShouldBeEmpty();
        (await face.Streamed().BytesAsync(face, 3)).ShouldBeEmpty();
        (await face.Streamed().TextAsync(face)).ShouldBeEmpty();
        (await face.Streamed().TextAsync(face, 3)).ShouldBeEmpty();
        (await face.Streamed().LinesAsync(face)).ShouldBeEmpty();
        var read = face.Streamed();
        await read.ReadAsync(face);
        (await read.BytesAsync(face)).ShouldBeEmpty();
        (await read.TextAsync(face)).ShouldBeEmpty();
        (await read.LinesAsync(face)).ShouldBeEmpty();
    }

    [Theory]
    [BothFaces]
    public async Task Characters_and_lines_that_the_network_cut_come_out_whole(Face face)
    {
        var bytes = Encoding.UTF8.GetBytes("\u20ac\r\n\U0001F600b\n\nlast");
        for (var size = 1; size < 6; size++)
        {
            byte[][] cut = [.. bytes.Chunk(size)];
            string.Concat(await face.Streamed(null, cut).TextAsync(face)).ShouldBe("\u20ac\r\n\U0001F600b\n\nlast");
            (await face.Streamed(null, cut).LinesAsync(face)).ShouldBe(["\u20ac", "\U0001F600b", "", "last"]);
            (await face.Streamed(null, bytes).LinesAsync(face, chunkSize: size)).ShouldBe(["\u20ac", "\U0001F600b", "", "last"]);
        }

        (await face.Streamed(null, bytes).TextAsync(face, 2)).ShouldBe(["\u20ac\r", "\n\U0001F600", "b\n", "\nl", "as", "t"]);
        (await face.Streamed(null, [0xE2, 0x82]).TextAsync(face)).ShouldBe(["\ufffd"]);
    }

    [Theory]
    [BothFaces]
    public async Task Streamed_text_follows_the_charset(Face face)
    {
        var response = face.Streamed(new Headers { { "Content-Type", "text/plain; charset=latin1" } }, [0xE9]);
        (await response.TextAsync(face)).ShouldBe(["\u00e9"]);
        var set = face.Streamed(null, [0xE9, 10, 0xE8]);
        set.Encoding = Encoding.Latin1;
        (await set.LinesAsync(face)).ShouldBe(["\u00e9", "\u00e8"]);
    }

    [Theory]
    [BothFaces]
    public async Task A_coded_body_is_decoded_but_for_raw(Face face)
    {
        var coded = Gzip(Large);
        var headers = new Headers { { "Content-Encoding", "gzip" } };
        Response Make() => face.Streamed(headers, [.. coded.Chunk(1000)]);

        var read = Make();
        (await read.ReadAsync(face)).ToArray().ShouldBe(Large);
        read.NumBytesDownloaded.ShouldBe(coded.Length);
        (await Make().BytesAsync(face)).SelectMany(c => c).ShouldBe(Large);
        (await Make().RawAsync(face)).SelectMany(c => c).ShouldBe(coded);
        (await Make().BytesAsync(face, 999)).SkipLast(1).ShouldAllBe(c => c.Length == 999);

        // In memory from the start: from the network, and made by hand.
        var whole = new Response(200, "HTTP/1.1", null, headers, coded);
        (await whole.ReadAsync(face)).ToArray().ShouldBe(Large);
        whole.NumBytesDownloaded.ShouldBe(coded.Length);
        whole.IsClosed.ShouldBeTrue();
        (await new Response(200, "HTTP/1.1", null, headers, coded).RawAsync(face)).SelectMany(c => c).ShouldBe(coded);
        var made = new Response(200, headers, content: coded);
        made.Content.ToArray().ShouldBe(Large);
        made.Headers["Content-Length"].ShouldBe(coded.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_response_made_by_hand_that_is_not_coded_as_it_says_is_refused() =>
        Should.Throw<DecodingException>(() => new Response(200, new Headers { { "Content-Encoding", "gzip" } }, content: "plain"));

    [Theory]
    [BothFaces]
    public async Task A_body_that_breaks_off_closes_the_response(Face face)
    {
        Func<Response, Task>[] readers =
        [
            r => r.ReadAsync(face), r => r.RawAsync(face), r => r.BytesAsync(face), r => r.TextAsync(face, 3), r => r.LinesAsync(face),
            r => r.CopyAsync(face, new MemoryStream()), r => ReadTwice(r.AsStream()),
        ];
        foreach (var reader in readers)
        {
            await Check(reader);
        }

        async Task ReadTwice(Stream stream)
        {
            (await stream.ReadAsync(face, new byte[10])).ShouldBe(3);
            await stream.ReadAsync(face, new byte[10]);
        }

        async Task Check(Func<Response, Task> reader)
        {
            var failure = new ReadException("reset");
            var body = new ScriptedStream(face, "abc"u8.ToArray()) { Failure = failure };
            var response = new Response(200, "HTTP/1.1", null, new Headers(), body);
            (await Should.ThrowAsync<ReadException>(() => reader(response))).ShouldBeSameAs(failure);
            body.Closings.ShouldBe(1);
            response.IsClosed.ShouldBeTrue();
            Should.Throw<ResponseNotReadException>(() => response.Content);
            await Should.ThrowAsync<StreamConsumedException>(() => response.ReadAsync(face));
        }
    }

    [Theory]
    [BothFaces]
    public async Task Errors_of_the_body_know_their_request(Face face)
    {
        var request = new Request("GET", "https://user:secret@example.org/x");
        var headers = new Headers { { "Content-Encoding", "gzip" } };
        foreach (var reader in new Func<Response, Task>[]
        {
            r => r.ReadAsync(face), r => r.BytesAsync(face), r => r.LinesAsync(face), r => r.AsStream().ReadAsync(face, new byte[9]),
        })
        {
            foreach (var response in new[]
            {
                face.Streamed(headers, "not gzip at all"u8.ToArray()),
                new Response(200, "HTTP/1.1", null, new Headers(), new ScriptedStream(face) { Failure = new ReadTimeoutException("late") }),
            })
            {
                response.Request = request;
                (await Should.ThrowAsync<RequestException>(() => reader(response))).Request.ShouldBeSameAs(request);
            }
        }

        var other = new Request("GET", "https://example.org/");
        var known = new Response(200, "HTTP/1.1", null, new Headers(), new ScriptedStream(face) { Failure = new ReadException("reset", other) })
        {
            Request = request,
        };
        (await Should.ThrowAsync<ReadException>(() => known.ReadAsync(face))).Request.ShouldBeSameAs(other);

        var large = face.Streamed("abc");
        large.Request = request;
        large.Defaults = new ResponseDefaults { MaxBytes = 2 };
        var tooLarge = await Should.ThrowAsync<RequestException>(() => large.ReadAsync(face));
        tooLarge.Request.ShouldBeSameAs(request);
        tooLarge.Message.ShouldContain("example.org/x");
        tooLarge.Message.ShouldNotContain("secret");
    }

    [Theory]
    [BothFaces]
    public async Task What_is_not_of_the_library_comes_out_as_it_is_and_closes_the_response(Face face)
    {
        var body = new ScriptedStream(face, "abc"u8.ToArray()) { Failure = new InvalidDataException("mine") };
        var response = new Response(200, "HTTP/1.1", null, new Headers(), body);
        (await Should.ThrowAsync<InvalidDataException>(() => response.ReadAsync(face))).Message.ShouldBe("mine");
        body.Closings.ShouldBe(1);

        var full = new ScriptedStream(face, "abc"u8.ToArray());
        var copied = new Response(200, "HTTP/1.1", null, new Headers(), full);
        await Should.ThrowAsync<NotSupportedException>(() => copied.CopyAsync(face, new MemoryStream([], writable: false)));
        full.Closings.ShouldBe(1);
    }

    [Theory]
    [BothFaces]
    public async Task A_coded_body_that_is_corrupt_is_a_decoding_exception_and_closes_the_response(Face face)
    {
        foreach (var reader in new Func<Response, Task>[] { r => r.ReadAsync(face), r => r.BytesAsync(face), r => r.AsStream().ReadAsync(face, new byte[9]) })
        {
            var body = new ScriptedStream(face, "not gzip at all"u8.ToArray());
            var response = new Response(200, "HTTP/1.1", null, new Headers { { "Content-Encoding", "gzip" } }, body);
            await Should.ThrowAsync<DecodingException>(() => reader(response));
            body.Closings.ShouldBeGreaterThan(0);
            response.IsClosed.ShouldBeTrue();
        }

        var chain = new ScriptedStream(face, "x"u8.ToArray());
        var chained = new Response(200, "HTTP/1.1", null, new Headers { { "Content-Encoding", "gzip,gzip,gzip,gzip,gzip,gzip" } }, chain);
        await Should.ThrowAsync<DecodingException>(() => chained.ReadAsync(face));
        chain.Closings.ShouldBe(1);
    }

    [Theory]
    [BothFaces]
    public async Task Breaking_off_the_enumeration_closes_the_response(Face face)
    {
        var body = new ScriptedStream(face, "a\n"u8.ToArray(), "b\n"u8.ToArray());
        var response = new Response(200, "HTTP/1.1", null, new Headers(), body);
        if (face == Face.Blocking)
        {
            foreach (var line in response.IterLines())
            {
                line.ShouldBe("a");
                break;
            }
        }
        else
        {
            await foreach (var line in response.IterLinesAsync())
            {
                line.ShouldBe("a");
                break;
            }
        }

        body.Closings.ShouldBe(1);
        response.IsClosed.ShouldBeTrue();
    }

    [Theory]
    [BothFaces]
    public async Task A_response_closed_while_it_is_read_yields_no_more(Face face)
    {
        var response = face.Streamed("a", "b");
        if (face == Face.Blocking)
        {
            using var chunks = response.IterText().GetEnumerator();
            chunks.MoveNext().ShouldBeTrue();
            response.Close();
            Should.Throw<StreamClosedException>(() => chunks.MoveNext()).Message.ShouldContain("while");
        }
        else
        {
            await using var chunks = response.IterTextAsync().GetAsyncEnumerator();
            (await chunks.MoveNextAsync()).ShouldBeTrue();
            await response.CloseAsync();
            (await Should.ThrowAsync<StreamClosedException>(() => chunks.MoveNextAsync().AsTask())).Message.ShouldContain("while");
        }
    }

    [Theory]
    [BothFaces]
    public async Task A_second_reader_beside_the_first_is_refused(Face face)
    {
        var response = face.Streamed("a", "b");
        await using var first = response.AsStream();
        (await first.ReadAsync(face, new byte[1])).ShouldBe(1);
        await Should.ThrowAsync<StreamConsumedException>(() => response.ReadAsync(face));
        await Should.ThrowAsync<StreamConsumedException>(() => response.BytesAsync(face));
        (await first.ReadAsync(face, new byte[1])).ShouldBe(1);
    }

    [Fact]
    public async Task Of_many_threads_one_reads()
    {
        for (var round = 0; round < 20; round++)
        {
            var response = Face.Blocking.Streamed("abc", "def");
            var readers = Enumerable.Range(0, 8).Select(_ => Caller.OnOwnThread(() =>
            {
                try
                {
                    return string.Concat(response.IterText());
                }
                catch (StreamConsumedException)
                {
                    return null;
                }
            }));
            (await Task.WhenAll(readers)).Where(text => text is not null).ShouldHaveSingleItem().ShouldBe("abcdef");
        }
    }

    [Fact]
    public async Task The_wrong_face_is_refused_and_the_right_one_still_reads()
    {
        var async = Face.Async.Streamed("abc");
        foreach (var act in new Func<Task>[]
        {
            () => async.ReadAsync(Face.Blocking), () => async.RawAsync(Face.Blocking), () => async.BytesAsync(Face.Blocking),
            () => async.TextAsync(Face.Blocking), () => async.LinesAsync(Face.Blocking), () => async.CopyAsync(Face.Blocking, new MemoryStream()),
        })
        {
            (await Should.ThrowAsync<InvalidOperationException>(act)).Message.ShouldContain("AsyncClient");
        }

        (await async.ReadAsync()).Length.ShouldBe(3);

        var blocking = Face.Blocking.Streamed("abc");
        foreach (var act in new Func<Task>[]
        {
            () => blocking.ReadAsync(), () => blocking.RawAsync(Face.Async), () => blocking.BytesAsync(Face.Async),
            () => blocking.CopyToAsync(new MemoryStream()),
        })
        {
            (await Should.ThrowAsync<InvalidOperationException>(act)).Message.ShouldContain("blocking Client");
        }

        blocking.Read().Length.ShouldBe(3);
    }

    [Theory]
    [BothFaces]
    public async Task Either_close_serves_either_face(Face face)
    {
        var body = new ScriptedStream(face, "a"u8.ToArray());
        using (new Response(200, "HTTP/1.1", null, new Headers(), body))
        {
        }

        body.Closings.ShouldBe(1);
        body = new ScriptedStream(face, "a"u8.ToArray());
        await using (new Response(200, "HTTP/1.1", null, new Headers(), body))
        {
        }

        body.Closings.ShouldBe(1);
    }

    [Theory]
    [BothFaces]
    public async Task A_cancelled_reading_closes_the_response(Face face)
    {
        var cancelled = new CancellationToken(canceled: true);
        Func<Response, Task>[] readers =
        [
            r => r.ReadAsync(face, cancelled), r => r.RawAsync(face, null, cancelled), r => r.BytesAsync(face, 2, cancelled),
            r => r.TextAsync(face, null, cancelled), r => r.LinesAsync(face, null, cancelled),
            r => r.CopyAsync(face, new MemoryStream(), null, cancelled),
        ];
        foreach (var reader in readers)
        {
            var body = new ScriptedStream(face, "a"u8.ToArray());
            var response = new Response(200, "HTTP/1.1", null, new Headers(), body);
            await Should.ThrowAsync<OperationCanceledException>(() => reader(response));
            body.Closings.ShouldBe(1);
        }
    }

    [Fact]
    public async Task The_token_of_the_enumeration_counts_as_well()
    {
        using var source = new CancellationTokenSource();
        var response = Face.Async.Streamed("a\n", "b\n");
        var seen = new List<string>();
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var line in response.IterLinesAsync().WithCancellation(source.Token))
            {
                seen.Add(line);
                await source.CancelAsync();
            }
        });
        seen.ShouldBe(["a"]);
        response.IsClosed.ShouldBeTrue();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_chunk_size_that_cannot_be_is_refused_at_once(int size)
    {
        var response = Face.Blocking.Streamed("a");
        Should.Throw<ArgumentOutOfRangeException>(() => response.IterRaw(size)).ParamName.ShouldBe("chunkSize");
        Should.Throw<ArgumentOutOfRangeException>(() => response.IterBytes(size));
        Should.Throw<ArgumentOutOfRangeException>(() => response.IterText(size));
        Should.Throw<ArgumentOutOfRangeException>(() => response.IterLines(size));
        Should.Throw<ArgumentOutOfRangeException>(() => response.IterLinesAsync(size));
        response.IsStreamConsumed.ShouldBeFalse();
    }

    [Theory]
    [BothFaces]
    public async Task Copying_tells_the_bytes_so_far(Face face)
    {
        var seen = new List<long>();
        var progress = new Progress(seen.Add);
        var destination = new MemoryStream();
        await face.Streamed("abc", "de").CopyAsync(face, destination, progress);
        seen.ShouldBe([3, 5]);
        destination.ToArray().ShouldBe("abcde"u8.ToArray());

        seen.Clear();
        var read = face.Streamed("abc", "de");
        await read.ReadAsync(face);
        await read.CopyAsync(face, destination, progress);
        seen.ShouldBe([5]);
        await Should.ThrowAsync<ArgumentNullException>(() => read.CopyAsync(face, null!));
    }

    [Theory]
    [BothFaces]
    public async Task A_body_over_the_limit_is_refused_and_the_response_closed(Face face)
    {
        var body = new ScriptedStream(face, [.. Large.Chunk(1000)]);
        var response = new Response(200, "HTTP/1.1", null, new Headers(), body) { Defaults = new() { MaxBytes = 10_000 } };
        (await Should.ThrowAsync<RequestException>(() => response.ReadAsync(face))).Message.ShouldContain("MaxResponseBytes, 10000 bytes");
        body.Position.ShouldBeLessThan(20_000);
        body.Closings.ShouldBe(1);

        var whole = new Response(200, "HTTP/1.1", null, new Headers(), Large) { Defaults = new() { MaxBytes = 299_999 } };
        await Should.ThrowAsync<RequestException>(() => whole.ReadAsync(face));
        whole.IsClosed.ShouldBeTrue();

        foreach (var fits in new[] { face.Streamed(null, Large), new Response(200, "HTTP/1.1", null, new Headers(), Large) })
        {
            fits.Defaults = new ResponseDefaults { MaxBytes = 300_000 };
            (await fits.ReadAsync(face)).Length.ShouldBe(300_000);
        }

        var streamed = face.Streamed(null, Large);
        streamed.Defaults = new ResponseDefaults { MaxBytes = 10 };
        (await streamed.BytesAsync(face)).Sum(c => c.Length).ShouldBe(300_000);
    }

    [Theory]
    [BothFaces]
    public async Task A_bomb_is_stopped_at_the_limit(Face face)
    {
        var bomb = Gzip(new byte[50_000_000]);
        var response = face.Streamed(new Headers { { "Content-Encoding", "gzip" } }, bomb);
        response.Defaults = new ResponseDefaults { MaxBytes = 1_000_000 };
        await Should.ThrowAsync<RequestException>(() => response.ReadAsync(face));
        response.IsClosed.ShouldBeTrue();
    }

    [Theory]
    [BothFaces]
    public async Task A_body_made_by_hand_as_a_stream_is_read_by_either_face(Face face)
    {
        Response Make() => new(200, content: RequestContent.From([[1, 2], [3]]));
        var response = Make();
        response.IsClosed.ShouldBeFalse();
        Should.Throw<ResponseNotReadException>(() => response.Content);
        (await response.ReadAsync(face)).ToArray().ShouldBe([1, 2, 3]);
        (await Make().RawAsync(face)).SelectMany(c => c).ShouldBe([1, 2, 3]);

        var closed = Make();
        await closed.CloseAsync(face);
        await Should.ThrowAsync<StreamClosedException>(() => closed.ReadAsync(face));
    }

    [Fact]
    public async Task A_body_made_by_hand_that_is_async_refuses_to_block_and_still_can_be_awaited()
    {
        static async IAsyncEnumerable<byte[]> Chunks()
        {
            await Task.Yield();
            yield return [1];
            yield return [2];
        }

        var response = new Response(200, content: RequestContent.From(Chunks()));
        Should.Throw<InvalidOperationException>(() => response.Read());
        response.IsClosed.ShouldBeFalse();
        response.IsStreamConsumed.ShouldBeFalse();
        (await response.ReadAsync()).ToArray().ShouldBe([1, 2]);
    }

    [Theory]
    [BothFaces]
    public async Task A_wrapper_stands_before_a_body_that_is_still_to_come_and_nowhere_else(Face face)
    {
        var wrapped = 0;
        ByteStream Wrap(ByteStream body)
        {
            wrapped++;
            return new OwnedBody(body, () => default);
        }

        var response = face.Streamed("abc");
        response.WrapBody(Wrap);
        wrapped.ShouldBe(1);
        (await response.ReadAsync(face)).Length.ShouldBe(3);
        response.WrapBody(Wrap);

        new Response(200, "HTTP/1.1", null, new Headers(), "abc"u8.ToArray()).WrapBody(Wrap);
        new Response(200, text: "abc").WrapBody(Wrap);
        wrapped.ShouldBe(1);

        var made = new Response(200, content: RequestContent.From([new byte[] { 1 }]));
        made.WrapBody(Wrap);
        wrapped.ShouldBe(2);
        (await made.ReadAsync(face)).Length.ShouldBe(1);
    }

    [Theory]
    [BothFaces]
    public async Task Trailers_are_there_at_the_end(Face face)
    {
        var body = new ScriptedStream(face, "a"u8.ToArray()) { TrailersAtEnd = new Headers { { "X-Sum", "1" } } };
        var response = new Response(200, "HTTP/1.1", null, new Headers(), body);
        response.Trailers.Count.ShouldBe(0);
        await response.ReadAsync(face);
        response.Trailers["x-sum"].ShouldBe("1");
    }

    [Theory]
    [BothFaces]
    public async Task The_stream_reads_the_decoded_body_and_closes_the_response_at_its_end(Face face)
    {
        var body = new ScriptedStream(face, [.. Gzip(Large).Chunk(777)]);
        var response = new Response(200, "HTTP/1.1", null, new Headers { { "Content-Encoding", "gzip" } }, body);
        var stream = response.AsStream();
        stream.CanRead.ShouldBeTrue();
        stream.CanSeek.ShouldBeFalse();
        stream.CanWrite.ShouldBeFalse();
        Should.Throw<NotSupportedException>(() => stream.Length);
        Should.Throw<NotSupportedException>(() => stream.Position);
        Should.Throw<NotSupportedException>(() => stream.Seek(0, SeekOrigin.Begin));
        Should.Throw<NotSupportedException>(() => stream.Write([1]));
        response.IsStreamConsumed.ShouldBeTrue();

        var all = new MemoryStream();
        var buffer = new byte[100_000];
        (await stream.ReadAsync(face, Memory<byte>.Empty)).ShouldBe(0);
        while (await stream.ReadAsync(face, buffer) is var count and > 0)
        {
            all.Write(buffer, 0, count);
        }

        all.ToArray().ShouldBe(Large);
        response.IsClosed.ShouldBeTrue();
        body.Closings.ShouldBeGreaterThan(0);
        (await stream.ReadAsync(face, buffer)).ShouldBe(0);
        await stream.DisposeAsync();
        stream.CanRead.ShouldBeFalse();
        await Should.ThrowAsync<ObjectDisposedException>(() => stream.ReadAsync(face, buffer));
    }

    [Theory]
    [BothFaces]
    public async Task Disposing_of_the_stream_closes_the_response(Face face)
    {
        foreach (var isRead in new[] { true, false })
        {
            var body = new ScriptedStream(face, "a"u8.ToArray(), "b"u8.ToArray());
            var response = new Response(200, "HTTP/1.1", null, new Headers(), body);
            var stream = response.AsStream();
            if (isRead)
            {
                (await stream.ReadAsync(face, new byte[5])).ShouldBe(1);
            }

            if (face == Face.Blocking)
            {
                stream.Dispose();
            }
            else
            {
                await stream.DisposeAsync();
            }

            body.Closings.ShouldBe(1);
            response.IsClosed.ShouldBeTrue();
        }
    }

    [Theory]
    [BothFaces]
    public async Task The_stream_refuses_the_wrong_face_too(Face face)
    {
        var wrong = face == Face.Async ? Face.Blocking : Face.Async;
        await using var stream = face.Streamed("abc").AsStream();
        await Should.ThrowAsync<InvalidOperationException>(() => stream.ReadAsync(wrong, new byte[5]));
        (await stream.ReadAsync(face, new byte[5])).ShouldBe(3);
    }

    [Theory]
    [BothFaces]
    public async Task However_the_network_cuts_a_body_bytes_text_and_lines_are_the_same(Face face)
    {
        var alphabet = Gen.Elements("a", "b", "\u00e9", "\u20ac", "\U0001F600", "\n", "\r", "\r\n", "\u2028", " ");
        var cases =
            from text in alphabet.ListOf().Select(parts => string.Concat(parts))
            from segment in Gen.Choose(1, 7)
            from chunk in Gen.Choose(1, 9)
            select (text, segment, chunk);
        foreach (var (text, segment, chunk) in cases.Sample(200, 60))
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            byte[][] segments = [.. bytes.Chunk(segment)];
            var whole = new Response(200, content: bytes);

            (await face.Streamed(null, segments).RawAsync(face)).SelectMany(c => c).ShouldBe(bytes);
            (await face.Streamed(null, segments).BytesAsync(face, chunk)).ShouldBe(bytes.Chunk(chunk));
            string.Concat(await face.Streamed(null, segments).TextAsync(face)).ShouldBe(text);
            (await face.Streamed(null, segments).TextAsync(face, chunk)).ShouldBe(await whole.TextAsync(face, chunk));
            (await face.Streamed(null, segments).LinesAsync(face)).ShouldBe(await whole.LinesAsync(face));
        }
    }

    private static byte[] Gzip(byte[] bytes)
    {
        var coded = new MemoryStream();
        using (var gzip = new GZipStream(coded, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return coded.ToArray();
    }

    private sealed class Progress(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
