using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Messages;

public sealed class CookieDateTests
{
    [Theory]
    [InlineData("Wed, 09 Jun 2021 10:18:14 GMT", "2021-06-09T10:18:14")]
    [InlineData("Wednesday, 09-Jun-21 10:18:14 GMT", "2021-06-09T10:18:14")]
    [InlineData("Wed Jun  9 10:18:14 2021", "2021-06-09T10:18:14")]
    [InlineData("10:18:14 2021 9 junior", "2021-06-09T10:18:14")]
    [InlineData("9 JUN 2021 1:2:3", "2021-06-09T01:02:03")]
    [InlineData("9 jun 2021 10:18:14pm", "2021-06-09T10:18:14")]
    [InlineData("9th jun 2021x 10:18:14", "2021-06-09T10:18:14")]
    [InlineData("1 1 jan 10:18:14", null)] // a year has two digits at least
    [InlineData("1 jan 69 00:00:00", "2069-01-01T00:00:00")]
    [InlineData("1 jan 70 00:00:00", "1970-01-01T00:00:00")]
    [InlineData("1 jan 99 00:00:00", "1999-01-01T00:00:00")]
    [InlineData("1 jan 00 00:00:00", "2000-01-01T00:00:00")]
    [InlineData("1 jan 1601 00:00:00", "1601-01-01T00:00:00")]
    [InlineData("1 jan 1600 00:00:00", null)]
    [InlineData("1 jan 100 00:00:00", null)]
    [InlineData("31 dec 9999 23:59:59", "9999-12-31T23:59:59")]
    [InlineData("31 dec 10000 23:59:59", null)]
    [InlineData("29 feb 2024 00:00:00", "2024-02-29T00:00:00")]
    [InlineData("29 feb 2023 00:00:00", null)]
    [InlineData("31 apr 2024 00:00:00", null)]
    [InlineData("0 jan 2024 00:00:00", null)]
    [InlineData("32 jan 2024 00:00:00", null)]
    [InlineData("1 jan 2024 24:00:00", null)]
    [InlineData("1 jan 2024 23:60:00", null)]
    [InlineData("1 jan 2024 23:59:60", null)]
    [InlineData("1 jan 2024 25:00:00 10:00:00", null)] // the first time is the time
    [InlineData("1 jan 2024 123:00:00", null)]
    [InlineData("1 jan 2024 12:00", null)]
    [InlineData("1 jan 2024 12:00:", null)]
    [InlineData("jan 2024 12:00:00", null)] // 2024 is no day, and there is none
    [InlineData("1 2024 12:00:00", null)]
    [InlineData("1 jan 12:00:00", null)]
    [InlineData("1 ja 2024 12:00:00", null)]
    [InlineData("", null)]
    [InlineData("99999999999999999999 jan 1 2024 12:00:00", "2024-01-01T12:00:00")]
    public void Dates_are_read_as_RFC_6265bis_says(string text, string? expected) => Read(text).ShouldBe(expected);

    [Theory]
    [InlineData("examples.json")]
    [InlineData("bsd-examples.json")]
    public void The_dates_of_the_http_state_corpus_are_read(string name)
    {
        var path = Repository.Corpus($"cookies-http-state/tests/data/dates/{name}");
        using var json = JsonDocument.Parse(File.ReadAllText(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        foreach (var example in json.RootElement.EnumerateArray())
        {
            var text = example.GetProperty("test").GetString()!;
            var expected = example.GetProperty("expected").GetString() is { } date
                ? DateTimeOffset.ParseExact(date, "R", CultureInfo.InvariantCulture).ToString("s", CultureInfo.InvariantCulture)
                : null;
            Read(text).ShouldBe(expected, text);
        }
    }

    [Fact]
    public void Every_date_that_HTTP_can_write_is_read_back() =>
        Prop.ForAll(ArbMap.Default.ArbFor<DateTime>(), date =>
        {
            var whole = new DateTimeOffset(date.Ticks - (date.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
            Read(whole.ToString("R", CultureInfo.InvariantCulture))
                .ShouldBe(whole.Year < 1601 ? null : whole.ToString("s", CultureInfo.InvariantCulture));
        }).QuickCheckThrowOnFailure();

    private static string? Read(string text) =>
        CookieDate.TryParse(Encoding.UTF8.GetBytes(text), out var date) ? date.ToString("s", CultureInfo.InvariantCulture) : null;
}
