namespace Httpx.Tests.Fixtures;

/// <summary>The reading members of a response, by the face that a test runs with.</summary>
internal static class ResponseFaces
{
    /// <summary>A response whose body arrives in the given segments.</summary>
    internal static Response Streamed(this Face face, Headers? headers, params byte[][] segments) =>
        new(200, "HTTP/1.1", null, headers ?? new Headers(), new ScriptedStream(face, segments));

    /// <summary>The same without headers, in text.</summary>
    internal static Response Streamed(this Face face, params string[] segments) =>
        face.Streamed(null, segments.Select(System.Text.Encoding.UTF8.GetBytes).ToArray());

    internal static async Task<ReadOnlyMemory<byte>> ReadAsync(this Response response, Face face, CancellationToken cancellationToken = default) =>
        face == Face.Blocking ? response.Read(cancellationToken) : await response.ReadAsync(cancellationToken);

    internal static Task<List<byte[]>> RawAsync(
        this Response response, Face face, int? chunkSize = null, CancellationToken cancellationToken = default) => face == Face.Blocking
            ? ListAsync(response.IterRaw(chunkSize, cancellationToken), chunk => chunk.ToArray())
            : ListAsync(response.IterRawAsync(chunkSize, cancellationToken), chunk => chunk.ToArray());

    internal static Task<List<byte[]>> BytesAsync(
        this Response response, Face face, int? chunkSize = null, CancellationToken cancellationToken = default) => face == Face.Blocking
            ? ListAsync(response.IterBytes(chunkSize, cancellationToken), chunk => chunk.ToArray())
            : ListAsync(response.IterBytesAsync(chunkSize, cancellationToken), chunk => chunk.ToArray());

    internal static Task<List<string>> TextAsync(
        this Response response, Face face, int? chunkSize = null, CancellationToken cancellationToken = default) => face == Face.Blocking
            ? ListAsync(response.IterText(chunkSize, cancellationToken), text => text)
            : ListAsync(response.IterTextAsync(chunkSize, cancellationToken), text => text);

    internal static Task<List<string>> LinesAsync(
        this Response response, Face face, int? chunkSize = null, CancellationToken cancellationToken = default) => face == Face.Blocking
            ? ListAsync(response.IterLines(chunkSize, cancellationToken), line => line)
            : ListAsync(response.IterLinesAsync(chunkSize, cancellationToken), line => line);

    internal static async Task CopyAsync(
        this Response response, Face face, Stream destination, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        if (face == Face.Blocking)
        {
            response.CopyTo(destination, progress, cancellationToken);
        }
        else
        {
            await response.CopyToAsync(destination, progress, cancellationToken);
        }
    }

    internal static async Task CloseAsync(this Response response, Face face)
    {
        if (face == Face.Blocking)
        {
            response.Close();
        }
        else
        {
            await response.CloseAsync();
        }
    }

    internal static async Task<int> ReadAsync(this Stream stream, Face face, Memory<byte> buffer) =>
        face == Face.Blocking ? stream.Read(buffer.Span) : await stream.ReadAsync(buffer);

    // What a chunk is made into is made at the end: a chunk that did not stay valid shows.
    private static Task<List<TOut>> ListAsync<TIn, TOut>(IEnumerable<TIn> items, Func<TIn, TOut> convert) =>
        Task.FromResult(items.ToList().ConvertAll(item => convert(item)));

    private static async Task<List<TOut>> ListAsync<TIn, TOut>(IAsyncEnumerable<TIn> items, Func<TIn, TOut> convert)
    {
        var list = new List<TIn>();
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list.ConvertAll(item => convert(item));
    }
}
