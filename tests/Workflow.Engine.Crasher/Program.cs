using System.Globalization;
using System.Runtime.InteropServices;
using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Procedures;
using Workflow.Core.Units;
using Workflow.Engine;
using Workflow.Engine.Setup;
using Workflow.Engine.Sqlite;

// A process made to be killed: callers give commands without end, and every answer is told on standard output before the next
// command is given. Arguments: the data directory, and for each caller the number of its first command.
var directory = args[0];
var starts = args[1..].Select(a => int.Parse(a, CultureInfo.InvariantCulture)).ToArray();

const string Unit = "000.01.30.H28";
const int CommandsPerDossier = 20;

// It covers the day on which this runs.
const string Calendar = """
    calendar: test
    first-day: 2020-01-01
    last-day: 2100-12-31
    weekend: [saturday, sunday]
    office-hours:
      periods: [08:00-17:00]
    non-working-days: []
    """;
var builder = new ProcedureBuilder("9.000009").Roles("reception", "applicant").Document("paper", "Giấy tờ");
builder.Configure("open").HandledBy("reception").Permit("close", "closed");
builder.Configure("closed").AsFinal();
var store = new SqliteJournalStore(directory, TimeProvider.System);
await store.OpenAsync(CancellationToken.None);
var engine = await DossierEngine.OpenAsync(
    store,
    new ProcedureSet(builder.Build()),
    new UnitTree([new Unit(Unit, new LocalizedName("Xã 01"), UnitLevel.Commune, null)]),
    CalendarBook.Read(new StringReader(Calendar), "calendar.yaml"),
    TimeProvider.System);
// Asked to stop it answers what it has taken, and ends.
using var stop = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    _ = engine.DrainAsync().AsTask();
});
Console.WriteLine("ready");
await Task.WhenAll(starts.Select(GiveWithoutEndAsync));
await engine.DisposeAsync();
await store.DisposeAsync();
Console.WriteLine("ended");

async Task GiveWithoutEndAsync(int start, int caller)
{
    await Task.Yield();
    var actor = Actor.Applicant($"caller-{caller}");
    DossierCode code = default;

    // From the submission on: what was answered before is given again under the same ids.
    for (var number = start / CommandsPerDossier * CommandsPerDossier; ; number++)
    {
        var request = new CommandRequest(new CommandId($"command-{number}"), actor);
        var result = number % CommandsPerDossier == 0
            ? await engine.SubmitAsync(new SubmitDossier("9.000009", Unit) { Applicant = new Applicant($"Người {caller}") }, request)
            : await engine.ExecuteAsync(code, new AttachDocuments([new SubmittedDocument("paper", number % CommandsPerDossier)]), request);
        if (result is CommandResult.Busy)
        {
            // The engine ends: its places are more than the callers.
            return;
        }

        if (result is not CommandResult.Accepted accepted)
        {
            throw new InvalidOperationException($"Command {number} of caller {caller} came to {result}.");
        }

        code = accepted.Code;
        lock (engine)
        {
            Console.WriteLine($"{caller} {number} {accepted.Code} {accepted.Version} {(accepted.IsRepeat ? "repeat" : "done")}");
        }
    }
}
