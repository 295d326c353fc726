using System.Runtime.InteropServices;

namespace Httpx.Tests.Messages;

public sealed class BodyBufferTests
{
    private const int MiB = 1024 * 1024;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16 * 1024)]
    [InlineData((16 * 1024) + 1)]
    [InlineData(100_000)]
    [InlineData(MiB)]
    [InlineData((3 * MiB) + 7)]
    public void What_goes_in_comes_out_in_an_array_of_its_size(int size)
    {
        foreach (var expected in new long?[] { null, 0, size, size + 1, size / 2, 10, long.MaxValue })
        {
            var bytes = Bytes(size);
            var gathered = Gather(new BodyBuffer(expected), bytes, 3001);
            gathered.Span.SequenceEqual(bytes).ShouldBeTrue();
            if (!(expected > size))
            {
                MemoryMarshal.TryGetArray(gathered, out var array).ShouldBeTrue();
                array.Array!.Length.ShouldBe(size);
            }
        }
    }

    [Fact]
    public void A_body_of_the_promised_length_is_never_copied()
    {
        var buffer = new BodyBuffer(1000);
        MemoryMarshal.TryGetArray<byte>(buffer.Room(), out var room).ShouldBeTrue();
        var gathered = Gather(buffer, Bytes(1000), 400);
        MemoryMarshal.TryGetArray(gathered, out var array).ShouldBeTrue();
        array.Array.ShouldBeSameAs(room.Array);
    }

    [Fact]
    public void A_promise_alone_takes_no_memory()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Gather(new BodyBuffer(2_000_000_000), Bytes(10), 10).Length.ShouldBe(10);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000);
    }

    private static byte[] Bytes(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }

    // As readers do it: there is always room for one byte more, the end is met by reading nothing.
    private static ReadOnlyMemory<byte> Gather(BodyBuffer buffer, byte[] bytes, int most)
    {
        var position = 0;
        while (true)
        {
            var room = buffer.Room();
            room.Length.ShouldBeGreaterThan(0);
            var count = Math.Min(Math.Min(room.Length, most), bytes.Length - position);
            if (count == 0)
            {
                buffer.Length.ShouldBe(bytes.Length);
                return buffer.Complete();
            }

            bytes.AsMemory(position, count).CopyTo(room);
            buffer.Add(count);
            position += count;
        }
    }
}
