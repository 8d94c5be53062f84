using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using static Workflow.Core.Tests.Dossiers.Office;

namespace Workflow.Core.Tests.Dossiers;

public class TimerTests
{
    private static readonly WakeDossier s_wake = new();

    [Fact]
    public void NearDue_AtTheOpeningOfTheDayBefore_IsReportedOnce()
    {
        var scene = Scene.Accepted();
        Assert.Equal(Time("11-12 07:00"), scene.Dossier.NextWakeUp);
        scene.Refuses("11-12 06:59:59.999", s_wake, Actor.System, "timer-due");

        scene.Wake("11-12 07:00");

        Assert.Equal(Time("11-13 23:59:59"), scene.Event<DueNear>().Due);
        Assert.Equal(Time("11-14 00:00"), scene.Dossier.NextWakeUp);
    }

    [Fact]
    public void MissedDeadline_IsReportedOnce_AndTakesTheWarningAlong()
    {
        var scene = Scene.Accepted().Wake("11-14 00:00");

        scene.Has<DueNear>(false);
        scene.Has<DeadlineMissed>(true);
        Assert.Null(scene.Dossier.NextWakeUp);
        scene.Refuses("11-15 00:00", s_wake, Actor.System, "timer-due");
    }

    [Fact]
    public void Silence_ForTheWholeWorkingDay_IsTakenForConfirmation()
    {
        var scene = Scene.Draft();
        Assert.Equal(Time("11-11 00:00"), scene.Dossier.NextWakeUp);
        scene.Refuses("11-10 23:59:59.999", s_wake, Actor.System, "timer-due");

        scene.Wake("11-11 00:00");

        Assert.Equal("done", scene.Dossier.StateName);
        Assert.Equal(Timeliness.Early, scene.Event<ClockStopped>().Timeliness);
    }

    [Fact]
    public void Wake_WhenWarningAndTimeoutAreDue_DoesBothInOneCommand()
    {
        var scene = Scene.Signing().Do("11-10 10:00", new FireTrigger("sign"), Leader).Wake("11-12 07:00");

        Assert.Equal(["DueNear", "DossierMoved", "ClockStopped"], scene.Last.Select(e => e.GetType().Name));
        Assert.Equal(6, scene.Dossier.Version);
        Assert.Null(scene.Dossier.NextWakeUp);
    }

    [Fact]
    public void StepLimit_Passed_IsRecordedByTheTimerOrByWhoEndsTheStep()
    {
        var timer = Scene.Appraisal();
        Assert.Equal(Time("11-06 17:00:01"), timer.Dossier.NextWakeUp);
        timer.Wake("11-06 17:00:01");
        timer.Has<StepOverdue>(true);
        timer.Fire("11-09 08:00", "propose", Officer);
        timer.Has<StepOverdue>(false);

        var officer = Scene.Appraisal().Fire("11-06 17:00:01", "propose", Officer);
        officer.Has<StepOverdue>(true);
        Assert.Null(officer.Dossier.StepDue);
    }

    [Fact]
    public void Timeout_WhoseTriggerIsRefused_IsTriedAgainOnTheNextWorkingDay()
    {
        var builder = new ProcedureBuilder("1.1").Fee("f", "Phí", null, 1000);
        builder.Configure("new").Permit("accept", "waiting");
        builder.Configure("waiting").After("1 days", "go-on").PermitIf("go-on", "done", "fees-paid");
        builder.Configure("done").AsFinal();
        var scene = new Scene(builder.Build()).Submit("11-05 09:00", new SubmitDossier("1.1", Commune)).Fire("11-05 10:00", "accept", Officer);
        Assert.Equal(Time("11-07 00:00"), scene.Dossier.NextWakeUp);

        scene.Wake("11-07 00:00");
        Assert.Equal(["fees-paid"], scene.Event<TimeoutDeferred>().Unmet);
        Assert.Equal(Time("11-09 07:00"), scene.Dossier.NextWakeUp);

        scene.Do("11-09 06:00", new RecordPayment(new Payment(1000, "cash")), Officer).Wake("11-09 07:00");
        Assert.True(scene.Dossier.IsClosed);
    }

    [Fact]
    public void Wake_ByAnybodyButTheEngine_IsRefused()
    {
        var scene = Scene.Draft();

        scene.Refuses("11-20 09:00", s_wake, Leader, "system");
        scene.Refuses("11-20 09:00", s_wake, new Actor("system", [], null), "system");
    }

    [Fact]
    public void SupplementThatNeverComes_ClosesTheDossier()
    {
        var scene = Scene.Appraisal().Do("11-10 09:00", SupplementRequest, Reception);
        scene.Refuses("12-01 23:59:59.999", s_wake, Actor.System, "timer-due");

        scene.Wake("12-02 00:00");

        Assert.Equal(PortalStatus.Stopped, scene.Dossier.Status);
        Assert.True(scene.Dossier.IsClosed);
    }

    [Fact]
    public void Reentry_StartsTheStepAgain_AndAnIgnoredTriggerDoesNot()
    {
        var scene = Scene.Appraisal().Do("11-06 13:30", new AssignDossier { Officer = "officer-1" }, Officer);
        var due = scene.Dossier.StepDue;

        scene.Fire("11-06 14:00", "reopen", Officer);
        Assert.True(scene.Event<DossierMoved>().Stays);
        Assert.Equal((due, "officer-1", Time("11-06 11:00")), (scene.Dossier.StepDue, scene.Dossier.Assignee, scene.Dossier.EnteredAt));

        scene.Fire("11-06 15:00", "note", Officer);
        Assert.False(scene.Event<DossierMoved>().Stays);
        Assert.True(scene.Dossier.StepDue > due);
        Assert.Equal(Time("11-06 15:00"), scene.Dossier.EnteredAt);
    }

    [Fact]
    public void WhatWaitsForTimeToPass_IsHurriedByNobody()
    {
        var builder = new ProcedureBuilder("9.000002").Roles("reception", "head", "system").Limit("20 working days");
        builder.Configure("posting").HandledBy("head").After("15 days", "end-posting").PermitBy("system", "end-posting", "done");
        builder.Configure("done").AsFinal();
        var scene = Scene.Posted(builder.Build());

        scene.Refuses("11-09 08:00", new FireTrigger("end-posting"), Leader with { Roles = ["head", "system"] }, "system");
        scene.Wake("11-24 00:00");

        Assert.Equal("done", scene.Dossier.StateName);
    }
}
