using Workflow.Core.Deadlines;
using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Procedures;
using Workflow.Core.Units;
using Workflow.Engine.Journal;
using Workflow.Engine.Legs;
using Workflow.Engine.Salts;
using Workflow.Engine.Setup;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Legs;

/// <summary>A province with its agencies, groups of procedures, and the engine that runs them under a virtual clock.</summary>
internal sealed class LegOffice : IAsyncDisposable
{
    public const string Province = "000.00.00.H28";
    public const string District = "000.00.30.H28";
    public const string Commune = "000.01.30.H28";
    public const string Police = "000.81.30.H28";
    public const string Insurance = "000.82.30.H28";
    public const string Interior = "000.00.07.H28";

    public static readonly UnitTree Units = new(
    [
        new Unit(Province, new LocalizedName("Tỉnh"), UnitLevel.Province, null),
        new Unit(District, new LocalizedName("Huyện"), UnitLevel.District, Province),
        new Unit(Commune, new LocalizedName("Xã"), UnitLevel.Commune, District),
        new Unit(Police, new LocalizedName("Công an"), UnitLevel.District, District) { Agency = "police" },
        new Unit(Insurance, new LocalizedName("Bảo hiểm"), UnitLevel.District, District) { Agency = "insurance" },
        new Unit(Interior, new LocalizedName("Sở Nội vụ"), UnitLevel.Province, Province) { Agency = "interior" },
    ]);

    public static readonly JoinDefinition All = new(JoinRule.All, "go-on") { Otherwise = "fail" };

    public static readonly LegDefinition Residence = new("residence", "L.1", "police of district")
    {
        Acknowledge = TimeLimit.Parse("2 working hours"), Limit = TimeLimit.WorkingDays(2), Fields = [new LegField("name", "name"), new LegField("note", "note")],
    };

    public static readonly LegDefinition Card = new("card", "L.1", "insurance of district");

    // An agency's own procedure.
    public static readonly Procedure Leg = BuildLeg();

    private readonly IJournalStore _store;

    private LegOffice(DossierEngine engine, IJournalStore store, VirtualClock clock) => (Engine, _store, Clock) = (engine, store, clock);

    public DossierEngine Engine { get; }

    public VirtualClock Clock { get; }

    /// <summary>The store, where a test lets it fail.</summary>
    public FaultyStore Store => (FaultyStore)_store;

    private int Commands { get; set; }

    public static Procedure Group(JoinDefinition join, params LegDefinition[] legs) => Group("G.1", join, legs);

    public static Procedure Group(string code, JoinDefinition join, params LegDefinition[] legs)
    {
        var builder = new ProcedureBuilder(code).Limit("10 working days").Field("note", FieldType.Text).Field("name", FieldType.Text, personal: true);
        foreach (var leg in legs)
        {
            builder.Leg(leg);
        }

        builder.Configure("filed").Permit("accept", "filed").Permit("send", "waiting").Permit("withdraw", "withdrawn");
        builder.Configure("waiting").WaitsFor(join, [.. legs.Select(l => l.Name)]).Permit("go-on", "concluding").Permit("fail", "stuck").Permit("withdraw", "withdrawn");
        builder.Configure("concluding").Permit("sign", "ready").Permit("finish", "returned");
        builder.Configure("ready").Permit("return-result", "returned");
        builder.Configure("stuck").Permit("send", "waiting").Permit("give-up", "withdrawn");
        builder.Configure("returned").AsFinal();
        builder.Configure("withdrawn").AsFinal();
        return builder.Build();
    }

    public static async Task<LegOffice> OpenAsync(IJournalStore store, VirtualClock clock, params Procedure[] procedures) => await OpenAsync(store, clock, _ => { }, procedures);

    public static async Task<LegOffice> OpenAsync(IJournalStore store, VirtualClock clock, Action<WorkflowEngineOptions> configure, params Procedure[] procedures)
    {
        var options = new WorkflowEngineOptions { BackgroundTimers = false, BackgroundFollowers = false, Salts = new DerivedSalts([1, 2, 3]) };
        configure(options);
        var set = new ProcedureSet(procedures.Contains(Leg) ? procedures : [.. procedures, Leg]);
        return new LegOffice(await DossierEngine.OpenAsync(store, set, Units, Office.Calendar, clock, options), store, clock);
    }

    public static async Task<LegOffice> OpenAsync(JoinDefinition join, params LegDefinition[] legs)
    {
        var clock = new VirtualClock(Office.Start);
        return await OpenAsync(await Office.MemoryAsync(clock), clock, Group(join, legs));
    }

    /// <summary>Submits a dossier of a group and sends it to its legs. The follower has not run yet.</summary>
    public async Task<DossierCode> SentAsync(string id = "p", string procedure = "G.1")
    {
        var submission = new SubmitDossier(procedure, Commune)
        {
            Applicant = new Applicant("Bùi Thị Mai"), Channel = Channel.Online, Fields = [new FieldValue("note", "n"), new FieldValue("name", "An")],
        };
        var request = new CommandRequest(new CommandId(id), Actor.Applicant("citizen")) { Caller = "portal" };
        var code = Office.Accepted(await Engine.SubmitAsync(submission, request)).Code;
        await FireAsync(code, "send");
        return code;
    }

    public async Task<LegOffice> CatchUpAsync()
    {
        await Engine.CatchUpAsync();
        return this;
    }

    public async Task FireAsync(DossierCode code, string trigger, string? result = null, string? ground = null)
    {
        var command = new FireTrigger(trigger) { Result = result, Ground = ground, Reason = ground };
        Office.Accepted(await Engine.ExecuteAsync(code, command, new CommandRequest(new CommandId($"c{++Commands}"), Actor.Officer("clerk", Commune)) { Caller = "portal" }));
    }

    /// <summary>An agency decides and returns the result of its leg.</summary>
    public async Task SettleAsync(DossierCode leg, string result)
    {
        await FireAsync(leg, "accept");
        await FireAsync(leg, "sign", result);
        await FireAsync(leg, "return-result");
    }

    public async Task<DossierSnapshot> ReadAsync(DossierCode code) => (await Engine.FindAsync(code))!;

    public async Task<DossierLeg> LegAsync(DossierCode parent, int number) => (await ReadAsync(parent)).Legs![number - 1];

    public async Task<DossierCode> ChildAsync(DossierCode parent, int number) => new((await LegAsync(parent, number)).Code!);

    public async Task<string> StatesAsync(DossierCode parent) => string.Join(' ', (await ReadAsync(parent)).Legs!.Select(l => $"{l.Name}:{l.State}"));

    public async Task<List<DossierEvent>> EventsAsync(DossierCode code) => [.. (await Engine.HistoryAsync(code)).SelectMany(h => h.Events)];

    public async Task<int> CountAsync() => (int)(await Engine.CountAsync()).Dossiers;

    /// <summary>Lets time pass, timers fire and legs be told, until a moment of November 2020.</summary>
    public async Task WaitAsync(string until)
    {
        Clock.AdvanceTo(Time(until));
        await Engine.FireDueTimersAsync();
        await Engine.CatchUpAsync();
    }

    public static DateTimeOffset Time(string text) => DateTimeOffset.Parse($"2020-{text}+07:00", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>As a crash before the cursor was saved: the next engine is given the journal from its beginning.</summary>
    public static async Task ForgetCursorAsync(IJournalStore store) => await store.SaveCursorAsync(LegFollower.FollowerName, default, null, default);

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await _store.DisposeAsync();
    }

    private static Procedure BuildLeg()
    {
        var builder = new ProcedureBuilder("L.1").Limit("3 working days").Field("note", FieldType.Text).Field("name", FieldType.Text, personal: true);
        builder.Configure("asked").Permit("accept", "working").Permit("refuse", "refused").Permit("withdraw", "withdrawn");
        builder.Configure("working").Permit("sign", "signed").Permit("stop", "stopped");
        builder.Configure("signed").Permit("return-result", "returned");
        builder.Configure("returned").AsFinal();
        builder.Configure("refused").AsFinal();
        builder.Configure("withdrawn").AsFinal();
        builder.Configure("stopped").AsFinal();
        return builder.Build();
    }
}
