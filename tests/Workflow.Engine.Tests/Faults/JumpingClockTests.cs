using Workflow.Core.Dossiers;
using Workflow.Engine.Followers;
using Workflow.Engine.Postgres;
using Workflow.Engine.Tests.Postgres;

namespace Workflow.Engine.Tests.Faults;

/// <summary>Hosts whose clocks differ and jump under load.</summary>
[Collection(FaultTests.Name)]
public sealed class JumpingClockTests
{
    private const int Seed = 20201109;
    private const int PlaceOfParking = 2;

    [Fact]
    public async Task ClocksOfTwoHosts_ThatJumpUnderLoad_TakeNoLegalTimeBackAndFireEachTimerOnce()
    {
        var random = new Random(Seed);
        var server = PostgresServer.Require();
        var schema = server.CreateSchema();
        Clock[] clocks = [new(), new()];
        Recorder[] recorders = [new(), new()];
        await using var hosts = await LoadedHosts.OpenAsync(schema, clocks, (host, options) =>
        {
            options.BackgroundFollowers = true;
            options.LeaseDuration = TimeSpan.FromMinutes(5);
            options.Followers.Add(recorders[host]);
        });
        hosts.Command = place => place == PlaceOfParking ? Office.Fire("park") : new AssignDossier { Officer = $"officer{place}" };
        await hosts.StartAsync();
        await hosts.UntilAsync(() => recorders.Any(r => r.Entries > 0), "one of the hosts leads the follower");

        // A day ahead and back, each for itself, with timers firing at both.
        var jumps = LongRun.Times(8);
        var fired = 0;
        for (var n = 0; n < jumps; n++)
        {
            await hosts.MoreAsync(random.Next(50, 200));
            clocks[random.Next(2)].IsAhead ^= true;
            fired += (await Task.WhenAll(hosts.Engines.Select(e => Task.Run(async () => await e.FireDueTimersAsync())))).Sum();
        }

        Assert.True(fired > 0, "No timer fired under load.");
        await hosts.StopAsync();
        foreach (var clock in clocks)
        {
            clock.IsAhead = true;
            clock.Last = TimeSpan.FromDays(10);
        }

        await Task.WhenAll(hosts.Engines.Select(e => Task.Run(async () => await e.FireDueTimersAsync())));
        Assert.Equal(0, await hosts.Engines[0].FireDueTimersAsync());

        // Who led the follower leads it still, whatever the clocks said.
        var leader = recorders[0].Entries > 0 ? 0 : 1;
        await hosts.Engines[leader].CatchUpAsync();
        Assert.Equal(0, recorders[1 - leader].Entries);

        await AssertEachTimerFiredOnceAsync(schema, recorders[leader].Entries);
        await hosts.CheckAsync(schema, $"{jumps} jumps of clocks, seed {Seed}");
        server.DropSchema(schema);
    }

    private static async Task AssertEachTimerFiredOnceAsync(string schema, int followed)
    {
        await using var store = new PostgresJournalStore(schema, TimeProvider.System);
        await store.OpenAsync(default);
        var rows = await store.ReadJournalAsync(default, 1_000_000, default);
        var moves = rows.SelectMany(r => DossierJson.ReadRecorded(r.Data, r.Personal).Events.OfType<DossierMoved>().Select(m => (r.Code, m.Trigger))).ToList();
        var parked = moves.Where(m => m.Trigger == "park").Select(m => m.Code).Order(StringComparer.Ordinal).ToList();

        Assert.NotEmpty(parked);
        Assert.Equal(parked, moves.Where(m => m.Trigger == "resume").Select(m => m.Code).Order(StringComparer.Ordinal));
        Assert.Equal(rows.Count, followed);
    }

    /// <summary>It stands, a day ahead or not.</summary>
    private sealed class Clock : TimeProvider
    {
        private static readonly DateTimeOffset s_monday = Office.Start.AddDays(3);

        public bool IsAhead { get; set; }

        public TimeSpan Last { get; set; }

        public override DateTimeOffset GetUtcNow() => s_monday.AddDays(IsAhead ? 1 : 0) + Last;
    }

    private sealed class Recorder : IJournalFollower
    {
        private int _entries;

        public string Name => "recorder";

        public int Entries => Volatile.Read(ref _entries);

        public ValueTask HandleAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
        {
            Interlocked.Add(ref _entries, entries.Count);
            return ValueTask.CompletedTask;
        }
    }
}
