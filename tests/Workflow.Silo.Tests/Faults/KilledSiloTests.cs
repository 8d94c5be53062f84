using Workflow.Engine.Tests;
using Workflow.Engine.Tests.Faults;

namespace Workflow.Silo.Tests.Faults;

/// <summary>kill -9 of a silo at random moments under load: nothing that was answered is lost, nothing happens twice, and calls soon flow again.</summary>
[Collection(FaultTests.Name)]
public sealed class KilledSiloTests
{
    private const int Seed = 20201108;
    private static readonly TimeSpan s_atMost = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task SiloKilledUnderLoad_LosesNoAnswerAndCallsFlowAgainSoon()
    {
        var random = new Random(Seed);
        await using var cluster = await LoadedCluster.StartAsync();
        var kills = LongRun.IsOn ? 20 : 2;
        var gaps = new List<TimeSpan>();
        for (var n = 0; n < kills; n++)
        {
            await cluster.MoreAsync(random.Next(1, 3_000));
            var victim = cluster.Silos[random.Next(cluster.Silos.Length)];
            var killed = CallTimes.Now;
            var flowing = cluster.FlowAgainAsync(killed);
            await victim.KillAsync();

            // Once it comes back at once, as under a supervisor, and once it stays away until the other one has taken over.
            var back = n % 2 == 1 ? victim.StartAsync(cluster.File(Office.Procedure)) : Task.CompletedTask;
            gaps.Add(await flowing);
            await (n % 2 == 1 ? back : victim.StartAsync(cluster.File(Office.Procedure)));
        }

        await cluster.MoreAsync(1_000);
        await cluster.CheckAsync($"PostgreSQL, two silos, seed {Seed}, {kills} kills, every caller answered again after {string.Join(", ", gaps.Select(g => $"{g.TotalSeconds:F1}"))} s");
        Assert.True(gaps.Max() <= s_atMost, $"After a kill calls flowed again in {gaps.Max()}, and at most {s_atMost} are allowed.");
    }
}
