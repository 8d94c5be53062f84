using Workflow.Core.Deadlines;
using Workflow.Core.Dossiers;
using static Workflow.Core.Tests.Dossiers.LegOffice;
using static Workflow.Core.Tests.Dossiers.Office;

namespace Workflow.Core.Tests.Dossiers;

public class LegTimerTests
{
    private static readonly WakeDossier s_wake = new();

    [Fact]
    public void Acknowledgement_MissedAfterTwoWorkingHours_IsAlertedOnce()
    {
        var scene = Sent(All, Residence with { Acknowledge = TimeLimit.Parse("2 working hours") });
        Assert.Equal(Time("11-06 14:00:01"), scene.Dossier.NextWakeUp);
        scene.Refuses("11-06 14:00", s_wake, Actor.System, "timer-due");

        scene.Wake("11-06 14:00:01");

        Assert.Equal(Time("11-06 14:00"), scene.Event<LegUnacknowledged>().Due);
        Assert.True(scene.Dossier.Legs[0].IsUnacknowledged);
        Assert.Null(scene.Dossier.NextWakeUp);
        scene.Do("11-06 15:00", new AcknowledgeLeg(1, Time("11-06 14:30")), Actor.System);
        Assert.Equal(["LegAcknowledged"], scene.Names());
    }

    [Fact]
    public void Acknowledgement_AfterTheCutOff_CountsFromTheNextWorkingDay() => Assert.Equal(
        Time("11-09 09:00"),
        Scene.Posted(Group(All, Residence with { Acknowledge = TimeLimit.Parse("2 working hours, cut-off 15:00") }))
            .Fire("11-06 15:30", "send", Citizen).Event<LegDispatched>().AcknowledgeBy);

    [Fact]
    public void Acknowledgement_InTimeButToldLate_IsNoAlert()
    {
        var scene = Sent(All, Residence with { Acknowledge = TimeLimit.Parse("2 working hours") })
            .Do("11-06 16:00", new AcknowledgeLeg(1, Time("11-06 13:45")), Actor.System);

        Assert.Equal(Time("11-06 13:45"), scene.Event<LegAcknowledged>().At);
        scene.Has<LegUnacknowledged>(false);
        Assert.Null(scene.Dossier.NextWakeUp);
    }

    [Fact]
    public void Acknowledgement_TooLateAndToldBeforeTheTimer_IsAlertedWithIt()
    {
        var scene = Sent(All, Residence with { Acknowledge = TimeLimit.Parse("2 working hours") })
            .Do("11-06 16:00", new AcknowledgeLeg(1, Time("11-06 15:00")), Actor.System);

        Assert.Equal(["LegUnacknowledged", "LegAcknowledged"], scene.Names());
    }

    [Fact]
    public void Limit_ThatPasses_IsToldOnceAndTheLegGoesOn()
    {
        var scene = Sent(All, Residence with { Limit = TimeLimit.WorkingDays(2) }).Wake("11-11 00:00");

        Assert.Equal(Time("11-10 23:59:59"), scene.Event<LegLate>().Due);
        Assert.Null(scene.Dossier.NextWakeUp);
        scene.Ends("11-12 09:00", 1).Has<LegLate>(false);
        Assert.Equal("concluding", scene.Dossier.StateName);
        Assert.True(scene.Dossier.Legs[0].IsLate);
    }

    [Fact]
    public void Limit_PassedBeforeTheTimerCame_IsToldWithTheEnd() => Assert.Equal(
        ["LegLate", "LegEnded", "DossierMoved"],
        Sent(All, Residence with { Limit = TimeLimit.WorkingDays(2) }).Ends("11-11 09:00", 1).Names());

    [Fact]
    public void Silence_IsAgreementAndGoesOn()
    {
        var scene = Sent(All, Residence with { DeemedAfter = TimeLimit.Days(12) }, Card).Ends("11-10 09:00", 2);
        Assert.Equal(Time("11-19 00:00"), scene.Dossier.NextWakeUp);

        scene.Wake("11-19 00:00");

        Assert.Equal(["LegDeemedAgreed", "DossierMoved"], scene.Names());
        Assert.Equal(Police, scene.Event<LegDeemedAgreed>().Unit);
        Assert.Equal("concluding", scene.Dossier.StateName);
    }

    [Fact]
    public void OpinionAfterSilence_IsOnRecordAndChangesNothing()
    {
        var scene = Sent(All, Residence with { DeemedAfter = TimeLimit.Days(12) }, Card).Wake("11-19 00:00").Ends("11-20 09:00", 1, LegOutcome.Badly);

        Assert.Equal(["LegEnded"], scene.Names());
        Assert.Equal("1:residence:DeemedAgreed 2:card:Dispatched", scene.States());
        scene.Refuses("11-20 10:00", new EndLeg(1, LegOutcome.Well, Time("11-20 10:00")), Actor.System, "leg-awaited");
        Assert.Equal("concluding", scene.Ends("11-20 11:00", 2).Dossier.StateName);
    }

    [Fact]
    public void OpinionGivenInTimeButToldAfterwards_CountsAsGiven() => Assert.Equal(
        ["LegEnded", "DossierMoved"],
        Sent(All, Residence with { DeemedAfter = TimeLimit.Days(12) })
            .Do("11-19 09:00", new EndLeg(1, LegOutcome.Badly, Time("11-18 16:00")), Actor.System).Names());

    [Fact]
    public void OpinionGivenTooLateAndToldBeforeTheTimer_DoesNotUndoTheSilence()
    {
        var scene = Sent(All, Residence with { DeemedAfter = TimeLimit.Days(12) }).Ends("11-19 09:00", 1, LegOutcome.Badly);

        Assert.Equal(["LegDeemedAgreed", "LegEnded", "DossierMoved"], scene.Names());
        Assert.Equal("concluding", scene.Dossier.StateName);
    }

    [Fact]
    public void NextLegAfterSilence_IsSent() => Assert.Equal(
        ["LegDeemedAgreed", "LegDispatched"],
        Sent(All, Residence with { DeemedAfter = TimeLimit.Days(12) }, Card with { After = ["residence"] }).Wake("11-19 00:00").Names());

    [Fact]
    public void NextLegBeyondTheCalendar_IsDeferredAndTheEndIsOnRecord()
    {
        var scene = Sent(All, Residence, Card with { After = ["residence"], Limit = TimeLimit.Months(24) }).Ends("11-09 09:00", 1);

        Assert.Equal(["LegEnded", "LegsDeferred"], scene.Names());
        Assert.Equal(["calendar-covers"], scene.Event<LegsDeferred>().Unmet);
        Assert.Equal(Time("11-10 07:00"), scene.Dossier.NextWakeUp);
        Assert.Equal(Time("11-11 07:00"), scene.Wake("11-10 07:00").Dossier.NextWakeUp);
    }
}
