using System.Text.RegularExpressions;
using Workflow.Core.Guards;

namespace Workflow.Core.Tests.Guards;

/// <summary>What docs/expressions.md says is so.</summary>
public sealed partial class ExpressionDocsTests
{
    private static readonly string s_page = File.ReadAllText(Repository.PathOf("docs", "expressions.md"));

    [Fact]
    public void Examples_AreExpressions()
    {
        var block = s_page[(s_page.IndexOf("```text", StringComparison.Ordinal) + 8)..];
        var examples = block[..block.IndexOf("```", StringComparison.Ordinal)].Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.True(examples.Length > 9);
        Assert.All(examples, e => Assert.Equal(Expressions.Condition(e), Expressions.Condition(Expressions.Condition(e).ToString())));
    }

    [Fact]
    public void TruthOfWhatIsMissing_IsAsTheTableSays()
    {
        var rows = TruthRow().Matches(s_page);

        Assert.Equal(6, rows.Count);
        Assert.All(rows, row => Assert.Equal(row.Groups["truth"].Value, Expressions.Condition(row.Groups["text"].Value).Evaluate(new TestFacts()).ToString(), ignoreCase: true));
    }

    [Fact]
    public void Facts_OfEveryDossier_AreAllListed() => Assert.All(FactNames.All, name => Assert.Contains(name, s_page, StringComparison.Ordinal));

    [GeneratedRegex(@"^\| `(?<text>[^`]+)` \| (?<truth>true|false|unknown) \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex TruthRow();
}
