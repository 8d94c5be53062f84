using Workflow.Core.Deadlines;
using Workflow.Core.Dossiers;
using Workflow.Core.Tests.Dossiers;
using static Workflow.Core.Tests.Dossiers.Office;

namespace Workflow.Core.Tests.Migrations;

public class TakeBackMigrationTests
{
    private static readonly TakeBackMigration s_takeBack = new("b-1");

    [Fact]
    public void Migration_TakenBack_LeavesTheDossierAsItWas()
    {
        var dossier = Scene.Appraisal().Do("11-06 11:30", new AssignDossier { Officer = "officer-1" }, Officer).Dossier;
        var move = new Move(dossier, Move.Second(c => Move.WithState(c, "held", s => s with { Role = "leader" }) with { Limit = TimeLimit.Days(30) }))
            .Migrate("11-09 09:00", "held", mayTurn: true)
            .Do("11-10 09:00", s_takeBack);

        var takenBack = Assert.IsType<MigrationTakenBack>(Assert.Single(move.Last));
        Assert.Equal((2, 1, "held", "b-1"), (takenBack.FromVersion, takenBack.ToVersion, takenBack.FromState, takenBack.Batch));
        Assert.Equal(Comparable(dossier), Comparable(move.Dossier));
        Assert.Same(Birth, move.Dossier.Procedure);
    }

    [Fact]
    public void Migration_AfterTheDossierWentOn_IsNotTakenBack()
    {
        var move = new Move(Scene.Appraisal().Dossier, Move.Second()).Migrate("11-06 12:00").Do("11-06 12:30", new AttachDocuments([new SubmittedDocument("chung-sinh")]), Citizen);

        Assert.Contains("went on under 1.001193@2", move.Refuses("11-06 13:00", s_takeBack, "not-gone-on"), StringComparison.Ordinal);
    }

    [Fact]
    public void Migration_AfterReportsOfTimers_IsTakenBackAndNothingIsReportedTwice()
    {
        var move = new Move(Scene.Appraisal().Dossier, Move.Second()).Migrate("11-06 12:00");
        move.Do("11-09 12:00", new WakeDossier()).Do("11-12 12:00", new WakeDossier()).Do("11-14 12:00", new WakeDossier());
        Assert.IsType<DeadlineMissed>(Assert.Single(move.Last));

        move.Do("11-16 09:00", s_takeBack);

        Assert.Equal((null, null, null, true), (move.Dossier.StepDue, move.Dossier.NearDueAt, move.Dossier.NextWakeUp, move.Dossier.DeadlineReported));
    }

    [Fact]
    public void Migration_OfAnotherBatchOrNone_IsNotTakenBack()
    {
        var never = new Move(Scene.Appraisal().Dossier, Move.Second());
        never.Refuses("11-06 12:00", s_takeBack, "batch");
        Assert.Contains("'b-1'", never.Migrate("11-06 12:00").Refuses("11-06 13:00", new TakeBackMigration("b-2"), "batch"), StringComparison.Ordinal);
        never.RefusesTo(Citizen, "11-06 13:00", s_takeBack, "unit");
        never.Do("11-06 13:00", s_takeBack).Refuses("11-06 14:00", s_takeBack, "batch");
    }

    [Fact]
    public void Migration_TakenBack_CanBeDoneAgain() =>
        Assert.Equal(2, new Move(Scene.Appraisal().Dossier, Move.Second()).Migrate("11-06 12:00").Do("11-06 13:00", s_takeBack).Migrate("11-06 14:00").Dossier.Procedure.Version.Number);

    /// <summary>Everything but the number of commands and the time of the last one.</summary>
    internal static string Comparable(Dossier dossier)
    {
        var snapshot = dossier.ToSnapshot() with { Version = 0, LastOccurredAt = default, Migration = null };
        return System.Text.Encoding.UTF8.GetString(DossierJson.Write(snapshot)) + System.Text.Encoding.UTF8.GetString(DossierJson.WritePersonal(snapshot) ?? []);
    }
}
