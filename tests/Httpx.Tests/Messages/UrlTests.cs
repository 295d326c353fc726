using System.Diagnostics;

namespace Httpx.Tests.Messages;

public sealed class UrlTests
{
    [Fact]
    public void The_components_of_a_full_url_are_found()
    {
        var url = new Url("https://user%40x:p%3Ass@b\u00fccher.example:8443/a%20b/c;d?x=1&y=%20#fr%20ag");
        url.ToString().ShouldBe("https://user%40x:p%3Ass@xn--bcher-kva.example:8443/a%20b/c;d?x=1&y=%20#fr%20ag");
        url.Scheme.ShouldBe("https");
        url.UserInfo.ShouldBe("user%40x:p%3Ass");
        url.Username.ShouldBe("user@x");
        url.Password.ShouldBe("p:ss");
        url.Host.ShouldBe("b\u00fccher.example");
        url.RawHost.ShouldBe("xn--bcher-kva.example");
        url.Authority.ShouldBe("xn--bcher-kva.example:8443");
        url.Port.ShouldBe(8443);
        url.ExplicitPort.ShouldBe(8443);
        url.Path.ShouldBe("/a b/c;d");
        url.Query.ShouldBe("x=1&y=%20");
        url.FullPath.ShouldBe("/a%20b/c;d?x=1&y=%20");
        url.Fragment.ShouldBe("fr ag");
        url.Params.Get("y").ShouldBe(" ");
        url.Origin.ShouldBe("https://xn--bcher-kva.example:8443");
        url.IsSsl.ShouldBeTrue();
        url.IsAbsoluteUrl.ShouldBeTrue();
        url.IsRelativeUrl.ShouldBeFalse();
        url.HasUserInfo.ShouldBeTrue();
    }

    [Fact]
    public void Components_that_are_not_there_are_empty()
    {
        Url url = "http://h";
        (url.UserInfo + url.Username + url.Password + url.Query + url.Fragment).ShouldBe("");
        url.Path.ShouldBe("/");
        url.FullPath.ShouldBe("/");
        url.Port.ShouldBe(80);
        url.ExplicitPort.ShouldBeNull();
        url.IsSsl.ShouldBeFalse();
        Url nothing = "";
        (nothing.Scheme + nothing.Host + nothing.Authority + nothing.Query + nothing).ShouldBe("");
        nothing.FullPath.ShouldBe("/");
        nothing.Port.ShouldBe(-1);
        nothing.Origin.ShouldBe("null");
        nothing.IsRelativeUrl.ShouldBeTrue();
        Url query = "?a=1";
        query.FullPath.ShouldBe("/?a=1");
        query.ToString().ShouldBe("?a=1");
    }

    [Theory]
    [InlineData("HTTP://EXAMPLE.Org", "http://example.org/")]
    [InlineData("HTTP://h:80", "http://h/")]
    [InlineData("https://h:443/x", "https://h/x")]
    [InlineData("http://h:443/x", "http://h:443/x")]
    [InlineData("ws://h:80", "ws://h/")]
    [InlineData("wss://h:443", "wss://h/")]
    [InlineData("ftp://h:21/x", "ftp://h/x")]
    [InlineData("http://h:", "http://h/")]
    [InlineData("http://h:/x", "http://h/x")]
    [InlineData("http://h:0", "http://h:0/")]
    [InlineData("http://h:00080/", "http://h/")]
    [InlineData("http://h:65535/", "http://h:65535/")]
    [InlineData("http://h?a", "http://h/?a")]
    [InlineData("http://h#a", "http://h/#a")]
    [InlineData("http://h/?", "http://h/?")]
    [InlineData("http://h/#", "http://h/#")]
    [InlineData("http://h/?a=b?c", "http://h/?a=b?c")]
    [InlineData("http://h/#a#b", "http://h/#a#b")]
    [InlineData("http://a@b@c/", "http://a%40b@c/")]
    [InlineData("http://a:b:c@d/", "http://a:b%3Ac@d/")]
    [InlineData("http://u%40x:p@h/", "http://u%40x:p@h/")]
    [InlineData("http://u:@h/", "http://u@h/")]
    [InlineData("http://:@h/", "http://h/")]
    [InlineData("http://@h/", "http://h/")]
    [InlineData("http://:p@h/", "http://:p@h/")]
    [InlineData("http://h/a/./b/../c", "http://h/a/c")]
    [InlineData("http://h/a/..", "http://h/")]
    [InlineData("http://h/a/.", "http://h/a/")]
    [InlineData("http://h/../../a", "http://h/a")]
    [InlineData("http://h/a//../b", "http://h/a/b")]
    [InlineData("http://h/.well-known/..x/.../a.", "http://h/.well-known/..x/.../a.")]
    [InlineData("http://h//", "http://h//")]
    [InlineData("http://h/%2e%2e/%2E/%2f", "http://h/%2e%2e/%2E/%2f")]
    [InlineData("http://h/%zz%2%", "http://h/%zz%2%")]
    [InlineData("http://h/%2500%00", "http://h/%2500%00")]
    [InlineData("http://h/a b\"<>`{}\\|^[]", "http://h/a%20b%22%3C%3E%60%7B%7D%5C|^[]")]
    [InlineData("http://h/?a b\"<>`{}\\|^[]'", "http://h/?a%20b%22%3C%3E`{}\\|^[]'")]
    [InlineData("http://h/#a b\"<>`{}\\|^[]", "http://h/#a%20b%22%3C%3E%60{}\\|^[]")]
    [InlineData("http://h/!$&'()*+,;= abc ABC 123 :/[]@", "http://h/!$&'()*+,;=%20abc%20ABC%20123%20:/[]@")]
    [InlineData("http://a;=[]^|b@h/", "http://a%3B%3D%5B%5D%5E%7Cb@h/")]
    [InlineData("http://h/\u00e4?\u00e4#\u00e4", "http://h/%C3%A4?%C3%A4#%C3%A4")]
    [InlineData("http://h/\ud83d\ude07", "http://h/%F0%9F%98%87")]
    [InlineData("http://\u00e4:\u00f6@h/", "http://%C3%A4:%C3%B6@h/")]
    [InlineData("custom://h", "custom://h")]
    [InlineData("custom://H:80?x", "custom://h:80?x")]
    [InlineData("socks5://u:p@127.0.0.1:1080", "socks5://u:p@127.0.0.1:1080")]
    [InlineData("mailto:me@h", "mailto:me@h")]
    [InlineData("file:///a/../b", "file:///b")]
    [InlineData("x:/a/..//b", "x:/.//b")]
    public void A_url_has_one_normal_form(string given, string normal)
    {
        var url = new Url(given);
        url.ToString().ShouldBe(normal);
        url.ShouldBe(new Url(normal));
        new Url(normal).ToString().ShouldBeSameAs(normal);
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_the_replacement_character()
    {
        new Url("http://h/\ud800/?\udc00").ToString().ShouldBe("http://h/%EF%BF%BD/?%EF%BF%BD");
    }

    [Theory]
    [InlineData("/x")]
    [InlineData("../x?y#z")]
    [InlineData("x/./y")]
    [InlineData("/a/../b")]
    [InlineData("?q")]
    [InlineData("#f")]
    [InlineData("//h/x")]
    [InlineData("1a:b")]
    [InlineData("./a:b")]
    [InlineData("http:/x")]
    [InlineData("https://:443/")]
    public void A_relative_url_stays_as_it_is_and_must_be_allowed(string text)
    {
        Url url = text;
        url.ToString().ShouldContain(text.TrimStart('h', 't', 'p', 's')[..1]);
        url.IsRelativeUrl.ShouldBeTrue();
        new Url(text, allowRelative: true).ShouldBe(url);
        Should.Throw<InvalidUrlException>(() => new Url(text));
    }

    [Theory]
    [InlineData("http://h/a\r\nX: y", "control")]
    [InlineData("http://h/\0", "position 9")]
    [InlineData("http://h/\u007f", "x7f")]
    [InlineData("\thttp://h/", "control")]
    [InlineData("http://", "host")]
    [InlineData("http:///x", "host")]
    [InlineData("http:h", "host")]
    [InlineData("http://:80/", "host")]
    [InlineData("http://u@/", "host")]
    [InlineData("h", "scheme")]
    [InlineData("//h/", "scheme")]
    [InlineData(" http://h/", "scheme")]
    [InlineData(":x", "colon")]
    [InlineData("http://h:80:80/", "port")]
    [InlineData("http://h:65536/", "port")]
    [InlineData("http://h:999999999999999999999/", "port")]
    [InlineData("http://h:-1/", "port")]
    [InlineData("http://h:+1/", "port")]
    [InlineData("http://h:0x50/", "port")]
    [InlineData("http://h:\uff18\uff10/", "port")]
    [InlineData("http://h: 80/", "port")]
    [InlineData("http://exam le.com/", "host")]
    [InlineData("http://h%20h/", "host")]
    [InlineData("http://h%00/", "host")]
    [InlineData("http://h%2fx/", "host")]
    [InlineData("http://h%zz/", "host")]
    [InlineData("http://a^b/", "host")]
    [InlineData("http://a|b/", "host")]
    [InlineData("http://h\\@evil/", "backslash")]
    [InlineData("http://u\\x@h/", "backslash")]
    [InlineData("http://\u2100.com/", "host")]
    public void What_is_no_url_is_refused_with_the_reason(string text, string reason) =>
        Should.Throw<InvalidUrlException>(() => new Url(text)).Message.ShouldContain(reason);

    [Fact]
    public void No_secret_is_in_a_message()
    {
        Should.Throw<InvalidUrlException>(() => new Url("http://user:s3cret/x@h/")).Message.ShouldNotContain("s3cret");
        Should.Throw<InvalidUrlException>(() => new Url("http://user:s3cret@h:x/")).Message.ShouldNotContain("s3cret");
        Should.Throw<InvalidUrlException>(() => new Url("http://user:s3cret@[x/")).Message.ShouldNotContain("s3cret");
    }

    [Fact]
    public void The_length_is_bounded_before_and_after_escaping()
    {
        new Url("http://h/" + new string('a', 65_527)).FullPath.Length.ShouldBe(65_528);
        Should.Throw<InvalidUrlException>(() => new Url("http://h/" + new string('a', 65_528))).Message.ShouldContain("65536");
        Should.Throw<InvalidUrlException>(() => new Url("http://h/" + new string('\u00e4', 20_000))).Message.ShouldContain("65536");
        var path = "/" + new string('a', 65_536);
        Should.Throw<InvalidUrlException>(() => new Url("http://h/").CopyWith(path: path)).Message.ShouldContain("path");
    }

    [Fact]
    public void Equality_is_that_of_the_normal_form()
    {
        Url url = "https://h/x";
        (url == "HTTPS://H:443/x").ShouldBeTrue();
        ("https://h/x" == url).ShouldBeTrue();
        (url != "https://h/X").ShouldBeTrue();
        (url == null).ShouldBeFalse();
        ((Url?)null == null).ShouldBeTrue();
        url.Equals((object)"https://h/x").ShouldBeFalse();
        url.GetHashCode().ShouldBe(new Url("https://H/x").GetHashCode());
        new Url("http://h").ShouldBe(new Url("http://h/"));
        (url + "/y").ShouldBe("https://h/x/y");
    }

    [Fact]
    public void Null_stays_null()
    {
        string? text = null;
        Uri? uri = null;
        Url? fromText = text, fromUri = uri;
        (fromText is null && fromUri is null).ShouldBeTrue();
        Should.Throw<ArgumentNullException>(() => new Url((string)null!));
        Should.Throw<ArgumentNullException>(() => new Url((Uri)null!));
    }

    [Fact]
    public void A_password_is_in_the_text_and_not_in_the_log()
    {
        Url url = "https://user:s3cret@h:8080/x";
        url.ToString().ShouldBe("https://user:s3cret@h:8080/x");
        url.ToLogString().ShouldBe("https://user:[secure]@h:8080/x");
        new Url("https://:s3cret@h/").ToLogString().ShouldBe("https://:[secure]@h/");
        new Url("https://user@h/").ToLogString().ShouldBe("https://user@h/");
        var shown = typeof(Url).GetCustomAttributes(typeof(DebuggerDisplayAttribute), false).ShouldHaveSingleItem();
        ((DebuggerDisplayAttribute)shown).Value.ShouldContain("ToLogString()");
    }

    [Theory]
    [InlineData("https://u:p@h:8080/a%20b?c=%2F#d", "https://u:p@h:8080/a%20b?c=%2F#d")]
    [InlineData("http://B\u00dcCHER.example/\u00e4", "http://xn--bcher-kva.example/%C3%A4")]
    [InlineData("http://[0:0::1]/", "http://[::1]/")]
    [InlineData("/x?y", "/x?y")]
    public void A_uri_can_be_taken_and_given(string text, string expected)
    {
        var uri = new Uri(text, text[0] == '/' ? UriKind.Relative : UriKind.Absolute);
        Url url = uri;
        url.ToString().ShouldBe(expected);
        url.ToUri().IsAbsoluteUri.ShouldBe(uri.IsAbsoluteUri);
        ((Url)url.ToUri()).ShouldBe(url);
        new Url(uri, query: "z=1").Query.ShouldEndWith("z=1");
    }

    [Fact]
    public void The_same_origin_is_scheme_host_and_port()
    {
        Url url = "https://h/x";
        url.IsSameOrigin("https://u:p@H:443/y").ShouldBeTrue();
        url.IsSameOrigin("http://h/x").ShouldBeFalse();
        url.IsSameOrigin("https://h:444/x").ShouldBeFalse();
        url.IsSameOrigin("https://h.x/x").ShouldBeFalse();
        new Url("http://[::1]:80/").IsSameOrigin("http://[0:0:0:0:0:0:0:1]").ShouldBeTrue();
    }

    [Fact]
    public void The_pieces_for_the_wire_are_cut_out_of_the_text()
    {
        var url = new Url("http://u:p@[::1]:8080/a?b#c");
        var sum = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            sum += url.SchemeSpan.Length + url.AuthoritySpan.Length + url.RawHostSpan.Length + url.FullPathSpan.Length;
            sum += url.HasUserInfo && url.IsSameOrigin(url) ? 1 : 0;
        }

        // Per round, because the runtime itself may allocate a little while it compiles.
        ((GC.GetAllocatedBytesForCurrentThread() - before) / 1000).ShouldBeLessThan(16);
        sum.ShouldBe(1000 * (4 + 10 + 3 + 4 + 1));
        url.AuthoritySpan.ToString().ShouldBe("[::1]:8080");
        url.RawHostSpan.ToString().ShouldBe("::1");
        url.FullPathSpan.ToString().ShouldBe("/a?b");
    }

    [Fact]
    public void Reading_a_normal_url_makes_one_small_object()
    {
        const string Text = "https://api.example.org/v1/users/42?fields=name,email";
        Url url = Text;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            url = Text;
        }

        ((GC.GetAllocatedBytesForCurrentThread() - before) / 1000).ShouldBeLessThanOrEqualTo(72);
        url.ToString().ShouldBeSameAs(Text);
    }

    [Theory]
    [InlineData("@")]
    [InlineData(":")]
    [InlineData("a.")]
    [InlineData("%41")]
    [InlineData("/../")]
    [InlineData("/.")]
    [InlineData("a/..")]
    [InlineData("\u00e4")]
    [InlineData("\u00e4.")]
    [InlineData("xn--a.")]
    [InlineData("[")]
    [InlineData("0.")]
    [InlineData("&a=b")]
    public void Hostile_urls_take_no_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 60_000 / piece.Length));
        var clock = Stopwatch.StartNew();
        foreach (var prefix in new[] { "", "http://", "http://h/", "http://h/?", "http://h/#", "http://u:", "http://[" })
        {
            try
            {
                Url url = prefix + text;
                _ = url.Join("../x").Append("y?a=b").CopyMergeParams("a=1");
            }
            catch (InvalidUrlException)
            {
                // Refused is as good: it is only about the time.
            }
        }

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }
}
