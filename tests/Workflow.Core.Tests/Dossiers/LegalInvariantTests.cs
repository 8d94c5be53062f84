using Workflow.Core.Deadlines;
using Workflow.Core.Dossiers;
using static Workflow.Core.Tests.Dossiers.Office;

namespace Workflow.Core.Tests.Dossiers;

/// <summary>The invariants I1 to I8 of the one-stop regime: taken at the boundary, refused just beyond it.</summary>
public class LegalInvariantTests
{
    [Fact]
    public void I1_SecondSupplementRequest_IsRefused()
    {
        var scene = Scene.Appraisal().Do("11-09 09:00", SupplementRequest, Reception).Fire("11-09 10:00", "supplement", Citizen);

        var unmet = scene.Refuses("11-09 11:00", SupplementRequest, Reception, "one-supplement");

        Assert.Equal("Decree 61/2018/ND-CP Art 11.2c, 15.3", unmet[0].Article);
        Assert.Equal(1, scene.Dossier.SupplementCount);
    }

    [Fact]
    public void I1_SecondSupplementRequest_WhereTheProcedureAllowsTwo_IsAccepted()
    {
        var scene = Scene.Appraisal(Build(ClockPolicy.Restart, supplements: 2))
            .Do("11-09 09:00", SupplementRequest, Reception).Fire("11-09 10:00", "supplement", Citizen)
            .Do("11-09 11:00", SupplementRequest, Reception).Fire("11-09 12:00", "supplement", Citizen);

        scene.Refuses("11-09 13:00", SupplementRequest, Reception, "one-supplement");
    }

    [Fact]
    public void I2_SupplementRequest_InTheLastSecondOfTheThirdWorkingDay_IsAccepted() =>
        Scene.Appraisal().Do("11-11 23:59:59.999", SupplementRequest, Reception);

    [Fact]
    public void I2_SupplementRequest_AfterTheThirdWorkingDay_IsRefused()
    {
        var unmet = Scene.Appraisal().Refuses("11-12 00:00", SupplementRequest, Reception, "supplement-notice-in-time");

        Assert.Equal("Decree 61/2018/ND-CP Art 19.4", unmet[0].Article);
    }

    [Fact]
    public void I2_SecondSupplementRequest_CountsItsNoticeFromTheSupplement()
    {
        var scene = Scene.Appraisal(Build(ClockPolicy.Restart, supplements: 2))
            .Do("11-11 09:00", SupplementRequest, Reception).Fire("11-20 10:00", "supplement", Citizen);

        scene.Refuses("11-26 00:00", SupplementRequest, Reception, "supplement-notice-in-time");
        scene.Do("11-25 23:59:59.999", SupplementRequest, Reception);
    }

    [Fact]
    public void I3_Supplement_UnderRestart_CountsTheWholeLimitAgain()
    {
        var scene = Scene.Appraisal().Do("11-10 09:00", SupplementRequest, Reception);
        Assert.Null(scene.Dossier.Clock!.Due);

        scene.Fire("11-16 09:00", "supplement", Citizen);

        Assert.True(scene.Event<ClockResumed>().Restarted);
        Assert.Equal(Time("11-23 23:59:59"), scene.Dossier.Clock!.Due);
    }

    [Fact]
    public void I3_Supplement_UnderResume_CountsTheRest()
    {
        var scene = Scene.Appraisal(Build(ClockPolicy.Resume)).Do("11-10 09:00", SupplementRequest, Reception).Fire("11-16 09:00", "supplement", Citizen);

        Assert.False(scene.Event<ClockResumed>().Restarted);
        Assert.Equal(Time("11-19 23:59:59"), scene.Dossier.Clock!.Due);
    }

    [Fact]
    public void I3_Supplement_UnderNone_LeavesTheClockRunning()
    {
        var scene = Scene.Appraisal(Build(ClockPolicy.None)).Do("11-10 09:00", SupplementRequest, Reception);
        scene.Has<ClockSuspended>(false);
        Assert.Equal(Time("11-13 23:59:59"), scene.Dossier.Clock!.Due);

        scene.Wake("11-14 00:00");
        scene.Has<DeadlineMissed>(true);
        scene.Do("11-16 09:00", new FireTrigger("withdraw"), Citizen);

        Assert.Equal(Timeliness.Overdue, scene.Dossier.Timeliness);
    }

    [Theory]
    [InlineData("11-12 23:59:59.999", null)]
    [InlineData("11-13 00:00", "one-day-before-due")]
    public void I4_Reappointment_IsPromisedOneDayBeforeTheOldDate(string at, string? guard)
    {
        var scene = Scene.Appraisal();
        var command = new ReappointDossier(Time("11-20 23:59:59"), "the register is flooded", "12/XL");
        if (guard is not null)
        {
            Assert.Equal("Decree 61/2018/ND-CP Art 19.9", scene.Refuses(at, command, Officer, guard)[0].Article);
            return;
        }

        scene.Do(at, command, Officer);
        Assert.Equal(Time("11-20 23:59:59"), scene.Dossier.Clock!.Due);
        Assert.Equal("the register is flooded", scene.Event<DossierReappointed>().Personal!.Note);
    }

    [Fact]
    public void I4_Reappointment_ASecondTime_IsRefused()
    {
        var scene = Scene.Appraisal().Do("11-10 09:00", new ReappointDossier(Time("11-20 23:59:59"), "flood", "12/XL"), Officer);

        scene.Refuses("11-11 09:00", new ReappointDossier(Time("11-30 23:59:59"), "flood", "13/XL"), Officer, "one-reappointment");
    }

    [Fact]
    public void I4_Reappointment_NamesEverythingThatIsMissing() =>
        Scene.Appraisal().Refuses("11-10 09:00", new ReappointDossier(Time("11-13 23:59:59"), " ", ""), Officer, "later-date", "reason", "apology");

    [Fact]
    public void I4_Reappointment_BeforeAcceptanceOrWhileSuspended_IsRefused()
    {
        var command = new ReappointDossier(Time("11-20 23:59:59"), "flood", "12/XL");

        Scene.Submitted().Refuses("11-06 09:30", command, Reception, "clock-running");
        Scene.Appraisal().Do("11-10 09:00", SupplementRequest, Reception).Refuses("11-10 10:00", command, Officer, "clock-running");
    }

    [Theory]
    [InlineData("11-09 15:00:00", "11-09 23:59:59.999", false)]
    [InlineData("11-09 15:00:00", "11-10 00:00:00", true)]
    [InlineData("11-09 15:00:01", "11-10 08:00:00", false)]
    [InlineData("11-09 15:00:01", "11-10 08:00:01", true)]
    [InlineData("11-06 16:00:00", "11-09 08:00:00", false)]
    public void I5_Transfer_IsDueTheSameDayOrAfterThreeOClockAtTheNextOpening(string accepted, string transferred, bool late)
    {
        var scene = Scene.Submitted(at: "11-06 09:00").Fire(accepted, "accept", Reception).Fire(transferred, "transfer", Reception);

        Assert.Equal(late, scene.Event<DossierTransferred>().IsLate);
        Assert.Equal(District, scene.Dossier.Unit);
    }

    [Theory]
    [InlineData("11-13 23:59:59.999", false)]
    [InlineData("11-14 00:00:00", true)]
    public void I6_Refusal_AfterTheDueMoment_IsRefused(string at, bool late)
    {
        var scene = Scene.Appraisal();
        if (late)
        {
            Assert.Equal("Decree 61/2018/ND-CP Art 19.8", scene.Refuses(at, Refusal, Officer, "refusal-in-time")[0].Article);
        }
        else
        {
            scene.Do(at, Refusal, Officer);
            Assert.Equal(Timeliness.OnTime, scene.Dossier.Timeliness);
        }
    }

    [Fact]
    public void I6_Refusal_WithoutReasonAndGround_NamesBoth() =>
        Scene.Submitted().Refuses("11-06 10:00", new FireTrigger("refuse"), Reception, "reason", "ground");

    [Fact]
    public void I7_Stop_AfterTheDecision_IsRefused()
    {
        Scene.Signing().Fire("11-09 10:00", "stop", Officer);

        var unmet = Scene.Draft().Refuses("11-09 11:00", new FireTrigger("stop"), Officer, "no-decision");

        Assert.Equal("Circular 03/2025/TT-VPCP Art 7", unmet[0].Article);
    }

    [Fact]
    public void I8_SupplementRequest_ByAnybodyButTheReceivingOneStopShop_IsRefused()
    {
        var scene = Scene.Appraisal();
        var elsewhere = Actor.Officer("reception-2", District, "reception");

        Assert.Equal("Decree 61/2018/ND-CP Art 5.1", scene.Refuses("11-09 09:00", SupplementRequest, Officer, "role", "one-stop-asks")[1].Article);
        scene.Refuses("11-09 09:00", SupplementRequest, elsewhere, "unit", "one-stop-asks");
    }
}
