using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Messages;

/// <summary>What a response says: status, headers, text, JSON. How its body is read is in <see cref="ResponseReadingTests"/>.</summary>
public sealed class ResponseTests
{
    [Fact]
    public void A_response_made_by_hand_has_what_it_was_given()
    {
        var response = new Response(404, new Headers { { "X-A", "1" } }, content: "gone", httpVersion: "HTTP/2", reasonPhrase: "Not Here");
        response.StatusCode.ShouldBe(404);
        response.ReasonPhrase.ShouldBe("Not Here");
        response.HttpVersion.ShouldBe("HTTP/2");
        response.Headers["x-a"].ShouldBe("1");
        response.Headers["Content-Length"].ShouldBe("4");
        response.Headers.ContainsKey("Content-Type").ShouldBeFalse();
        response.Content.ToArray().ShouldBe("gone"u8.ToArray());
        response.Text.ShouldBe("gone");
        response.IsClosed.ShouldBeTrue();
        response.IsStreamConsumed.ShouldBeTrue();
        response.NumBytesDownloaded.ShouldBe(4);
        response.Elapsed.ShouldBe(TimeSpan.Zero);
        response.History.ShouldBeEmpty();
        response.NextRequest.ShouldBeNull();
        response.Trailers.Count.ShouldBe(0);
    }

    [Fact]
    public void A_response_without_a_body_is_empty_and_says_nothing_of_it()
    {
        foreach (var response in new[] { new Response(204), new Response(200, content: ""), new Response(200, content: Array.Empty<byte>()) })
        {
            response.Headers.Count.ShouldBe(0);
            response.Content.Length.ShouldBe(0);
            response.Text.ShouldBe("");
        }
    }

    [Fact]
    public void Text_html_and_json_bring_their_headers()
    {
        var text = new Response(200, text: "h\u00e9");
        text.Headers.MultiItems().ShouldBe([new("content-length", "3"), new("content-type", "text/plain; charset=utf-8")]);
        text.Text.ShouldBe("h\u00e9");

        var html = new Response(200, html: "<p>");
        html.Headers["content-type"].ShouldBe("text/html; charset=utf-8");
        html.Text.ShouldBe("<p>");

        var json = new Response(200, json: new Dictionary<string, int> { ["a"] = 1 });
        json.Headers.MultiItems().ShouldBe([new("content-length", "7"), new("content-type", "application/json")]);
        json.Text.ShouldBe("{\"a\":1}");

        new Response(200, text: "").Headers.MultiItems().ShouldBe([new("content-length", "0"), new("content-type", "text/plain; charset=utf-8")]);
    }

    [Fact]
    public void Of_several_bodies_the_first_counts()
    {
        new Response(200, content: "c", text: "t", html: "h", json: 1).Text.ShouldBe("c");
        new Response(200, text: "t", html: "h", json: 1).Text.ShouldBe("t");
        new Response(200, html: "h", json: 1).Text.ShouldBe("h");
    }

    [Fact]
    public void Headers_that_are_given_win_and_stay_as_they_are()
    {
        var headers = new Headers { { "Content-Length", "99" }, { "Content-Type", "text/x" } };
        var response = new Response(200, headers, text: "abc");
        response.Headers.ShouldBe(new Headers { { "Content-Length", "99" }, { "Content-Type", "text/x" } });
        response.Headers["X"] = "y";
        headers.ContainsKey("X").ShouldBeFalse();

        new Response(200, new Headers { { "Transfer-Encoding", "chunked" } }, text: "abc").Headers.ContainsKey("Content-Length").ShouldBeFalse();
    }

    [Fact]
    public void A_body_of_unknown_length_is_marked_as_chunked() =>
        new Response(200, content: RequestContent.From([new byte[] { 1 }])).Headers["Transfer-Encoding"].ShouldBe("chunked");

    [Theory]
    [InlineData(99)]
    [InlineData(1000)]
    [InlineData(-1)]
    public void A_status_code_has_three_digits(int statusCode) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Response(statusCode)).ParamName.ShouldBe("statusCode");

    [Theory]
    [InlineData(200, null, "OK", "<Response [200 OK]>")]
    [InlineData(418, null, "I'm a teapot", "<Response [418 I'm a teapot]>")]
    [InlineData(600, null, "", "<Response [600]>")]
    [InlineData(200, "Fine", "Fine", "<Response [200 Fine]>")]
    [InlineData(200, "", "", "<Response [200]>")]
    public void The_phrase_is_the_given_one_or_the_usual_one(int status, string? given, string phrase, string text)
    {
        var response = new Response(status, reasonPhrase: given);
        response.ReasonPhrase.ShouldBe(phrase);
        response.ToString().ShouldBe(text);
    }

    [Fact]
    public void The_status_has_its_class()
    {
        new Response(100).IsInformational.ShouldBeTrue();
        new Response(200).IsSuccess.ShouldBeTrue();
        new Response(404).IsClientError.ShouldBeTrue();
        new Response(500).IsServerError.ShouldBeTrue();
        new Response(399).IsError.ShouldBeFalse();
        new Response(400).IsError.ShouldBeTrue();
        new Response(599).IsError.ShouldBeTrue();
        new Response(600).IsError.ShouldBeFalse();
    }

    [Theory]
    [InlineData(301, true)]
    [InlineData(302, true)]
    [InlineData(303, true)]
    [InlineData(307, true)]
    [InlineData(308, true)]
    [InlineData(300, false)]
    [InlineData(304, false)]
    [InlineData(305, false)]
    [InlineData(306, false)]
    [InlineData(200, false)]
    [InlineData(201, false)]
    public void A_redirect_is_a_status_that_can_be_followed_and_a_location(int status, bool isRedirect)
    {
        var response = new Response(status, new Headers { { "Location", "/" } });
        response.IsRedirect.ShouldBe(isRedirect);
        response.HasRedirectLocation.ShouldBe(isRedirect);
        new Response(status).IsRedirect.ShouldBeFalse();
    }

    [Fact]
    public void A_response_made_by_hand_has_no_request_until_one_is_set()
    {
        var response = new Response(200);
        Should.Throw<InvalidOperationException>(() => response.Request).Message.ShouldContain("by hand");
        Should.Throw<InvalidOperationException>(() => response.Url);
        Should.Throw<InvalidOperationException>(() => response.Cookies);
        response.RequestOrNull.ShouldBeNull();
        Should.Throw<ArgumentNullException>(() => response.Request = null!);
    }

    [Fact]
    public void Statuses_that_are_no_error_pass()
    {
        foreach (var status in new[] { 100, 200, 204, 304, 399, 600 })
        {
            var response = new Response(status);
            response.RaiseForStatus().ShouldBeSameAs(response);
        }
    }

    [Fact]
    public void An_error_is_raised_with_status_and_url_and_without_the_password()
    {
        var request = new Request("GET", "https://user:secret@example.org/x");
        var response = new Response(404, request: request);
        var exception = Should.Throw<HttpStatusException>(() => response.RaiseForStatus());
        exception.Message.ShouldStartWith("Client error '404 Not Found' for url 'https://");
        exception.Message.ShouldEndWith(
            "example.org/x'\nFor more information check: https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/404");
        exception.Message.ShouldNotContain("secret");
        exception.Response.ShouldBeSameAs(response);
        exception.Request.ShouldBeSameAs(request);
        exception.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);

        Should.Throw<HttpStatusException>(() => new Response(503, request: request).RaiseForStatus())
            .Message.ShouldStartWith("Server error '503 Service Unavailable' for url '");
        Should.Throw<HttpStatusException>(() => new Response(499, request: request).RaiseForStatus())
            .Message.ShouldStartWith("Client error '499' for url '");
        Should.Throw<InvalidOperationException>(() => new Response(500).RaiseForStatus()).Message.ShouldContain("no request");
    }

    [Fact]
    public void The_url_is_that_of_the_request()
    {
        var request = new Request("GET", "https://example.org/x");
        var response = new Response(200, request: request);
        response.Url.ShouldBe(request.Url);
        var other = new Request("GET", "https://example.org/y");
        response.Request = other;
        response.Url.ShouldBe(other.Url);
    }

    [Theory]
    [InlineData(null, "caf\u00c3\u00a9")]
    [InlineData("text/plain", "caf\u00c3\u00a9")]
    [InlineData("text/plain; charset=utf-8", "caf\u00c3\u00a9")]
    [InlineData("text/plain; charset=\"UTF-8\"", "caf\u00c3\u00a9")]
    [InlineData("text/plain; charset=no-such-thing", "caf\u00c3\u00a9")]
    [InlineData("text/plain; charset=utf-7", "caf\u00c3\u00a9")]
    public void Text_is_utf_8_unless_the_content_type_knows_better(string? contentType, string expected)
    {
        var headers = new Headers();
        if (contentType is not null)
        {
            headers["Content-Type"] = contentType;
        }

        new Response(200, headers, content: Encoding.UTF8.GetBytes(expected)).Text.ShouldBe(expected);
    }

    [Fact]
    public void Text_follows_the_charset()
    {
        byte[] latin = [.. "caf"u8, 0xE9];
        new Response(200, new Headers { { "Content-Type", "text/plain; charset=iso-8859-1" } }, content: latin).Text.ShouldBe("caf\u00e9");
        new Response(200, content: latin).Text.ShouldBe("caf\ufffd");
        new Response(200, new Headers { { "Content-Type", "text/plain; charset=utf-16" } }, content: Encoding.Unicode.GetBytes("h\u00e9"))
            .Text.ShouldBe("h\u00e9");
    }

    [Fact]
    public void A_byte_order_mark_is_no_text() => new Response(200, content: new byte[] { 0xEF, 0xBB, 0xBF, (byte)'a' }).Text.ShouldBe("a");

    [Fact]
    public void The_clients_encoding_serves_where_the_response_names_none_that_is_known()
    {
        byte[] latin = [0xE9];
        foreach (var (contentType, text) in new[] { ("text/plain", "\u00e9"), ("text/plain; charset=x", "\u00e9"), ("text/plain; charset=utf-8", "\ufffd") })
        {
            var response = new Response(200, new Headers { { "Content-Type", contentType } }, content: latin) { Defaults = new() { Encoding = Encoding.Latin1 } };
            response.Text.ShouldBe(text);
        }
    }

    [Fact]
    public void A_detector_sees_the_content_and_may_have_no_opinion()
    {
        byte[] latin = [0xE9];
        var response = new Response(200, content: latin)
        {
            Defaults = new()
            {
                Encoding = Encoding.ASCII,
                DetectEncoding = content => content.Span[0] == 0xE9 ? Encoding.Latin1 : null,
            },
        };
        response.Encoding.ShouldBe(Encoding.Latin1);
        response.Text.ShouldBe("\u00e9");

        new Response(200, content: latin) { Defaults = new() { Encoding = Encoding.Latin1, DetectEncoding = _ => null } }.Text.ShouldBe("\u00e9");
        new Response(200, text: "a") { Defaults = new() { DetectEncoding = _ => throw new InvalidDataException() } }.Text.ShouldBe("a");
    }

    [Fact]
    public void An_unread_stream_gives_the_detector_nothing_to_see()
    {
        var response = Face.Blocking.Streamed("a");
        response.Defaults = new ResponseDefaults { DetectEncoding = content => content.Length == 1 ? Encoding.Latin1 : throw new InvalidDataException() };
        response.Encoding.ShouldBe(Encoding.UTF8);
        response.Read();
        response.Encoding.ShouldBe(Encoding.Latin1);
    }

    [Fact]
    public void The_encoding_can_be_set_before_the_text_is_used_only()
    {
        var response = new Response(200, content: new byte[] { 0xE9 });
        response.Encoding = Encoding.Latin1;
        response.Encoding.ShouldBe(Encoding.Latin1);
        response.Text.ShouldBe("\u00e9");
        Should.Throw<InvalidOperationException>(() => response.Encoding = Encoding.UTF8).Message.ShouldContain("Text");
        Should.Throw<ArgumentNullException>(() => response.Encoding = null!);
    }

    [Fact]
    public void Text_is_decoded_once()
    {
        var response = new Response(200, content: "abc");
        response.Text.ShouldBeSameAs(response.Text);
    }

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-32", true)]
    [InlineData("utf-32", false)]
    [InlineData("utf-32BE", true)]
    [InlineData("utf-32BE", false)]
    public void Json_is_read_in_whatever_encoding_it_is(string name, bool withMark)
    {
        var encoding = Encoding.GetEncoding(name);
        var bytes = encoding.GetBytes((withMark ? "\ufeff" : "") + "{\"name\":\"\u00e9\u20ac\"}");
        var response = new Response(200, new Headers { { "Content-Type", "application/json; charset=latin1" } }, content: bytes);
        response.Json().GetProperty("name").GetString().ShouldBe("\u00e9\u20ac");
        response.Json<Dictionary<string, string>>()!["name"].ShouldBe("\u00e9\u20ac");
    }

    [Fact]
    public void Json_names_are_taken_as_written()
    {
        var response = new Response(200, content: "{\"Name\":\"a\",\"name\":\"b\"}");
        response.Json<Named>()!.Name.ShouldBe("a");
        response.Defaults = new ResponseDefaults { JsonOptions = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase } };
        response.Json<Named>()!.Name.ShouldBe("b");
    }

    [Fact]
    public void Json_is_read_through_a_source_generated_context()
    {
        var response = new Response(200, content: "{\"name\":\"a\"}") { Defaults = new() { JsonOptions = new() { TypeInfoResolver = NamedJson.Default } } };
        response.Json<Named>()!.Name.ShouldBeNull();
        Should.Throw<InvalidOperationException>(() => response.Json<Dictionary<string, Version>>()).Message.ShouldContain("TypeInfoResolver");
        response.Json<JsonElement>().GetProperty("name").GetString().ShouldBe("a");
        response.Json<JsonNode>()!["name"]!.GetValue<string>().ShouldBe("a");
    }

    [Fact]
    public void Json_values_of_every_kind_are_read()
    {
        new Response(200, content: " 42 ").Json<int>().ShouldBe(42);
        new Response(200, content: "null").Json<string>().ShouldBeNull();
        new Response(200, content: "null").Json<JsonNode>().ShouldBeNull();
        new Response(200, content: "null").Json().ValueKind.ShouldBe(JsonValueKind.Null);
        new Response(200, content: "[1,2]").Json().GetArrayLength().ShouldBe(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("{")]
    [InlineData("{} x")]
    [InlineData("{'a':1}")]
    [InlineData("NaN")]
    [InlineData("<html>")]
    public void What_is_no_json_is_a_json_exception(string body)
    {
        var response = new Response(200, content: body);
        Should.Throw<JsonException>(() => response.Json());
        Should.Throw<JsonException>(() => response.Json<Dictionary<string, int>>());
        Should.Throw<JsonException>(() => response.Json<JsonNode>());
    }

    [Fact]
    public void Json_too_deep_is_an_exception_and_no_overflow()
    {
        var response = new Response(200, content: new string('[', 100_000));
        Should.Throw<JsonException>(() => response.Json());
        Should.Throw<JsonException>(() => response.Json<object[]>());
        var deep = new Response(200, content: new string('[', 100) + new string(']', 100));
        Should.Throw<JsonException>(() => deep.Json());
        deep.Defaults = new ResponseDefaults { JsonOptions = new JsonSerializerOptions { MaxDepth = 200 } };
        deep.Json().ValueKind.ShouldBe(JsonValueKind.Array);
    }

    [Fact]
    public void Next_is_refused_where_there_is_none()
    {
        Should.Throw<InvalidOperationException>(() => new Response(200).Next()).Message.ShouldContain("no next request");
        Should.Throw<InvalidOperationException>(() => new Response(302, new Headers { { "Location", "/" } }).Next());
    }

    [Theory]
    [BothFaces]
    public async Task Next_sends_the_next_request_by_the_face_that_asks(Face face)
    {
        var response = new Response(302);
        var next = new Request("GET", "https://example.org/next");
        var answer = new Response(200);
        var seen = new List<(Request, bool, bool)>();
        response.SetNext(next, (request, blocking, token) =>
        {
            seen.Add((request, blocking, token.CanBeCanceled));
            return new(answer);
        });
        response.NextRequest.ShouldBeSameAs(next);
        using var source = new CancellationTokenSource();
        (face == Face.Blocking ? response.Next(source.Token) : await response.NextAsync(source.Token)).ShouldBeSameAs(answer);
        seen.ShouldBe([(next, face == Face.Blocking, true)]);

        response.SetNext(next, null);
        Should.Throw<InvalidOperationException>(() => response.Next()).Message.ShouldContain("by hand");
        await Should.ThrowAsync<InvalidOperationException>(() => response.NextAsync());
    }

    [Fact]
    public void History_is_what_was_set()
    {
        var first = new Response(301);
        var response = new Response(200);
        response.SetHistory([first]);
        response.History.ShouldBe([first]);
    }

    [Fact]
    public void Elapsed_runs_from_the_sending_to_the_close()
    {
        var started = TimeProvider.System.GetTimestamp() - TimeProvider.System.TimestampFrequency;
        var streamed = Face.Blocking.Streamed("a");
        streamed.StartedAt = started;
        Should.Throw<InvalidOperationException>(() => streamed.Elapsed).Message.ShouldContain("closed");
        streamed.Close();
        var elapsed = streamed.Elapsed;
        elapsed.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        streamed.Close();
        streamed.Elapsed.ShouldBe(elapsed);

        var read = new Response(200, text: "a") { StartedAt = started };
        read.Elapsed.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
    }
}

internal sealed record Named
{
    public string? Name { get; init; }
}

[JsonSerializable(typeof(Named))]
internal sealed partial class NamedJson : JsonSerializerContext;
