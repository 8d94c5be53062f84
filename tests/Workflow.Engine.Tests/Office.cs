using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Procedures;
using Workflow.Core.Units;
using Workflow.Engine.Journal;
using Workflow.Engine.Salts;
using Workflow.Engine.Setup;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests;

/// <summary>A small office: one procedure without roles, two units, a calendar of two years.</summary>
internal static class Office
{
    public const string Unit = "000.01.30.H28";
    public const string OtherUnit = "000.02.30.H28";

    public static readonly DateTimeOffset Start = new(2020, 11, 6, 8, 0, 0, TimeSpan.FromHours(7));

    public static readonly Actor Clerk = Actor.Officer("clerk", Unit);

    public static readonly Procedure Procedure = Define(1);

    public static readonly UnitTree Units = new(
    [
        new Unit(Unit, new LocalizedName("Một cửa"), UnitLevel.Commune, null),
        new Unit(OtherUnit, new LocalizedName("Hai"), UnitLevel.Commune, null),
    ]);

    public static readonly CalendarBook Calendar = CalendarBook.Read(
        new StringReader("""
            calendar: test
            first-day: 2020-01-01
            last-day: 2021-12-31
            weekend: [saturday, sunday]
            office-hours:
              periods: [07:00-11:30, 13:30-17:00]
            non-working-days: []
            """),
        "test.yaml");

    public static Procedure Define(int version, string limit = "2 working days")
    {
        var builder = new ProcedureBuilder("T.1", version).Limit(limit).Field("note", FieldType.Text).Field("name", FieldType.Text, personal: true);
        builder.Configure("Filed").Permit("accept", "Working");
        builder.Configure("Working").Permit("forward", "Review").Permit("park", "Parked").Permit("finish", "Done");
        builder.Configure("Review").Permit("back", "Working");
        builder.Configure("Parked").After("2 hours", "resume").Permit("resume", "Working");
        builder.Configure("Done").AsFinal();
        return builder.Build();
    }

    public static SubmitDossier Submission(string unit = Unit, string name = "Nguyễn Văn A") =>
        new("T.1", unit) { Fields = [new FieldValue("note", "n"), new FieldValue("name", name)] };

    public static CommandRequest Request(string id, string? caller = null) => new(new CommandId(id), Clerk) { Caller = caller ?? "portal" };

    public static FireTrigger Fire(string trigger, string? note = null) =>
        new(trigger) { Fields = note is null ? [] : [new FieldValue("note", note)] };

    public static async Task<MemoryJournalStore> MemoryAsync(TimeProvider time)
    {
        var store = new MemoryJournalStore(time);
        await store.OpenAsync(TestContext.Current.CancellationToken);
        return store;
    }

    /// <summary>Opens an engine that does nothing by itself.</summary>
    public static async Task<DossierEngine> OpenAsync(IJournalStore store, TimeProvider time, Action<WorkflowEngineOptions>? configure = null, ProcedureSet? procedures = null)
    {
        var options = new WorkflowEngineOptions { BackgroundTimers = false, BackgroundFollowers = false, Salts = new DerivedSalts([1, 2, 3]) };
        configure?.Invoke(options);
        return await DossierEngine.OpenAsync(store, procedures ?? new ProcedureSet(Procedure), Units, Calendar, time, options);
    }

    public static async Task<(DossierEngine Engine, MemoryJournalStore Store, VirtualClock Clock)> OpenAsync(Action<WorkflowEngineOptions>? configure = null)
    {
        var clock = new VirtualClock(Start);
        var store = await MemoryAsync(clock);
        return (await OpenAsync(store, clock, configure), store, clock);
    }

    /// <summary>Submits a dossier and accepts it.</summary>
    public static async Task<DossierCode> AcceptedAsync(this IDossierEngine engine, string id, string unit = Unit)
    {
        var code = Accepted(await engine.SubmitAsync(Submission(unit), Request(id))).Code;
        Accepted(await engine.ExecuteAsync(code, Fire("accept"), Request(id + "/accept")));
        return code;
    }

    public static CommandResult.Accepted Accepted(CommandResult result) => Assert.IsType<CommandResult.Accepted>(result);

    public static string Refused(CommandResult result) => string.Join(' ', Assert.IsType<CommandResult.Rejected>(result).Unmet.Select(u => u.Name));

    /// <summary>An outcome as a text, for comparing: records compare lists by reference.</summary>
    public static string Text(IReadOnlyList<DossierEvent> events) =>
        System.Text.Encoding.UTF8.GetString(DossierJson.Write(new RecordedCommand(null, events)))
        + System.Text.Encoding.UTF8.GetString(DossierJson.WritePersonal(new RecordedCommand(null, events)) ?? []);

    public static string Text(Workflow.Core.Dossiers.DossierSnapshot snapshot) =>
        System.Text.Encoding.UTF8.GetString(DossierJson.Write(snapshot)) + System.Text.Encoding.UTF8.GetString(DossierJson.WritePersonal(snapshot) ?? []);
}
