using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Workflow.Core.Deadlines;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using static Workflow.Core.Tests.Dossiers.Office;

namespace Workflow.Core.Tests.Dossiers;

/// <summary>Stored data is public API: what a release once wrote stays readable and means the same for ever.</summary>
/// <remarks>
/// A fixture is written when it is missing and WORKFLOW_APPROVE is 1, and never rewritten: a changed form gets a new discriminator,
/// and the old fixture stays.
/// </remarks>
public class StoredFormTests
{
    private static readonly Promise s_promise = new(Time("11-13 23:59:59"), Time("11-13 23:59:59"), Time("11-12 07:00"), "vn-2020..2026");

    private static readonly DossierPosition s_position = new("appraisal")
    {
        Role = "officer", Assignee = "officer-1", StepDue = Time("11-06 17:00:01"), TimeoutAt = Time("11-09 00:00"), NearDueAt = Time("11-12 07:00"), Calendar = "vn-2020..2026",
        Clock = new ClockSnapshot("5 working days", ClockPolicy.Restart, Time("11-06 10:00"), Time("11-13 23:59:59"), Time("11-13 23:59:59"), Time("11-10 09:00"), null),
    };

    private static readonly DossierEvent[] s_events =
    [
        new DossierSubmitted("000.01.30.H28-201106-0001", "1.001193", 1, "c0ffee", "registered", PortalStatus.Registered, "reception", Commune, District, Channel.Online, 4, "citizen-1")
        {
            StepDue = Time("11-06 17:00:01"), TimeoutAt = Time("11-09 00:00"), Documents = [new SubmittedDocument("to-khai", 1, 2) { ContentHash = new string('a', 64) }],
            Fields = [new FieldValue("copies", "2")],
            Personal = new PersonalData { Applicant = new Applicant("Bùi Thị Mai") { IdNumber = "1", Address = "Phong Phú", Phone = "2", Email = "a@b.vn" }, Fields = [new FieldValue("child-name", "An")] },
        },
        new DossierMoved("accept", Act.Accept, "registered", "received", PortalStatus.Accepted, "reception")
        {
            StepDue = Time("11-06 17:00:01"), TimeoutAt = Time("11-09 00:00"), Closes = true, Stays = true, Personal = new PersonalData { Note = "vì" },
        },
        new DossierAccepted("5 working days", s_promise, 8000),
        new DossierRefused("Law on Civil Status Art 13") { Personal = new PersonalData { Note = "lý do" } },
        new SupplementRequested(["giấy chứng sinh"]) { Personal = new PersonalData { Note = "thiếu" } },
        new SupplementReceived(),
        new PaymentRequested(50_000, 58_000),
        new PaymentReceived(new Payment(58_000, "online", "TX-1")),
        new DossierTransferred(Commune, District, Time("11-06 23:59:59"), true),
        new DossierAssigned(District, "officer", "officer-1"),
        new DocumentsAttached([new SubmittedDocument("chung-sinh", 0, 1)]),
        new FieldsSet([new FieldValue("copies", "3")]) { Personal = new PersonalData { Fields = [new FieldValue("child-name", "Ân")] } },
        new DecisionSigned("123/2020"),
        new DossierReappointed(Time("11-13 23:59:59"), Time("11-20 23:59:59"), Time("11-19 07:00"), "12/XL") { Personal = new PersonalData { Note = "lũ" } },
        new ClockSuspended(PortalStatus.SupplementRequested),
        new ClockResumed(true, s_promise),
        new ClockStopped(Time("11-13 23:59:59"), Timeliness.OnTime),
        new StepOverdue("appraisal", Time("11-06 17:00:01")),
        new TimeoutDeferred("close", ["fees-paid"], Time("11-09 07:00")),
        new DueNear(Time("11-13 23:59:59")),
        new DeadlineMissed(Time("11-13 23:59:59")),
        new DossierHandedOver("2025-07-01-1a2b3c4d", "Nghị quyết", Commune, "000.00.41.H28", District, "000.00.41.H28", Commune, "000.00.41.H28"),
        new DossierMigrated(1, 2, "c0ffee", PortalStatus.Processing, "Law on Civil Status Art 76", "1.001193-1-2-0a1b2c3d-1", s_position, s_position with { State = "review", DeadlineReported = true, Clock = null }),
        new MigrationTakenBack(2, 1, "c0ffee", PortalStatus.Processing, "1.001193-1-2-0a1b2c3d-1", "review", s_position),
        new LegsAwaited("waiting", [new PlannedLeg(1, "residence", Police)]),
        new LegDispatched(1, "residence", "1.004222", Police, Channel.Online, "citizen-1")
        {
            AcknowledgeBy = Time("11-06 11:00"), Due = Time("11-09 23:59:59"), DeemedAt = Time("11-10 00:00"),
            Fields = [new FieldValue("copies", "2")], Documents = [new SubmittedDocument("to-khai", 1)],
            Personal = new PersonalData { Applicant = new Applicant("Bùi Thị Mai"), Fields = [new FieldValue("name", "An")] },
        },
        new LegOpened(1, "residence", "000.81.30.H28-201106-0001"),
        new LegAcknowledged(1, "residence", Time("11-06 10:00")),
        new LegUnacknowledged(1, "residence", Time("11-06 11:00")),
        new LegLate(1, "residence", Time("11-09 23:59:59")),
        new LegEnded(1, "residence", LegOutcome.Well, Time("11-09 10:00")) { Result = "CT07", State = "returned", Status = PortalStatus.ResultReturned, Unmet = ["channel"] },
        new LegDeemedAgreed(1, "residence", Police, Time("11-10 00:00")),
        new LegRecalled(1, "residence"),
        new LegsDeferred("go-on", ["fees-paid"], Time("11-10 07:00")),
        new LegRescheduled(1, "vn-2020..2021@2020-11-09") { AcknowledgeBy = Time("11-10 09:00"), Due = Time("11-12 23:59:59"), DeemedAt = Time("11-20 00:00") },
        new AcknowledgementReported("000.01.30.H28-201106-0001", 1),
        new OutcomeReported("000.01.30.H28-201106-0001", 1, LegOutcome.Badly, "refused", PortalStatus.NotAccepted) { Result = "CT06" },
        new PromiseRecomputed(RecomputationReason.CalendarChanged, ProjectionPolicy.CitizenFavour, Time("11-12 23:59:59"), "vn-2020..2025", s_promise),
    ];

    private static readonly DossierCommand[] s_commands =
    [
        Submission with { ProcedureVersion = 1, Trigger = "accept" },
        SupplementRequest with { Ground = "g", Documents = [new SubmittedDocument("to-khai")], Fields = [new FieldValue("copies", "1")], Payment = new Payment(1, "cash"), Amount = 2, Result = "r" },
        new AssignDossier { Unit = District, Role = "officer", Officer = "officer-1" },
        new AttachDocuments([new SubmittedDocument("to-khai", 1)]),
        new RecordPayment(new Payment(8000, "cash")),
        new ReappointDossier(Time("11-20 23:59:59"), "lũ", "12/XL"),
        new WakeDossier(),
        new HandOverDossier("2025-07-01-1a2b3c4d", "Nghị quyết") { ReceivingUnit = Commune, CompetentUnit = District, Unit = District },
        new MigrateDossier(2, "appraisal", "review", "Law on Civil Status Art 76", "b-1") { RecountsClock = true, MayTurnClock = true },
        new TakeBackMigration("b-1"),
        new OpenLeg(1, "000.81.30.H28-201106-0001"),
        new AcknowledgeLeg(1, Time("11-06 10:00")),
        new EndLeg(1, LegOutcome.Badly, Time("11-09 10:00")) { Result = "CT06", State = "refused", Status = PortalStatus.NotAccepted, Unmet = ["channel"] },
        new ProjectDeadline(ProjectionPolicy.CitizenFavour),
    ];

    public static TheoryData<string> Fixtures() => new(Directory.GetFiles(Folder(), "*.json").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));

    [Fact]
    public void EveryEvent_IsWrittenAsItsFixtureSays()
    {
        foreach (var happened in s_events)
        {
            var recorded = new RecordedCommand(Commune, [happened]);
            var name = $"event.{Discriminator<DossierEvent>(happened)}";
            Matches(name, DossierJson.Write(recorded));
            if (DossierJson.WritePersonal(recorded) is { } personal)
            {
                Matches($"personal.{name}", personal);
                Assert.DoesNotContain(Encoding.UTF8.GetString(personal), Encoding.UTF8.GetString(DossierJson.Write(recorded)), StringComparison.Ordinal);
            }
        }

        Assert.Equal(Derived<DossierEvent>(), s_events.Select(Discriminator<DossierEvent>).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryCommand_IsWrittenAsItsFixtureSays()
    {
        foreach (var command in s_commands)
        {
            Matches($"command.{Discriminator<DossierCommand>(command)}", DossierJson.Write(command));
        }

        Assert.Equal(Derived<DossierCommand>(), s_commands.Select(Discriminator<DossierCommand>).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Snapshot_IsWrittenAsItsFixtureSays()
    {
        var snapshot = Scene.Appraisal().Do("11-09 09:00", new AssignDossier { Officer = "officer-1" }, Officer).Do("11-10 09:00", SupplementRequest, Reception).Dossier.ToSnapshot();

        Matches("snapshot.count", DossierJson.Write(snapshot));
        Matches("personal.snapshot", DossierJson.WritePersonal(snapshot)!);
    }

    [Fact]
    public void Snapshot_OfACountThatWasDisturbed_IsWrittenAsItsFixtureSays()
    {
        var scene = Scene.Appraisal(Build(Workflow.Core.Deadlines.ClockPolicy.Resume)).Do("11-09 09:00", SupplementRequest, Reception).Fire("11-10 09:00", "supplement", Citizen)
            .Do("11-10 10:00", new ReappointDossier(Time("11-20 23:59:59"), "lũ", "12/XL"), Officer).Fire("11-11 09:00", "hold", Officer).Fire("11-12 09:00", "go-on", Officer);

        Matches("snapshot.disturbed", DossierJson.Write(scene.Dossier.ToSnapshot()));
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Fixture_OfAnyRelease_IsReadAndMeansTheSame(string fixture)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Folder(), fixture));
        switch (fixture.Split('.')[0])
        {
            case "event":
                var personalFile = Path.Combine(Folder(), "personal." + fixture);
                var recorded = DossierJson.ReadRecorded(bytes, File.Exists(personalFile) ? File.ReadAllBytes(personalFile) : []);
                Assert.Equal(File.Exists(personalFile), recorded.Events[0].Personal is not null);
                Assert.Equal(bytes, DossierJson.Write(recorded));
                break;
            case "command":
                Assert.Equal(bytes, DossierJson.Write(DossierJson.ReadCommand(bytes)));
                break;
            case "snapshot":
                var snapshot = DossierJson.ReadSnapshot(bytes, File.ReadAllBytes(Path.Combine(Folder(), "personal.snapshot.json")));
                Assert.Equal(bytes, DossierJson.Write(Dossier.Restore(Birth, snapshot).ToSnapshot()));
                Assert.Equal("Bùi Thị Mai", snapshot.Personal!.Applicant!.Name);
                break;
            default:
                Assert.StartsWith("personal.", fixture, StringComparison.Ordinal);
                break;
        }
    }

    [Fact]
    public void ErasedPersonalData_LeavesTheRestReadable()
    {
        var recorded = DossierJson.ReadRecorded(File.ReadAllBytes(Path.Combine(Folder(), "event.submitted.1.json")), []);

        Assert.Null(recorded.Events[0].Personal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"events":[]}""")]
    [InlineData("""{"events":[{"event":"submitted.0"}]}""")]
    [InlineData("""{"events":[{"event":"due-near.1","due":"2020-11-06T07:31:05"}]}""")]
    [InlineData("""{"events":[{"event":"due-near.1","due":"9999-12-31T23:59:59Z"}]}""")]
    [InlineData("""{"events":[{"event":"due-near.1","due":5}]}""")]
    public void Bytes_ThatAreNoRecordedCommand_AreRefused(string json) =>
        Assert.Throws<JsonException>(() => DossierJson.ReadRecorded(Encoding.UTF8.GetBytes(json), []));

    [Fact]
    public void PersonalPart_OfAnEventThatIsNotThere_IsRefused() => Assert.Throws<JsonException>(() => DossierJson.ReadRecorded(
        DossierJson.Write(new RecordedCommand(null, [new SupplementReceived()])), """[{"event":1,"data":{"fields":[]}}]"""u8));

    private static void Matches(string name, byte[] written)
    {
        var path = Path.Combine(Folder(), name + ".json");
        if (!File.Exists(path) && Environment.GetEnvironmentVariable("WORKFLOW_APPROVE") == "1")
        {
            File.WriteAllBytes(path, written);
        }

        Assert.True(File.Exists(path), $"There is no fixture {name}.json: run the test with WORKFLOW_APPROVE=1 to write it.");
        Assert.Equal(File.ReadAllText(path), Encoding.UTF8.GetString(written));
    }

    private static string Discriminator<T>(T value) => Attributes<T>().Single(a => a.DerivedType == value!.GetType()).TypeDiscriminator!.ToString()!;

    private static IEnumerable<string> Derived<T>() => Attributes<T>().Select(a => a.TypeDiscriminator!.ToString()!).Order(StringComparer.Ordinal);

    private static IEnumerable<JsonDerivedTypeAttribute> Attributes<T>() =>
        typeof(T).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false).Cast<JsonDerivedTypeAttribute>();

    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Stored");
}
