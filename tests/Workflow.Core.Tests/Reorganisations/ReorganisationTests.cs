using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Reorganisations;
using Workflow.Core.Tests.Dossiers;
using Workflow.Core.Units;

namespace Workflow.Core.Tests.Reorganisations;

public sealed class ReorganisationTests
{
    private static readonly DateOnly s_before = new(2025, 6, 30);
    private static readonly DateOnly s_on = new(2025, 7, 1);

    // What is replaced, by what, the defect's code, its line, a part of message or mend.
    public static TheoryData<string, string, string, int, string> Misfits => new()
    {
        { "000.41.00.H28: {", "000.04.30.H28: {", DefectCodes.PlanUnit, 4, "already" },
        { "merge: [000.01.30.H28", "merge: [000.05.30.H28", DefectCodes.UnknownUnit, 6, "did you mean" },
        { "into: 000.04.30.H28 }", "into: 000.05.30.H28 }", DefectCodes.UnknownUnit, 7, "no unit '000.05.30.H28'" },
        { "received-by: [000.01.30.H28, 000.02.30.H28]", "received-by: 000.05.30.H28", DefectCodes.UnknownUnit, 13, "no unit" },
        { "- { move: 000.04.30.H28, under: 000.00.00.H28 }", "", DefectCodes.PlanTree, 9, "move it below a unit that goes on" },
        { "move: 000.04.30.H28, under: 000.00.00.H28", "move: 000.04.30.H28, under: 000.00.30.H28", DefectCodes.PlanTree, 8, "ends on 2025-06-30" },
        { "parent: 000.00.00.H28", "parent: 000.00.30.H28", DefectCodes.PlanTree, 4, "ends on 2025-06-30" },
    };

    [Fact]
    public void Apply_PlanWithEveryChange_EndsTheOldUnitsAndBeginsTheNew()
    {
        var tree = Plans.Read().Apply(Plans.Units());

        Assert.Equal(Plans.Units().Text(), tree.At(s_before).Units.Select(u => u with { Until = null, Successors = [], FormerParents = [] }).ToList() is var old ? new UnitTree(old).Text() : []);
        Assert.Equal(["000.00.00.H28", "000.04.30.H28", "000.41.00.H28"], tree.At(s_on).Units.Select(u => u.Code));
        Assert.All(tree.At(s_on).Units.Skip(1), u => Assert.Equal("000.00.00.H28", u.Parent));
        Assert.DoesNotContain(tree.At(s_on).Units, u => u.Level == UnitLevel.District);
        Assert.Equal(["000.41.00.H28"], tree.Find("000.01.30.H28")!.Successors);
        Assert.Equal(3, tree.Find("000.00.30.H28")!.Successors.Count);
        Assert.Equal(s_on, tree.Find("000.41.00.H28")!.From);
    }

    [Fact]
    public void Apply_ToATreeThatIsAsThePlanSays_ChangesNothing()
    {
        var once = Plans.Read().Apply(Plans.Units());

        Assert.Equal(once.Text(), Plans.Read().Apply(once).Text());
    }

    [Fact]
    public void Apply_AfterALaterPlan_StillFits()
    {
        var once = Plans.Read().Apply(Plans.Units());
        var later = new Reorganisation(new DateOnly(2026, 1, 1), "g", [], [new UnitDissolved("000.41.00.H28", "000.04.30.H28")]).Apply(once);

        Assert.Equal(later.Text(), Plans.Read().Apply(later).Text());
        Assert.Equal(["000.04.30.H28"], later.SuccessorsOf("000.01.30.H28", new DateOnly(2026, 1, 1)).Select(u => u.Code));
    }

    [Fact]
    public void Apply_MergeIntoOneOfThem_LetsItGoOn()
    {
        var tree = new Reorganisation(s_on, "g", [], [new UnitsMerged(["000.01.30.H28", "000.02.30.H28"], "000.01.30.H28")]).Apply(Plans.Units());

        Assert.Null(tree.Find("000.01.30.H28")!.Until);
        Assert.Equal(s_before, tree.Find("000.02.30.H28")!.Until);
    }

    [Theory]
    [MemberData(nameof(Misfits))]
    public void Apply_ToATreeThatItDoesNotFit_IsADefectWithFileAndLine(string passage, string replacement, string code, int line, string says)
    {
        var plan = Plans.Read(Plans.With(passage, replacement));

        var refusal = Assert.Throws<DefinitionException>(() => plan.Apply(Plans.Units()));

        Assert.True(
            refusal.Defects.Any(d => d.Code == code && d.Place.File == "plan.yaml" && d.Place.Line == line && d.ToString().Contains(says, StringComparison.Ordinal)),
            string.Join('\n', refusal.Defects));
    }

    [Fact]
    public void Apply_UnitThatEndedBefore_IsADefect()
    {
        var tree = Plans.Units(Plans.Tree.Replace("name: Xã 01", "name: Xã 01, until: 2024-12-31", StringComparison.Ordinal));

        var refusal = Assert.Throws<DefinitionException>(() => Plans.Read().Apply(tree));

        Assert.Contains(refusal.Defects, d => d.Code == DefectCodes.PlanUnit && d.Place.Line == 6 && d.Message.Contains("does not exist on 2025-06-30", StringComparison.Ordinal));
    }

    [Fact]
    public void HandOverOf_EachUnitOfADossier_GoesToWhatTakesItsPlace()
    {
        // Received in commune 01, to be settled by the district, which has it.
        var handOver = Plans.Read().HandOverOf(Scene.Appraisal().Dossier)!;

        Assert.Equal(("000.41.00.H28", "000.41.00.H28", "000.41.00.H28"), (handOver.ReceivingUnit, handOver.CompetentUnit, handOver.Unit));
        Assert.Equal((Plans.Read().Id, Plans.Read().Ground), (handOver.Plan, handOver.Ground));
    }

    [Fact]
    public void HandOverOf_TheFirstRuleThatHolds_Decides()
    {
        Assert.Equal("000.00.00.H28", To("codes: D-1", $"codes: [D-1, {Office.Code}]"));
        Assert.Equal("000.41.00.H28", To("D-1", "D-2"));
        Assert.Equal("000.00.00.H28", To("procedure: \"1.001193\"", "procedure: \"1.001194\""));
        Assert.Equal("000.04.30.H28", To("procedure: \"1.001193\", to: 000.41.00.H28 }\n      - { state: [signing]", "state: received, to: 000.41.00.H28 }\n      - { state: [held]"));

        static string? To(string passage, string replacement) => Plans.Read(Plans.With(passage, replacement)).HandOverOf(Scene.Signing().Dossier)!.CompetentUnit;
    }

    [Fact]
    public void HandOverOf_DossierOfOtherUnits_IsNone() =>
        Assert.Null(new Reorganisation(s_on, "g", [], [new UnitDissolved("000.03.30.H28", "000.04.30.H28")]).HandOverOf(Scene.Appraisal().Dossier));

    [Fact]
    public void HandOverOf_SplitThatAUnitSurvives_LeavesItsDossiersWithIt()
    {
        var plan = new Reorganisation(s_on, "g", [], [new UnitSplit(Office.District, [Office.District, Office.Commune], [new DossierRule(Office.Commune) { States = ["signing"] }], Office.District)]);

        Assert.Null(plan.HandOverOf(Scene.Appraisal().Dossier));
        Assert.Equal((null, Office.Commune), (plan.HandOverOf(Scene.Signing().Dossier)!.ReceivingUnit, plan.HandOverOf(Scene.Signing().Dossier)!.Unit));
    }
}
