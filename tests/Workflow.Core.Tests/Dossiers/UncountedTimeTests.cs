using Workflow.Core.Deadlines;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using static Workflow.Core.Tests.Dossiers.Office;

namespace Workflow.Core.Tests.Dossiers;

/// <summary>States whose time is not counted, and budgets that steps share.</summary>
public class UncountedTimeTests
{
    [Theory]
    [InlineData(ClockPolicy.Restart)]
    [InlineData(ClockPolicy.Resume)]
    [InlineData(ClockPolicy.None)]
    public void State_WhoseTimeIsNotCounted_SuspendsAndNeverRestarts(ClockPolicy policy)
    {
        var scene = Accepted(policy).Fire("11-09 09:00", "complete", Officer);
        Assert.Null(scene.Event<ClockSuspended>().Status);
        Assert.Null(scene.Dossier.Clock!.Due);

        scene.Fire("11-11 09:00", "completed", Officer);

        Assert.False(scene.Event<ClockResumed>().Restarted);
        Assert.Equal(Time("11-17 23:59:59"), scene.Dossier.Clock!.Due);
        Assert.Equal(policy, scene.Dossier.Clock.Policy);
    }

    [Fact]
    public void ClockSuspended_WithoutAStatus_IsStoredWithoutOne()
    {
        var recorded = new RecordedCommand(null, [new ClockSuspended((PortalStatus?)null)]);

        Assert.Null(Assert.IsType<ClockSuspended>(DossierJson.ReadRecorded(DossierJson.Write(recorded), []).Events[0]).Status);
    }

    [Fact]
    public void Budget_OfSeveralSteps_RunsFromTheEntryIntoTheFirst()
    {
        // Two working days from Friday the 6th: to the end of Tuesday the 10th.
        var scene = Accepted(ClockPolicy.Restart);
        Assert.Equal(Time("11-11 00:00"), scene.Dossier.ToSnapshot().StepDue);

        scene.Fire("11-09 09:00", "propose", Officer);
        Assert.Equal(Time("11-11 00:00"), scene.Event<DossierMoved>().StepDue);

        scene.Fire("11-09 10:00", "return", Officer).Fire("11-09 11:00", "complete", Officer);
        Assert.Null(scene.Dossier.ToSnapshot().StepDue);

        scene.Fire("11-11 09:00", "completed", Officer);
        Assert.Equal(Time("11-14 00:00"), scene.Dossier.ToSnapshot().StepDue);
    }

    [Fact]
    public void Budget_ThatIsUsedUp_IsReportedOnce()
    {
        var scene = Accepted(ClockPolicy.Restart).Wake("11-11 00:00");
        Assert.Equal("working", scene.Event<StepOverdue>().State);

        scene.Fire("11-11 09:00", "propose", Officer);

        scene.Has<StepOverdue>(false);
        Assert.Null(scene.Dossier.ToSnapshot().StepDue);
    }

    [Fact]
    public void Budget_ThatPassesAsTheStepEnds_IsRecordedWithTheMove()
    {
        var scene = Accepted(ClockPolicy.Restart).Fire("11-11 09:00", "propose", Officer);

        Assert.Equal(Time("11-11 00:00"), scene.Event<StepOverdue>().Due);
        Assert.Null(scene.Event<DossierMoved>().StepDue);
    }

    private static Scene Accepted(ClockPolicy policy)
    {
        var builder = new ProcedureBuilder("9.000001").Limit("5 working days").Clock(policy).Budget("appraisal", "2 working days");
        builder.Configure("waiting").Permit("accept", "working");
        builder.Configure("working").SharesBudget("appraisal").Permit("propose", "signing").Permit("complete", "completing");
        builder.Configure("signing").SharesBudget("appraisal").Permit("finish", "done").Permit("return", "working");
        builder.Configure("completing").SuspendsClock().Permit("completed", "working");
        builder.Configure("done").AsFinal();
        var submission = new SubmitDossier("9.000001", Commune) { Applicant = new Applicant("Bùi Thị Mai") };
        return new Scene(builder.Build()).Submit("11-06 09:00", submission).Fire("11-06 10:00", "accept", Officer);
    }
}
