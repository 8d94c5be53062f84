using System.Reflection;
using Workflow.Core.Definitions;

namespace Workflow.Core.Tests.Verification;

public class DefectListTests
{
    [Fact]
    public void TheList_NamesEveryCodeOnceAndNoOther()
    {
        var listed = File.ReadAllLines(Repository.PathOf("docs", "defects.md"))
            .Where(l => l.StartsWith("| WF", StringComparison.Ordinal)).Select(l => l.Split('|', StringSplitOptions.TrimEntries)).ToList();
        var codes = typeof(DefectCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!).ToList();

        Assert.Equal(codes.Distinct(StringComparer.Ordinal).Count(), codes.Count);
        var named = listed.Select(row => row[1]).ToList();
        Assert.True(named.Order(StringComparer.Ordinal).SequenceEqual(codes.Order(StringComparer.Ordinal)), $"""
            docs/defects.md and DefectCodes differ.
            Add a row for: {string.Join(", ", codes.Except(named, StringComparer.Ordinal))}
            Remove the row of: {string.Join(", ", named.Except(codes, StringComparer.Ordinal))}
            Named twice: {string.Join(", ", named.GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key))}
            """);
        Assert.Equal(named.Order(StringComparer.Ordinal), named);
        Assert.All(listed, row => Assert.Equal(7, row.Length));
        Assert.All(listed, row => Assert.All(row[2..6], cell => Assert.NotEmpty(cell)));
    }
}
