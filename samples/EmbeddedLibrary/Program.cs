using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Forms;
using Workflow.Core.Procedures;
using Workflow.Core.Units;

// A procedure is data. Here it is written in C#, and beside this file in YAML.
var builder = new ProcedureBuilder("1.001193").Named("Đăng ký khai sinh", "Birth registration")
    .Limit("5 working days").Online(4).Roles("applicant", "reception", "officer")
    .Document("to-khai", "Tờ khai đăng ký khai sinh", "Declaration").Field("child-name", FieldType.Text, required: true, personal: true);
builder.Configure("registered").Shows(PortalStatus.Registered).HandledBy("reception").Permit("accept", "appraisal").Permit("withdraw", "withdrawn");
builder.Configure("appraisal").Shows(PortalStatus.Accepted).HandledBy("officer").PermitIf("sign", "done", "documents-complete").Permit("withdraw", "withdrawn");
builder.Configure("done").Shows(PortalStatus.Processed).HandledBy("reception").Permit("return-result", "returned");
builder.Configure("returned").Shows(PortalStatus.ResultReturned).AsFinal();
builder.Configure("withdrawn").Shows(PortalStatus.Withdrawn).AsFinal();
var procedure = builder.Build();

var path = Path.Combine(AppContext.BaseDirectory, "birth.yaml");
using (var file = new StreamReader(path))
{
    var read = ProcedureYaml.Read(file, "birth.yaml");
    Console.WriteLine($"{read}: C# and YAML are {(read.ContentHash == procedure.ContentHash ? "the same procedure" : "two procedures")}");
}

// Core has no clock, no disk and no network: what a decision may know is given to it.
var calendar = new WorkingCalendarBuilder("vn", new DateOnly(2020, 1, 1), new DateOnly(2020, 12, 31)).Build();
const string Commune = "000.01.30.H28";
var units = new UnitTree([new Unit(Commune, new LocalizedName("Xã 01", "Commune 01"), UnitLevel.Commune, null)]);
var (mother, clerk, officer) = (Actor.Applicant("mai"), Actor.Officer("lan", Commune, "reception"), Actor.Officer("hung", Commune, "officer"));
DecisionContext At(int day, int hour, Actor actor) => new(new DateTimeOffset(2020, 11, day, hour, 0, 0, WorkingCalendar.Offset), actor, calendar, units);

var journal = new List<(IReadOnlyList<DossierEvent> Events, DateTimeOffset At)>();
Dossier? dossier = null;
void Tell(string what, DecisionContext context, Decision decision)
{
    if (!decision.IsAccepted)
    {
        Console.WriteLine($"{context.Time:dd/MM HH:mm} {what}: refused");
        foreach (var unmet in decision.Unmet)
        {
            Console.WriteLine($"    {unmet}");
        }

        return;
    }

    journal.Add((decision.Events, context.Time));
    dossier = dossier is null ? Dossier.Create(procedure, decision.Events, context.Time) : dossier.Apply(decision.Events, context.Time);
    Console.WriteLine($"{context.Time:dd/MM HH:mm} {what}: {dossier.StateName}, version {dossier.Version}");
}

void Give(string what, DecisionContext context, DossierCommand command) => Tell(what, context, DossierDecider.Decide(dossier!, command, context));

var submission = new SubmitDossier("1.001193", Commune)
{
    Channel = Channel.Online, Applicant = new Applicant("Bùi Thị Mai"), Fields = [new FieldValue("child-name", "Bùi Văn An")],
};
Tell("Mai submits online", At(6, 9, mother), DossierDecider.Submit(procedure, DossierCode.Statutory(Commune, new DateOnly(2020, 11, 6), 1), submission, At(6, 9, mother)));
Give("Mai accepts it herself", At(6, 10, mother), new FireTrigger("accept"));
Give("Mai hands in the declaration", At(6, 11, mother), new AttachDocuments([new SubmittedDocument("to-khai", Originals: 1)]));
Give("Lan accepts", At(6, 14, clerk), new FireTrigger("accept"));
Console.WriteLine($"    the slip says: back on {ReceptionSlip.Of(dossier!, clerk.Id)!.ReturnAt:dd/MM/yyyy HH:mm}");
Give("Hung signs", At(11, 10, officer), new FireTrigger("sign") { Result = "123/2020" });
Give("Mai withdraws", At(12, 9, mother), new FireTrigger("withdraw"));
Give("Lan returns the result", At(12, 9, clerk), new FireTrigger("return-result"));
Console.WriteLine($"{dossier!.Code} is closed: {dossier.Timeliness}");

// The events are all there is to keep: replayed, they give the same dossier.
var replayed = journal.Skip(1).Aggregate(Dossier.Create(procedure, journal[0].Events, journal[0].At), (d, entry) => d.Apply(entry.Events, entry.At));
var same = DossierJson.Write(replayed.ToSnapshot()).AsSpan().SequenceEqual(DossierJson.Write(dossier.ToSnapshot()));
Console.WriteLine($"{journal.Count} commands replayed: {(same ? "the same state" : "another state")}");
return same ? 0 : 1;
