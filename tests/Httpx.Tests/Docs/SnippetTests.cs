using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Httpx.Tests.Fixtures;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Httpx.Tests.Docs;

/// <summary>The code in the documentation compiles.</summary>
/// <remarks>
/// Each block of a page becomes the body of a method of its own, beside fields named client, response and so on; a block that is
/// marked "csharp types" declares types for the page's other blocks.
/// </remarks>
public sealed partial class SnippetTests
{
    private const string Preamble = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Net.Http;
        using System.Security.Cryptography.X509Certificates;
        using System.Text;
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using System.Threading;
        using System.Threading.Tasks;
        using Httpx;
        [JsonSerializable(typeof(int))]
        internal sealed class MyContext(JsonSerializerOptions options) : JsonSerializerContext(options)
        {
            public static MyContext Default => null!;
            protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
        }
        internal static class Page
        {
            private static readonly Client client = null!;
            private static readonly Request request = null!;
            private static readonly Response response = null!;

        """;

    private static readonly Lazy<List<MetadataReference>> References = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path))]);

    public static TheoryData<string> Pages => [.. Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
        .Append(Path.Combine(Repository.Root, "README.md"))
        .Select(file => Path.GetRelativePath(Repository.Root, file))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Code_in_the_documentation_compiles(string page)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, page));
        var (methods, types) = (new StringBuilder(Preamble), new StringBuilder());
        for (var i = 0; i < lines.Length; i++)
        {
            if (Fence().Match(lines[i]) is not { Success: true } fence)
            {
                continue;
            }

            var isTypes = fence.Groups[1].Success;
            var target = isTypes ? types : methods;
            target.Append(isTypes ? "" : $"private static async Task Block{i}() {{\n").Append(CultureInfo.InvariantCulture, $"#line {i + 2} \"{page}\"\n");
            for (i++; lines[i] != "```"; i++)
            {
                target.Append(lines[i] == "using Httpx;" ? "" : lines[i]).Append('\n');
            }

            target.Append(isTypes ? "" : "}\n");
        }

        var source = methods.Append("}\n").Append(types).ToString();
        var compilation = CSharpCompilation.Create(
            "Page",
            [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.CSharp14))],
            References.Value,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

        compilation.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error || diagnostic.Id.StartsWith("CS86", StringComparison.Ordinal))
            .Select(diagnostic => diagnostic.ToString())
            .ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_in_the_documentation_lead_somewhere(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;

        Link().Matches(File.ReadAllText(Path.Combine(Repository.Root, page)))
            .Select(match => match.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(folder, target.Split('#')[0])))
            .ShouldBeEmpty();
    }

    [GeneratedRegex("^```csharp( types)?$")]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
