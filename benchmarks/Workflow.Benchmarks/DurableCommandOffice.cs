using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Procedures;
using Workflow.Core.Units;
using Workflow.Engine;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;
using Workflow.Engine.Sqlite;

namespace Workflow.Benchmarks;

/// <summary>An engine over a file, with dossiers that can be sent to and fro for ever.</summary>
internal sealed class DurableCommandOffice : IAsyncDisposable
{
    public const string Unit = "000.01.30.H28";
    public static readonly Actor Clerk = Actor.Officer("clerk-17", Unit);
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("workflow-benchmark-");
    private int _commands;
    private int _submitted;

    private DurableCommandOffice()
    {
    }

    public DossierEngine Engine { get; private set; } = null!;

    public IJournalStore Store { get; private set; } = null!;

    public string Database => Path.Combine(_directory.FullName, "workflow.db");

    public static async Task<DurableCommandOffice> OpenAsync()
    {
        var office = new DurableCommandOffice();
        await office.ReopenAsync();
        return office;
    }

    public async Task ReopenAsync()
    {
        await CloseAsync();
        Store = new SqliteJournalStore(_directory.FullName, TimeProvider.System);
        await Store.OpenAsync(CancellationToken.None);
        var units = new UnitTree([new Unit(Unit, new LocalizedName("Một cửa"), UnitLevel.Commune, null)]);
        Engine = await DossierEngine.OpenAsync(Store, new ProcedureSet(Define()), units, Calendar(), TimeProvider.System);
    }

    public async Task CloseAsync()
    {
        if (Engine is not null)
        {
            await Engine.DisposeAsync();
            await Store.DisposeAsync();
        }
    }

    public async Task<DossierCode> SubmitAsync(string id)
    {
        var submission = new SubmitDossier("T.1", Unit)
        {
            Applicant = new Applicant("Nguyễn Văn A") { IdNumber = "012345678901", Address = "Tân Lạc, Hòa Bình", Phone = "0987654321" },
            Documents = [new SubmittedDocument("form", 1)],
            Fields = [new FieldValue("purpose", "xây dựng nhà ở")],
        };
        var submitted = (CommandResult.Accepted)await Engine.SubmitAsync(submission, new CommandRequest(new CommandId(id), Clerk));
        _ = (CommandResult.Accepted)await Engine.ExecuteAsync(submitted.Code, new FireTrigger("accept"), new CommandRequest(new CommandId(id + "/accept"), Clerk));
        return submitted.Code;
    }

    public async Task<DossierCode[]> SubmitManyAsync(int count)
    {
        var codes = new DossierCode[count];
        var first = _submitted;
        _submitted += count;
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) => codes[i] = await SubmitAsync($"s{first + i}"));
        return codes;
    }

    /// <summary>Sends a dossier forward or back, as its version says.</summary>
    public async ValueTask MoveAsync(DossierCode code, int version)
    {
        var id = new CommandId($"portal-2020-{Interlocked.Increment(ref _commands):x16}");
        var result = await Engine.ExecuteAsync(code, new FireTrigger(version % 2 == 0 ? "forward" : "back"), new CommandRequest(id, Clerk) { Caller = "portal" });
        if (result is not CommandResult.Accepted { IsRepeat: false })
        {
            throw new InvalidOperationException($"A command came to {result}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _directory.Delete(recursive: true);
    }

    public static Procedure Define()
    {
        var builder = new ProcedureBuilder("T.1").Limit("10 working days").Document("form", "Tờ khai").Field("purpose", FieldType.Text);
        builder.Configure("Filed").Permit("accept", "Working");
        builder.Configure("Working").Within("1 working days").Permit("forward", "Review");
        builder.Configure("Review").Permit("back", "Working").Permit("finish", "Done");
        builder.Configure("Done").AsFinal();
        return builder.Build();
    }

    /// <summary>A calendar that covers the day of the measurement.</summary>
    public static CalendarBook Calendar() => CalendarBook.Read(
        new StringReader("""
            calendar: benchmark
            first-day: 2020-01-01
            last-day: 2039-12-31
            weekend: [saturday, sunday]
            office-hours:
              periods: [07:00-11:30, 13:30-17:00]
            non-working-days: []
            """),
        "benchmark.yaml");
}
