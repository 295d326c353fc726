namespace Httpx.Tests.Sending;

public sealed class MountTableTests : IDisposable
{
    private readonly NamedTransport _main = new("main");

    public void Dispose() => _main.Dispose();

    [Theory]
    [InlineData("http://example.com/", "http")]
    [InlineData("https://example.com/", "main")]
    [InlineData("https://api.example.com/", "api")]
    [InlineData("https://api.example.com:8443/", "api with port")]
    [InlineData("http://bypass.example.com/", "main")]
    [InlineData("custom://anything", "custom")]
    public void The_most_specific_mount_serves_a_url_and_null_is_the_main_transport(string url, string expected)
    {
        using var table = new MountTable(_main,
        [
            new("http://", new NamedTransport("http")),
            new("all://bypass.example.com", null),
            new("https://api.example.com", new NamedTransport("api")),
            new("all://api.example.com:8443", new NamedTransport("api with port")),
            new("custom://", new NamedTransport("custom")),
        ]);

        table.For(new Request("GET", url)).ToString().ShouldBe(expected);
    }

    [Fact]
    public void Of_two_spellings_of_one_pattern_the_later_counts()
    {
        using var table = new MountTable(
            _main, [new("http://example.com:80", new NamedTransport("first")), new("http://EXAMPLE.com", new NamedTransport("second"))]);

        table.For(new Request("GET", "http://example.com/")).ToString().ShouldBe("second");
    }

    [Theory]
    [InlineData("/relative", "missing an 'http://' or 'https://' protocol")]
    [InlineData("//example.com/x", "missing an 'http://' or 'https://' protocol")]
    [InlineData("ftp://example.com/x", "unsupported protocol 'ftp:' of 'ftp://example.com/x'")]
    [InlineData("file:///etc/passwd", "unsupported protocol 'file:'")]
    [InlineData("javascript:alert(1)", "unsupported protocol 'javascript:'")]
    [InlineData("data:text/plain,x", "unsupported protocol 'data:'")]
    [InlineData("ws://example.com/", "unsupported protocol 'ws:'")]
    public void Without_a_mount_only_http_and_https_can_be_asked(string url, string message)
    {
        using var table = new MountTable(_main, []);
        var request = new Request("GET", new Url(url, allowRelative: true));

        var exception = Should.Throw<UnsupportedProtocolException>(() => table.For(request));

        exception.Message.ShouldContain(message);
        exception.Request.ShouldBeSameAs(request);
    }

    [Fact]
    public void The_refusal_shows_no_password()
    {
        using var table = new MountTable(_main, []);

        Should.Throw<UnsupportedProtocolException>(() => table.For(new Request("GET", "ftp://user:secret@example.com/")))
            .Message.ShouldNotContain("secret");
    }

    [Fact]
    public void A_null_mount_for_a_foreign_scheme_leads_nowhere()
    {
        using var table = new MountTable(_main, [new("ftp://", null)]);

        Should.Throw<UnsupportedProtocolException>(() => table.For(new Request("GET", "ftp://example.com/")));
    }

    [Fact]
    public async Task Each_transport_is_closed_once_though_it_is_mounted_twice_and_another_fails()
    {
        var twice = new NamedTransport("twice");
        var broken = new NamedTransport("broken") { Failure = new InvalidOperationException("no") };
        var last = new NamedTransport("last");
        var table = new MountTable(_main, [new("http://", twice), new("https://", twice), new("a://", broken), new("b://", last)]);

        Should.Throw<InvalidOperationException>(table.Dispose).Message.ShouldBe("no");
        (await Should.ThrowAsync<InvalidOperationException>(async () => await table.DisposeAsync())).Message.ShouldBe("no");

        _main.TimesClosed.ShouldBe(2);
        twice.TimesClosed.ShouldBe(2);
        last.TimesClosed.ShouldBe(2);
    }

    private sealed class NamedTransport(string name) : Transport
    {
        public Exception? Failure { get; init; }

        public int TimesClosed { get; private set; }

        public override Response Send(Request request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public override ValueTask<Response> SendAsync(Request request, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public override string ToString() => name;

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            TimesClosed++;
            if (Failure is not null)
            {
                throw Failure;
            }
        }
    }
}
