using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Deadlines;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using Workflow.Core.Tests.Dossiers;
using static Workflow.Core.Tests.Dossiers.Office;

namespace Workflow.Core.Tests.Migrations;

/// <summary>Laws that hold for every dossier at every point of its life and every way of moving it.</summary>
public class MigrationProperties
{
    private static readonly Procedure[] s_targets =
    [
        Move.Second(),
        Move.Second(c => c with { Clock = ClockPolicy.Resume, Limit = TimeLimit.Days(20) }),
        Move.Second(c => c with { Clock = ClockPolicy.None, SupplementsAllowed = 3 }),
        Move.Second(c => c with { Limit = null, States = [.. c.States.Select(s => s with { Limit = s.IsFinal ? null : TimeLimit.WorkingDays(1) })] }),
    ];

    private static readonly Actor[] s_people = [Citizen, Reception, Officer, Officer with { Unit = Commune }, Leader];

    [Fact]
    public void Law_MigratingAndTakingBackIsNothing() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(400)),
        Prop.ForAll(Arb.From(Stories()), story =>
        {
            var (move, at, toState, recounts, mayTurn, minutes) = story;
            var before = move.Dossier;
            var command = move.Command(toState) with { RecountsClock = recounts, MayTurnClock = mayTurn };
            var decision = DossierDecider.Decide(before, command, move.Context(at));
            if (!decision.IsAccepted)
            {
                Assert.All(decision.Unmet, u => Assert.False(string.IsNullOrWhiteSpace(u.Message)));
                return;
            }

            // Move compares each step with its replay from stored bytes.
            move.Do(at, command);
            Assert.Same(move.To, move.Dossier.Procedure);
            Assert.Equal((before.EnteredAt, before.FeesAssessed, before.AcceptedAt, before.IsClosed), (move.Dossier.EnteredAt, move.Dossier.FeesAssessed, move.Dossier.AcceptedAt, false));
            var snapshot = move.Dossier.ToSnapshot();
            var restored = Dossier.Restore(move.To, DossierJson.ReadSnapshot(DossierJson.Write(snapshot), DossierJson.WritePersonal(snapshot)));
            Assert.Equal(StoredForm.Of(move.Dossier), StoredForm.Of(restored));
            Assert.Equal(move.Dossier.NextWakeUp, restored.NextWakeUp);

            move.Do(At(at, minutes), new TakeBackMigration("b-1"));
            Assert.Equal(TakeBackMigrationTests.Comparable(before), TakeBackMigrationTests.Comparable(move.Dossier));
        }));

    /// <summary>A migrated dossier answers every trigger as one that has the same state under the new version.</summary>
    [Fact]
    public void Law_AMigratedDossierIsOneOfTheNewVersion() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(200)),
        Prop.ForAll(Arb.From(Stories()), story =>
        {
            var (move, at, toState, _, mayTurn, _) = story;
            var command = move.Command(toState) with { MayTurnClock = mayTurn };
            if (!DossierDecider.Decide(move.Dossier, command, move.Context(at)).IsAccepted)
            {
                return;
            }

            move.Do(at, command);
            var native = Dossier.Restore(move.To, move.Dossier.ToSnapshot() with { Migration = null });
            foreach (var person in s_people)
            {
                Assert.Equal(Answers(native), Answers(move.Dossier));
                IEnumerable<string> Answers(Dossier dossier) =>
                    DossierDecider.Permitted(dossier, move.Context(at, person)).Select(p => $"{p.Trigger} {string.Join(';', p.Unmet)}");
            }
        }));

    private static Gen<(Move Move, string At, string ToState, bool Recounts, bool MayTurn, int Minutes)> Stories() =>
        from picks in Gen.Choose(0, 1000).ArrayOf().Resize(8)
        from target in Gen.Elements(s_targets)
        from mapped in Gen.Elements(Birth.Table.States.ToArray())
        from keepsName in Gen.Elements(true, true, false)
        from recounts in Gen.Elements(true, false)
        from mayTurn in Gen.Elements(true, false)
        from minutes in Gen.Choose(0, 2000)
        let dossier = Live(picks)
        select (new Move(dossier, target), At(dossier.LastOccurredAt, 10), keepsName ? dossier.StateName : mapped, recounts, mayTurn, minutes);

    // A life made of whatever is permitted, an hour and a half apart.
    private static Dossier Live(int[] picks)
    {
        var scene = Scene.Submitted();
        var at = Time("11-06 09:00");
        foreach (var pick in picks)
        {
            at = at.AddMinutes(90 + pick);
            var may = s_people.SelectMany(p => DossierDecider.Permitted(scene.Dossier, new DecisionContext(at, p, Calendar, Office.Units)).Where(t => t.IsPermitted).Select(t => (t.Trigger, Person: p))).ToList();
            var on = may.Where(m => m.Trigger is not ("withdraw" or "refuse" or "stop" or "close")).ToList();
            if (on.Count == 0)
            {
                break;
            }

            var (trigger, person) = on[pick % on.Count];
            var command = trigger switch
            {
                "request-supplement" => SupplementRequest,
                "pay" => new FireTrigger("pay") { Payment = new Payment(8000, "cash") },
                _ => new FireTrigger(trigger),
            };
            if (DossierDecider.Decide(scene.Dossier, command, new DecisionContext(at, person, Calendar, Office.Units)).IsAccepted)
            {
                scene.Do(Text(at), command, person);
            }
        }

        return scene.Dossier;
    }

    private static string At(string at, int minutes) => At(Time(at), minutes);

    private static string At(DateTimeOffset at, int minutes) => Text(at.AddMinutes(minutes));

    private static string Text(DateTimeOffset at) => at.ToString("MM-dd HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture);
}
