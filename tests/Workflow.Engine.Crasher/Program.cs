using System.Globalization;
using System.Runtime.InteropServices;
using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Procedures;
using Workflow.Core.Units;
using Workflow.Engine;
using Workflow.Engine.Journal;
using Workflow.Engine.Postgres;
using Workflow.Engine.Setup;
using Workflow.Engine.Sqlite;
using Workflow.Engine.Tests.Faults;

// A process made to be killed: callers give commands without end, and every answer is told on standard output before the next
// command is given. Arguments: 'sqlite' and the data directory or 'postgres' and a connection string, the host's name, how many
// dossiers it shares with other hosts, and for each caller the number of its first command.
IJournalStore store = args[0] == "postgres" ? new PostgresJournalStore(args[1], TimeProvider.System) : new SqliteJournalStore(args[1], TimeProvider.System);
var host = args[2];
var sharedDossiers = Number(args[3]);
var starts = args[4..].Select(Number).ToArray();

const string Unit = "000.01.30.H28";
const string Procedure = "9.000009";
const int CommandsPerDossier = 20;
const int PlaceOfShared = 10;

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
var builder = new ProcedureBuilder(Procedure).Roles("reception", "applicant").Document("paper", "Giấy tờ");
builder.Configure("open").HandledBy("reception").Permit("close", "closed");
builder.Configure("closed").AsFinal();
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

// Every host submits them under the same ids.
var shared = await Task.WhenAll(Enumerable.Range(0, sharedDossiers).Select(async number =>
    await GiveAsync(default, new SubmitDossier(Procedure, Unit), "shared", $"submit-{number}")));
await Task.WhenAll(starts.Select(GiveWithoutEndAsync));
await engine.DisposeAsync();
await store.DisposeAsync();
Console.WriteLine("ended");

static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);

async Task GiveWithoutEndAsync(int start, int caller)
{
    await Task.Yield();
    DossierCode? own = default(DossierCode);

    // From the submission on: what was answered before is given again under the same ids.
    for (var number = start / CommandsPerDossier * CommandsPerDossier; own is not null; number++)
    {
        var (name, id) = ($"{host}-{caller}", $"command-{number}");
        var place = number % CommandsPerDossier;
        if (place == 0)
        {
            own = await GiveAsync(null, new SubmitDossier(Procedure, Unit) { Applicant = new Applicant($"Người {caller}") }, name, id);
        }
        else if (place == PlaceOfShared && sharedDossiers > 0)
        {
            await GiveAsync(shared[(caller + (number / CommandsPerDossier)) % sharedDossiers], new AssignDossier { Officer = $"officer-{number}" }, name, id);
        }
        else
        {
            own = await GiveAsync(own, new AttachDocuments([new SubmittedDocument("paper", place)]), name, id);
        }
    }
}

// Null when the engine ends: its places are more than the callers.
async Task<DossierCode?> GiveAsync(DossierCode? code, DossierCommand command, string caller, string id)
{
    var request = new CommandRequest(new CommandId(id), command is AssignDossier ? Actor.Officer(caller, Unit) : Actor.Applicant(caller)) { Caller = caller };
    var result = command is SubmitDossier submission ? await engine.SubmitAsync(submission, request) : await engine.ExecuteAsync(code!.Value, command, request);
    switch (result)
    {
        case CommandResult.Busy:
            return null;
        case CommandResult.Accepted accepted:
            Console.WriteLine(
                $"{caller} {id} {accepted.Code} {accepted.Version} {Outcome.Of(request.Actor.Unit, accepted.Events)} {(accepted.IsRepeat ? "repeat" : "done")}");
            return accepted.Code;
        default:
            throw new InvalidOperationException($"Command {id} of {caller} came to {result}.");
    }
}
