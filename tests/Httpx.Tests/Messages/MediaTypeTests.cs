namespace Httpx.Tests.Messages;

public sealed class MediaTypeTests
{
    [Theory]
    [InlineData("text/html", "text/html", null)]
    [InlineData("Text/HTML; Charset=UTF-8", "text/html", "UTF-8")]
    [InlineData("text/html;charset=utf-8", "text/html", "utf-8")]
    [InlineData("text/html ; charset = \"utf-8\" ; x=y", "text/html", "utf-8")]
    [InlineData("text/html; x=\"a;charset=no\"; charset=yes", "text/html", "yes")]
    [InlineData("text/html; charset=first; charset=second", "text/html", "first")]
    [InlineData("text/html; x=\"a\\\"b;\"; charset=\"u\\tf\"", "text/html", "utf")]
    [InlineData("text/html; charset=", "text/html", "")]
    [InlineData("text/html; charset", "text/html", "")]
    [InlineData("text/html; ;; =x; charset=utf-8", "text/html", "utf-8")]
    [InlineData("text/html; charset=\"unclosed", "text/html", "unclosed")]
    [InlineData("text/html; charset=\"unclosed\\", "text/html", "unclosed\\")]
    [InlineData("text/html; charset=\"utf-8\"rest; x=y", "text/html", "utf-8")]
    [InlineData("; charset=utf-8", "", "utf-8")]
    [InlineData("", "", null)]
    [InlineData(";", "", null)]
    public void A_content_type_is_taken_apart(string value, string type, string? charset)
    {
        var media = MediaType.Parse(value);
        media.Type.ShouldBe(type);
        media["charset"].ShouldBe(charset);
        MediaType.Parameter(value, "CHARSET").ShouldBe(charset);
    }

    [Fact]
    public void No_value_has_no_parameter() => MediaType.Parameter(null, "charset").ShouldBeNull();

    [Fact]
    public void A_hostile_value_takes_linear_time()
    {
        var media = MediaType.Parse("a/b" + new string(';', 500_000) + string.Concat(Enumerable.Repeat("=;", 250_000)) + "x=\"" + new string('\\', 500_000));
        media["x"]!.Length.ShouldBe(250_000);
    }
}
