using Httpx.Engine;

namespace Httpx.Tests.Engine;

public sealed class ReadBufferTests
{
    [Fact]
    public void What_is_received_is_kept_in_order_through_growing_and_moving()
    {
        var buffer = new ReadBuffer();
        var (sent, taken) = (0, 0);
        var random = new Random(7);
        for (var round = 0; round < 5000; round++)
        {
            var room = buffer.Room().Span;
            room.IsEmpty.ShouldBeFalse();
            var count = random.Next(Math.Min(room.Length, 50) + 1);
            for (var i = 0; i < count; i++)
            {
                room[i] = (byte)sent++;
            }

            buffer.Received(count);
            var used = random.Next(buffer.Length + 1);
            foreach (var value in buffer.Span[..used])
            {
                value.ShouldBe((byte)taken++);
            }

            buffer.Consume(used);
            buffer.Length.ShouldBe(sent - taken);
        }
    }

    [Fact]
    public void An_array_that_one_head_blew_up_goes_when_it_is_used_up()
    {
        var buffer = new ReadBuffer();
        var usual = buffer.Room().Length;
        while (buffer.Length < 256 * 1024)
        {
            buffer.Received(buffer.Room().Length);
        }

        buffer.Consume(buffer.Length);
        buffer.Room().Length.ShouldBe(usual);
    }
}
