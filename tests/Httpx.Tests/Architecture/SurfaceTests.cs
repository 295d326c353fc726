using Httpx.Tests.Fixtures;

namespace Httpx.Tests.Architecture;

/// <summary>The public surface changes on purpose or not at all.</summary>
public sealed class SurfaceTests
{
    private static readonly string Listing = Path.Combine(Repository.Root, "tests/Httpx.Tests/Architecture/PublicSurface.txt");

    [Fact]
    public void The_public_surface_is_the_one_that_is_written_down()
    {
        var surface = PublicSurface.Write(typeof(Client).Assembly);
        if (Environment.GetEnvironmentVariable("HTTPX_UPDATE_SURFACE") == "1")
        {
            File.WriteAllText(Listing, surface);
        }

        var (now, before) = (surface.Split('\n'), File.ReadAllLines(Listing));
        var changes = now.Except(before).Select(line => "+ " + line.Trim())
            .Concat(before.Except(now).Select(line => "- " + line.Trim()))
            .ToList();

        changes.ShouldBeEmpty("If that is meant, run scripts/update-surface and commit the listing with a line in CHANGELOG.md.");
        surface.ShouldBe(string.Join('\n', before) + "\n", "The lines are the same, but not their order: run scripts/update-surface.");
    }

    [Fact]
    public void Every_public_type_is_in_the_one_namespace() =>
        typeof(Client).Assembly.GetExportedTypes().Where(type => type.Namespace != "Httpx").ShouldBeEmpty();
}
