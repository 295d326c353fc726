using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Httpx.Tests.Config;
using Httpx.Tests.Fixtures;
using Microsoft.AspNetCore.WebUtilities;

namespace Httpx.Tests.Content;

public sealed class MultipartContentTests
{
    private const string WithBoundary = "multipart/form-data; boundary=b";

    [Theory]
    [BothFaces]
    public async Task Fields_come_first_then_files_each_in_its_order(Face face)
    {
        var content = Bodies.Body(
            data: new FormData { ["a"] = "1", ["list"] = new object?[] { 2, true, null }, ["none"] = Array.Empty<int>(), ["raw"] = new byte[] { (byte)'r' } },
            files: [("f", ("t.txt", "text")), ("f", ("data", new byte[] { (byte)'x' }, "a/b"))],
            WithBoundary);

        var expected = Lines(
            "--b", "Content-Disposition: form-data; name=\"a\"", "", "1",
            "--b", "Content-Disposition: form-data; name=\"list\"", "", "2",
            "--b", "Content-Disposition: form-data; name=\"list\"", "", "true",
            "--b", "Content-Disposition: form-data; name=\"list\"", "", "",
            "--b", "Content-Disposition: form-data; name=\"raw\"", "", "r",
            "--b", "Content-Disposition: form-data; name=\"f\"; filename=\"t.txt\"", "Content-Type: text/plain", "", "text",
            "--b", "Content-Disposition: form-data; name=\"f\"; filename=\"data\"", "Content-Type: a/b", "", "x",
            "--b--");
        (await Bodies.TextAsync(content, face)).ShouldBe(expected);
        content.Length.ShouldBe(expected.Length);
        content.ContentType.ShouldBe(WithBoundary);
    }

    [Fact]
    public void A_small_body_in_memory_is_one_piece()
    {
        var content = Bodies.Body(new() { ["a"] = "1" }, [("f", "x")]);

        content.TryGetBytes(out var bytes).ShouldBeTrue();
        content.Length.ShouldBe(bytes.Length);
        content.CanReplay.ShouldBeTrue();
    }

    [Fact]
    public void Each_body_has_a_boundary_of_its_own()
    {
        var boundaries = Enumerable.Range(0, 50).Select(_ => Bodies.Body(files: [("f", "x")]).ContentType!.Split("boundary=")[1]).ToList();

        boundaries.Distinct().Count().ShouldBe(50);
        boundaries.ShouldAllBe(boundary => boundary.Length == 32 && boundary.All(char.IsAsciiHexDigitLower));
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=abc", "abc")]
    [InlineData("Multipart/Form-Data;charset=utf-8; BOUNDARY=\"a:b c\" ; x=y", "a:b c")]
    [InlineData("multipart/form-data; boundary=+++;", "+++")]
    [InlineData("multipart/form-data; boundary=\"'()+_,-./:=?\"", "'()+_,-./:=?")]
    [InlineData("multipart/related; boundary=z", "z")]
    [InlineData("multipart/form-data; boundary=1234567890123456789012345678901234567890123456789012345678901234567890",
        "1234567890123456789012345678901234567890123456789012345678901234567890")]
    public async Task The_boundary_of_the_request_is_taken_over(string contentType, string boundary)
    {
        var content = Bodies.Body(files: [("f", "x")], contentType: contentType);

        content.ContentType.ShouldBe(contentType);
        var text = await Bodies.TextAsync(content, Face.Blocking);
        text.ShouldStartWith($"--{boundary}\r\n");
        text.ShouldEndWith($"\r\n--{boundary}--\r\n");
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/form-data; boundary=\"\"")]
    [InlineData("multipart/form-data; boundary=\"a \"")]
    [InlineData("multipart/form-data; boundary=\"a\r\nX: y\"")]
    [InlineData("multipart/form-data; boundary=\"a\\\"b\"")]
    [InlineData("multipart/form-data; boundary=\u00e4")]
    [InlineData("multipart/form-data; boundary=a@b")]
    [InlineData("multipart/form-data; boundary=12345678901234567890123456789012345678901234567890123456789012345678901")]
    public void A_boundary_that_cannot_be_one_is_refused(string contentType)
    {
        Should.Throw<ArgumentException>(() => Bodies.Body(files: [("f", "x")], contentType: contentType)).Message.ShouldContain("boundary");
    }

    [Fact]
    public void A_content_type_of_another_kind_has_no_say()
    {
        Bodies.Body(files: [("f", "x")], contentType: "text/plain; boundary=b").ContentType!.ShouldMatch("^multipart/form-data; boundary=[0-9a-f]{32}$");
    }

    [Theory]
    [InlineData("plain name.txt", "plain name.txt")]
    [InlineData("a\"b", "a%22b")]
    [InlineData("hello\\world\"", "hello\\\\world%22")]
    [InlineData("a\r\nX-Evil: 1", "a%0D%0AX-Evil: 1")]
    [InlineData("\0\t\u001a\u001b\u001c\u001f", "%00%09%1A\u001b%1C%1F")]
    [InlineData("n\u00e4me \u65e5\u672c \U0001F600", "n\u00e4me \u65e5\u672c \U0001F600")]
    [InlineData("a%22;=b", "a%22;=b")]
    public async Task Names_are_escaped_as_HTML_forms_do(string name, string escaped)
    {
        var text = await Bodies.TextAsync(Bodies.Body(new() { [name] = "v" }, [(name, (name, "x"))], WithBoundary), Face.Async);

        text.ShouldBe(Lines(
            "--b", $"Content-Disposition: form-data; name=\"{escaped}\"", "", "v",
            "--b", $"Content-Disposition: form-data; name=\"{escaped}\"; filename=\"{escaped}\"",
            $"Content-Type: {(name.EndsWith("txt", StringComparison.Ordinal) ? "text/plain" : "application/octet-stream")}", "", "x",
            "--b--"));
    }

    [Fact]
    public async Task A_name_of_a_megabyte_is_no_trouble()
    {
        var name = new string('"', 1 << 20);

        (await Bodies.TextAsync(Bodies.Body(files: [(name, "x")]), Face.Blocking)).Length.ShouldBeGreaterThan(3 << 20);
    }

    [Fact]
    public async Task Headers_of_a_part_come_before_its_type_and_may_replace_it()
    {
        Files files =
        [
            ("a", new FileField(Stream("1"), "a.txt", headers: new() { ["X-One"] = "1" })),
            ("b", new FileField(Stream("2"), "b.txt", "text/x", new() { ["content-type"] = "text/y", ["X-Two"] = "2" })),
            ("c", new FileField(Stream("3"), "c.txt", "", new() { ["Content-Disposition"] = "attachment" })),
        ];

        (await Bodies.TextAsync(Bodies.Body(files: files, contentType: WithBoundary), Face.Blocking)).ShouldBe(Lines(
            "--b", "Content-Disposition: form-data; name=\"a\"; filename=\"a.txt\"", "X-One: 1", "Content-Type: text/plain", "", "1",
            "--b", "Content-Disposition: form-data; name=\"b\"; filename=\"b.txt\"", "content-type: text/y", "X-Two: 2", "", "2",
            "--b", "Content-Disposition: attachment", "", "3",
            "--b--"));
    }

    [Theory]
    [InlineData("text/plain\r\nX-Evil: 1")]
    [InlineData("text/plain\n")]
    [InlineData("text/\0plain")]
    public void A_content_type_that_would_add_a_header_is_refused(string contentType)
    {
        Should.Throw<ArgumentException>(() => new FileField(Stream("x"), "n", contentType)).Message.ShouldContain("Content-Type");
        Should.Throw<ArgumentException>(() => { FileField _ = ("n", "x", contentType); });
    }

    [Fact]
    public void A_header_that_would_add_another_is_refused()
    {
        Should.Throw<ArgumentException>(() => new FileField(Stream("x"), headers: new() { ["X"] = "a\r\nY: b" }));
        Should.Throw<ArgumentException>(() => new FileField(Stream("x"), headers: new() { ["X: y\r\nZ"] = "a" }));
    }

    [Theory]
    [BothFaces]
    public async Task Files_of_a_form_are_sent_from_their_beginning_and_can_be_sent_by_two_requests(Face face)
    {
        using var stream = new MemoryStream();
        stream.Write("Hello, world!"u8);

        for (var i = 0; i < 2; i++)
        {
            var content = Bodies.Body(files: new() { ["file"] = stream });
            content.CanReplay.ShouldBeTrue();
            var length = content.Length;
            var first = await Bodies.ReadAsync(content, face);
            first.Length.ShouldBe((int)length!.Value);
            Encoding.UTF8.GetString(first).ShouldContain("\r\n\r\nHello, world!\r\n--");
            (await Bodies.ReadAsync(content, face, 7)).ShouldBe(first);
        }

        stream.CanRead.ShouldBeTrue();
    }

    [Theory]
    [BothFaces]
    public async Task A_file_that_cannot_seek_leaves_the_length_open_and_is_sent_once(Face face)
    {
        using var stream = new SourceStream(100_000);
        var content = Bodies.Body(new() { ["a"] = "1" }, [("s", stream), ("t", "text")]);

        content.Length.ShouldBeNull();
        content.CanReplay.ShouldBeFalse();
        content.TryGetBytes(out _).ShouldBeFalse();
        await content.Open(face == Face.Blocking).CloseAsync();
        (await Bodies.ReadAsync(content, face)).Length.ShouldBeGreaterThan(100_000);
        Should.Throw<StreamConsumedException>(() => content.Open(face == Face.Blocking));
        stream.IsDisposed.ShouldBeFalse();
        (stream.AsyncReads > 0).ShouldBe(face == Face.Async);
    }

    [Theory]
    [BothFaces]
    public async Task Files_of_the_file_system_are_opened_one_at_a_time_and_closed(Face face)
    {
        using var folder = new TempFolder();
        var one = folder.Write("one.json", "{}");
        var two = folder.Write("two.bin", new byte[40_000]);
        var content = Bodies.Body(files: new() { ["one"] = new FileInfo(one), ["two"] = new FileInfo(two) }, contentType: WithBoundary);

        var bytes = await Bodies.ReadAsync(content, face);
        bytes.Length.ShouldBe((int)content.Length!.Value);
        Encoding.UTF8.GetString(bytes).ShouldStartWith(Lines(
            "--b", "Content-Disposition: form-data; name=\"one\"; filename=\"one.json\"", "Content-Type: application/json", "", "{}",
            "--b", "Content-Disposition: form-data; name=\"two\"; filename=\"two.bin\"", "Content-Type: application/octet-stream", ""));
        (await Bodies.ReadAsync(content, face)).ShouldBe(bytes);

        // Given up in the middle of the first file.
        var stream = content.Open(face == Face.Blocking);
        await stream.ReadAsync(new byte[bytes.Length - 39_000 - 200], default);
        await stream.CloseAsync();
        (await stream.ReadAsync(new byte[1], default)).ShouldBe(0);
        foreach (var path in new[] { one, two })
        {
            using var exclusive = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
    }

    [Fact]
    public async Task A_quarter_of_a_gigabyte_passes_through_without_being_kept()
    {
        const long Size = 256L << 20;
        using var source = new SourceStream(Size, canSeek: true);
        var content = Bodies.Body(new() { ["a"] = "1" }, [("big", ("big.bin", source))]);
        var stream = content.Open(blocking: true);
        var buffer = new byte[64 * 1024];
        long total = 0;

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var read = Blocking.Result(stream.ReadAsync(buffer, default)); read > 0; read = Blocking.Result(stream.ReadAsync(buffer, default)))
        {
            total += read;
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20); // debug builds allocate for each read
        total.ShouldBe(content.Length!.Value);
        source.LargestRead.ShouldBeLessThanOrEqualTo(buffer.Length);
        source.BlockingReads.ShouldBeLessThanOrEqualTo((int)(Size / buffer.Length) + 2);
        await stream.CloseAsync();
    }

    [Fact]
    public async Task Heads_leave_together_with_what_follows_them()
    {
        using var source = new SourceStream(1000);
        var content = Bodies.Body(new() { ["a"] = "1" }, [("s", source)], WithBoundary);
        var stream = content.Open(blocking: true);
        var buffer = new byte[64 * 1024];

        var first = await stream.ReadAsync(buffer, default);
        first.ShouldBeGreaterThan(1000);
        var second = await stream.ReadAsync(buffer, default);
        Encoding.ASCII.GetString(buffer, 0, second).ShouldBe("\r\n--b--\r\n");
        (await stream.ReadAsync(buffer, default)).ShouldBe(0);
        await stream.CloseAsync();
    }

    [Theory]
    [BothFaces]
    public async Task An_independent_reader_reads_what_was_written(Face face)
    {
        var large = new byte[150_000];
        new Random(1).NextBytes(large);
        var content = Bodies.Body(
            new() { ["field"] = "h\u00e9llo", ["empty"] = "" },
            [("a", ("a.bin", large)), ("b", ("b.bin", new MemoryStream(large), "x/y")), ("c", new SourceStream(5)), ("d", (null, "text"))]);
        var reader = ReaderOf(content, await Bodies.ReadAsync(content, face));

        (await NextAsync(reader)).ShouldBe("form-data; name=\"field\"||h\u00e9llo");
        (await NextAsync(reader)).ShouldBe("form-data; name=\"empty\"||");
        foreach (var (head, type) in new[] { ("name=\"a\"; filename=\"a.bin\"", "application/octet-stream"), ("name=\"b\"; filename=\"b.bin\"", "x/y") })
        {
            var section = (await reader.ReadNextSectionAsync()).ShouldNotBeNull();
            section.ContentDisposition.ShouldBe("form-data; " + head);
            section.ContentType.ShouldBe(type);
            using var body = new MemoryStream();
            await section.Body.CopyToAsync(body);
            body.ToArray().AsSpan().SequenceEqual(large).ShouldBeTrue();
        }

        (await reader.ReadNextSectionAsync()).ShouldNotBeNull().ContentDisposition.ShouldBe("form-data; name=\"c\"; filename=\"upload\"");
        (await NextAsync(reader)).ShouldBe("form-data; name=\"d\"||text");
        (await reader.ReadNextSectionAsync()).ShouldBeNull();

        static async Task<string> NextAsync(MultipartReader reader)
        {
            var section = (await reader.ReadNextSectionAsync()).ShouldNotBeNull();
            return $"{section.ContentDisposition}|{section.ContentType}|{await new StreamReader(section.Body).ReadToEndAsync()}";
        }
    }

    [Fact]
    public void Any_body_is_as_long_as_it_says_and_reads_back_as_it_was()
    {
        var part = from kind in Gen.Choose(0, 3)
                   from size in Gen.Frequency((4, Gen.Choose(0, 50)), (1, Gen.Choose(16_000, 17_000)), (1, Gen.Choose(60_000, 70_000)))
                   from name in ArbMap.Default.GeneratorFor<NonNull<string>>()
                   select (kind, size, name: Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name.Get)));
        var body = from count in Gen.Choose(1, 12)
                   from parts in part.ListOf(count)
                   from readSize in Gen.Frequency((3, Gen.Choose(20, 5000)), (1, Gen.Constant(64 * 1024)))
                   from face in Gen.Elements(Face.Blocking, Face.Async)
                   select (parts, readSize, face);

        Prop.ForAll(body.ToArbitrary(), input => CheckAsync(input.parts, input.readSize, input.face)).QuickCheckThrowOnFailure();

        static async Task CheckAsync(IList<(int Kind, int Size, string Name)> parts, int readSize, Face face)
        {
            var data = new FormData();
            var files = new Files { { "last", "file" } };
            foreach (var (kind, size, name) in parts)
            {
                switch (kind)
                {
                    case 0: data.Add(name, new string('t', size)); break;
                    case 1: files.Add(name, (name, Pattern(size))); break;
                    case 2: files.Add(name, (name, new MemoryStream(Pattern(size)), "x/y")); break;
                    default: files.Add(name, new MemoryStream(Pattern(size))); break;
                }
            }

            var content = Bodies.Body(data, files);
            var bytes = await Bodies.ReadAsync(content, face, readSize);
            content.Length.ShouldBe(bytes.Length);

            var reader = ReaderOf(content, bytes);
            var expected = parts.Where(part => part.Kind == 0).Append((Kind: -1, Size: 4, Name: "last")).Concat(parts.Where(part => part.Kind > 0));
            foreach (var (kind, size, _) in expected)
            {
                var section = (await reader.ReadNextSectionAsync()).ShouldNotBeNull();
                using var read = new MemoryStream();
                await section.Body.CopyToAsync(read);
                var whole = kind switch
                {
                    -1 => "file"u8.ToArray(),
                    0 => Encoding.ASCII.GetBytes(new string('t', size)),
                    _ => Pattern(size),
                };
                read.ToArray().AsSpan().SequenceEqual(whole).ShouldBeTrue();
            }

            (await reader.ReadNextSectionAsync()).ShouldBeNull();
        }
    }

    private static byte[] Pattern(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }

    private static MultipartReader ReaderOf(RequestContent content, byte[] bytes) =>
        new(content.ContentType!.Split("boundary=")[1], new MemoryStream(bytes));

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    private static string Lines(params string[] lines) => string.Join("\r\n", lines) + "\r\n";
}
