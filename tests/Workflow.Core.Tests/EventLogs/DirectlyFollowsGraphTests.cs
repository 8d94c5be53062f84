using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.EventLogs;

namespace Workflow.Core.Tests.EventLogs;

public sealed class DirectlyFollowsGraphTests
{
    [Fact]
    public void Graph_SmallLog_CountsInTheOrderFirstSeen()
    {
        DirectlyFollowsGraph graph = DirectlyFollowsGraph.Discover([Logs.Case("1", "CAAB"), Logs.Case("2", "AB"), Logs.Case("3", "CA")]);

        Assert.Equal([new("C", 2), new("A", 4), new("B", 2)], graph.Activities);
        Assert.Equal([new("C", 2), new("A", 1)], graph.Starts);
        Assert.Equal([new("B", 2), new("A", 1)], graph.Ends);
        Assert.Equal([new("C", "A", 2), new("A", "A", 1), new("A", "B", 2)], graph.Pairs);
    }

    [Theory]
    [InlineData("CAAB", true)]
    [InlineData("A", true)]
    [InlineData("AAAAB", true)]
    [InlineData("C", false)]
    [InlineData("B", false)]
    [InlineData("CB", false)]
    [InlineData("ABA", false)]
    [InlineData("AX", false)]
    [InlineData("XX", false)]
    public void Graph_Fits_WhenStartPairsAndEndAreKnown(string letters, bool fits) =>
        Assert.Equal(fits, DirectlyFollowsGraph.Discover([Logs.Case("1", "CAAB"), Logs.Case("2", "A")]).Fits(Logs.Case("c", letters)));

    [Fact]
    public void Graph_OfNothing_FitsNothing()
    {
        DirectlyFollowsGraph graph = DirectlyFollowsGraph.Discover([]);

        Assert.False(graph.Fits(Logs.Case("c", "A")));
        Assert.Equal(1, graph.Fitness([]));
        Assert.Equal(0, graph.Fitness([Logs.Case("c", "A")]));
    }

    [Fact]
    public void Graph_OfALog_FitsEveryCaseOfItAndCountsEveryEventOnce() =>
        Prop.ForAll(Arb.From(Logs.FewActivities), traces =>
        {
            DirectlyFollowsGraph graph = DirectlyFollowsGraph.Discover(traces);

            Assert.Equal(1, graph.Fitness(traces));
            Assert.Equal(traces.Length, graph.Starts.Sum(s => s.Count));
            Assert.Equal(traces.Length, graph.Ends.Sum(s => s.Count));
            Assert.Equal(traces.Sum(t => t.Events.Count), graph.Activities.Sum(a => a.Count));
            Assert.Equal(traces.Sum(t => t.Events.Count - 1), graph.Pairs.Sum(p => p.Count));
        }).Check(Config.QuickThrowOnFailure);

    [Theory]
    [InlineData(10, 0.8, 8)]
    [InlineData(1434, 0.8, 1147)]
    [InlineData(100, 0.29, 29)]
    [InlineData(3, 1.0, 3)]
    [InlineData(3, 0.1, 1)]
    [InlineData(0, 0.5, 0)]
    [InlineData(3, double.Epsilon, 1)]
    [InlineData(int.MaxValue, 1.0, int.MaxValue)]
    public void Split_CountOf_RoundsDownToAtLeastOne(int cases, double share, int expected) =>
        Assert.Equal(expected, LogSplit.CountOf(cases, share));

    [Theory]
    [InlineData(1, 0.0)]
    [InlineData(1, -0.1)]
    [InlineData(1, 1.0000001)]
    [InlineData(1, double.NaN)]
    [InlineData(-1, 0.5)]
    public void Split_OutsideItsRange_Throws(int cases, double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LogSplit.FirstShare([], cases, share));

    [Fact]
    public void Split_FirstShare_TakesNoMoreThanItsCases()
    {
        static IEnumerable<LogTrace> Two()
        {
            yield return Logs.Case("1", "A");
            yield return Logs.Case("2", "B");
            Assert.Fail("A third case was asked for.");
        }

        Assert.Equal(["1", "2"], LogSplit.FirstShare(Two(), 4, 0.5).Select(t => t.Name));
    }
}
