using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Sending;

public sealed class OwnedBodyTests
{
    [Fact]
    public async Task Closing_the_body_closes_its_owner_after_it()
    {
        var body = new RecordedBody(Face.Async, "x"u8.ToArray()) { HasLength = true };
        var wasClosedFirst = false;
        var owned = new OwnedBody(body, () =>
        {
            wasClosedFirst = body.IsClosed;
            return default;
        });

        owned.IsAsync.ShouldBeTrue();
        owned.Length.ShouldBe(1);
        (await owned.ReadAsync(new byte[4], TestContext.Current.CancellationToken)).ShouldBe(1);
        wasClosedFirst.ShouldBeFalse();
        await owned.CloseAsync();
        wasClosedFirst.ShouldBeTrue();
    }
}
