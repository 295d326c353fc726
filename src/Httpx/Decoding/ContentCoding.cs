using System.Text;

namespace Httpx;

/// <summary>Content codings (RFC 9110 8.4): which there are, and how a body is decoded.</summary>
/// <remarks>
/// gzip (and its old name x-gzip), deflate, br, and zstd where the system's libzstd is. "identity" means nothing and is skipped.
/// A coding that is not known here is left on the body, as HTTPX leaves it; so are those that were applied before it, as they
/// lie beneath it (HTTPX would try them on the still encoded bytes, and fail).
/// </remarks>
internal static class ContentCoding
{
    /// <summary>How many codings may lie on one body.</summary>
    /// <remarks>More than one is rare already; every further one multiplies the work that a small hostile body can cause.</remarks>
    internal const int MaxCodings = 5;

    private enum Coding
    {
        Unknown,
        Gzip,
        Deflate,
        Brotli,
        Zstd,
    }

    /// <summary>The value of Accept-Encoding: what can be decoded here, "gzip, deflate, br" and ", zstd" where libzstd is.</summary>
    internal static string AcceptEncoding { get; } = ZstdLibrary.Instance is null ? "gzip, deflate, br" : "gzip, deflate, br, zstd";

    /// <summary>True if the headers name a coding that has to be removed.</summary>
    internal static bool IsEncoded(Headers headers)
    {
        // The way of most responses: no such field, nothing to read.
        if (!headers.Contains("content-encoding"u8))
        {
            return false;
        }

        Span<Coding> codings = stackalloc Coding[MaxCodings];
        var count = Read(headers, codings);
        return count > MaxCodings || (count > 0 && codings[count - 1] != Coding.Unknown);
    }

    /// <summary>The decoded body: the source itself where there is nothing to decode.</summary>
    /// <exception cref="DecodingException">The headers name more than <see cref="MaxCodings"/> codings.</exception>
    internal static ByteStream Decode(ByteStream source, Headers headers)
    {
        Span<Coding> codings = stackalloc Coding[MaxCodings];
        var count = Read(headers, codings);
        if (count > MaxCodings)
        {
            throw new DecodingException(
                $"The response's Content-Encoding names more than {MaxCodings} codings, which no honest server does. " +
                "Its bytes can be had as they are, by IterRaw.");
        }

        // They were applied from left to right, so they come off from right to left.
        for (var i = count - 1; i >= 0 && codings[i] != Coding.Unknown; i--)
        {
            source = codings[i] switch
            {
                Coding.Gzip => new GzipDecoder(source),
                Coding.Deflate => new DeflateDecoder(source),
                Coding.Brotli => new BrotliDecoder(source),
                _ => new ZstdDecoder(source, ZstdLibrary.Instance!),
            };
        }

        return source;
    }

    /// <summary>Reads all Content-Encoding fields as the one list that they are. Stops after the first coding too many.</summary>
    private static int Read(Headers headers, Span<Coding> codings)
    {
        var count = 0;
        foreach (var value in headers.RawValues("content-encoding"u8))
        {
            foreach (var range in value.Split((byte)','))
            {
                var name = value[range].Trim(" \t"u8);
                if (name.IsEmpty || Ascii.EqualsIgnoreCase(name, "identity"u8))
                {
                    continue;
                }

                if (count == codings.Length)
                {
                    return count + 1;
                }

                codings[count++] = Find(name);
            }
        }

        return count;
    }

    private static Coding Find(ReadOnlySpan<byte> name) =>
        Ascii.EqualsIgnoreCase(name, "gzip"u8) || Ascii.EqualsIgnoreCase(name, "x-gzip"u8) ? Coding.Gzip
        : Ascii.EqualsIgnoreCase(name, "br"u8) ? Coding.Brotli
        : Ascii.EqualsIgnoreCase(name, "deflate"u8) ? Coding.Deflate
        : Ascii.EqualsIgnoreCase(name, "zstd"u8) && ZstdLibrary.Instance is not null ? Coding.Zstd
        : Coding.Unknown;
}
