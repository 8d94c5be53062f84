using Workflow.Core.Deadlines;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using static Workflow.Core.Tests.Dossiers.Office;

namespace Workflow.Core.Tests.Dossiers;

public class ClockEffectTests
{
    private static readonly FireTrigger s_askFee = new("request-payment") { Amount = 50_000 };

    private static FireTrigger Pay(long amount) => new("pay") { Payment = new Payment(amount, "online", "TX-1") };

    [Theory]
    [InlineData(ClockPolicy.Restart)]
    [InlineData(ClockPolicy.Resume)]
    [InlineData(ClockPolicy.None)]
    public void Payment_WhateverTheSupplementPolicy_SuspendsAndResumes(ClockPolicy policy)
    {
        var scene = Scene.Appraisal(Build(policy)).Do("11-10 09:00", s_askFee, Officer);
        Assert.Equal(PortalStatus.PaymentRequested, scene.Event<ClockSuspended>().Status);
        Assert.Null(scene.Dossier.Clock!.Due);
        Assert.Null(scene.Dossier.NextWakeUp);

        scene.Do("11-16 09:00", Pay(58_000), Citizen);

        Assert.False(scene.Event<ClockResumed>().Restarted);
        Assert.Equal(Time("11-19 23:59:59"), scene.Dossier.Clock!.Due);
        Assert.Equal(policy, scene.Dossier.Clock.Policy);
    }

    [Fact]
    public void Payment_TooSmall_IsRefusedByTheGuard()
    {
        var scene = Scene.Appraisal().Do("11-10 09:00", s_askFee, Officer);
        Assert.Equal(58_000, scene.Dossier.FeesOutstanding);

        scene.Refuses("11-10 10:00", Pay(57_999), Citizen, "fees-paid");
        scene.Do("11-10 11:00", new RecordPayment(new Payment(1, "cash")), Reception).Do("11-10 12:00", Pay(57_999), Citizen);

        Assert.Equal(0, scene.Dossier.FeesOutstanding);
    }

    [Fact]
    public void Amount_WithoutARequestForPayment_DoesNotPayTheFees()
    {
        var scene = Scene.Appraisal().Do("11-10 09:00", s_askFee, Officer);

        scene.Refuses("11-10 10:00", Pay(1) with { Amount = -57_999 }, Citizen, "amount");
        scene.Refuses("11-10 10:00", Pay(58_000) with { Amount = 1 }, Citizen, "fees-paid", "amount");
    }

    [Fact]
    public void Hold_SuspendsAndResumes_WithoutRestart()
    {
        var scene = Scene.Appraisal().Fire("11-10 09:00", "hold", Officer);
        Assert.Equal(PortalStatus.Stopped, scene.Event<ClockSuspended>().Status);

        scene.Fire("11-11 09:00", "go-on", Officer);

        Assert.Equal(Time("11-16 23:59:59"), scene.Dossier.Clock!.Due);
    }

    [Fact]
    public void Withdrawal_WhileSuspended_IsJudgedByWhenTheClockStood()
    {
        var scene = Scene.Appraisal().Do("11-10 09:00", SupplementRequest, Reception).Fire("11-30 09:00", "withdraw", Citizen);

        Assert.Equal(Timeliness.Early, scene.Dossier.Timeliness);
        Assert.True(scene.Dossier.IsClosed);
        Assert.Null(scene.Dossier.NextWakeUp);
    }

    [Fact]
    public void Acceptance_ThatEndsTheDossier_StopsTheClock()
    {
        var builder = new ProcedureBuilder("2.000815").Limit("same day");
        builder.Configure("waiting").Permit("accept", "done");
        builder.Configure("done").AsFinal();
        var procedure = builder.Build();
        var scene = new Scene(procedure).Submit("11-06 09:00", new SubmitDossier("2.000815", Commune)).Fire("11-06 09:10", "accept", Officer);

        Assert.Equal(Timeliness.OnTime, scene.Dossier.Timeliness);
        Assert.NotNull(scene.Dossier.Clock!.StoppedAt);
    }

    [Fact]
    public void Acceptance_WhereTheLawSetsNoLimit_HasNoClock()
    {
        var builder = new ProcedureBuilder("3.000001");
        builder.Configure("waiting").Permit("accept", "done");
        builder.Configure("done").AsFinal();
        var scene = new Scene(builder.Build()).Submit("11-06 09:00", new SubmitDossier("3.000001", Commune)).Fire("11-06 09:10", "accept", Officer);

        Assert.Null(scene.Event<DossierAccepted>().Promise);
        Assert.Null(scene.Dossier.Clock);
        Assert.Null(scene.Dossier.Timeliness);
    }

    [Fact]
    public void MissedDeadline_ThatASuspensionDoesNotMove_IsReportedOnce()
    {
        var scene = Scene.Appraisal().Wake("11-14 00:00");
        scene.Has<DeadlineMissed>(true);

        scene.Fire("11-16 09:00", "hold", Officer).Fire("11-17 09:00", "go-on", Officer);

        Assert.Equal(Time("11-13 23:59:59"), scene.Dossier.Clock!.Due);
        scene.Refuses("11-17 10:00", new WakeDossier(), Actor.System, "timer-due");
    }

    [Fact]
    public void Limit_OfAFractionOfAnHour_IsKeptToTheMillisecond() =>
        Scene.Accepted(Build(ClockPolicy.Resume, "1/3 working hour")).Fire("11-06 10:01", "transfer", Reception);

    [Fact]
    public void Deadline_BeyondTheCalendar_IsRefusedByName()
    {
        var scene = Scene.Submitted(Build(ClockPolicy.Resume, "400 working days"));

        var unmet = scene.Refuses("11-06 10:00", new FireTrigger("accept"), Reception, "calendar-covers");

        Assert.Contains("2021-12-31", unmet[0].Message, StringComparison.Ordinal);
        Scene.Appraisal().Refuses("11-10 09:00", new ReappointDossier(DateTimeOffset.MaxValue, "flood", "1"), Officer, "later-date");
        Scene.Appraisal().Refuses("11-10 09:00", new ReappointDossier(DateTimeOffset.MinValue, "flood", "1"), Officer, "later-date");
        Scene.Appraisal().Refuses("11-10 09:00", new ReappointDossier(Time("11-20 09:00").AddYears(3), "flood", "1"), Officer, "calendar-covers");
    }
}
