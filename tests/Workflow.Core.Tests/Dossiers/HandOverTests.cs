using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Units;
using static Workflow.Core.Tests.Dossiers.Office;

namespace Workflow.Core.Tests.Dossiers;

/// <summary>A reorganisation gives a dossier other units and leaves everything else as it was.</summary>
public sealed class HandOverTests
{
    private const string New = "000.41.00.H28";
    private const string Late = "000.42.00.H28";

    // The commune and the district end on 9 November; one unit takes their place.
    private static readonly UnitTree s_units = new(
    [
        .. Office.Units.Units.Where(u => u.From is null).Select(u => u with { Until = new DateOnly(2020, 11, 9), Successors = [New] }),
        new Unit(New, new LocalizedName("Xã mới"), UnitLevel.Commune, null) { From = new DateOnly(2020, 11, 10) },
        new Unit(Late, new LocalizedName("Xã sau"), UnitLevel.Commune, null) { From = new DateOnly(2020, 12, 1) },
    ]);

    private static readonly HandOverDossier s_all = new("2020-11-10-1a2b3c4d", "Nghị quyết 1") { ReceivingUnit = New, CompetentUnit = New, Unit = New };

    [Fact]
    public void HandOver_ChangesTheUnitsAndNothingElse()
    {
        var scene = Scene.Appraisal().Do("11-09 09:00", new AssignDossier { Officer = "officer-1" }, Officer);
        var before = scene.Dossier;

        var after = Apply(before, "11-10 09:00", s_all, Actor.System);

        var expected = before.ToSnapshot() with
        {
            ReceivingUnit = New, CompetentUnit = New, Unit = New, Assignee = null, Version = before.Version + 1, LastOccurredAt = Time("11-10 09:00"),
        };
        Assert.Equal(DossierJson.Write(expected), DossierJson.Write(after.ToSnapshot()));
        Assert.Equal(before.Clock, after.Clock);
        Assert.Equal(before.NextWakeUp, after.NextWakeUp);
        Assert.Equal(StoredForm.Of(after), StoredForm.Of(Dossier.Restore(Birth, after.ToSnapshot())));
    }

    [Fact]
    public void HandOver_OfTheReceivingUnitAlone_LetsTheOfficerGoOn()
    {
        var scene = Scene.Appraisal().Do("11-09 09:00", new AssignDossier { Officer = "officer-1" }, Officer);

        var after = Apply(scene.Dossier, "11-10 09:00", s_all with { CompetentUnit = null, Unit = null }, Actor.System);

        Assert.Equal((New, District, District, "officer-1"), (after.ReceivingUnit, after.CompetentUnit, after.Unit, after.Assignee));
    }

    [Fact]
    public void HandOver_Done_LetsTheNewUnitsOfficersActAndTheOldOnesNoMore()
    {
        var after = Apply(Scene.Appraisal().Dossier, "11-10 09:00", s_all, Officer);

        Assert.Equal(["unit"], Decide(after, "11-10 10:00", new FireTrigger("propose"), Officer).Unmet.Select(u => u.Name));
        Assert.True(Decide(after, "11-10 10:00", new FireTrigger("propose"), Actor.Officer("officer-1", New, "officer")).IsAccepted);
        Assert.True(Decide(after, "11-10 10:00", SupplementRequest, Actor.Officer("reception-1", New, "reception")).IsAccepted);
    }

    [Fact]
    public void HandOver_ThatCannotBe_IsRefusedByName()
    {
        var open = Scene.Appraisal().Dossier;
        var closed = Scene.Submitted().Fire("11-06 10:00", "withdraw", Citizen).Dossier;

        Assert.Equal(["open"], Refusal(closed, "11-10 09:00", s_all));
        Assert.Equal(["unit-exists"], Refusal(open, "11-10 09:00", s_all with { Unit = "000.99.00.H28" }));
        Assert.Equal(["unit-in-force"], Refusal(open, "11-09 09:00", s_all));
        Assert.Equal(["unit-in-force"], Refusal(open, "11-10 09:00", s_all with { Unit = Late }));
        Assert.Equal(["hand-over"], Refusal(open, "11-10 09:00", new HandOverDossier("p", "g")));
        Assert.Equal(["hand-over"], Refusal(Apply(open, "11-10 09:00", s_all, Actor.System), "11-10 10:00", s_all));
        Assert.Equal(["ground"], Refusal(open, "11-10 09:00", s_all with { Ground = " " }));
        Assert.Equal(["text"], Refusal(open, "11-10 09:00", s_all with { Plan = "a\nb" }));
        Assert.Equal(["unit"], Decide(open, "11-10 09:00", s_all, Stranger).Unmet.Select(u => u.Name));
    }

    [Fact]
    public void Submission_ToAUnitThatEnded_IsRefusedWithItsSuccessor()
    {
        var unmet = DossierDecider.Submit(Birth, Code, Submission, Context("11-10 09:00", Citizen)).Unmet;

        Assert.Equal(["unit-in-force", "unit-in-force"], unmet.Select(u => u.Name));
        Assert.All(unmet, u => Assert.EndsWith($"ended on 2020-11-09; use its successor '{New}'", u.Message, StringComparison.Ordinal));
        Assert.True(DossierDecider.Submit(Birth, Code, Submission, Context("11-09 23:59", Citizen)).IsAccepted);
    }

    [Fact]
    public void Submission_ToAUnitThatIsNotThereYet_IsRefusedWithItsFirstDay()
    {
        var unmet = Assert.Single(DossierDecider.Submit(Birth, Code, Submission with { ReceivingUnit = Late, CompetentUnit = null }, Context("11-10 09:00", Citizen)).Unmet);

        Assert.Equal(("unit-in-force", $"unit '{Late}' exists from 2020-12-01 only"), (unmet.Name, unmet.Message));
    }

    [Fact]
    public void Submission_ForALevelThatIsNoMore_HasNoUnitToGoTo()
    {
        var districts = Procedures.SmallProcedure.Text.Replace("[commune, district]", "[district]", StringComparison.Ordinal);
        var procedure = Core.Procedures.ProcedureYaml.Read(new StringReader(districts), "p.yaml");
        var submission = new SubmitDossier(procedure.Code, New) { Applicant = new Applicant("A"), Fields = [new FieldValue("child-name", "B")] };

        Assert.Equal(["competence"], DossierDecider.Submit(procedure, Code, submission, Context("11-10 09:00", Citizen)).Unmet.Select(u => u.Name));
        Assert.Equal(["unit-in-force"], DossierDecider.Submit(procedure, Code, submission with { ReceivingUnit = District }, Context("11-10 09:00", Citizen)).Unmet.Select(u => u.Name));
    }

    [Fact]
    public void Assignment_ToAUnitThatEnded_IsRefused() =>
        Assert.Contains("unit-in-force", Decide(Scene.Appraisal().Dossier, "11-10 09:00", new AssignDossier { Unit = Commune }, Officer).Unmet.Select(u => u.Name));

    private static DecisionContext Context(string at, Actor actor) => new(Time(at), actor, Calendar, s_units);

    private static Decision Decide(Dossier dossier, string at, DossierCommand command, Actor actor) => DossierDecider.Decide(dossier, command, Context(at, actor));

    private static IEnumerable<string> Refusal(Dossier dossier, string at, DossierCommand command) => Decide(dossier, at, command, Actor.System).Unmet.Select(u => u.Name);

    private static Dossier Apply(Dossier dossier, string at, DossierCommand command, Actor actor)
    {
        var decision = Decide(dossier, at, command, actor);
        Assert.Empty(decision.Unmet);
        return dossier.Apply(decision.Events, Time(at));
    }
}
