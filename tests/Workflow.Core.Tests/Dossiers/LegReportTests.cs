using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using static Workflow.Core.Tests.Dossiers.Office;

namespace Workflow.Core.Tests.Dossiers;

public class LegReportTests
{
    [Fact]
    public void Acceptance_OfALeg_IsReportedOnce()
    {
        var scene = Leg().Fire("11-06 10:00", "accept", Reception);
        Assert.Equal(new AcknowledgementReported("p-1", 3), scene.Event<AcknowledgementReported>());

        scene.Fire("11-06 11:00", "transfer", Reception).Has<AcknowledgementReported>(false);
    }

    [Fact]
    public void Move_ByAnOfficer_IsAnAcknowledgement() =>
        Leg().Do("11-06 10:00", SupplementRequest with { Items = ["x"] }, Reception).Has<AcknowledgementReported>(true);

    [Fact]
    public void Withdrawal_ByTheApplicant_IsNoAcknowledgementAndEndsBadly()
    {
        var scene = Leg().Fire("11-06 10:00", "withdraw", Citizen);

        scene.Has<AcknowledgementReported>(false);
        Assert.Equal((LegOutcome.Badly, "withdrawn", PortalStatus.Withdrawn), End(scene));
    }

    [Fact]
    public void Refusal_EndsBadly() => Assert.Equal((LegOutcome.Badly, "refused", PortalStatus.NotAccepted), End(Leg().Do("11-06 10:00", Refusal, Reception)));

    [Fact]
    public void ReturnedResult_AfterADecision_EndsWellAndIsReportedWithIt()
    {
        var scene = Leg().Fire("11-06 10:00", "accept", Reception).Fire("11-06 11:00", "transfer", Reception).Fire("11-09 09:00", "propose", Officer)
            .Do("11-09 10:00", new FireTrigger("sign") { Result = "CT07" }, Leader).Fire("11-09 11:00", "confirm", Actor.System);
        scene.Has<OutcomeReported>(false);

        scene.Fire("11-09 12:00", "return-result", Reception);

        Assert.Equal((LegOutcome.Well, "returned", PortalStatus.ResultReturned), End(scene));
        Assert.Equal("CT07", scene.Event<OutcomeReported>().Result);
    }

    [Theory]
    [InlineData("say-yes", LegOutcome.Well)]
    [InlineData("give-up", LegOutcome.Badly)]
    [InlineData("refuse-later", LegOutcome.Badly)]
    public void EndWithoutADecision_IsJudgedByWhatItIs(string way, LegOutcome outcome)
    {
        var builder = new ProcedureBuilder("X.1").Trigger("turn-down", Act.Refuse);
        builder.Configure("asked").Permit("say-yes", "agreed").Permit("give-up", "stopped").Permit("turn-down", "turned-down");
        builder.Configure("turned-down").Permit("file", "agreed");
        builder.Configure("agreed").AsFinal();
        builder.Configure("stopped").Shows(PortalStatus.Stopped).AsFinal();
        var scene = Leg(builder.Build(), new SubmitDossier("X.1", Commune) { Applicant = new Applicant("Mai") });

        _ = way == "refuse-later"
            ? scene.Do("11-06 10:00", Refusal with { Trigger = "turn-down" }, Reception).Fire("11-06 11:00", "file", Reception)
            : scene.Fire("11-06 10:00", way, Reception);

        Assert.Equal(outcome, scene.Event<OutcomeReported>().Outcome);
    }

    [Fact]
    public void DossierThatIsNoLeg_ReportsToNobody()
    {
        var scene = Scene.Accepted().Fire("11-06 11:00", "withdraw", Citizen);

        Assert.DoesNotContain(scene.Last, e => e is LegReport);
    }

    private static Scene Leg(Procedure? procedure = null, SubmitDossier? submission = null) => new Scene(procedure)
        .SubmitAs(Actor.System, "11-06 09:00", (submission ?? Submission) with { LegOf = new LegOrigin("p-1", 3, Citizen.Id) });

    private static (LegOutcome Outcome, string State, PortalStatus? Status) End(Scene scene)
    {
        var end = scene.Event<OutcomeReported>();
        Assert.Equal(("p-1", 3), (end.Parent, end.LegNumber));
        return (end.Outcome, end.State, end.Status);
    }
}
