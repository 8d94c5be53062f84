using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Deadlines;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using static Workflow.Core.Tests.Dossiers.Office;

namespace Workflow.Core.Tests.Dossiers;

/// <summary>Laws that hold for every sequence of commands, sensible or hostile.</summary>
public class DossierProperties
{
    private static readonly Procedure[] s_procedures =
        [Birth, Build(ClockPolicy.Resume), Build(ClockPolicy.None, "2 working hours"), Build(ClockPolicy.Resume, "1/3 working day", supplements: 2), Build(ClockPolicy.Restart, "1 month, cut-off 15:00")];

    private static readonly Actor[] s_actors = [Citizen, Stranger, Reception, Officer, Leader, Actor.System, Actor.Officer("all", Commune, "reception", "officer", "leader", "applicant")];

    private static readonly string[] s_texts = ["", " ", "to-khai", "child-name", "copies", "12", "a\0b", "\uD800", "\uDC00x", "😀", new string('x', 5000), "officer", District, "2020-11-06"];

    [Fact]
    public void Law_EverySequenceOfCommandsKeepsTheInvariants() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(400)),
        Prop.ForAll(Arb.From(Story()), steps =>
        {
            var (procedure, commands) = steps;
            var at = Time("11-06 09:00");
            var decision = DossierDecider.Submit(procedure, Code, Submission, new DecisionContext(at, Citizen, Calendar, Office.Units));
            var live = Dossier.Create(procedure, decision.Events, at);
            var replayed = Dossier.Create(procedure, Reread(decision.Events), at);
            foreach (var (given, pick, whoever, minutes) in commands)
            {
                at = at.AddMinutes(minutes);
                var (command, actor) = given is null ? Fitting(live, at, pick) : (given, whoever);
                var context = new DecisionContext(at, actor, Calendar, Office.Units);
                decision = DossierDecider.Decide(live, command, context);
                var again = DossierDecider.Decide(replayed, command, context);
                Assert.Equal(Bytes(decision), Bytes(again));
                Assert.NotEqual(decision.IsAccepted, decision.Unmet.Count > 0);
                if (!decision.IsAccepted)
                {
                    continue;
                }

                Assert.False(live.IsClosed);
                var next = live.Apply(decision.Events, at);
                replayed = replayed.Apply(Reread(decision.Events), at);
                Assert.Equal(StoredForm.Of(next), StoredForm.Of(replayed));
                Assert.Equal(live.Version + 1, next.Version);
                Assert.True(next.LastOccurredAt >= live.LastOccurredAt);
                Assert.True(next.SupplementCount <= procedure.Content.SupplementsAllowed);
                Assert.True(next.ReappointmentCount <= 1);
                Assert.True(next.IsClosed == procedure.State(next.State).IsFinal);
                Assert.True(!next.IsClosed || next.Clock is null || next.Timeliness is not null);
                Assert.True(next.NextWakeUp is null || command is not WakeDossier || next.NextWakeUp > at);
                var snapshot = next.ToSnapshot();
                var restored = Dossier.Restore(procedure, DossierJson.ReadSnapshot(DossierJson.Write(snapshot), DossierJson.WritePersonal(snapshot)));
                Assert.Equal(StoredForm.Of(next), StoredForm.Of(restored));
                Assert.Equal(next.NextWakeUp, restored.NextWakeUp);
                live = next;
            }
        }));

    [Fact]
    public void Law_NoContentOfACommandMakesTheDeciderThrow() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(3000)),
        Prop.ForAll(Arb.From(from command in Hostile() from actor in Gen.Elements(s_actors) from stage in Gen.Choose(0, 4) select (command, actor, stage)), each =>
        {
            var (command, actor, stage) = each;
            var dossier = s_stages.Value[stage];
            var context = new DecisionContext(Time("11-10 09:00"), actor, Calendar, Office.Units);
            var decision = DossierDecider.Decide(dossier, command, context);
            if (decision.IsAccepted)
            {
                var snapshot = dossier.Apply(decision.Events, context.Time).ToSnapshot();
                var stored = System.Text.Encoding.UTF8.GetString(DossierJson.Write(snapshot)) + System.Text.Encoding.UTF8.GetString(DossierJson.WritePersonal(snapshot) ?? []);
                Assert.DoesNotContain("\\u0000", stored, StringComparison.Ordinal);
                Assert.DoesNotContain("\uFFFD", stored, StringComparison.Ordinal);
            }
        }));

    [Fact]
    public void Law_NoContentOfASubmissionMakesTheDeciderThrow() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(2000)),
        Prop.ForAll(Arb.From(Submissions()), command => DossierDecider.Submit(Birth, Code, command, new DecisionContext(Time("11-10 09:00"), Citizen, Calendar, Office.Units)) is { } d && d.IsAccepted == (d.Unmet.Count == 0)));

    private static readonly Lazy<Dossier[]> s_stages = new(() =>
        [Scene.Submitted().Dossier, Scene.Accepted().Dossier, Scene.Appraisal().Dossier, Scene.Draft().Dossier, Scene.Appraisal().Fire("11-09 09:00", "withdraw", Citizen).Dossier]);

    // A step without a command takes a trigger of the state that it finds, so that stories go all the way.
    private static Gen<(Procedure Procedure, (DossierCommand? Command, int Pick, Actor Actor, int Minutes)[] Commands)> Story() =>
        from procedure in Gen.Elements(s_procedures)
        from commands in Gen.ArrayOf(
            from command in Gen.Frequency((12, Gen.Constant<DossierCommand?>(null)), (4, Sensible().Select(c => (DossierCommand?)c)), (1, Hostile().Select(c => (DossierCommand?)c)))
            from pick in Gen.Choose(0, 1000)
            from actor in Gen.Elements(s_actors)
            from minutes in Gen.Frequency((10, Gen.Choose(0, 240)), (2, Gen.Choose(0, 6000)), (1, Gen.Choose(-10, 0)))
            select (command, pick, actor, minutes), 40)
        select (procedure, commands);

    private static (DossierCommand Command, Actor Actor) Fitting(Dossier dossier, DateTimeOffset at, int pick)
    {
        Actor[] people = [Citizen, Reception, Officer with { Unit = dossier.Unit }, Leader with { Unit = dossier.Unit }];
        var may = people.SelectMany(p => DossierDecider.Permitted(dossier, new DecisionContext(at, p, Calendar, Office.Units)).Where(t => t.IsPermitted).Select(t => (t.Trigger, Person: p))).ToList();

        // Ends are taken seldom.
        var on = may.Where(m => m.Trigger is not ("withdraw" or "refuse" or "stop" or "close")).ToList();
        may = on.Count > 0 && pick % 10 > 0 ? on : may;
        return may.Count == 0 ? (new WakeDossier(), Actor.System) : (Trigger(may[pick % may.Count].Trigger), may[pick % may.Count].Person);
    }

    private static Gen<DossierCommand> Sensible() => Gen.Frequency(
        (1, Gen.Elements(Birth.Table.Triggers.ToArray()).Select(Trigger)),
        (6, Gen.Constant<DossierCommand>(new WakeDossier())),
        (1, Gen.Choose(1, 60).Select(days => (DossierCommand)new ReappointDossier(Time("11-13 23:59:59").AddDays(days), "flood", "1/XL"))),
        (1, Gen.Constant<DossierCommand>(new AssignDossier { Officer = "officer-1", Unit = District })),
        (1, Gen.Constant<DossierCommand>(new AttachDocuments([new SubmittedDocument("chung-sinh", 1)]))),
        (1, Gen.Constant<DossierCommand>(new RecordPayment(new Payment(5000, "cash")))));

    private static DossierCommand Trigger(string name) => name switch
    {
        "refuse" => Refusal,
        "request-supplement" => SupplementRequest,
        "pay" => new FireTrigger(name) { Payment = new Payment(8000, "online") },
        "request-payment" => new FireTrigger(name) { Amount = 1000 },
        "sign" => new FireTrigger(name) { Result = "1" },
        _ => new FireTrigger(name) { Fields = [new FieldValue("child-name", "Bình"), new FieldValue("copies", "1")] },
    };

    private static Gen<DossierCommand> Hostile() => Gen.OneOf(
        from trigger in Gen.Elements<string>([.. Birth.Table.Triggers, .. s_texts, null!])
        from texts in Gen.ArrayOf(Text(), 4)
        from items in Texts()
        from fields in Fields()
        from documents in Documents()
        from payment in Payments()
        from amount in Gen.Elements<long?>(null, null, 0, -1, 1, long.MinValue, long.MaxValue)
        select (DossierCommand)new FireTrigger(trigger)
        {
            Reason = texts[0], Ground = texts[1], Result = texts[2], Items = items!, Fields = fields!, Documents = documents!, Payment = payment, Amount = amount,
        },
        from texts in Gen.ArrayOf(Text(), 3) select (DossierCommand)new AssignDossier { Unit = texts[0], Role = texts[1], Officer = texts[2] },
        from documents in Documents() select (DossierCommand)new AttachDocuments(documents!),
        from payment in Payments() select (DossierCommand)new RecordPayment(payment!),
        from texts in Gen.ArrayOf(Text(), 2)
        from due in Gen.Elements(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Time("11-20 09:00"), Time("11-20 09:00").AddYears(5), Time("11-20 09:00").AddYears(7900))
        select (DossierCommand)new ReappointDossier(due, texts[0]!, texts[1]!),
        Gen.Constant<DossierCommand>(new WakeDossier()),
        Submissions().Select(s => (DossierCommand)s));

    private static Gen<SubmitDossier> Submissions() =>
        from texts in Gen.ArrayOf(Text(), 6)
        from sane in Gen.Elements(true, false)
        from fields in Fields()
        from documents in Documents()
        from channel in Gen.Choose(-1, 4)
        from version in Gen.Elements<int?>(null, 1, -1, int.MaxValue)
        select new SubmitDossier(sane ? "1.001193" : texts[0]!, sane ? Commune : texts[1]!)
        {
            ProcedureVersion = version, CompetentUnit = texts[2], Channel = (Channel)channel, Trigger = texts[3],
            Applicant = texts[4] is null ? null : new Applicant(texts[4]!) { Email = texts[5] }, Fields = fields!, Documents = documents!,
        };

    private static Gen<string?> Text() => Gen.Elements<string?>([.. s_texts, null]);

    private static Gen<IReadOnlyList<string>?> Texts() =>
        Gen.Frequency((5, Gen.Constant<IReadOnlyList<string>?>([])), (3, Gen.ArrayOf(Text()).Select(t => (IReadOnlyList<string>?)t.Select(x => x!).ToArray())), (1, Gen.Constant<IReadOnlyList<string>?>(null)));

    private static Gen<IReadOnlyList<FieldValue>?> Fields() => Gen.Frequency(
        (5, Gen.Constant<IReadOnlyList<FieldValue>?>([])),
        (3, Gen.ArrayOf(from name in Text() from value in Text() select name is null && value is null ? null! : new FieldValue(name!, value!)).Select(f => (IReadOnlyList<FieldValue>?)f)),
        (1, Gen.Constant<IReadOnlyList<FieldValue>?>(null)));

    private static Gen<IReadOnlyList<SubmittedDocument>?> Documents() => Gen.Frequency(
        (5, Gen.Constant<IReadOnlyList<SubmittedDocument>?>([])),
        (3, Gen.ArrayOf(from code in Text() from count in Gen.Elements(0, 1, -1, int.MaxValue) from hash in Text() select code is null && hash is null ? null! : new SubmittedDocument(code!, count, 1) { ContentHash = hash })
            .Select(d => (IReadOnlyList<SubmittedDocument>?)d)),
        (1, Gen.Constant<IReadOnlyList<SubmittedDocument>?>(null)));

    private static Gen<Payment?> Payments() =>
        from some in Gen.Elements(true, false)
        from amount in Gen.Elements(0L, 1, -1, long.MaxValue, long.MinValue)
        from method in Text()
        select some ? new Payment(amount, method!, method) : null;

    private static IReadOnlyList<DossierEvent> Reread(IReadOnlyList<DossierEvent> events)
    {
        var recorded = new RecordedCommand("u", events);
        return DossierJson.ReadRecorded(DossierJson.Write(recorded), DossierJson.WritePersonal(recorded)).Events;
    }

    private static string Bytes(Decision decision)
    {
        var recorded = new RecordedCommand(null, decision.Events);
        return System.Text.Encoding.UTF8.GetString(DossierJson.Write(recorded)) + System.Text.Encoding.UTF8.GetString(DossierJson.WritePersonal(recorded) ?? [])
            + string.Join('\n', decision.Unmet);
    }
}
