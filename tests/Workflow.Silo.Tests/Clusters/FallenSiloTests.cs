using System.Collections.Concurrent;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Tests;
using Workflow.Grains.Calls;
using static Workflow.Engine.Tests.Office;

namespace Workflow.Silo.Tests.Clusters;

/// <summary>Commands under way while silos go: what was acknowledged is in the journal, each once, and in the order of its acknowledgement's version.</summary>
public sealed class FallenSiloTests
{
    private const int Callers = 24;
    private const int Dossiers = 48;
    private const int CommandsBefore = 300;
    private const int CommandsAfter = 300;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task KilledSilo_LosesNothingAcknowledgedAndDoesNothingTwice() => RunAsync(c => c.Silos.KillSiloAsync(c.Silos.Silos[1]));

    [Fact]
    public Task StoppedSilo_LosesNothingAcknowledgedAndDoesNothingTwice() => RunAsync(c => c.Silos.StopSiloAsync(c.Silos.Silos[1]));

    [Fact]
    public async Task EndingEngine_IsNotBusyToTheCallersOfItsGrains()
    {
        await using var cluster = await TestCluster.StartAsync(1, o => o.RetryFor = TimeSpan.Zero);
        var code = await cluster.Engine.AcceptedAsync("1");

        await cluster.LocalEngine(0).DrainAsync(Ct);

        foreach (var call in (Func<ValueTask<CommandResult>>[])[() => cluster.Engine.ExecuteAsync(code, Fire("forward"), Request("f"), Ct), () => cluster.Engine.SubmitAsync(Submission(), Request("s"), Ct)])
        {
            Assert.Equal(EngineFaultKind.Ending, (await Assert.ThrowsAsync<EngineFaultException>(async () => await call())).Kind);
        }

        Assert.Equal(2, (await cluster.Engine.FindAsync(code, Ct))!.Version);
    }

    private static async Task RunAsync(Func<TestCluster, Task> fall)
    {
        await using var cluster = await TestCluster.StartAsync(2, o => (o.ResponseTimeout, o.RetryFor) = (TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(2)));
        var codes = await Task.WhenAll(Enumerable.Range(0, Dossiers).Select(i => cluster.Engine.AcceptedAsync($"d-{i}")));
        var acknowledged = new ConcurrentBag<(DossierCode Code, int Version, string Officer)>();
        var submitted = new ConcurrentBag<DossierCode>();
        var (given, fallen) = (0, int.MaxValue);
        var underWay = new TaskCompletionSource();

        var callers = Enumerable.Range(0, Callers).Select(caller => Task.Run(
            async () =>
            {
                var random = new Random(caller);
                for (var n = 0; Volatile.Read(ref given) < Volatile.Read(ref fallen); n++)
                {
                    var officer = $"o-{caller}-{n}";
                    var code = codes[random.Next(Dossiers)];
                    var result = Accepted(await cluster.Engine.ExecuteAsync(code, new AssignDossier { Officer = officer }, Request(officer), Ct));
                    acknowledged.Add((code, result.Version, officer));
                    if (n % 10 == 0)
                    {
                        submitted.Add(Accepted(await cluster.Engine.SubmitAsync(Submission(), Request("s-" + officer), Ct)).Code);
                    }

                    if (Interlocked.Increment(ref given) == CommandsBefore)
                    {
                        underWay.SetResult();
                    }
                }
            },
            Ct)).ToArray();

        await Task.WhenAny(underWay.Task, Task.WhenAll(callers));
        await fall(cluster);
        Volatile.Write(ref fallen, Volatile.Read(ref given) + CommandsAfter);
        await Task.WhenAll(callers);

        Assert.Single(cluster.Silos.Silos);
        Assert.True(acknowledged.Count >= CommandsBefore + CommandsAfter);
        Assert.Equal(submitted.Count, submitted.Distinct().Count());
        foreach (var code in codes)
        {
            var history = await cluster.Engine.HistoryAsync(code, cancellationToken: Ct);
            Assert.Equal(Enumerable.Range(1, history.Count), history.Select(e => e.Version));
            Assert.Equal(
                acknowledged.Where(a => a.Code == code).OrderBy(a => a.Version).Select(a => (a.Version, (string?)a.Officer)),
                history.Skip(2).Select(e => (e.Version, Assert.IsType<DossierAssigned>(Assert.Single(e.Events)).Officer)));
        }

        foreach (var code in submitted)
        {
            Assert.Equal(1, (await cluster.Engine.FindAsync(code, Ct))!.Version);
        }

        var totals = await cluster.LocalEngine(0).CountAsync(Ct);
        Assert.Equal(Dossiers + submitted.Count, totals.Dossiers);
    }
}
