using System.Text;
using Workflow.Core.Calendars;
using Workflow.Core.Indicators;
using Workflow.Core.Simulation;
using Workflow.Engine;
using Workflow.Engine.Audit;
using Workflow.Engine.Journal;
using Workflow.Engine.Salts;
using Workflow.Engine.Setup;
using Workflow.Engine.Sqlite;
using Workflow.Engine.Timers;
using Workflow.Host.Demo;
using Workflow.Host.Procedures;
using Workflow.Host.Terminal;
using Workflow.Host.Tests.Terminal;

namespace Workflow.Host.Tests.Demo;

/// <summary>The replay with a few hundred dossiers; the whole two months stand in <see cref="DemoCommandTests"/>.</summary>
public sealed class DemoReplayTests
{
    private static readonly HostEnvironment s_environment = new(TextWriter.Null, TextWriter.Null);

    [Fact]
    public async Task SameSeed_GivesTheSameJournalHashOnEveryStore()
    {
        using var scratch = new Scratch();
        var inMemory = await ReplayAsync(1, clock => new MemoryJournalStore(clock));
        var onSqlite = await ReplayAsync(1, clock => new SqliteJournalStore(scratch.File("data"), clock));

        Assert.Equal(inMemory.Hash, onSqlite.Hash);

        // For ever: whatever changes it changes what dossiers come to, and is named in the changelog.
        Assert.Equal("42ecead992aa64df8040ed2ecf3e7e37245877f5adec8b4a55070338634b2a95", inMemory.Hash);
    }

    [Fact]
    public async Task OtherSeed_GivesAnotherJournalHash()
    {
        var one = await ReplayAsync(1, clock => new MemoryJournalStore(clock));
        var other = await ReplayAsync(2, clock => new MemoryJournalStore(clock));

        Assert.NotEqual(one.Hash, other.Hash);
    }

    [Fact]
    public async Task Replay_IsRefusedNothingAndItsReportHolds()
    {
        var replayed = await ReplayAsync(3, clock => new MemoryJournalStore(clock));

        Assert.Empty(replayed.Refusals);
        Assert.True(replayed.Report.Holds);
        Assert.Equal(300, replayed.Report.Total.Online);
        Assert.True(replayed.Report.Rows.Count > 10);
    }

    [Fact]
    public async Task EveryChain_OfTheReplay_IsWhole()
    {
        var clock = Clock();
        await using var store = new MemoryJournalStore(clock);
        await ReplayAsync(4, _ => store, clock);

        await foreach (var head in store.ReadChainHeadsAsync(CancellationToken.None))
        {
            Assert.Null(await ChainVerification.VerifyAsync(store, head.Code));
        }
    }

    private static VirtualClock Clock() => new(WorkingCalendar.At(TanLacScenario.FirstDay, TimeOnly.MinValue));

    private static async Task<(string Hash, IReadOnlyList<string> Refusals, StatutoryReport Report)> ReplayAsync(
        int seed, Func<TimeProvider, IJournalStore> make, VirtualClock? given = null)
    {
        var clock = given ?? Clock();
        var store = make(clock);
        await store.OpenAsync(CancellationToken.None);
        var catalogue = Catalogue.Procedures(s_environment);
        var (units, calendar) = (Catalogue.Units(s_environment), Catalogue.Calendar(s_environment));
        var options = new WorkflowEngineOptions
        {
            IdleTimeout = TimeSpan.FromDays(365),
            Salts = new DerivedSalts(Encoding.UTF8.GetBytes($"test/{seed}")),
            BackgroundTimers = false,
            BackgroundFollowers = false,
        };
        await using var engine = await DossierEngine.OpenAsync(store, new ProcedureSet(catalogue.All), units, calendar, clock, options);
        SimulationScenario scenario = TanLacScenario.Create(seed, catalogue, units, calendar.KnownAt(clock.GetUtcNow())) with { Dossiers = 300 };
        var replay = new DemoReplay(engine, clock, scenario);
        await replay.RunAsync((_, _) => { }, CancellationToken.None);
        var card = await ScoreCards.OfAsync(engine, catalogue, units, CancellationToken.None);
        var hash = await engine.JournalHashAsync();
        await engine.DisposeAsync();
        if (given is null)
        {
            await store.DisposeAsync();
        }

        return (hash, replay.Refusals, card.Report);
    }
}
