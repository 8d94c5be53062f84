using Workflow.Core.Deadlines;
using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using Workflow.Core.Units;
using static Workflow.Core.Tests.Dossiers.LegOffice;
using static Workflow.Core.Tests.Dossiers.Office;

namespace Workflow.Core.Tests.Dossiers;

public class LegTests
{
    [Fact]
    public void Entering_AStateWithLegs_SendsThemInParallelToTheUnitsOfTheirAgencies()
    {
        var scene = Sent(All, Residence, Card);

        Assert.Equal(["DossierMoved", "LegsAwaited", "LegDispatched", "LegDispatched"], scene.Names());
        Assert.Equal([(1, "1.004222", Police), (2, "X.1", Insurance)], scene.Last.OfType<LegDispatched>().Select(l => (l.Number, l.Procedure, l.Unit)));
        Assert.Equal("waiting", scene.Dossier.StateName);
        Assert.Equal("1:residence:Dispatched 2:card:Dispatched", scene.States());
    }

    [Fact]
    public void Dispatch_CarriesWhatTheLegGets_PersonalDataApart()
    {
        var leg = Residence with { Fields = [new LegField("ten", "child-name"), new LegField("so-ban", "copies")], Documents = ["to-khai"] };
        var submission = new SubmitDossier("2.002621", Commune)
        {
            Channel = Channel.Online, Applicant = new Applicant("Mai"),
            Fields = [new FieldValue("child-name", "An"), new FieldValue("copies", "2")], Documents = [new SubmittedDocument("to-khai", 1), new SubmittedDocument("chung-sinh", 1)],
        };

        var sent = new Scene(Group(All, leg)).Submit("11-06 09:00", submission).Fire("11-06 10:00", "send", Citizen).Event<LegDispatched>();

        Assert.Equal((Channel.Online, Citizen.Id), (sent.Channel, sent.Owner));
        Assert.Equal([new FieldValue("so-ban", "2")], sent.Fields);
        Assert.Equal([new FieldValue("ten", "An")], sent.Personal!.Fields);
        Assert.Equal("Mai", sent.Personal.Applicant!.Name);
        Assert.Equal(["to-khai"], sent.Documents.Select(d => d.Code));
    }

    [Fact]
    public void All_WhenTheLastLegEndsWell_GoesOnInTheSameDecision()
    {
        var scene = Sent(All, Residence, Card).Ends("11-09 09:00", 2, result: "BHYT-1");
        Assert.Equal("waiting", scene.Dossier.StateName);

        scene.Ends("11-10 09:00", 1);

        Assert.Equal(["LegEnded", "DossierMoved"], scene.Names());
        Assert.Equal("concluding", scene.Dossier.StateName);
        Assert.Equal("BHYT-1", scene.Dossier.Legs[1].Result);
    }

    [Fact]
    public void All_WhenOneLegEndsBadly_GoesTheOtherWayAndRecallsTheRest()
    {
        var scene = Sent(All, Residence, Card).Ends("11-09 09:00", 1, LegOutcome.Badly);

        Assert.Equal(["LegEnded", "DossierMoved", "LegRecalled"], scene.Names());
        Assert.Equal("stuck", scene.Dossier.StateName);
        Assert.Equal("1:residence:Ended 2:card:Recalled", scene.States());
    }

    [Fact]
    public void All_WithoutAnotherWay_WaitsForPeopleWhenALegEndsBadly()
    {
        var scene = Sent(All with { Otherwise = null }, Residence, Card).Ends("11-09 09:00", 1, LegOutcome.Badly).Ends("11-09 10:00", 2);

        Assert.Equal("waiting", scene.Dossier.StateName);
        scene.Fire("11-09 11:00", "withdraw", Citizen);
        Assert.True(scene.Dossier.IsClosed);
    }

    [Fact]
    public void Any_TheFirstLegThatEndsWell_GoesOn()
    {
        var scene = Sent(Any, Residence, Card).Ends("11-09 09:00", 1, LegOutcome.Badly);
        Assert.Equal("waiting", scene.Dossier.StateName);

        Assert.Equal("concluding", scene.Ends("11-09 10:00", 2).Dossier.StateName);
    }

    [Fact]
    public void Any_WhenEveryLegEndedBadly_GoesTheOtherWay() =>
        Assert.Equal("stuck", Sent(Any, Residence, Card).Ends("11-09 09:00", 1, LegOutcome.Badly).Ends("11-09 10:00", 2, LegOutcome.Badly).Dossier.StateName);

    [Fact]
    public void Guard_OverTheLegs_IsAskedWhenOneEndsAndCountsAsLostWhenAllHave()
    {
        var join = new JoinDefinition(JoinRule.Guard, "all-agreed") { When = "legs.residence.well or (legs.card.well and legs.tax.ended)", Otherwise = "not-agreed" };
        var tax = new LegDefinition("tax", "X.2", "receiving");
        Assert.Equal("concluding", Sent(join, Residence, Card, tax).Ends("11-09 09:00", 1).Dossier.StateName);

        var scene = Sent(join, Residence, Card, tax).Ends("11-09 09:00", 2).Ends("11-09 09:30", 1, LegOutcome.Badly);
        Assert.Equal("waiting", scene.Dossier.StateName);
        Assert.Equal("concluding", scene.Ends("11-09 10:00", 3, LegOutcome.Badly).Dossier.StateName);

        var lost = Sent(join, Residence, Card, tax).Ends("11-09 09:00", 1, LegOutcome.Badly).Ends("11-09 09:10", 2, LegOutcome.Badly);
        Assert.Equal("waiting", lost.Dossier.StateName);
        Assert.Equal("stuck", lost.Ends("11-09 10:00", 3).Dossier.StateName);
    }

    [Fact]
    public void Guard_OverTheLegs_SeesThePresentRoundAlone()
    {
        var join = new JoinDefinition(JoinRule.Guard, "all-agreed") { When = "legs.residence.well and legs.card.well", Otherwise = "not-agreed" };
        var scene = Sent(join, Residence, Card).Ends("11-09 09:00", 1).Ends("11-09 09:10", 2, LegOutcome.Badly).Fire("11-09 10:00", "send", Citizen).Ends("11-09 10:10", 4);

        Assert.Equal("waiting", scene.Dossier.StateName);
        Assert.Equal("concluding", scene.Ends("11-09 10:20", 3).Dossier.StateName);
    }

    [Fact]
    public void Sequence_SendsALegWhenThoseBeforeItHaveEnded()
    {
        var scene = Sent(All, Residence, Card with { After = ["residence"], Limit = TimeLimit.WorkingDays(2) });
        Assert.Equal("1:residence:Dispatched 2:card:Planned", scene.States());

        scene.Ends("11-09 09:00", 1);

        Assert.Equal(["LegEnded", "LegDispatched"], scene.Names());
        Assert.Equal(Time("11-11 23:59:59"), scene.Event<LegDispatched>().Due);
        Assert.Equal("concluding", scene.Ends("11-10 09:00", 2).Dossier.StateName);
    }

    [Fact]
    public void LegWhoseConditionDoesNotHold_IsNoPartOfTheCaseAndKeepsNobodyWaiting()
    {
        var scene = Sent(All, Residence with { When = "fees.outstanding > 5" }, Card with { After = ["residence"] });

        Assert.Equal("1:card:Dispatched", scene.States());
        Assert.Equal("concluding", scene.Ends("11-09 09:00", 1).Dossier.StateName);
    }

    [Fact]
    public void StateWithoutAnyLegOfTheCase_IsLeftAtOnceByTheSystem()
    {
        var scene = Sent(All, Residence with { When = "fees.outstanding > 5" });

        Assert.Equal(["DossierMoved", "LegsAwaited", "DossierMoved"], scene.Names());
        Assert.Equal("concluding", scene.Dossier.StateName);
        Assert.Equal("stuck", Sent(Any, Residence with { When = "fees.outstanding > 5" }).Dossier.StateName);
    }

    [Fact]
    public void WaysOnThatGoRoundInACircle_AreDeferredInsteadOfGoingOnForEver()
    {
        var builder = new ProcedureBuilder("X.9").Leg(Residence with { When = "fees.outstanding > 5" });
        builder.Configure("filed").Permit("send", "waiting");
        builder.Configure("waiting").WaitsFor(new JoinDefinition(JoinRule.All, "again"), "residence").Permit("again", "waiting").Permit("finish", "done");
        builder.Configure("done").AsFinal();

        var scene = Sent(builder.Build());

        Assert.Equal(["legs-circle"], scene.Event<LegsDeferred>().Unmet);
        Assert.Equal(Time("11-09 07:00"), scene.Dossier.NextWakeUp);
    }

    [Fact]
    public void Reentry_RecallsTheOldLegsAndStartsNewOnesUnderNewNumbers()
    {
        var scene = Sent(All, Residence, Card).Ends("11-09 09:00", 1, LegOutcome.Badly).Fire("11-09 10:00", "send", Citizen);

        Assert.Equal("1:residence:Ended 2:card:Recalled 3:residence:Dispatched 4:card:Dispatched", scene.States());
        scene.Refuses("11-10 09:00", new EndLeg(2, LegOutcome.Well, Time("11-10 09:00")), Actor.System, "leg-awaited");
        Assert.Equal("concluding", scene.Ends("11-10 09:00", 3).Ends("11-10 09:00", 4).Dossier.StateName);
    }

    [Fact]
    public void MoveThatReentersTheState_StartsTheLegsAnew()
    {
        var scene = Sent(All, Residence).Fire("11-09 09:00", "remind", Citizen);

        Assert.Equal("1:residence:Recalled 2:residence:Dispatched", scene.States());
    }

    [Fact]
    public void Withdrawal_RecallsTheLegsThatAreOut()
    {
        var scene = Sent(All, Residence, Card, new LegDefinition("tax", "X.2", "receiving") { After = ["card"] }).Ends("11-09 09:00", 1)
            .Fire("11-09 10:00", "withdraw", Citizen);

        Assert.Equal(["card"], scene.Last.OfType<LegRecalled>().Select(l => l.Name));
        Assert.Null(scene.Dossier.NextWakeUp);
        scene.Refuses("11-10 09:00", new EndLeg(2, LegOutcome.Well, Time("11-10 09:00")), Actor.System, "open");
    }

    [Theory]
    [InlineData("police of receiving")]
    [InlineData("tax of district")]
    [InlineData("province")]
    [InlineData("000.99.99.H28")]
    public void Unit_ThatCannotBeFound_RefusesTheMoveByName(string unit)
    {
        var scene = Scene.Posted(Group(All, Residence with { Unit = unit }, Card));

        var unmet = scene.Refuses("11-06 10:00", new FireTrigger("send"), Citizen, "leg-unit");

        Assert.Contains("residence", unmet[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("receiving", Commune)]
    [InlineData("commune", Commune)]
    [InlineData("competent", Commune)]
    [InlineData("above", District)]
    [InlineData("district", District)]
    [InlineData("police of above", Police)]
    [InlineData("insurance of " + District, Insurance)]
    [InlineData(Insurance, Insurance)]
    public void Unit_IsThePlaceAndThenItsAgency(string text, string unit) =>
        Assert.Equal(unit, Sent(All, Residence with { Unit = text }).Event<LegDispatched>().Unit);

    [Theory]
    [InlineData("insurance of district", "")]
    [InlineData(Insurance, Tax)]
    public void Unit_ThatEndedBeforeItsLegIsSent_IsReplacedByTheOneThatTookItsPlace(string place, string successor)
    {
        var units = new UnitTree(
        [
            .. Office.Units.Units.Where(u => u.Code is District or Commune or Police),
            new Unit(Insurance, new LocalizedName("Bảo hiểm xã hội huyện"), UnitLevel.District, District)
            {
                Agency = "insurance", Until = new DateOnly(2020, 11, 8), Successors = successor.Length > 0 ? [successor] : [],
            },
            new Unit(Tax, new LocalizedName("Bảo hiểm xã hội khu vực"), UnitLevel.District, District) { Agency = "insurance", From = new DateOnly(2020, 11, 9) },
        ]);
        var scene = Sent(All, Residence, Card with { Unit = place, After = ["residence"] });
        Assert.Equal(Insurance, scene.Dossier.Legs[1].Unit);

        var decision = DossierDecider.Decide(
            scene.Dossier, new EndLeg(1, LegOutcome.Well, Time("11-09 09:00")), new DecisionContext(Time("11-09 09:00"), Actor.System, Calendar, units));

        Assert.Equal(Tax, decision.Events.OfType<LegDispatched>().Single().Unit);
        Assert.Equal(Tax, scene.Dossier.Apply(decision.Events, Time("11-09 09:00")).Legs[1].Unit);
    }

    [Fact]
    public void Unit_CountsFromTheDayOnWhichItExists() =>
        Assert.Equal(Tax, Scene.Posted(Group(All, Residence with { Unit = "tax of district" })).Fire("12-01 08:00", "send", Citizen).Event<LegDispatched>().Unit);

    [Fact]
    public void CommandsAboutLegs_OfAnybodyButTheEngine_AreRefused()
    {
        var scene = Sent(All, Residence);

        scene.Refuses("11-06 11:00", new OpenLeg(1, "a"), Citizen, "system");
        scene.Refuses("11-06 11:00", new AcknowledgeLeg(1, Time("11-06 11:00")), Officer, "system");
        scene.Refuses("11-06 11:00", new EndLeg(1, LegOutcome.Well, Time("11-06 11:00")), Officer, "system");
    }

    [Fact]
    public void Submission_AsALeg_IsTheEnginesAlone()
    {
        var command = new SubmitDossier("2.002621", Commune) { LegOf = new LegOrigin("p", 1, "citizen-1") };
        var procedure = Group(All, Residence);

        var refused = DossierDecider.Submit(procedure, Code, command, Scene.Context("11-06 09:00", Citizen));
        var accepted = DossierDecider.Submit(procedure, Code, command, Scene.Context("11-06 09:00", Actor.System));

        Assert.Equal(["system"], refused.Unmet.Select(u => u.Name));
        var submitted = Assert.IsType<DossierSubmitted>(Assert.Single(accepted.Events));
        Assert.Equal(("p", 1, "citizen-1"), (submitted.Parent, submitted.LegNumber, submitted.Owner));
    }

    [Fact]
    public void WhatIsToldTwice_IsRefusedByName()
    {
        var scene = Sent(All, Residence, Card).Do("11-06 10:01", new OpenLeg(1, "c-1"), Actor.System);
        Assert.Equal("c-1", scene.Dossier.Legs[0].Code);
        scene.Refuses("11-06 10:02", new OpenLeg(1, "c-2"), Actor.System, "leg-awaited");
        scene.Refuses("11-06 10:02", new OpenLeg(9, "c-2"), Actor.System, "leg-awaited");

        scene.Do("11-06 10:03", new AcknowledgeLeg(1, Time("11-06 10:02")), Actor.System);
        scene.Refuses("11-06 10:04", new AcknowledgeLeg(1, Time("11-06 10:02")), Actor.System, "leg-awaited");

        scene.Ends("11-06 10:05", 1);
        scene.Refuses("11-06 10:06", new EndLeg(1, LegOutcome.Badly, Time("11-06 10:05")), Actor.System, "leg-awaited");
        scene.Refuses("11-06 10:06", new AcknowledgeLeg(1, Time("11-06 10:05")), Actor.System, "leg-awaited");
    }

    [Fact]
    public void InitialStateWithLegs_SendsThemWithTheSubmission()
    {
        var builder = new ProcedureBuilder("X.9").Leg(Residence);
        builder.Configure("waiting").WaitsFor(new JoinDefinition(JoinRule.All, "go-on"), "residence").Permit("go-on", "done");
        builder.Configure("done").AsFinal();

        var scene = Scene.Posted(builder.Build());

        Assert.Equal(["DossierSubmitted", "LegsAwaited", "LegDispatched"], scene.Names());
        Assert.True(scene.Ends("11-09 09:00", 1).Dossier.IsClosed);
    }

    [Fact]
    public void WayOnThatAGuardRefuses_IsTriedAgainOnTheNextWorkingDay()
    {
        var builder = new ProcedureBuilder("X.9").Leg(Residence).Fee("f", "Lệ phí", null, 8000);
        builder.Configure("filed").Permit("accept", "filed").Permit("send", "waiting");
        builder.Configure("waiting").WaitsFor(new JoinDefinition(JoinRule.All, "go-on"), "residence").PermitIf("go-on", "done", "fees-paid");
        builder.Configure("done").AsFinal();
        var scene = Scene.Posted(builder.Build()).Fire("11-06 09:30", "accept", Citizen).Fire("11-06 10:00", "send", Citizen).Ends("11-06 11:00", 1);

        Assert.Equal(("go-on", Time("11-09 07:00")), (scene.Event<LegsDeferred>().Trigger, scene.Dossier.NextWakeUp));
        scene.Do("11-06 12:00", new RecordPayment(new Payment(8000, "cash")), Citizen);
        Assert.True(scene.Wake("11-09 07:00").Dossier.IsClosed);
    }

    [Fact]
    public void ParentsClock_RunsOnDuringTheLegs()
    {
        var scene = Scene.Posted(Group(All, Residence)).Fire("11-06 09:30", "accept", Citizen).Fire("11-06 10:00", "send", Citizen);

        Assert.Null(scene.Dossier.Clock!.SuspendedAt);
        scene.Ends("11-09 09:00", 1);
        scene.Has<ClockResumed>(false);
    }

    [Fact]
    public void Snapshot_KeepsTheLegsAndWhoseLegItIs()
    {
        var procedure = Group(All, Residence with { Acknowledge = TimeLimit.Parse("2 working hours"), DeemedAfter = TimeLimit.Days(12) }, Card);
        var scene = new Scene(procedure).SubmitAs(Actor.System, "11-06 09:00", new SubmitDossier("2.002621", Commune) { LegOf = new LegOrigin("p-1", 7, "citizen-1") })
            .Fire("11-06 10:00", "send", Reception).Do("11-06 10:01", new OpenLeg(1, "c-1"), Actor.System).Wake("11-06 14:00:01").Ends("11-09 09:00", 2, result: "BHYT-1");

        var snapshot = scene.Dossier.ToSnapshot();
        var restored = Dossier.Restore(procedure, DossierJson.ReadSnapshot(DossierJson.Write(snapshot), DossierJson.WritePersonal(snapshot)));

        Assert.Equal(StoredForm.Of(scene.Dossier), StoredForm.Of(restored));
        Assert.Equal(scene.Dossier.NextWakeUp, restored.NextWakeUp);
        Assert.Equal(("p-1", 7, 1), (restored.Parent, restored.LegNumber, restored.LegRound));
        Assert.Equal("concluding", restored.Apply(Decided(restored), Time("11-10 09:00")).StateName);

        IReadOnlyList<DossierEvent> Decided(Dossier dossier) =>
            DossierDecider.Decide(dossier, new EndLeg(1, LegOutcome.Well, Time("11-10 09:00")), Scene.Context("11-10 09:00", Actor.System)).Events;
    }
}
