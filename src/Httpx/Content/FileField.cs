using System.Text;

namespace Httpx;

/// <summary>One file of a multipart body: its content, its file name and its type.</summary>
/// <remarks>
/// Made by conversion from a <see cref="Stream"/>, bytes, text, a <see cref="FileInfo"/>, or a tuple of file name, content and content
/// type. Without a file name it is that of the file behind the content, else <c>upload</c>; a tuple with null as its file name sends
/// none. Without a content type it is guessed by the file name's extension, else <c>application/octet-stream</c>.
/// <para>A stream that can seek is sent from its beginning, wherever it stands, so that it can be sent again; one that cannot is sent
/// once, from where it is. It stays the caller's and is never closed. A <see cref="FileInfo"/> is opened for each sending and closed
/// thereafter.</para>
/// See <see href="https://www.python-httpx.org/quickstart/#sending-multipart-file-uploads"/>.
/// </remarks>
public sealed class FileField
{
    private const string DefaultName = "upload";

    /// <summary>A file that is read from a stream.</summary>
    /// <param name="content">The stream; it stays open.</param>
    /// <param name="fileName">The file name to send; null for that of the <see cref="FileStream"/>, else <c>upload</c>; empty for
    /// none.</param>
    /// <param name="contentType">The content type; null to guess it by the file name; empty for none.</param>
    /// <param name="headers">More headers of the part. A Content-Type among them wins over <paramref name="contentType"/>, and a
    /// Content-Disposition takes the place of the one that field and file name make.</param>
    /// <exception cref="ArgumentException">The stream cannot be read, or the content type has a control character.</exception>
    public FileField(Stream content, string? fileName = null, string? contentType = null, Headers? headers = null)
        : this(From(content), fileName ?? NameOf(content), contentType, headers)
    {
    }

    private FileField(RequestContent content, string? fileName, string? contentType, Headers? headers = null)
    {
        FileName = string.IsNullOrEmpty(fileName) ? null : fileName;
        if (contentType is not null)
        {
            FieldText.ThrowIfNotValue("Content-Type", contentType, nameof(contentType));
        }
        else if (FileName is not null)
        {
            contentType = MediaTypes.ByName(FileName);
        }

        ContentType = string.IsNullOrWhiteSpace(contentType) ? null : contentType.Trim();
        Content = content;
        Headers = headers;
    }

    /// <summary>The file name that is sent; null for none.</summary>
    public string? FileName { get; }

    /// <summary>The content type that is sent unless <see cref="Headers"/> have one; null for none.</summary>
    public string? ContentType { get; }

    /// <summary>More headers of the part; null for none.</summary>
    public Headers? Headers { get; }

    /// <summary>What is in the file.</summary>
    internal RequestContent Content { get; }

    /// <summary>A file that is read from a stream.</summary>
    /// <param name="content">The stream; it stays open.</param>
    public static implicit operator FileField(Stream content) => new(content);

    /// <summary>A file of these bytes, named <c>upload</c>.</summary>
    /// <param name="content">The bytes, not copied.</param>
    public static implicit operator FileField(byte[] content) => new(From(content), DefaultName, contentType: null);

    /// <summary>A file of this text in UTF-8, named <c>upload</c>: the content, not a path.</summary>
    /// <param name="content">The text.</param>
    public static implicit operator FileField(string content) => new(From(content), DefaultName, contentType: null);

    /// <summary>A file of the file system, under its own name.</summary>
    /// <param name="file">The file; it is opened when it is sent.</param>
    public static implicit operator FileField(FileInfo file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new(new FileContent(file), file.Name, contentType: null);
    }

    /// <summary>A stream under a file name.</summary>
    /// <param name="file">File name (null for none) and content.</param>
    public static implicit operator FileField((string? FileName, Stream Content) file) =>
        new(From(file.Content), file.FileName, contentType: null);

    /// <summary>A stream under a file name and of a content type.</summary>
    /// <param name="file">File name (null for none), content, content type (null to guess it).</param>
    public static implicit operator FileField((string? FileName, Stream Content, string? ContentType) file) =>
        new(From(file.Content), file.FileName, file.ContentType);

    /// <summary>Bytes under a file name.</summary>
    /// <param name="file">File name (null for none) and content.</param>
    public static implicit operator FileField((string? FileName, byte[] Content) file) =>
        new(From(file.Content), file.FileName, contentType: null);

    /// <summary>Bytes under a file name and of a content type.</summary>
    /// <param name="file">File name (null for none), content, content type (null to guess it).</param>
    public static implicit operator FileField((string? FileName, byte[] Content, string? ContentType) file) =>
        new(From(file.Content), file.FileName, file.ContentType);

    /// <summary>Text in UTF-8 under a file name.</summary>
    /// <param name="file">File name (null for none) and content.</param>
    public static implicit operator FileField((string? FileName, string Content) file) =>
        new(From(file.Content), file.FileName, contentType: null);

    /// <summary>Text in UTF-8 under a file name and of a content type.</summary>
    /// <param name="file">File name (null for none), content, content type (null to guess it).</param>
    public static implicit operator FileField((string? FileName, string Content, string? ContentType) file) =>
        new(From(file.Content), file.FileName, file.ContentType);

    private static StreamContent From(Stream content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return new(content, rewind: true);
    }

    private static BytesContent From(byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return new(content);
    }

    private static BytesContent From(string content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return new(Encoding.UTF8.GetBytes(content));
    }

    private static string NameOf(Stream content)
    {
        // A stream made from a bare handle has a placeholder in place of a path.
        var name = content is FileStream file ? Path.GetFileName(file.Name) : "";
        return name is "" or "[Unknown]" ? DefaultName : name;
    }
}
