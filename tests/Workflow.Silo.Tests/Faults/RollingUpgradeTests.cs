using System.Collections.Concurrent;
using Workflow.Engine.Tests;
using Workflow.Engine.Tests.Faults;

namespace Workflow.Silo.Tests.Faults;

/// <summary>Silos go one after the other and come back knowing a new version of a procedure, while callers give commands: no command fails.</summary>
[Collection(FaultTests.Name)]
public sealed class RollingUpgradeTests
{
    [Fact]
    public async Task SilosUpgradedInTurn_WithANewVersionInBetween_FailNoCommandAndFollowItAfterwards()
    {
        // When a submission was given, and which version its dossier follows. A caller that is told anything but an acceptance or a refusal fails the test.
        var submissions = new ConcurrentBag<(long Given, int Version)>();
        await using var cluster = await LoadedCluster.StartAsync(c => c.Submitted = (given, submitted) => submissions.Add((given, submitted.ProcedureVersion)));
        string[] both = [cluster.File(Office.Procedure), cluster.File(Office.Define(2, "3 working days"))];
        await cluster.MoreAsync(1_000);
        var (before, published) = (submissions.ToArray(), 0L);
        foreach (var silo in cluster.Silos)
        {
            await cluster.UntilAsync(silo.StopAsync(), "a silo that stops");
            await cluster.UntilAsync(silo.StartAsync(both), "a silo that starts");
            published = published == 0 ? CallTimes.Now : published;
            await cluster.MoreAsync(1_000);
        }

        await cluster.CheckAsync("PostgreSQL, two silos upgraded in turn");
        Assert.All(before, s => Assert.Equal(1, s.Version));
        var after = submissions.Where(s => s.Given > published).ToArray();
        Assert.NotEmpty(after);
        Assert.All(after, s => Assert.Equal(2, s.Version));
    }
}
