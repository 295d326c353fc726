namespace Httpx.Tests.Messages;

public sealed class LinksTests
{
    [Fact]
    public void A_link_is_found_by_its_relation_and_has_its_target_and_parameters()
    {
        var links = Parse("<https://example.org/p?page=2>; rel=\"next\"; title=\"Page 2\"");
        links.Keys.ShouldBe(["next"]);
        links["next"].ShouldBe(new Dictionary<string, string>
        {
            ["url"] = "https://example.org/p?page=2",
            ["rel"] = "next",
            ["title"] = "Page 2",
        }, ignoreOrder: true);
    }

    [Fact]
    public void Several_links_of_one_field_and_of_several_are_all_found()
    {
        var headers = new Headers { { "Link", "</a>; rel=prev, </b>;rel=next" }, { "Link", "</c>; rel=last" } };
        var links = new Response(200, headers).Links;
        links.Keys.ShouldBe(["prev", "next", "last"]);
        links["prev"]["url"].ShouldBe("/a");
        links["next"]["url"].ShouldBe("/b");
        links["last"]["url"].ShouldBe("/c");
    }

    [Theory]
    [InlineData("<http://a/>", "http://a/", "http://a/")]
    [InlineData("<>; rel=self", "self", "")]
    [InlineData("< /a >; rel=self", "self", "/a")]
    [InlineData("</a,b;c>; rel=x", "x", "/a,b;c")]
    [InlineData("</a>; title=\"x, <y>; rel=no\"; rel=yes", "yes", "/a")]
    [InlineData("</a>; REL=Next", "next", "/a")]
    [InlineData("</a>; rel=first; rel=second", "first", "/a")]
    [InlineData("</a>; url=/evil; rel=x", "x", "/a")]
    [InlineData("</a>; flag; rel=x", "x", "/a")]
    [InlineData("</a> ; rel = \"x\"", "x", "/a")]
    [InlineData("rubbish, </a>; rel=x", "x", "/a")]
    [InlineData("</a>;;; rel=x,,", "x", "/a")]
    public void One_link_is_found_under_its_key(string field, string key, string url)
    {
        var links = Parse(field);
        links.Count.ShouldBe(1);
        links[key]["url"].ShouldBe(url);
    }

    [Fact]
    public void A_link_with_several_relations_is_found_by_each()
    {
        var links = Parse("</a>; rel=\"start  http://example.net/rel\"");
        links.Keys.ShouldBe(["start", "http://example.net/rel"]);
        links["start"].ShouldBeSameAs(links["http://example.net/rel"]);
    }

    [Fact]
    public void Of_two_links_with_one_relation_the_later_is_found() => Parse("</a>; rel=x, </b>; rel=x")["x"]["url"].ShouldBe("/b");

    [Theory]
    [InlineData("")]
    [InlineData("no link")]
    [InlineData("</a")]
    [InlineData("/a>")]
    public void A_field_without_a_link_has_none(string field) => Parse(field).ShouldBeEmpty();

    [Fact]
    public void A_response_without_the_field_has_none() => new Response(200).Links.ShouldBeEmpty();

    [Fact]
    public void A_hostile_field_takes_linear_time() =>
        Parse(string.Concat(Enumerable.Repeat("<", 300_000)) + string.Concat(Enumerable.Repeat("<a>,;x,", 200_000))).Count.ShouldBe(2);

    private static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Parse(string field) =>
        new Response(200, new Headers { { "Link", field } }).Links;
}
