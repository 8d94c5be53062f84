using Workflow.Core.Deadlines;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using Workflow.Core.Tests.Dossiers;
using static Workflow.Core.Tests.Dossiers.Office;

namespace Workflow.Core.Tests.Migrations;

public class MigrateDossierTests
{
    [Fact]
    public void Dossier_Moved_FollowsTheNewVersionAndStartsNothingAgain()
    {
        var dossier = Scene.Appraisal().Do("11-06 11:30", new AssignDossier { Officer = "officer-1" }, Officer).Dossier;
        var v2 = Move.Second(c => c with { Fees = [.. c.Fees, new FeeDefinition("more", new("thêm"), 5000)], Limit = TimeLimit.Days(30) });

        var move = new Move(dossier, v2).Migrate("11-06 12:00");

        var moved = Assert.IsType<DossierMigrated>(Assert.Single(move.Last));
        Assert.Equal((1, 2, v2.ContentHash, Move.Ground, "b-1", PortalStatus.Processing), (moved.FromVersion, moved.ToVersion, moved.ContentHash, moved.Ground, moved.Batch, moved.Status));
        Assert.Same(v2, move.Dossier.Procedure);
        Assert.Equal(dossier.Version + 1, move.Dossier.Version);
        Assert.Equal(
            (dossier.StateName, dossier.EnteredAt, dossier.FeesAssessed, dossier.Role, dossier.Assignee, dossier.Clock!.PromisedDue, dossier.NextWakeUp),
            (move.Dossier.StateName, move.Dossier.EnteredAt, move.Dossier.FeesAssessed, move.Dossier.Role, move.Dossier.Assignee, move.Dossier.Clock!.PromisedDue, move.Dossier.NextWakeUp));
    }

    [Fact]
    public void Dossier_Moved_BehavesAsOneOfTheNewVersion()
    {
        var v2 = Move.Second(c => c with
        {
            Transitions = [.. c.Transitions.Where(t => (t.From, t.Trigger) != ("appraisal", "propose")), new TransitionDefinition("appraisal", "submit-draft", "signing")],
        });
        var move = new Move(Scene.Appraisal().Dossier, v2).Migrate("11-06 12:00");

        move.RefusesTo(Officer, "11-06 13:00", new FireTrigger("propose"), "permitted");
        Assert.Equal("signing", move.Do("11-06 13:00", new FireTrigger("submit-draft"), Officer).Dossier.StateName);
    }

    [Fact]
    public void Dossier_MovedToARenamedState_TakesItsRoleAndLosesTheOfficerOfTheOld()
    {
        var v2 = Move.Second(c => Renamed(c, "appraisal", "review", s => s with { Role = "leader" }));
        var dossier = Scene.Appraisal().Do("11-06 11:30", new AssignDossier { Officer = "officer-1" }, Officer).Dossier;

        var moved = new Move(dossier, v2).Migrate("11-06 12:00", "review").Dossier;

        Assert.Equal(("review", "leader", null), (moved.StateName, moved.Role, moved.Assignee));
    }

    [Fact]
    public void StateThatDoesNotFit_IsRefusedByName()
    {
        var v2 = Move.Second(c => Renamed(c, "appraisal", "review", s => s));
        var move = new Move(Scene.Appraisal().Dossier, v2);

        Assert.Contains("'blocked'", move.Refuses("11-06 12:00", move.Command() with { ToState = null }, "state-mapped"), StringComparison.Ordinal);
        Assert.Contains("did you mean 'review'?", move.Refuses("11-06 12:00", move.Command("reviw"), "state-known"), StringComparison.Ordinal);
        move.Refuses("11-06 12:00", move.Command("work"), "state-known");
        move.Refuses("11-06 12:00", move.Command("withdrawn"), "state-open");
        move.Refuses("11-06 12:00", move.Command("review") with { FromState = "received" }, "from-state");
        move.Refuses("11-06 12:00", move.Command("review") with { ToVersion = 1 }, "other-version");
        move.Refuses("11-06 12:00", move.Command("review") with { ToVersion = 3 }, "procedure-exists");
        move.Refuses("11-06 12:00", move.Command("review") with { Ground = " " }, "ground");
        move.Refuses("11-06 12:00", move.Command("review") with { Batch = "" }, "text");
        move.Refuses("11-06 10:00", move.Command("review"), "time-order");
    }

    [Fact]
    public void ClosedDossier_StaysAsItEnded()
    {
        var move = new Move(Scene.Appraisal().Fire("11-09 09:00", "withdraw", Citizen).Dossier, Move.Second());

        move.Refuses("11-09 12:00", move.Command(), "open");
    }

    [Fact]
    public void Officer_OfItsUnitsOrAboveThem_MayMoveItAndNobodyElse()
    {
        var move = new Move(Scene.Accepted().Dossier, Move.Second());

        move.RefusesTo(Citizen, "11-06 12:00", move.Command(), "unit");
        move.RefusesTo(Actor.Officer("x", "000.09.30.H28", "officer"), "11-06 12:00", move.Command(), "unit");
        move.Do("11-06 12:00", move.Command(), Actor.Officer("chief", District, "leader"));
    }

    [Fact]
    public void AcceptanceAndDecision_StayOnTheirSideOfTheState()
    {
        var v2 = Move.Second();
        var accepted = new Move(Scene.Accepted().Dossier, v2);
        Assert.Contains("comes before that", accepted.Refuses("11-06 12:00", accepted.Command("registered"), "acceptance"), StringComparison.Ordinal);
        var submitted = new Move(Scene.Submitted().Dossier, v2);
        Assert.Contains("comes after that", submitted.Refuses("11-06 12:00", submitted.Command("received"), "acceptance"), StringComparison.Ordinal);

        // Without a way back nothing before the decision can be reached after it.
        var signed = new Move(Scene.Draft().Dossier, Move.Second(c => c with { Transitions = [.. c.Transitions.Where(t => t.Trigger != "reopen")] }));
        signed.Refuses("11-09 12:00", signed.Command("appraisal"), "decision");
        new Move(Scene.Draft().Dossier, v2).Migrate("11-09 12:00", "appraisal");
        var unsigned = new Move(Scene.Signing().Dossier, v2);
        unsigned.Refuses("11-09 12:00", unsigned.Command("draft"), "decision");
    }

    [Fact]
    public void Fields_ThatDoNotFitTheNewVersion_AreRefused()
    {
        var dossier = Scene.Accepted().Dossier;
        Refuses(f => f.Name == "copies" ? f with { Type = FieldType.Date } : f, "field");
        Refuses(f => f.Name == "copies" ? f with { Personal = true } : f, "field-personal");
        Refuses(f => f.Name == "born-on" ? f with { Required = true } : f, "field");

        var kept = new Move(dossier, Move.Second(c => c with { Fields = [.. c.Fields.Where(f => f.Name != "copies").Select(f => f with { Personal = false })] })).Migrate("11-06 12:00").Dossier;
        Assert.Equal(("2", "Bùi Văn An"), (kept.Field("copies"), kept.Field("child-name")));
        Assert.Equal("child-name", Assert.Single(kept.Personal!.Fields).Name);

        void Refuses(Func<FieldDefinition, FieldDefinition> change, string guard)
        {
            var move = new Move(dossier, Move.Second(c => c with { Fields = [.. c.Fields.Select(change)] }));
            Assert.DoesNotContain("Bùi", move.Refuses("11-06 12:00", move.Command(), guard), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void StepLimit_ThatDiffers_CountsFromTheOriginalEntry()
    {
        var dossier = Scene.Appraisal().Dossier;
        Assert.Equal(dossier.StepDue, new Move(dossier, Move.Second()).Migrate("11-06 11:30").Dossier.StepDue);

        // Entered on Friday at 11:00.
        var longer = Move.Second(c => Move.WithState(c, "appraisal", s => s with { Limit = TimeLimit.WorkingDays(2) }));
        Assert.Equal(Time("11-11 00:00"), new Move(dossier, longer).Migrate("11-09 08:00").Dossier.StepDue);
        Assert.Null(new Move(dossier, Move.Second(c => Move.WithState(c, "appraisal", s => s with { Limit = null }))).Migrate("11-06 12:00").Dossier.StepDue);

        var late = Scene.Appraisal().Wake("11-09 12:00");
        var shorter = Move.Second(c => Move.WithState(c, "appraisal", s => s with { Limit = TimeLimit.WorkingHours(1) }));
        Assert.Null(new Move(late.Dossier, shorter).Migrate("11-09 13:00").Dossier.StepDue);
    }

    [Fact]
    public void Timeout_ThatWouldHavePassed_KeepsTheDossierWhereItIs()
    {
        // The applicant was asked on Tuesday; silence for 15 working days ends the dossier.
        var waiting = Scene.Appraisal().Do("11-10 09:00", SupplementRequest, Reception).Dossier;
        var sooner = new Move(waiting, Move.Second(c => Move.WithState(c, "waiting", s => s with { Timeout = TimeLimit.WorkingDays(5) })));

        Assert.Equal(Time("11-18 00:00"), sooner.Migrate("11-12 09:00").Dossier.TimeoutAt);
        sooner = new Move(waiting, sooner.To);
        Assert.Contains("'close' would be fired at once", sooner.Refuses("11-20 09:00", sooner.Command(), "timeout-ahead"), StringComparison.Ordinal);
        Assert.Equal(waiting.TimeoutAt, new Move(waiting, Move.Second()).Migrate("11-20 09:00").Dossier.TimeoutAt);
    }

    private static ProcedureContent Renamed(ProcedureContent content, string from, string to, Func<StateDefinition, StateDefinition> change) => content with
    {
        States = [.. content.States.Select(s => s.Name == from ? change(s with { Name = to }) : s)],
        Transitions = [.. content.Transitions.Select(t => t with { From = t.From == from ? to : t.From, To = t.To == from ? to : t.To })],
    };
}
