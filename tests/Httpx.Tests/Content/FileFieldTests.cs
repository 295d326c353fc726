using Httpx.Tests.Config;
using Microsoft.Win32.SafeHandles;

namespace Httpx.Tests.Content;

public sealed class FileFieldTests
{
    [Fact]
    public void Without_a_name_a_file_is_called_upload()
    {
        FileField[] files = [new MemoryStream(), new byte[1], "text", new FileField(new MemoryStream())];

        files.ShouldAllBe(file => file.FileName == "upload" && file.ContentType == "application/octet-stream");
    }

    [Fact]
    public void A_file_of_the_file_system_has_its_own_name()
    {
        using var folder = new TempFolder();
        var path = folder.Write("report.csv", "a,b");
        using var stream = File.OpenRead(path);

        FileField fromStream = stream;
        FileField fromInfo = new FileInfo(path);

        foreach (var file in new[] { fromStream, fromInfo })
        {
            file.FileName.ShouldBe("report.csv");
            file.ContentType.ShouldBe("text/csv");
            file.Content.Length.ShouldBe(3);
        }
    }

    [Fact]
    public void A_stream_made_from_a_handle_has_no_name_of_its_own()
    {
        using var folder = new TempFolder();
        using var handle = File.OpenHandle(folder.Write("x.csv", ""));
        using var bare = new SafeFileHandle(handle.DangerousGetHandle(), ownsHandle: false);
        using var stream = new FileStream(bare, FileAccess.Read);

        ((FileField)stream).FileName.ShouldBe("upload");
    }

    [Fact]
    public void A_tuple_names_the_file_or_says_that_it_has_no_name()
    {
        FileField named = ("a.png", new MemoryStream());
        FileField typed = ("a.png", new byte[1], "image/x");
        FileField nameless = (null, "text");
        FileField empty = ("", "text");
        FileField namelessTyped = (null, new MemoryStream(), "a/b");
        var constructed = new FileField(new MemoryStream(), fileName: "");

        (named.FileName, named.ContentType).ShouldBe(("a.png", "image/png"));
        (typed.FileName, typed.ContentType).ShouldBe(("a.png", "image/x"));
        (nameless.FileName, nameless.ContentType).ShouldBe((null, null));
        (empty.FileName, empty.ContentType).ShouldBe((null, null));
        (namelessTyped.FileName, namelessTyped.ContentType).ShouldBe((null, "a/b"));
        (constructed.FileName, constructed.ContentType).ShouldBe((null, null));
    }

    [Fact]
    public void Null_is_no_file()
    {
        System.IO.Stream? stream = null;
        Should.Throw<ArgumentNullException>(() => { FileField _ = stream!; });
        Should.Throw<ArgumentNullException>(() => { FileField _ = (byte[])null!; });
        Should.Throw<ArgumentNullException>(() => { FileField _ = (string)null!; });
        Should.Throw<ArgumentNullException>(() => { FileField _ = (FileInfo)null!; });
        Should.Throw<ArgumentNullException>(() => { FileField _ = ("n", stream!); });
        Should.Throw<ArgumentNullException>(() => new Files { ["f"] = null! });
        Should.Throw<ArgumentNullException>(() => new Files { { "f", null! } });
    }

    [Theory]
    [InlineData("a.txt", "text/plain")]
    [InlineData("A.TXT", "text/plain")]
    [InlineData("dir/photo.JpEg", "image/jpeg")]
    [InlineData("archive.tar.gz", "application/gzip")]
    [InlineData("book.sqlite3", "application/octet-stream")]
    [InlineData("x.longextension", "application/octet-stream")]
    [InlineData("x.", "application/octet-stream")]
    [InlineData(".json", "application/json")]
    [InlineData("noextension", "application/octet-stream")]
    [InlineData("k.\u212Aml", "application/octet-stream")]
    public void The_type_is_guessed_by_the_extension(string name, string type)
    {
        MediaTypes.ByName(name).ShouldBe(type);
    }

    [Fact]
    public void Files_keep_order_and_repeats_and_setting_replaces()
    {
        FileField first = "1";
        FileField second = "2";
        FileField third = "3";
        var files = new Files { { "a", first }, { "b", second }, { "a", third } };
        files.Count.ShouldBe(3);
        files.ShouldBe([("a", first), ("b", second), ("a", third)]);

        files["a"] = second;
        files.ShouldBe([("a", second), ("b", second)]);
        ((IEnumerable<KeyValuePair<string, FileField>>)files).ShouldBe([new("a", second), new("b", second)]);

        Files fromDictionary = new Dictionary<string, FileField> { ["a"] = first };
        Files fromTuples = new[] { ("a", first) };
        fromDictionary.ShouldBe([("a", first)]);
        fromTuples.ShouldBe([("a", first)]);
    }
}
