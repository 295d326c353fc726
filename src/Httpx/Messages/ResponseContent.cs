using System.Globalization;

namespace Httpx;

/// <summary>What the arguments of a response made by hand come to: a body, and the headers that go with it.</summary>
internal static class ResponseContent
{
    /// <summary>The one body: content before text before html before json; null for none. And the type that goes with it.</summary>
    internal static (RequestContent? Body, string? Type) FromArguments(RequestContent? content, string? text, string? html, object? json)
    {
        if (content is not null)
        {
            return (content, content.ContentType);
        }

        if ((text ?? html) is { } characters)
        {
            return (characters, text is not null ? "text/plain; charset=utf-8" : "text/html; charset=utf-8");
        }

        var body = json is null ? null : RequestContent.FromArguments(null, null, null, json, null, null);
        return (body, body?.ContentType);
    }

    /// <summary>Adds what the headers lack.</summary>
    internal static void AddHeaders(Headers headers, RequestContent? body, string? type)
    {
        if (body is null)
        {
            return;
        }

        // Bytes that are none say nothing, as in HTTPX: HEAD and 304 are mocked that way, and their length is another one's.
        var length = body.Length;
        if ((length != 0 || type is not null) && !headers.Contains("content-length"u8) && !headers.Contains("transfer-encoding"u8))
        {
            if (length is { } known)
            {
                headers.Add("Content-Length", known.ToString(CultureInfo.InvariantCulture));
            }
            else
            {
                headers.AddRaw("Transfer-Encoding"u8, "chunked"u8);
            }
        }

        if (type is not null && !headers.Contains("content-type"u8))
        {
            headers.Add("Content-Type", type);
        }
    }
}
