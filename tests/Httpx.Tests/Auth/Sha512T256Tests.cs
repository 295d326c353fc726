using System.Text;

namespace Httpx.Tests.Authentication;

public sealed class Sha512T256Tests
{
    // Computed with OpenSSL, around the borders of the block (128 bytes, 17 of them for padding and length).
    [Theory]
    [InlineData(0, "c672b8d1ef56ed28ab87c3622c5114069bdd3ad7b8f9737498d0c01ecef0967a")]
    [InlineData(111, "0239e429f98d0ed61ee8e2a7c30afe98c1c3a80ce5dff62a107e9c538f7632ce")]
    [InlineData(112, "9216b5303edb66504570bee90e48ea5beaa5e9fe9f760bbd3e0460559fc005f6")]
    [InlineData(127, "2fe3b2a6ee7e12f6fe4ba82166541ad9b4ed882c493581cbe300d68f3757b778")]
    [InlineData(128, "b88f97e274f9c1d49f181c8cbd01a9c74930ad055a46ac4499a1d601f1c80bf2")]
    [InlineData(1000, "40eb4a70d4d69815407a9e272f0101cd67e3d11262a4a0bfc087712749c7fb53")]
    public void Runs_of_one_letter_hash_as_elsewhere(int length, string expected) =>
        Convert.ToHexStringLower(Sha512T256.HashData(Encoding.ASCII.GetBytes(new string('a', length)))).ShouldBe(expected);

    [Fact]
    public void The_example_of_the_standard_hashes_as_printed_there() =>
        Convert.ToHexStringLower(Sha512T256.HashData("abc"u8)).ShouldBe("53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23");
}
