using System.Globalization;
using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Procedures;
using Workflow.Core.Units;
using Workflow.Engine;
using Workflow.Engine.Postgres;
using Workflow.Engine.Setup;

namespace Workflow.Benchmarks.Growth;

/// <summary>An engine over PostgreSQL with the communes of a province, and dossiers that can be sent to and fro for ever.</summary>
internal sealed class GrowthOffice : IAsyncDisposable
{
    public const int Communes = 151;

    private int _commands;

    private GrowthOffice(PostgresJournalStore store, DossierEngine engine) => (Store, Engine) = (store, engine);

    public PostgresJournalStore Store { get; }

    public DossierEngine Engine { get; }

    public static async Task<GrowthOffice> OpenAsync(string connectionString)
    {
        var store = new PostgresJournalStore(connectionString, TimeProvider.System);
        await store.OpenAsync(CancellationToken.None);
        var units = new UnitTree([.. Enumerable.Range(0, Communes).Select(n => new Unit(UnitOf(n), new LocalizedName($"Xã {n}"), UnitLevel.Commune, null))]);
        var options = new WorkflowEngineOptions { BackgroundTimers = false, BackgroundFollowers = false };
        return new GrowthOffice(store, await DossierEngine.OpenAsync(store, new ProcedureSet(Define()), units, Calendar(), TimeProvider.System, options));
    }

    public static string UnitOf(int n) => string.Create(CultureInfo.InvariantCulture, $"000.{n / 90:00}.{10 + (n % 90):00}.H28");

    /// <summary>Submits a dossier and has it accepted.</summary>
    public async Task<DossierCode> SubmitAsync(int n)
    {
        var unit = UnitOf(n % Communes);
        var submission = new SubmitDossier("T.1", unit)
        {
            Applicant = new Applicant("Nguyễn Văn A") { IdNumber = "012345678901", Address = "Tân Lạc, Hòa Bình", Phone = "0987654321" },
            Documents = [new SubmittedDocument("form", 1)],
            Fields = [new FieldValue("purpose", "xây dựng nhà ở")],
        };
        var submitted = Accepted(await Engine.SubmitAsync(submission, Request(unit, $"s{n}")));
        await FireAsync(submitted.Code, "accept");
        return submitted.Code;
    }

    public async ValueTask FireAsync(DossierCode code, string trigger)
    {
        var number = Interlocked.Increment(ref _commands);
        Accepted(await Engine.ExecuteAsync(code, new FireTrigger(trigger), Request(code.Value[..13], string.Create(CultureInfo.InvariantCulture, $"portal-2020-{number:x16}"))));
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await Store.DisposeAsync();
    }

    private static CommandRequest Request(string unit, string id) => new(new CommandId(id), Actor.Officer("clerk-17", unit)) { Caller = "portal" };

    private static CommandResult.Accepted Accepted(CommandResult result) =>
        result as CommandResult.Accepted ?? throw new InvalidOperationException($"A command came to {result}.");

    private static Procedure Define()
    {
        var builder = new ProcedureBuilder("T.1").Limit("10 working days").Document("form", "Tờ khai").Field("purpose", FieldType.Text);
        builder.Configure("Filed").Permit("accept", "Working");
        builder.Configure("Working").Within("1 working days").Permit("forward", "Review");
        builder.Configure("Review").Permit("back", "Working").Permit("finish", "Done");
        builder.Configure("Done").AsFinal();
        return builder.Build();
    }

    private static CalendarBook Calendar() => CalendarBook.Read(
        new StringReader("""
            calendar: growth
            first-day: 2020-01-01
            last-day: 2039-12-31
            weekend: [saturday, sunday]
            office-hours:
              periods: [07:00-11:30, 13:30-17:00]
            non-working-days: []
            """),
        "growth.yaml");
}
