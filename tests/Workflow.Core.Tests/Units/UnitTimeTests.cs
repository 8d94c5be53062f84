using Workflow.Core.Definitions;
using Workflow.Core.Units;

namespace Workflow.Core.Tests.Units;

/// <summary>Units exist from one day until another, and stand below others for a time.</summary>
public sealed class UnitTimeTests
{
    private static readonly DateOnly s_last = new(2025, 6, 30);
    private static readonly DateOnly s_first = new(2025, 7, 1);

    [Fact]
    public void At_TreeThatNeverChanges_IsTheTreeItself()
    {
        var tree = new UnitTree([New("p"), New("a", "p")]);

        Assert.Same(tree, tree.At(s_last));
        Assert.Empty(tree.Turns);
    }

    [Fact]
    public void At_BothEndsOfAUnitsTime_AreIncluded()
    {
        var tree = Merged();

        Assert.Equal(["p", "a", "b"], tree.At(s_last).Units.Select(u => u.Code));
        Assert.Equal(["p", "c"], tree.At(s_first).Units.Select(u => u.Code));
        Assert.Equal([s_first], tree.Turns);
        Assert.NotNull(tree.Find("a"));
        Assert.Null(tree.At(s_first).Find("a"));
    }

    [Fact]
    public void At_OneDay_IsMadeOnceAndAnswersForTheWholeTree()
    {
        var tree = Merged();

        Assert.Same(tree.At(s_first), tree.At(new DateOnly(2030, 1, 1)));
        Assert.Same(tree.At(s_last), tree.At(s_first).At(s_last));
        Assert.Same(tree.At(DateOnly.MinValue), tree.At(s_last));
        Assert.Equal(["c"], tree.At(s_first).SuccessorsOf("a", s_first).Select(u => u.Code));
    }

    [Fact]
    public void At_UnitThatMoved_StandsBelowItsParentOfThen()
    {
        var tree = new UnitTree(
        [
            New("p"),
            New("d", "p") with { Until = s_last, Successors = ["p"] },
            New("a", "p") with { FormerParents = [new FormerParent("d", s_last)] },
        ]);

        Assert.True(tree.At(s_last).IsWithin("a", "d"));
        Assert.False(tree.At(s_first).IsWithin("a", "d"));
        Assert.Equal("p", tree.At(s_first).Find("a")!.Parent);
        Assert.Equal(["a"], tree.At(s_last).Children("d").Select(u => u.Code));
    }

    [Fact]
    public void SuccessorsOf_ChainOfMergers_AreThoseThatExistThen()
    {
        var tree = new UnitTree(
        [
            New("a") with { Until = s_last, Successors = ["b"] },
            New("b") with { From = s_first, Until = new DateOnly(2026, 12, 31), Successors = ["c", "d"] },
            New("c") with { From = new DateOnly(2027, 1, 1) },
            New("d"),
        ]);

        Assert.Empty(tree.SuccessorsOf("a", s_last));
        Assert.Equal(["b"], tree.SuccessorsOf("a", s_first).Select(u => u.Code));
        Assert.Equal(["c", "d"], tree.SuccessorsOf("a", new DateOnly(2028, 1, 1)).Select(u => u.Code));
        Assert.Empty(tree.SuccessorsOf("nowhere", s_first));
    }

    [Theory]
    [InlineData("a-outlives-its-parent")]
    [InlineData("a-before-its-parent")]
    [InlineData("successor-without-an-end")]
    [InlineData("successor-unknown")]
    [InlineData("successor-not-there-yet")]
    [InlineData("successors-in-a-circle")]
    [InlineData("moved-after-its-end")]
    [InlineData("below-itself-once")]
    public void Constructor_TimesThatContradict_Throws(string contradiction) => Assert.Throws<ArgumentException>(() => new UnitTree(contradiction switch
    {
        "a-outlives-its-parent" => [New("p") with { Until = s_last }, New("a", "p")],
        "a-before-its-parent" => [New("p") with { From = s_first }, New("a", "p")],
        "successor-without-an-end" => [New("a") with { Successors = ["b"] }, New("b")],
        "successor-unknown" => [New("a") with { Until = s_last, Successors = ["b"] }],
        "successor-not-there-yet" => [New("a") with { Until = s_last, Successors = ["b"] }, New("b") with { From = s_first.AddDays(1) }],
        "successors-in-a-circle" => [New("a") with { Until = s_last, Successors = ["b"] }, New("b") with { Until = s_last, Successors = ["a"] }],
        "moved-after-its-end" => [New("p"), New("a", "p") with { Until = s_last, FormerParents = [new FormerParent(null, s_last)] }],
        _ => [New("a", "b") with { FormerParents = [new FormerParent(null, s_last)] }, New("b") with { FormerParents = [new FormerParent("a", s_first)] }],
    }));

    private static UnitTree Merged() => new(
    [
        New("p"),
        New("a", "p") with { Until = s_last, Successors = ["c"] },
        New("b", "p") with { Until = s_last, Successors = ["c"] },
        New("c", "p") with { From = s_first },
    ]);

    private static Unit New(string code, string? parent = null) => new(code, new LocalizedName(code), UnitLevel.Commune, parent);
}
