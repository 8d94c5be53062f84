using Workflow.Core.Deadlines;
using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Migrations;
using Workflow.Core.Tests.Dossiers;
using static Workflow.Core.Tests.Dossiers.Office;

namespace Workflow.Core.Tests.Migrations;

public class MigrationPlanTests
{
    private const string File = """
        procedure: 1.001193
        from: 1
        to: 2
        ground: Law on Civil Status Art 76
        states:
          appraisal: signing
          held: appraisal
        blocked: [waiting, paying]
        clock: recompute

        """;

    private static StateMapping Read(string text) => MigrationYaml.Read(new StringReader(text), "map.yaml");

    [Fact]
    public void File_SaysWhichStateBecomesWhich()
    {
        var plan = new MigrationPlan(Birth, Move.Second(), Read(File));

        Assert.Equal(
            ("signing", "appraisal", "received", null, "Law on Civil Status Art 76", MigratedClock.Recompute),
            (plan.TargetOf("appraisal"), plan.TargetOf("held"), plan.TargetOf("received"), plan.TargetOf("waiting"), plan.Mapping.Ground, plan.Mapping.Clock));
    }

    [Theory]
    [InlineData("ground: Law on Civil Status Art 76\n", "", "WF0005", 1)]
    [InlineData("from: 1\n", "", "WF0005", 1)]
    [InlineData("clock: recompute", "clock: reset", "WF0006", 9)]
    [InlineData("blocked:", "block:", "WF0004", 8)]
    [InlineData("to: 2", "to: zwei", "WF0006", 3)]
    [InlineData("appraisal: signing", "appraisal: [signing]", "WF0006", 6)]
    public void File_ThatCannotBeRead_NamesItsDefects(string passage, string replacement, string code, int line)
    {
        var defects = Assert.Throws<DefinitionException>(() => Read(File.ReplaceLineEndings("\n").Replace(passage, replacement, StringComparison.Ordinal))).Defects;
        var defect = defects.First(d => d.Code == code);
        Assert.Equal(("map.yaml", line), (defect.Place.File, defect.Place.Line));
        Assert.NotEmpty(defect.Mend);
    }

    [Theory]
    [InlineData("appraisal: signing", "appraisel: signing", "WF0702", 6, "did you mean 'appraisal'?")]
    [InlineData("appraisal: signing", "appraisal: singing", "WF0702", 6, "did you mean 'signing'?")]
    [InlineData("[waiting, paying]", "[waiting, held]", "WF0703", 8, "keep one of them")]
    [InlineData("[waiting, paying]", "[waitin]", "WF0702", 8, "did you mean 'waiting'?")]
    [InlineData("to: 2", "to: 3", "WF0701", 1, "name two versions")]
    public void Mapping_ThatDoesNotFitTheVersions_NamesItsDefects(string passage, string replacement, string code, int line, string mend)
    {
        var mapping = Read(File.ReplaceLineEndings("\n").Replace(passage, replacement, StringComparison.Ordinal));
        var defect = Assert.Single(Assert.Throws<DefinitionException>(() => new MigrationPlan(Birth, Move.Second(), mapping)).Defects);
        Assert.Equal((code, line), (defect.Code, defect.Place.Line));
        Assert.Contains(mend, defect.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void Preview_ShowsEveryDeadlineAndChangesNothing()
    {
        var dossier = Scene.Appraisal().Dossier;
        var mapping = new StateMapping(Birth.Code, 1, 2, string.Empty) { Clock = MigratedClock.Recompute };
        var plan = new MigrationPlan(Birth, Move.Second(c => c with { Limit = TimeLimit.WorkingDays(7) }), mapping);

        var preview = plan.Preview(dossier, Scene.Context("11-09 09:00", Actor.System));

        Assert.True(preview is { IsMovable: true, MovesDeadlines: true });
        Assert.Equal((Time("11-13 23:59:59"), Time("11-17 23:59:59"), dossier.StepDue), (preview.Before.Due, preview.After!.Due, preview.After.StepDue));
        Assert.Equal(1, dossier.Procedure.Version.Number);
    }

    [Fact]
    public void Preview_OfWhatCannotMove_SaysWhy()
    {
        var plan = new MigrationPlan(Birth, Move.Second(), Read(File));
        Assert.Equal(["state-blocked"], Why(Scene.Appraisal().Do("11-10 09:00", SupplementRequest, Reception)));
        Assert.Equal(["open"], Why(Scene.Appraisal().Fire("11-09 09:00", "withdraw", Citizen)));
        Assert.Equal(["from-version"], plan.Preview(new Move(Scene.Appraisal().Dossier, Move.Second()).Migrate("11-09 09:00").Dossier, Scene.Context("11-11 09:00", Actor.System)).Unmet.Select(u => u.Name));

        IEnumerable<string> Why(Scene scene) => plan.Preview(scene.Dossier, Scene.Context("11-11 09:00", Actor.System)).Unmet.Select(u => u.Name);
    }

    [Fact]
    public void Batch_FollowsFromTheMappingAndItsOrdinalAlone()
    {
        var plan = new MigrationPlan(Birth, Move.Second(), Read(File));
        var same = new MigrationPlan(Birth, Move.Second(), Read(File.Replace("[waiting, paying]", "[paying, waiting]", StringComparison.Ordinal)));
        var other = new MigrationPlan(Birth, Move.Second(), Read(File.Replace("Art 76", "Art 77", StringComparison.Ordinal)));

        Assert.Equal(plan.BatchId(1), same.BatchId(1));
        Assert.NotEqual(plan.BatchId(1), other.BatchId(1));
        Assert.NotEqual(plan.BatchId(1), plan.BatchId(2));
        Assert.StartsWith("1.001193-1-2-", plan.BatchId(1), StringComparison.Ordinal);
    }
}
