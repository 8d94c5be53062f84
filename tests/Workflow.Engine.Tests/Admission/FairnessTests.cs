using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Admission;

public sealed class FairnessTests
{
    private static readonly Actor s_otherClerk = Actor.Officer("other", Office.OtherUnit);

    [Fact]
    public async Task FloodOfOneUnit_LeavesRoomAndTurnsForAnother()
    {
        const int Flood = 10_000;

        // Two commits for each are fewer than the flood needs, so it is there to the end.
        const int Others = 5;
        var clock = new VirtualClock(Office.Start);
        var store = new FaultyStore(await Office.MemoryAsync(clock));
        await using var engine = await Office.OpenAsync(store, clock, o => o.NumberBlock = 5_000);
        var others = new List<DossierCode>();
        for (var i = 0; i < Others; i++)
        {
            others.Add(await engine.AcceptedAsync($"other {i}", Office.OtherUnit));
        }

        // The store stands still while the flood arrives, then lets through one commit at a time.
        using var pass = new SemaphoreSlim(0);
        store.Before = _ => pass.WaitAsync();
        var flood = Enumerable.Range(0, Flood).Select(i => engine.SubmitAsync(Office.Submission(), Office.Request($"flood {i}")).AsTask()).ToList();
        var told = new List<CommandResult.Busy>();
        foreach (var command in flood.Where(c => c.IsCompleted))
        {
            told.Add(Assert.IsType<CommandResult.Busy>(await command));
        }

        Assert.Equal(Flood - (4_096 * 2 / 3) - 1, told.Count);
        Assert.All(told, busy => Assert.InRange(busy.RetryAfter, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5)));
        foreach (var code in others)
        {
            // The commit that was under way, and the next one, in which its unit has a turn.
            var command = engine.ExecuteAsync(code, Office.Fire("forward"), new CommandRequest(new CommandId("x"), s_otherClerk)).AsTask();
            pass.Release(2);
            await command.WaitAsync(TimeSpan.FromSeconds(60));
            Office.Accepted(await command);
        }

        Assert.Contains(flood, command => !command.IsCompleted);
        pass.Release(Flood);
        var results = await Task.WhenAll(flood);
        Assert.Equal(Flood - told.Count, results.Count(r => r is CommandResult.Accepted));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FloodUnderInventedUnits_SharesOneUnitsPlacesAndTurns(bool ofOneDossier)
    {
        const int Flood = 600;
        var clock = new VirtualClock(Office.Start);
        var store = new FaultyStore(await Office.MemoryAsync(clock));
        await using var engine = await Office.OpenAsync(store, clock, o => o.QueueLength = 300);
        var flooded = await engine.AcceptedAsync("flooded");
        var other = await engine.AcceptedAsync("other", Office.OtherUnit);
        using var pass = new SemaphoreSlim(0);
        store.Before = _ => pass.WaitAsync();

        // Each names a unit and a caller of its own, of a dossier that is there, or of one that is not.
        var flood = Enumerable.Range(0, Flood).Select(i => engine.ExecuteAsync(
            ofOneDossier ? flooded : new DossierCode($"invented{i}-201106-0001"),
            new AssignDossier { Officer = $"o{i}" },
            new CommandRequest(new CommandId($"f{i}"), Actor.Officer("clerk", $"invented{i}")) { Caller = $"invented{i}" }).AsTask()).ToList();

        if (ofOneDossier)
        {
            Assert.Equal(300 * 2 / 3, flood.Count(c => !c.IsCompleted));
        }

        var command = engine.ExecuteAsync(other, Office.Fire("forward"), new CommandRequest(new CommandId("x"), s_otherClerk)).AsTask();
        pass.Release(2);
        Office.Accepted(await command.WaitAsync(TimeSpan.FromSeconds(60)));
        pass.Release(Flood);
        Assert.All(await Task.WhenAll(flood), r => Assert.True(ofOneDossier ? r is CommandResult.Accepted or CommandResult.Busy : r is not CommandResult.Accepted));
    }

    [Fact]
    public async Task LoneUnit_IsNotHeldUpByTheTurns()
    {
        var (engine, store, clock) = await Office.OpenAsync(o => o.QueueLength = 600);
        await using var _ = engine;

        var results = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => engine.SubmitAsync(Office.Submission(), Office.Request($"a {i}")).AsTask()));

        Assert.All(results, r => Office.Accepted(r));
        Assert.Equal(400, (await store.CountAsync(default)).Dossiers);
    }
}
