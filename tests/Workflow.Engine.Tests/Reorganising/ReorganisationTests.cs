using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Reorganisations;
using Workflow.Core.Units;
using Workflow.Engine.Journal;
using Workflow.Engine.Reorganising;
using Workflow.Engine.Salts;
using Workflow.Engine.Setup;
using Workflow.Engine.Tests.Sqlite;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Reorganising;

/// <summary>Units merge while their dossiers are open.</summary>
public sealed class ReorganisationTests
{
    private const string New = "000.41.00.H28";

    private static readonly Actor s_newClerk = Actor.Officer("clerk", New);

    private static readonly Reorganisation s_plan = new(
        new DateOnly(2020, 11, 9), "Nghị quyết 1", [new Unit(New, new LocalizedName("Xã mới"), UnitLevel.Commune, null)], [new UnitsMerged([Office.Unit, Office.OtherUnit], New)]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reorganise_Applied_HandsOpenDossiersOverAndKeepsEverythingElse(bool sqlite)
    {
        using var folder = new DataFolder();
        var clock = new VirtualClock(Office.Start);
        await using var store = await StoreAsync(sqlite, folder, clock);
        await using var engine = await Office.OpenAsync(store, clock);
        var open = await engine.AcceptedAsync("a");
        var other = await engine.AcceptedAsync("b", Office.OtherUnit);
        var closed = await engine.AcceptedAsync("c");
        Office.Accepted(await engine.ExecuteAsync(closed, Office.Fire("finish"), Office.Request("end")));
        Office.Accepted(await engine.ExecuteAsync(open, new AssignDossier { Officer = "clerk" }, Office.Request("assign")));
        var before = (await engine.FindAsync(open))!;
        clock.AdvanceTo(Monday);

        var report = await engine.ReorganiseAsync(s_plan, apply: true);

        Assert.Equal((s_plan.Id, true, 2, 2), (report.Plan, report.IsApplied, report.Dossiers.Count, report.Moved));
        Assert.Empty(report.Blocked);
        var after = (await engine.FindAsync(open))!;
        Assert.Equal(
            Office.Text(before with { ReceivingUnit = New, CompetentUnit = New, Unit = New, Assignee = null, Version = before.Version + 1, LastOccurredAt = Monday }),
            Office.Text(after));
        Assert.Equal(New, (await engine.FindAsync(other))!.Unit);
        Assert.Equal(Office.Unit, (await engine.FindAsync(closed))!.Unit);
        var entry = (await engine.HistoryAsync(open))[^1];
        Assert.Equal(("system", "Nghị quyết 1"), (entry.Actor, Assert.IsType<DossierHandedOver>(Assert.Single(entry.Events)).Ground));
        Assert.Equal([open.Value, other.Value], (await store.QueryWorkListAsync(new WorkListQuery { Unit = New }, default)).Select(i => i.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Reorganise_Applied_LetsTheNewUnitReceiveFromItsOwnNumbersAndTheOldOneNoMore()
    {
        var (engine, _, clock) = await Office.OpenAsync();
        await using var _e = engine;
        var old = await engine.AcceptedAsync("a");
        clock.AdvanceTo(Monday);
        await engine.ReorganiseAsync(s_plan, apply: true);

        var refused = Assert.IsType<CommandResult.Rejected>(await engine.SubmitAsync(Office.Submission(), Office.Request("b")));
        Assert.Contains($"use its successor '{New}'", Assert.Single(refused.Unmet).Message, StringComparison.Ordinal);
        Assert.Equal($"{New}-201109-0001", Office.Accepted(await engine.SubmitAsync(Office.Submission(New), Office.Request("b"))).Code.Value);
        Assert.Equal(old.Value, (await engine.FindAsync(old))!.Code);
        Assert.Equal(New, engine.Units.At(s_plan.On).Units.Single().Code);

        // What happened before is entered as it was then.
        Office.Accepted(await engine.SubmitAsync(Office.Submission(), Office.Request("late") with { OccurredAt = Office.Start }));
        Assert.Equal(1, (await engine.ReorganiseAsync(s_plan, apply: true)).Moved);
    }

    [Fact]
    public async Task Reorganise_Tried_SaysWhatWouldHappenAndChangesNothing()
    {
        var (engine, store, _) = await Office.OpenAsync();
        await using var _e = engine;
        var code = await engine.AcceptedAsync("a");
        var hash = await engine.JournalHashAsync();

        var report = await engine.ReorganiseAsync(s_plan, apply: false);

        var dossier = Assert.Single(report.Dossiers);
        Assert.Equal((code, 0), (dossier.Code, report.Moved));
        Assert.Equal((new DossierUnits(Office.Unit, Office.Unit, Office.Unit), new DossierUnits(New, New, New)), (dossier.From, dossier.To));
        Assert.Empty(dossier.Unmet);
        Assert.Equal(hash, await engine.JournalHashAsync());
        Assert.Single(await store.ReadDefinitionsAsync(DefinitionKinds.Units, default));
        Assert.Null(engine.Units.Find(New));
    }

    [Fact]
    public async Task Reorganise_BeforeItsDay_IsRefusedAndChangesNothing()
    {
        var (engine, _, _) = await Office.OpenAsync();
        await using var _e = engine;
        await engine.AcceptedAsync("a");

        Assert.Equal(s_plan.On, (await Assert.ThrowsAsync<PlanAheadException>(async () => await engine.ReorganiseAsync(s_plan, apply: true))).On);
        Assert.Null(engine.Units.Find(New));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reorganise_StoppedHalfWay_IsFinishedByTheNextRunAndDoesNothingTwice(bool sqlite)
    {
        using var folder = new DataFolder();
        var clock = new VirtualClock(Office.Start);
        await using var store = await StoreAsync(sqlite, folder, clock);
        var codes = new List<DossierCode>();
        await using (var engine = await Office.OpenAsync(store, clock))
        {
            for (var i = 0; i < 10; i++)
            {
                codes.Add(await engine.AcceptedAsync($"d{i}", i % 2 == 0 ? Office.Unit : Office.OtherUnit));
            }
        }

        clock.AdvanceTo(Monday);
        var faulty = new FaultyStore(store) { Before = n => n > 4 ? throw new StorageFullException("no room", new IOException()) : Task.CompletedTask };
        await using (var engine = await Office.OpenAsync(faulty, clock, o => o.BatchSize = 1))
        {
            await Assert.ThrowsAsync<StorageFullException>(async () => await engine.ReorganiseAsync(s_plan, apply: true));
        }

        // The next process is given the units of before and goes by those of the store.
        await using (var engine = await Office.OpenAsync(store, clock))
        {
            Assert.NotNull(engine.Units.Find(New));
            Assert.Equal(4, await MovedAsync(engine));
            var report = await engine.ReorganiseAsync(s_plan, apply: true);
            Assert.Equal((6, 6), (report.Dossiers.Count, report.Moved));
            Assert.Equal(10, await MovedAsync(engine));
            Assert.Empty((await engine.ReorganiseAsync(s_plan, apply: true)).Dossiers);
            foreach (var code in codes)
            {
                Assert.Single((await engine.HistoryAsync(code)).SelectMany(h => h.Events).OfType<DossierHandedOver>());
            }
        }

        async Task<int> MovedAsync(DossierEngine engine)
        {
            var moved = 0;
            foreach (var code in codes)
            {
                moved += (await engine.FindAsync(code))!.Unit == New ? 1 : 0;
            }

            return moved;
        }
    }

    [Fact]
    public async Task Reorganise_CommitWhoseAnswerIsLost_IsDoneOnce()
    {
        var clock = new VirtualClock(Office.Start);
        var store = await Office.MemoryAsync(clock);
        var faulty = new FaultyStore(store);
        await using var engine = await Office.OpenAsync(faulty, clock);
        var code = await engine.AcceptedAsync("a");
        clock.AdvanceTo(Monday);
        var first = faulty.Appends + 1;
        faulty.After = n => n == first ? throw new StorageUnavailableException("gone", new IOException()) : Task.CompletedTask;

        Assert.Equal(1, (await engine.ReorganiseAsync(s_plan, apply: true)).Moved);
        Assert.Equal(3, (await engine.FindAsync(code))!.Version);
    }

    [Fact]
    public async Task Reorganise_DossierThatCannotGo_IsNamedWithWhyAndTheOthersGo()
    {
        var (engine, store, clock) = await Office.OpenAsync();
        var code = await engine.AcceptedAsync("a");
        await engine.DisposeAsync();
        await using var other = await Office.OpenAsync(store, clock, null, new ProcedureSet(Office.Procedure, Office.Define(2)));
        Office.Accepted(await other.SubmitAsync(Office.Submission() with { ProcedureVersion = 2 }, Office.Request("b")));
        await other.DisposeAsync();
        clock.AdvanceTo(Monday);

        // A host that lacks the second version.
        await using var host = await Office.OpenAsync(store, clock);
        var report = await host.ReorganiseAsync(s_plan, apply: true);

        Assert.Equal((2, 1), (report.Dossiers.Count, report.Moved));
        Assert.Equal("procedure-exists", Assert.Single(Assert.Single(report.Blocked).Unmet).Name);
        Assert.Equal(New, (await host.FindAsync(code))!.Unit);
    }

    [Fact]
    public async Task Reorganise_PlanThatDoesNotFit_NamesItsDefectsAndChangesNothing()
    {
        var (engine, _, clock) = await Office.OpenAsync();
        await using var _e = engine;
        clock.AdvanceTo(Monday);
        var plan = new Reorganisation(s_plan.On, "g", [], [new UnitDissolved(Office.Unit, "000.99.00.H28")]);

        Assert.Equal(DefectCodes.UnknownUnit, Assert.Single((await Assert.ThrowsAsync<DefinitionException>(async () => await engine.ReorganiseAsync(plan, apply: true))).Defects).Code);
        Assert.Null(engine.Units.Find(Office.Unit)!.Until);
    }

    [Fact]
    public async Task Units_GivenAfterAReorganisation_MustHaveInThemWhatItDid()
    {
        var (engine, store, clock) = await Office.OpenAsync();
        clock.AdvanceTo(Monday);
        await engine.ReorganiseAsync(s_plan, apply: true);
        var stored = engine.Units.Units;
        await engine.DisposeAsync();

        var lacking = await Assert.ThrowsAsync<OutdatedUnitsException>(() => OpenAsync([.. Office.Units.Units.Select(u => u with { Name = new LocalizedName("Xã") })]));
        Assert.Equal(Office.Unit, lacking.Unit);
        var without = await Assert.ThrowsAsync<OutdatedUnitsException>(() => OpenAsync([.. stored.Take(2).Select(u => u with { Until = new DateOnly(2021, 1, 1), Successors = [] })]));
        Assert.Contains("differs in its level, its dates", without.Message, StringComparison.Ordinal);

        // One that has it, and a name of its own, takes over; the units of before then mean those.
        Assert.Equal("Xã lớn", await OpenAsync([.. stored.Select(u => u.Code == New ? u with { Name = new LocalizedName("Xã lớn") } : u)]));
        Assert.Equal("Xã lớn", await OpenAsync(Office.Units.Units));

        async Task<string> OpenAsync(IReadOnlyList<Unit> units)
        {
            var options = new WorkflowEngineOptions { BackgroundTimers = false, BackgroundFollowers = false, Salts = new DerivedSalts([1]) };
            await using var opened = await DossierEngine.OpenAsync(store, new ProcedureSet(Office.Procedure), new UnitTree(units), Office.Calendar, clock, options);
            return opened.Units.Find(New)!.Name.Vi;
        }
    }

    [Fact]
    public async Task HandOver_ByAnOfficial_MakesTheNewUnitsOfficersPartOfIt()
    {
        var (engine, _, clock) = await Office.OpenAsync();
        await using var _e = engine;
        clock.AdvanceTo(Monday);
        var code = await engine.AcceptedAsync("a", Office.OtherUnit);

        Office.Accepted(await engine.ExecuteAsync(code, new HandOverDossier("by-hand", "Quyết định 5") { Unit = Office.Unit }, Office.Request("h")));
        Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f")));
        Assert.Equal((Office.OtherUnit, Office.Unit), ((await engine.FindAsync(code))!.ReceivingUnit, (await engine.FindAsync(code))!.Unit));
        Assert.Equal("unit-exists", Office.Refused(await engine.ExecuteAsync(code, new HandOverDossier("by-hand", "g") { Unit = s_newClerk.Unit }, Office.Request("h2"))));
    }

    private static DateTimeOffset Monday => new(2020, 11, 9, 8, 0, 0, TimeSpan.FromHours(7));

    private static async Task<IJournalStore> StoreAsync(bool sqlite, DataFolder folder, TimeProvider clock) => sqlite ? await folder.OpenAsync() : await Office.MemoryAsync(clock);
}
