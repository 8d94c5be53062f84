using System.Reflection;
using System.Text.RegularExpressions;

namespace Workflow.Engine.Tests;

/// <summary>Every test that docs/guarantees.md names is there.</summary>
public sealed partial class GuaranteesTests
{
    [Fact]
    public void Document_NamesTestsThatExist()
    {
        var named = Name().Matches(File.ReadAllText(RepositoryRoot.PathOf("docs", "guarantees.md"))).Select(m => (Class: m.Groups["class"].Value, Method: m.Groups["method"].Value)).ToList();
        var tests = typeof(GuaranteesTests).Assembly.GetTypes()
            .SelectMany(t => t.GetMethods().Where(m => m.GetCustomAttribute<FactAttribute>() is not null).Select(m => (t.Name, m.Name)))
            .ToHashSet();

        Assert.True(named.Count > 20, $"Only {named.Count} tests are named.");
        Assert.All(named.Where(name => !IsInSources(name.Class, name.Method)), name => Assert.Contains(name, tests));
    }

    // Those of other test projects, by the file that bears the name of the class.
    private static bool IsInSources(string type, string method) =>
        Directory.EnumerateFiles(RepositoryRoot.PathOf("tests", "Workflow.Host.Tests"), $"{type}.cs", SearchOption.AllDirectories)
            .Any(file => File.ReadAllText(file).Contains($" {method}(", StringComparison.Ordinal));

    [GeneratedRegex("`(?<class>[A-Za-z]+)\\.(?<method>[A-Za-z_]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
