using Workflow.Core.Deadlines;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using static Workflow.Core.Tests.Dossiers.Office;

namespace Workflow.Core.Tests.Dossiers;

public class DossierCommandTests
{
    [Fact]
    public void Dossier_FromSubmissionToResult_TakesEveryStep()
    {
        var scene = Scene.Draft();
        Assert.Equal("123/2020", scene.Dossier.Result);
        scene.Fire("11-10 09:00", "confirm", Citizen);
        Assert.Equal(Timeliness.Early, scene.Dossier.Timeliness);

        scene.Fire("11-11 09:00", "return-result", Reception);

        Assert.Equal(PortalStatus.ResultReturned, scene.Dossier.Status);
        Assert.Equal((7, Time("11-11 09:00")), (scene.Dossier.Version, scene.Dossier.ClosedAt));
        Assert.Equal((8000L, District, "citizen-1"), (scene.Dossier.FeesAssessed, scene.Dossier.Unit, scene.Dossier.Owner));
    }

    [Fact]
    public void Submission_WithATrigger_IsOneCommand()
    {
        var scene = new Scene().Submit("11-06 09:00", Submission with { Trigger = "withdraw" });

        Assert.Equal(1, scene.Dossier.Version);
        Assert.True(scene.Dossier.IsClosed);
    }

    [Fact]
    public void Acceptance_WithoutARequiredDocument_IsRefused_UnlessTheCommandBringsIt()
    {
        var scene = new Scene().Submit("11-06 09:00", Submission with { Documents = [] });
        Assert.Equal("Decree 61/2018/ND-CP Art 17", scene.Refuses("11-06 10:00", new FireTrigger("accept"), Reception, "documents-complete")[0].Article);

        scene.Do("11-06 10:00", new FireTrigger("accept") { Documents = [new SubmittedDocument("to-khai", 1)] }, Reception);

        Assert.True(scene.Dossier.HasDocument("to-khai"));
        Assert.Equal(Time("11-06 10:00"), scene.Dossier.AcceptedAt);
    }

    [Fact]
    public void Acceptance_ASecondTime_IsRefused() =>
        Scene.Accepted().Refuses("11-06 11:00", new FireTrigger("accept"), Reception, "permitted", "not-accepted-yet");

    [Fact]
    public void SupplementAtIntake_IsReceivedAndAccepted_WithoutAClockBefore()
    {
        var scene = Scene.Submitted().Do("11-06 10:00", SupplementRequest, Reception).Do(
            "11-09 10:00", new FireTrigger("supplement") { Documents = [new SubmittedDocument("chung-sinh", 1)] }, Citizen);
        scene.Has<SupplementReceived>(true);
        scene.Has<ClockResumed>(false);

        scene.Fire("11-09 11:00", "accept", Reception);

        Assert.Equal(Time("11-16 23:59:59"), scene.Dossier.Clock!.Due);
        Assert.Equal(2, scene.Dossier.Documents.Count);
    }

    [Fact]
    public void Withdrawal_IsTheOwnersAlone_AndOnlyBeforeADecision()
    {
        Scene.Submitted().Fire("11-06 10:00", "withdraw", Citizen);

        Scene.Submitted().Refuses("11-06 10:00", new FireTrigger("withdraw"), Stranger, "owner");
        Scene.Submitted().Refuses("11-06 10:00", new FireTrigger("withdraw"), Reception, "role");
        Scene.Draft().Refuses("11-09 11:00", new FireTrigger("withdraw"), Citizen, "no-decision");
    }

    [Fact]
    public void ApplicantsActs_InAStateThatNobodyHas_AreStillTheOwners() =>
        Scene.Appraisal().Do("11-09 09:00", SupplementRequest, Reception).Refuses("11-09 10:00", new FireTrigger("supplement"), Stranger, "owner");

    [Fact]
    public void Actor_WithSeveralRoles_NeedsOneThatCountsHere()
    {
        var builder = new ProcedureBuilder("1.2").Roles("reception", "officer").Trigger("go", Act.Advance, "reception", "officer");
        builder.Configure("open").Permit("go", "done");
        builder.Configure("done").AsFinal();
        var procedure = builder.Build();
        var elsewhere = new SubmitDossier("1.2", Commune);
        var scene = new Scene(procedure).Submit("11-06 09:00", elsewhere).Do("11-06 09:10", new AssignDossier { Unit = District }, Actor.System);

        scene.Refuses("11-06 09:20", new FireTrigger("go"), Actor.Officer("x", "none", "reception", "officer"), "unit");
        scene.Fire("11-06 09:20", "go", Actor.Officer("y", District, "reception", "officer"));
    }

    [Fact]
    public void Refusal_ByAGuard_NamesTheMissingRoleToo()
    {
        var scene = new Scene(Build(ClockPolicy.Restart)).Submit("11-06 09:00", Submission).Fire("11-06 10:00", "accept", Reception)
            .Fire("11-06 11:00", "transfer", Reception).Do("11-06 11:00", new FireTrigger("request-payment"), Officer);

        scene.Refuses("11-06 12:00", new FireTrigger("pay") { Payment = new Payment(1, "cash") }, Leader, "fees-paid", "role");
    }

    [Fact]
    public void Command_BeforeTheLastOne_IsRefused_AndAtTheSameMomentAccepted()
    {
        var scene = Scene.Accepted();

        scene.Refuses("11-06 09:59:59.999", new FireTrigger("transfer"), Reception, "time-order");
        scene.Fire("11-06 10:00", "transfer", Reception);
    }

    [Fact]
    public void Assignment_IsForOfficersOfItsUnits_AndNamesWhatExists()
    {
        var scene = Scene.Appraisal();

        scene.Refuses("11-09 09:00", new AssignDossier(), Officer, "assignment");
        scene.Refuses("11-09 09:00", new AssignDossier { Unit = "000.00.00.H99", Role = "judge" }, Officer, "unit-exists", "role-exists");
        scene.Refuses("11-09 09:00", new AssignDossier { Officer = " " }, Officer, "text");
        scene.Refuses("11-09 09:00", new AssignDossier { Officer = "officer-1" }, Citizen, "unit");
        scene.Do("11-09 09:00", new AssignDossier { Officer = "officer-1" }, Officer);
        Assert.Equal(("officer-1", "officer", District), (scene.Dossier.Assignee, scene.Dossier.Role, scene.Dossier.Unit));
        scene.Fire("11-09 10:00", "propose", Officer);
        Assert.Null(scene.Dossier.Assignee);
    }

    [Fact]
    public void Attachment_OfTheLatestOfEachCode_IsKept()
    {
        var scene = Scene.Appraisal().Do("11-09 09:00", new AttachDocuments([new SubmittedDocument("to-khai", 2), new SubmittedDocument("chung-sinh", 0, 1)]), Citizen);

        Assert.Equal([new SubmittedDocument("to-khai", 2), new SubmittedDocument("chung-sinh", 0, 1)], scene.Dossier.Documents);
        scene.Refuses("11-09 10:00", new AttachDocuments([]), Citizen, "documents");
        scene.Refuses("11-09 10:00", new AttachDocuments([new SubmittedDocument("x")]), Stranger, "unit", "document");
    }

    [Fact]
    public void Lists_ThatTheCallerChangesLater_AreNotTheDossiers()
    {
        var documents = new List<SubmittedDocument> { new("to-khai", 1) };
        var scene = new Scene().Submit("11-06 09:00", Submission with { Documents = documents });
        documents.Clear();
        Assert.Single(scene.Dossier.Documents);

        var items = new List<string> { "chung-sinh" };
        scene.Do("11-06 10:00", SupplementRequest with { Items = items }, Reception);
        items.Clear();
        Assert.Single(scene.Event<SupplementRequested>().Items);

        var snapshotDocuments = new List<SubmittedDocument> { new("to-khai", 1) };
        var restored = Dossier.Restore(Birth, scene.Dossier.ToSnapshot() with { Documents = snapshotDocuments });
        snapshotDocuments.Clear();
        Assert.Single(restored.Documents);
    }

    [Fact]
    public void Procedure_WhoseListsTheCallerChangesLater_StaysAsItWas()
    {
        var roles = new List<string> { "reception" };
        var content = Birth.Content;
        var procedure = Procedure.Compile(content with { Transitions = [content.Transitions[0] with { Roles = roles }, .. content.Transitions.Skip(1)] });

        roles[0] = "leader";

        Assert.Equal(["reception"], procedure.Content.Transitions[0].Roles);
        Assert.Equal(["reception"], procedure.RolesOf(0));
    }

    [Fact]
    public void ClosedDossier_RefusesEverything()
    {
        var scene = Scene.Submitted().Fire("11-06 10:00", "withdraw", Citizen);
        DossierCommand[] commands =
        [
            new FireTrigger("accept"), new AssignDossier { Officer = "x" }, new AttachDocuments([new SubmittedDocument("to-khai")]),
            new RecordPayment(new Payment(1, "cash")), new ReappointDossier(Time("11-20 09:00"), "r", "a"), new WakeDossier(), Submission,
        ];

        Assert.All(commands, c => scene.Refuses("11-07 09:00", c, Actor.System, "open"));
        Assert.Empty(DossierDecider.Permitted(scene.Dossier, Scene.Context("11-07 09:00", Reception)));
    }

    [Fact]
    public void Submission_OfADossierThatExists_IsRefused() =>
        Scene.Submitted().Refuses("11-06 10:00", Submission, Citizen, "submission");

    [Fact]
    public void Data_ThatTheActWouldDrop_IsRefused() =>
        Scene.Accepted().Refuses(
            "11-06 11:00", new FireTrigger("transfer") { Ground = "g", Items = ["i"], Amount = 1, Result = "r" }, Reception, "ground", "items", "amount", "result");

    [Fact]
    public void Text_OfCommandsAndPersonalData_ShowsNothingPersonal()
    {
        var scene = Scene.Submitted();

        Assert.DoesNotContain("Mai", Submission.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Mai", scene.Last[0].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Mai", scene.Dossier.ToSnapshot().ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("live", Refusal.ToString(), StringComparison.Ordinal);
    }
}
