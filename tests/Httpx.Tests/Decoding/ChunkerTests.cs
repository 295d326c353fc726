using FsCheck;
using FsCheck.Fluent;

namespace Httpx.Tests.Decoding;

public sealed class ChunkerTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_size_below_one_is_refused(int size)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new ByteChunker(size));
        Should.Throw<ArgumentOutOfRangeException>(() => new TextChunker(size));
    }

    [Fact]
    public void Bytes_come_in_pieces_of_one_size_and_the_last_is_the_rest()
    {
        var cases = from bytes in ArbMap.Default.ArbFor<byte[]>().Generator
                    from chunk in Gen.Choose(1, 9)
                    from size in Gen.Elements(1, 2, 3, 7, 50, int.MaxValue)
                    select (bytes, chunk, size);
        Prop.ForAll(cases.ToArbitrary(), it =>
        {
            var pieces = Cut(it.bytes.Chunk(it.chunk).Append([]).Prepend([]), it.size);
            return pieces.SelectMany(piece => piece).SequenceEqual(it.bytes) && pieces.All(piece => piece.Length > 0) &&
                pieces.SkipLast(1).All(piece => piece.Length == it.size) && pieces.All(piece => piece.Length <= it.size);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_piece_stays_as_it_is_when_the_next_is_read()
    {
        var chunker = new ByteChunker(3);
        chunker.Push(new byte[] { 1, 2 });
        chunker.TryRead(out _).ShouldBeFalse();
        chunker.Push(new byte[] { 3, 4, 5 });
        chunker.TryRead(out var first).ShouldBeTrue();
        chunker.TryRead(out _).ShouldBeFalse();
        chunker.Push(new byte[] { 6, 7, 8, 9 });
        chunker.TryRead(out var second).ShouldBeTrue();
        chunker.TryRead(out var third).ShouldBeTrue();
        first.ToArray().ShouldBe([1, 2, 3]);
        second.ToArray().ShouldBe([4, 5, 6]);
        third.ToArray().ShouldBe([7, 8, 9]);
        chunker.TryFlush(out _).ShouldBeFalse();
    }

    [Fact]
    public void Text_comes_in_pieces_of_one_number_of_characters_and_pairs_are_not_torn()
    {
        var character = Gen.Elements("a", "b", "\u00E9", "\u4E2D", "\U0001F600", "\U00010000");
        var cases = from chunks in Gen.ArrayOf(Gen.ArrayOf(character).Select(characters => string.Concat(characters)))
                    from size in Gen.Elements(1, 2, 3, 7, 50, int.MaxValue)
                    select (chunks, size);
        Prop.ForAll(cases.ToArbitrary(), it =>
        {
            var pieces = Cut(it.chunks, it.size);
            var lengths = pieces.Select(piece => piece.EnumerateRunes().Count()).ToArray();
            return string.Concat(pieces) == string.Concat(it.chunks) && lengths.All(length => length > 0 && length <= it.size) &&
                lengths.SkipLast(1).All(length => length == it.size) &&
                pieces.All(piece => piece.EnumerateRunes().All(rune => rune.Value != 0xFFFD));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("\uD83D", "\uDE00")]
    [InlineData("\uDE00\uD83D", "x")]
    public void Halves_of_pairs_are_passed_on(string first, string second) =>
        string.Concat(Cut([first, second], 1)).ShouldBe(first + second);

    [Fact]
    public void A_chunk_of_the_right_size_is_passed_on_as_it_is()
    {
        var text = new string('x', 5);
        Cut([text], 5).Single().ShouldBeSameAs(text);
    }

    private static List<byte[]> Cut(IEnumerable<byte[]> chunks, int size)
    {
        var chunker = new ByteChunker(size);
        var pieces = new List<byte[]>();
        ReadOnlyMemory<byte> piece;
        foreach (var chunk in chunks)
        {
            chunker.Push(chunk);
            while (chunker.TryRead(out piece))
            {
                pieces.Add(piece.ToArray());
            }
        }

        if (chunker.TryFlush(out piece))
        {
            pieces.Add(piece.ToArray());
        }

        return pieces;
    }

    private static List<string> Cut(IEnumerable<string> chunks, int size)
    {
        var chunker = new TextChunker(size);
        var pieces = new List<string>();
        string? piece;
        foreach (var chunk in chunks)
        {
            chunker.Push(chunk);
            while (chunker.TryRead(out piece))
            {
                pieces.Add(piece);
            }
        }

        if (chunker.TryFlush(out piece))
        {
            pieces.Add(piece);
        }

        return pieces;
    }
}
