namespace Workflow.Samples.Tests;

/// <summary>What a README shows in C# or as output is in code that is compiled, or was printed by a program that these tests run.</summary>
public sealed class ReadmeTests
{
    public static TheoryData<string, string> Quoting => new()
    {
        { "README.md", "samples/EmbeddedLibrary/Program.cs" },
        { "src/Workflow.Core/README.md", "tests/Workflow.Samples.Tests/ReadmeSnippets.cs" },
        { "src/Workflow.Engine/README.md", "tests/Workflow.Samples.Tests/ReadmeSnippets.cs" },
    };

    [Theory]
    [MemberData(nameof(Quoting))]
    public void EveryLineOfCode_StandsInCompiledCode(string readme, string code)
    {
        var compiled = MarkdownBlocks.Lines(code).ToHashSet(StringComparer.Ordinal);
        var quoted = Blocks(readme, "csharp");

        Assert.NotEmpty(quoted);
        Assert.All(quoted, line => Assert.Contains(line, compiled));
    }

    [Fact]
    public async Task OutputOfTheSample_IsWhatTheSamplePrints()
    {
        var (_, printed) = await SampleRun.OfAsync("EmbeddedLibrary");
        var quoted = Blocks("README.md", string.Empty).Where(l => !l.StartsWith("./", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(quoted);
        Assert.All(quoted, line => Assert.Contains(line, printed));
    }

    // The lines of all blocks of a language, without indentation and empty lines.
    private static List<string> Blocks(string file, string language) =>
        [.. MarkdownBlocks.Of(file, language).SelectMany(b => b.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
}
