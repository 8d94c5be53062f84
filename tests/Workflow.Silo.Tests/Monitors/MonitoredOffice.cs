using Microsoft.Extensions.DependencyInjection;
using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Indicators;
using Workflow.Core.Procedures;
using Workflow.Core.Reorganisations;
using Workflow.Core.Units;
using Workflow.Engine.Followers;
using Workflow.Engine.Journal;
using Workflow.Engine.Postgres;
using Workflow.Engine.Salts;
using Workflow.Engine.Setup;
using Workflow.Engine.Tests;
using Workflow.Engine.Timers;
using Workflow.Engine;
using Workflow.Grains.Monitors;
using Workflow.Silo.Monitors;
using Workflow.Silo.Schema;

namespace Workflow.Silo.Tests.Monitors;

/// <summary>A commune that receives and a district that settles, over one database with the silo that keeps their monitors. Nothing happens by itself.</summary>
internal sealed class MonitoredOffice : IAsyncDisposable
{
    public const string Commune = "000.01.30.H28";
    public const string District = "000.00.30.H28";
    public const string NewDistrict = "000.40.00.H28";


    private static readonly DateTimeOffset s_start = new(2020, 11, 6, 8, 0, 0, TimeSpan.FromHours(7));

    private static readonly Reorganisation s_plan = new(
        new DateOnly(2020, 11, 9), "Nghị quyết 1", [new Unit(NewDistrict, new LocalizedName("Huyện mới"), UnitLevel.District, null)], [new UnitsMerged([District], NewDistrict)]);

    private readonly Recorder _recorder = new();
    private readonly VirtualClock _clock = new(s_start);
    private SiloHost? _silo;
    private DossierEngine? _engine;
    private PostgresJournalStore? _store;

    private MonitoredOffice(string connectionString) => ConnectionString = connectionString;

    public string ConnectionString { get; }

    public SiloHost Silo => _silo!;

    public DossierEngine Engine => _engine!;

    /// <summary>The whole journal, in its order.</summary>
    public List<JournalEntry> Entries => _recorder.Entries;

    public static async Task<MonitoredOffice> OpenAsync()
    {
        var office = new MonitoredOffice(PostgresServer.Require().CreateSchema());
        await OrleansSchema.CreateAsync(office.ConnectionString);
        await office.StartAsync();
        return office;
    }

    /// <summary>Another process: a silo and an engine that remember nothing.</summary>
    public async Task StartAsync()
    {
        _store = new PostgresJournalStore(ConnectionString, _clock);
        await _store.OpenAsync(default);
        _silo = await SiloHost.StartAsync(ConnectionString, "monitors", s =>
        {
            s.Services.AddSingleton<IJournalStore>(_store);
            s.AddUnitMonitors();
        });
        var options = new WorkflowEngineOptions { BackgroundTimers = false, BackgroundFollowers = false, Salts = new DerivedSalts([1]) };
        options.Followers.Add(_recorder);
        options.Followers.Add(Assert.Single(_silo.Services.GetServices<IJournalFollower>()));
        _engine = await DossierEngine.OpenAsync(_store, new ProcedureSet(s_procedure), s_units, Office.Calendar, _clock, options);
    }

    public async Task StopAsync()
    {
        await _engine!.DisposeAsync();
        await _silo!.DisposeAsync();
        await _store!.DisposeAsync();
    }

    /// <summary>The follower of a host that has just begun to lead it.</summary>
    public UnitMonitorFollower NewFollower() => new(Silo.Grains, _store!);

    public IUnitMonitorGrain Monitor(string unit) => Silo.Grains.GetGrain<IUnitMonitorGrain>(UnitMonitorGrainKey.Of(unit));

    /// <summary>Forgets what grains have in memory.</summary>
    public Task DeactivateAsync() => Silo.Grains.GetGrain<Orleans.Runtime.IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    /// <summary>Carries out commands, each that is refused in vain, without the monitors hearing of it.</summary>
    public async Task WorkAsync(int seed, int commands)
    {
        var random = new Random(seed);
        var codes = new List<DossierCode>();
        var district = Engine.Units.Find(NewDistrict) is null ? District : NewDistrict;
        Actor[] clerks = [Actor.Officer("one", Commune), Actor.Officer("two", district)];
        for (var i = 0; i < commands; i++)
        {
            _clock.AdvanceTo(_clock.GetUtcNow().AddMinutes(random.Next(90)));
            var actor = codes.Count == 0 ? clerks[0] : clerks[random.Next(clerks.Length)];
            var request = new CommandRequest(new CommandId($"{seed}/{i}"), actor);
            var done = codes.Count == 0 || random.Next(5) == 0
                ? await Engine.SubmitAsync(new SubmitDossier("T.1", Commune) { CompetentUnit = random.Next(4) == 0 ? Commune : district, Applicant = new Applicant("A") }, request)
                : await Engine.ExecuteAsync(codes[random.Next(codes.Count)], Command(random, district), request);
            if (done is CommandResult.Accepted { Version: 1 } submitted)
            {
                codes.Add(submitted.Code);
            }

            Assert.True(codes.Count > 0, done is CommandResult.Rejected refused ? string.Join("; ", refused.Unmet) : done.ToString());
        }
    }

    /// <summary>Puts another district in the place of the one.</summary>
    public async Task ReorganiseAsync()
    {
        var day = new DateTimeOffset(2020, 11, 9, 8, 0, 0, TimeSpan.FromHours(7));
        _clock.AdvanceTo(day > _clock.GetUtcNow() ? day : _clock.GetUtcNow());
        Assert.True((await Engine.ReorganiseAsync(s_plan, apply: true)).Moved > 0);
    }

    /// <summary>Leads the monitors to the journal's end. What another transaction hides for a moment is waited for.</summary>
    public async Task CatchUpAsync()
    {
        var count = (long)PostgresServer.Read(ConnectionString, "SELECT count(*) FROM dossier_event")!;
        do
        {
            await Engine.CatchUpAsync();
        }
        while (Entries.Count < count);
    }

    /// <summary>Reads the journal to its end without the monitors hearing of it.</summary>
    public async Task<IReadOnlyList<JournalEntry>> RecordAsync()
    {
        var known = Entries.Count;
        await using var engine = await DossierEngine.OpenAsync(
            _store!, new ProcedureSet(s_procedure), Engine.Units, Office.Calendar, _clock, new WorkflowEngineOptions { BackgroundTimers = false, BackgroundFollowers = false, Followers = { _recorder } });
        var count = (long)PostgresServer.Read(ConnectionString, "SELECT count(*) FROM dossier_event")!;
        do
        {
            await engine.CatchUpAsync();
        }
        while (Entries.Count < count);
        return Entries[known..];
    }

    /// <summary>Holds each unit's monitor to a fold of the whole journal.</summary>
    public async Task AssertMonitorsAsync()
    {
        var (tally, standings) = (new UnitTally(), new Dictionary<string, UnitStanding>(StringComparer.Ordinal));
        foreach (var entry in Entries)
        {
            standings[entry.Code.Value] = tally.Fold(standings.GetValueOrDefault(entry.Code.Value), entry.Events);
        }

        Assert.NotEmpty(tally.Units);
        foreach (var (unit, figures) in tally.Units)
        {
            Assert.Equal(figures, (await Monitor(unit).ReadAsync()).Figures);
            Assert.True(figures.Holds);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        PostgresServer.Require().DropSchema(ConnectionString);
    }

    private static DossierCommand Command(Random random, string district) => random.Next(9) switch
    {
        0 => new FireTrigger("request-supplement") { Reason = "r", Items = ["map"] },
        1 => new FireTrigger("supplement"),
        2 => new FireTrigger("transfer"),
        3 => new FireTrigger("sign"),
        4 => new FireTrigger("return-result"),
        5 => new FireTrigger("stop"),
        6 => new AssignDossier { Unit = random.Next(2) == 0 ? Commune : district },
        _ => new FireTrigger("accept"),
    };

    private static readonly Procedure s_procedure = Define();

    private static readonly UnitTree s_units = new(
    [
        new Unit(District, new LocalizedName("Huyện"), UnitLevel.District, null),
        new Unit(Commune, new LocalizedName("Xã"), UnitLevel.Commune, null),
    ]);

    private static Procedure Define()
    {
        var builder = new ProcedureBuilder("T.1").Limit("2 working days");
        builder.Configure("filed").Shows(PortalStatus.Registered).Permit("accept", "received").Permit("request-supplement", "incomplete");
        builder.Configure("incomplete").Shows(PortalStatus.SupplementRequested).Permit("supplement", "incomplete").Permit("accept", "received");
        builder.Configure("received").Shows(PortalStatus.Accepted).Permit("transfer", "work").Permit("request-supplement", "waiting").Permit("stop", "stopped");
        builder.Configure("work").Shows(PortalStatus.Processing).Permit("sign", "done").Permit("request-supplement", "waiting").Permit("stop", "stopped");
        builder.Configure("waiting").Shows(PortalStatus.SupplementRequested).Permit("supplement", "work");
        builder.Configure("done").Shows(PortalStatus.Processed).Permit("return-result", "returned");
        builder.Configure("returned").Shows(PortalStatus.ResultReturned).AsFinal();
        builder.Configure("stopped").Shows(PortalStatus.Stopped).AsFinal();
        return Procedure.Compile(builder.ToContent() with { SupplementsAllowed = 5 });
    }

    private sealed class Recorder : IJournalFollower
    {
        public string Name => "recorder";

        public List<JournalEntry> Entries { get; } = [];

        public ValueTask HandleAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
        {
            var last = Entries.Count == 0 ? default : Entries[^1].Cursor;
            Entries.AddRange(entries.Where(e => e.Cursor > last));
            return ValueTask.CompletedTask;
        }
    }
}
