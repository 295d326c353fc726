namespace Httpx;

/// <summary>The content types of common file name extensions, as the IANA registry has them.</summary>
/// <remarks>A table of our own: the system's would send different types from different machines.</remarks>
internal static class MediaTypes
{
    private const string Unknown = "application/octet-stream";

    /// <summary>The type that goes with a file name; <c>application/octet-stream</c> where its extension says nothing.</summary>
    internal static string ByName(string fileName)
    {
        var extension = Path.GetExtension(fileName.AsSpan());
        Span<char> lower = stackalloc char[8]; // longer than any in the table
        return extension.Length is > 1 and <= 8 && extension.ToLowerInvariant(lower) == extension.Length
            ? ByExtension(lower[1..extension.Length])
            : Unknown;
    }

    private static string ByExtension(ReadOnlySpan<char> extension) => extension switch
    {
        // Text.
        "txt" or "text" or "log" or "ini" or "conf" => "text/plain",
        "htm" or "html" => "text/html",
        "css" => "text/css",
        "csv" => "text/csv",
        "tsv" => "text/tab-separated-values",
        "md" or "markdown" => "text/markdown",
        "js" or "mjs" => "text/javascript",
        "xml" or "xsl" => "text/xml",
        "ics" => "text/calendar",
        "vcf" => "text/vcard",
        "vtt" => "text/vtt",
        "rtf" => "application/rtf",

        // Structured data.
        "json" or "map" => "application/json",
        "jsonld" => "application/ld+json",
        "geojson" => "application/geo+json",
        "ndjson" or "jsonl" => "application/x-ndjson",
        "yaml" or "yml" => "application/yaml",
        "toml" => "application/toml",
        "sql" => "application/sql",
        "xhtml" => "application/xhtml+xml",
        "atom" => "application/atom+xml",
        "rss" => "application/rss+xml",
        "wasm" => "application/wasm",
        "parquet" => "application/vnd.apache.parquet",
        "sqlite" => "application/vnd.sqlite3",

        // Images.
        "png" => "image/png",
        "apng" => "image/apng",
        "jpg" or "jpeg" or "jpe" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "heic" => "image/heic",
        "svg" => "image/svg+xml",
        "bmp" => "image/bmp",
        "tif" or "tiff" => "image/tiff",
        "ico" => "image/vnd.microsoft.icon",
        "jxl" => "image/jxl",
        "psd" => "image/vnd.adobe.photoshop",

        // Sound and film.
        "mp3" => "audio/mpeg",
        "wav" => "audio/wav",
        "oga" or "ogg" or "opus" => "audio/ogg",
        "flac" => "audio/flac",
        "aac" => "audio/aac",
        "m4a" => "audio/mp4",
        "mid" or "midi" => "audio/midi",
        "weba" => "audio/webm",
        "mp4" or "m4v" => "video/mp4",
        "webm" => "video/webm",
        "ogv" => "video/ogg",
        "mov" or "qt" => "video/quicktime",
        "mpg" or "mpeg" => "video/mpeg",
        "mkv" => "video/matroska",
        "avi" => "video/x-msvideo",

        // Fonts.
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "otf" => "font/otf",

        // Documents.
        "pdf" => "application/pdf",
        "ps" or "eps" => "application/postscript",
        "epub" => "application/epub+zip",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "ppt" => "application/vnd.ms-powerpoint",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odt" => "application/vnd.oasis.opendocument.text",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "odp" => "application/vnd.oasis.opendocument.presentation",
        "eml" => "message/rfc822",

        // Archives.
        "zip" => "application/zip",
        "gz" or "tgz" => "application/gzip",
        "zst" => "application/zstd",
        "bz2" => "application/x-bzip2",
        "xz" => "application/x-xz",
        "7z" => "application/x-7z-compressed",
        "rar" => "application/vnd.rar",
        "tar" => "application/x-tar",
        "jar" => "application/java-archive",
        "sh" => "application/x-sh",
        _ => Unknown,
    };
}
