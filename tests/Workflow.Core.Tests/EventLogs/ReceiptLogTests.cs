using System.Globalization;
using System.IO.Compression;
using Workflow.Core.EventLogs;

namespace Workflow.Core.Tests.EventLogs;

/// <summary>
/// The receipt phase of a permit procedure (CoSeLoG, 4TU.ResearchData 2014). The expected figures were computed apart from
/// this library, by a script over an ordinary XML parser. The log is not part of the repository: see shared/data beside it.
/// </summary>
public sealed class ReceiptLogTests
{
    [Fact]
    public void Profile_OfTheReceiptLog_IsTheKnownOne()
    {
        LogProfile profile = LogProfile.Of(Receipt());

        Assert.Equal((1434, 8577L, 27, 116), (profile.Cases, profile.Events, profile.Activities, profile.Variants));
        Assert.Equal((1053, 381, 0), (profile.OnTime, profile.Late, profile.NoDeadline));
        Assert.Equal(0.79682875, profile.MedianHours!.Value, 12);
        Assert.Equal(DateTimeOffset.Parse("2010-10-02T09:20:39.266+02:00", CultureInfo.InvariantCulture), profile.First);
        Assert.Equal(DateTimeOffset.Parse("2012-01-23T15:42:54.644+01:00", CultureInfo.InvariantCulture), profile.Last);
        Assert.Equal(TimeSpan.FromHours(2), profile.First!.Value.Offset);
        Assert.Equal([713, 123, 116, 115, 75, 40], profile.TopVariants.Take(6).Select(v => v.Cases));
        Assert.Equal(["Confirmation of receipt"], profile.TopVariants[2].Activities);
        Assert.Equal(
            [new("Confirmation of receipt", 1434), new("T06 Determine necessity of stop advice", 1416), new("T02 Check confirmation of receipt", 1368)],
            profile.ActivityCounts.Take(3));
        Assert.Equal(new ActivityCount("T09-2 Process or receive external advice from party 2", 1), profile.ActivityCounts[^1]);
    }

    [Fact]
    public void Graph_OfTheFirstFourFifthsOfTheReceiptLog_IsTheKnownOne()
    {
        DirectlyFollowsGraph graph = DirectlyFollowsGraph.Discover(LogSplit.FirstShare(Receipt(), 1434, 0.8));

        Assert.Equal([new("Confirmation of receipt", 1147)], graph.Starts);
        Assert.Equal(27, graph.Activities.Count);
        Assert.Equal(6861, graph.Activities.Sum(a => a.Count));
        Assert.Equal(14, graph.Ends.Count);
        Assert.Equal(
            [new("T10 Determine necessity to stop indication", 608), new("T05 Print and send confirmation of receipt", 376), new("Confirmation of receipt", 95)],
            graph.Ends.OrderByDescending(e => e.Count).Take(3));
        Assert.Equal(93, graph.Pairs.Count);
        Assert.Equal(5714, graph.Pairs.Sum(p => p.Count));
        Assert.Equal(
            [
                new("Confirmation of receipt", "T02 Check confirmation of receipt", 840),
                new("T02 Check confirmation of receipt", "T03 Adjust confirmation of receipt", 38),
                new("T03 Adjust confirmation of receipt", "T02 Check confirmation of receipt", 44),
            ],
            graph.Pairs.Take(3));
        Assert.Equal(1430, Receipt().Count(graph.Fits));
        Assert.Equal(283, Receipt().Skip(1147).Count(graph.Fits));
    }

    [Fact]
    public void ReceiptLog_WrittenAndReadAgain_IsTheSame()
    {
        LogTrace[] traces = [.. Receipt()];

        using var stream = new MemoryStream(Logs.Write(traces));
        Assert.Equal(traces, XesReader.Read(stream));
    }

    private static IEnumerable<LogTrace> Receipt()
    {
        string? file = RepositoryRoot.ReceiptLog;
        Assert.SkipWhen(file is null, "The log is not here: put receipt.xes.gz into ../shared/data beside the repository.");
        return Read(file!);

        static IEnumerable<LogTrace> Read(string file)
        {
            using var stream = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
            foreach (LogTrace trace in XesReader.Read(stream))
            {
                yield return trace;
            }
        }
    }
}
