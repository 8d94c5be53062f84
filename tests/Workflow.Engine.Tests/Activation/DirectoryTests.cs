using Workflow.Core.Dossiers;
using Workflow.Engine.Audit;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;
using Workflow.Engine.Tests.Journal;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Activation;

public sealed class DirectoryTests
{
    [Fact]
    public async Task IdleDossier_LeavesMemoryAfterTheTimeoutAndGoesOnWhereItWas()
    {
        var (engine, _, clock) = await Office.OpenAsync(o => o.IdleTimeout = TimeSpan.FromMinutes(10));
        await using var _e = engine;
        var code = await engine.AcceptedAsync("a");
        clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(1, engine.ActiveCount);

        // The sweeper runs every half of the timeout.
        clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(0, engine.ActiveCount);
        Assert.Equal(2, (await engine.FindAsync(code))!.Version);
        Assert.NotEmpty((await engine.PermittedAsync(code, Office.Clerk))!);
        Assert.Equal(0, engine.ActiveCount);
        Assert.Equal(3, Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f"))).Version);
        Assert.Equal(1, engine.ActiveCount);
    }

    [Fact]
    public async Task Cap_EvictsTheLeastRecentlyUsedAndKeepsAnswersRight()
    {
        var (engine, store, _) = await Office.OpenAsync(o => o.ActiveCap = 3);
        await using var _e = engine;
        var codes = new List<DossierCode>();
        for (var i = 0; i < 10; i++)
        {
            codes.Add(await engine.AcceptedAsync($"a{i}"));
            Assert.InRange(engine.ActiveCount, 1, 3);
        }

        for (var round = 0; round < 3; round++)
        {
            foreach (var code in codes)
            {
                Office.Accepted(await engine.ExecuteAsync(code, Office.Fire(round % 2 == 0 ? "forward" : "back"), Office.Request($"r{round}")));
            }
        }

        foreach (var code in codes)
        {
            Assert.Equal(("Review", 5), ((await engine.FindAsync(code))!.State, (await engine.FindAsync(code))!.Version));
            Assert.Null(await ChainVerification.VerifyAsync(store, code.Value));
        }
    }

    [Fact]
    public async Task DossiersWithWorkUnderWay_AreNotEvicted()
    {
        var clock = new VirtualClock(Office.Start);
        var store = new FaultyStore(await Office.MemoryAsync(clock));
        await using var engine = await Office.OpenAsync(store, clock, o => o.ActiveCap = 1);
        var codes = new[] { await engine.AcceptedAsync("a"), await engine.AcceptedAsync("b"), await engine.AcceptedAsync("c") };
        var release = new TaskCompletionSource();
        store.Before = _ => release.Task;

        var commands = codes.Select(c => engine.ExecuteAsync(c, Office.Fire("forward"), Office.Request("f")).AsTask()).ToList();
        Assert.Equal(3, engine.ActiveCount);
        release.SetResult();
        await Task.WhenAll(commands);

        Assert.All(commands, c => Office.Accepted(c.Result));
        Assert.Equal(1, engine.ActiveCount);
    }

    [Fact]
    public async Task CommandsOfOneDossier_TakeTurnsInTheOrderOfTheirCalls()
    {
        var (engine, _, _) = await Office.OpenAsync();
        await using var _e = engine;
        var code = await engine.AcceptedAsync("a");

        var commands = Enumerable.Range(0, 200).Select(i => engine.ExecuteAsync(code, new AssignDossier { Officer = $"o{i}" }, Office.Request($"c{i}")).AsTask()).ToList();
        var results = await Task.WhenAll(commands);

        Assert.Equal(Enumerable.Range(3, 200), results.Select(r => Office.Accepted(r).Version));
    }

    [Fact]
    public async Task DossierOfAVersionThatTheHostLacks_IsRefusedByName()
    {
        var clock = new VirtualClock(Office.Start);
        var store = await Office.MemoryAsync(clock);
        DossierCode code;
        await using (var engine = await Office.OpenAsync(store, clock))
        {
            code = await engine.AcceptedAsync("a");
        }

        await using var later = await Office.OpenAsync(store, clock, null, new ProcedureSet(Office.Define(2)));
        var fault = await Assert.ThrowsAsync<MissingProcedureException>(async () => await later.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f")));
        Assert.Contains("T.1@1", fault.Message, StringComparison.Ordinal);
        Assert.Contains(code.Value, fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, later.ActiveCount);
    }

    [Fact]
    public async Task DamagedDossier_IsToldAsDamagedStorage()
    {
        var clock = new VirtualClock(Office.Start);
        var store = await Office.MemoryAsync(clock);
        await using var engine = await Office.OpenAsync(store, clock);
        string[] states = ["no JSON", "{}", "null", "{\"state\":7}"];
        for (var i = 0; i < states.Length; i++)
        {
            var code = new DossierCode($"D-{i}");
            await store.SubmitAsync(code.Value, Appends.Snapshot(states[i]) with { Procedure = "T.1", ProcedureVersion = "1", Personal = null });

            var fault = await Assert.ThrowsAsync<StorageCorruptException>(async () => await engine.FindAsync(code));
            Assert.Contains(code.Value, fault.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<StorageCorruptException>(async () => await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f")));
            await Assert.ThrowsAsync<StorageCorruptException>(async () => await engine.HistoryAsync(code));
        }
    }
}
