using Workflow.Core.Definitions;
using Workflow.Core.Units;

namespace Workflow.Core.Tests.Units;

public class UnitTreeTests
{
    [Fact]
    public void Constructor_CodeThatStandsTwice_Throws() => Assert.Throws<ArgumentException>(() => new UnitTree([New("a"), New("a")]));

    [Fact]
    public void Constructor_ParentThatIsNotThere_Throws() => Assert.Throws<ArgumentException>(() => new UnitTree([New("a", "b")]));

    [Fact]
    public void Constructor_UnitsBelowThemselves_Throws() => Assert.Throws<ArgumentException>(() => new UnitTree([New("a", "b"), New("b", "a")]));

    [Fact]
    public void IsWithin_UnitItselfAndThoseBelow_Holds()
    {
        var tree = new UnitTree([New("a"), New("b", "a"), New("c", "b"), New("d", "a")]);

        Assert.True(tree.IsWithin("a", "a"));
        Assert.True(tree.IsWithin("c", "a"));
        Assert.False(tree.IsWithin("d", "b"));
        Assert.False(tree.IsWithin("a", "c"));
        Assert.False(tree.IsWithin("nowhere", "a"));
        Assert.Equal(["b", "d"], tree.Children("a").Select(u => u.Code));
    }

    private static Unit New(string code, string? parent = null) => new(code, new LocalizedName(code), UnitLevel.Commune, parent);
}
