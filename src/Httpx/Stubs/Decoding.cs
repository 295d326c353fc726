// The signatures of a room to come: replaced, type by type, by the real thing. No file here survives the first release.
#pragma warning disable
using System.Text;

namespace Httpx;

/// <summary>Content codings (RFC 9110 8.4): which there are, and how a body is decoded.</summary>
internal static class ContentCoding
{
    /// <summary>The value of Accept-Encoding: what can be decoded on this machine, "gzip, deflate, br" and ", zstd" where libzstd is.</summary>
    internal static string AcceptEncoding => throw X.N;
    /// <summary>True if the headers name a coding that has to be removed.</summary>
    internal static bool IsEncoded(Headers headers) => throw X.N;
    /// <summary>The decoded body: the source itself where there is nothing to decode. DecodingException for a chain over five.</summary>
    internal static ByteStream Decode(ByteStream source, Headers headers) => throw X.N;
}
