using Workflow.Core.Deadlines;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using Workflow.Core.Tests.Dossiers;
using static Workflow.Core.Tests.Dossiers.Office;

namespace Workflow.Core.Tests.Migrations;

/// <summary>What a migration does to the legal clock. Accepted on Friday 6 November; five working days end on Friday 13 November.</summary>
public class MigratedClockTests
{
    private static Procedure Limited(string limit) => Move.Second(c => c with { Limit = TimeLimit.Parse(limit) });

    [Fact]
    public void Promise_IsKeptUnlessItIsToBeCountedAgain()
    {
        var kept = new Move(Scene.Appraisal().Dossier, Limited("7 working days")).Migrate("11-09 09:00").Dossier;
        Assert.Equal((Time("11-13 23:59:59"), "5 working days"), (kept.Clock!.Due!.Value, kept.Clock.Limit.ToString()));

        var counted = new Move(Scene.Appraisal().Dossier, Limited("7 working days")).Migrate("11-09 09:00", recounts: true).Dossier;
        Assert.Equal((Time("11-17 23:59:59"), "7 working days", Time("11-06 10:00")), (counted.Clock!.Due!.Value, counted.Clock.Limit.ToString(), counted.Clock.StartedAt));
        Assert.Equal(Time("11-16 07:00"), counted.NearDueAt);
    }

    [Fact]
    public void MissedDate_ThatMovesAhead_MayBeMissedAgain()
    {
        var late = Scene.Appraisal().Wake("11-14 09:00").Dossier;
        Assert.True(late.DeadlineReported);

        Assert.False(new Move(late, Limited("20 working days")).Migrate("11-16 09:00", recounts: true).Dossier.DeadlineReported);
        Assert.True(new Move(late, Limited("4 working days")).Migrate("11-16 09:00", recounts: true).Dossier.DeadlineReported);
    }

    [Fact]
    public void Promise_ThatCannotBeCountedAgain_IsRefusedAndSaysWhy()
    {
        var v2 = Limited("7 working days");
        Assert.Contains("a suspension", Refusal(Scene.Appraisal().Do("11-10 09:00", SupplementRequest, Reception), v2), StringComparison.Ordinal);
        Assert.Contains("a new date", Refusal(Scene.Appraisal().Do("11-09 09:00", new ReappointDossier(Time("11-20 23:59:59"), "lũ", "1/XL"), Officer), v2), StringComparison.Ordinal);
        Assert.Contains("ended at 2020-11-09", Refusal(Scene.Appraisal(), Limited("1 working days")), StringComparison.Ordinal);
        Assert.Contains("sets no limit", Refusal(Scene.Appraisal(), Move.Second(c => c with { Limit = null })), StringComparison.Ordinal);

        static string Refusal(Scene scene, Procedure to)
        {
            var move = new Move(scene.Dossier, to);
            return move.Refuses("11-10 10:00", move.Command() with { RecountsClock = true }, "clock-recount");
        }
    }

    [Fact]
    public void Clock_TurnsOnlyWhereTheStateIsMappedByName()
    {
        var v2 = Move.Second();
        var running = new Move(Scene.Appraisal().Dossier, v2);
        Assert.Contains("by name", running.Refuses("11-10 09:00", running.Command("held"), "clock-run"), StringComparison.Ordinal);
        var held = running.Migrate("11-10 09:00", "held", mayTurn: true);
        Assert.Equal(Time("11-10 09:00"), held.Dossier.Clock!.SuspendedAt);
        Assert.Null(held.Dossier.NearDueAt);

        // Wednesday and Thursday do not count.
        Assert.Equal(Time("11-17 23:59:59"), held.Do("11-12 09:00", new FireTrigger("go-on"), Officer).Dossier.Clock!.Due);
    }

    [Fact]
    public void SuspendedClock_GoesOnWithWhatIsLeft()
    {
        var waiting = new Move(Scene.Appraisal().Do("11-10 09:00", SupplementRequest, Reception).Dossier, Move.Second());
        waiting.Refuses("11-12 09:00", waiting.Command("appraisal"), "clock-run");

        Assert.Equal(Time("11-17 23:59:59"), waiting.Migrate("11-12 09:00", "appraisal", mayTurn: true).Dossier.Clock!.Due);
    }

    [Fact]
    public void Clock_NeitherStopsNorStartsAgainByAMigration()
    {
        var running = new Move(Scene.Draft().Dossier, Move.Second());
        running.Refuses("11-09 12:00", running.Command("done") with { MayTurnClock = true }, "clock-run");
        var stopped = new Move(Scene.Draft().Fire("11-09 11:00", "confirm", Citizen).Dossier, Move.Second(c => c with
        {
            Transitions = [.. c.Transitions, new TransitionDefinition("signing", "sign-first", "signing")],
            Triggers = [.. c.Triggers, new TriggerDefinition("sign-first", Act.Sign)],
        }));
        stopped.Refuses("11-09 12:00", stopped.Command("signing") with { MayTurnClock = true }, "clock-run");
        Assert.NotNull(stopped.Migrate("11-09 12:00").Dossier.Clock!.StoppedAt);
    }

    [Fact]
    public void Policy_OfTheNewVersion_HoldsFromTheNextSuspensionOn()
    {
        var move = new Move(Scene.Appraisal().Dossier, Move.Second(c => c with { Clock = ClockPolicy.Resume })).Migrate("11-09 12:00")
            .Do("11-10 09:00", SupplementRequest, Reception)
            .Do("11-12 09:00", new FireTrigger("supplement"), Citizen);

        Assert.Equal((Time("11-17 23:59:59"), ClockPolicy.Resume), (move.Dossier.Clock!.Due!.Value, move.Dossier.Clock.Policy));
    }
}
