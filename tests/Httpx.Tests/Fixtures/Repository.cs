namespace Httpx.Tests.Fixtures;

/// <summary>Where the checkout is, and the public test vectors beside it.</summary>
public static class Repository
{
    /// <summary>The folder that holds Httpx.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The path of a file or folder of the shared test vectors; the test is skipped where they are absent.</summary>
    public static string Corpus(string path)
    {
        var full = Path.GetFullPath(Path.Combine(Root, "..", "shared", "corpora", path));
        Assert.SkipUnless(Path.Exists(full), $"The test vectors ../shared/corpora/{path} are not on this machine.");
        return full;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Httpx.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside a checkout of Httpx.");
    }
}
