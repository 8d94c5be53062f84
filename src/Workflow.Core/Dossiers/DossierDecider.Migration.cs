using Workflow.Core.Deadlines;
using Workflow.Core.Procedures;

namespace Workflow.Core.Dossiers;

// Moving a dossier to another version of its procedure, and back. Entry actions never run again: no timer starts, no fee is assessed.
public static partial class DossierDecider
{
    private const string Versions = "Circular 01/2018/TT-VPCP Art 8";

    private static Decision Migrate(Dossier dossier, MigrateDossier command, DecisionContext context)
    {
        var unmet = new List<UnmetGuard>();
        MigrationRules.CheckContent(command, unmet);
        if (unmet.Count > 0)
        {
            return Decision.Refuse(unmet);
        }

        MigrationRules.CheckActor(dossier, context, unmet);
        if (string.IsNullOrWhiteSpace(command.Ground))
        {
            unmet.Add(new UnmetGuard("ground", "a migration needs its legal ground", Versions));
        }

        if (Target(dossier, command.ToVersion, context, unmet) is not { } target)
        {
            return Decision.Refuse(unmet);
        }

        if (command.FromState != dossier.StateName)
        {
            unmet.Add(new UnmetGuard("from-state", $"the dossier is in state '{dossier.StateName}', not in '{command.FromState}'"));
        }
        else if (MigrationRules.TargetState(dossier, target, command, unmet) is { } state)
        {
            MigrationRules.CheckFacts(dossier, target, state, unmet);
            MigrationRules.CheckFields(dossier, target, unmet);
            var after = MigrationMoments.PositionIn(dossier, target, state, command, context, unmet);
            if (unmet.Count == 0)
            {
                return Decision.Accept(
                [
                    new DossierMigrated(
                        dossier.Procedure.Version.Number, command.ToVersion, target.ContentHash, state.Status, command.Ground, command.Batch, dossier.Position, after),
                ]);
            }
        }

        return Decision.Refuse(unmet);
    }

    private static Decision TakeBack(Dossier dossier, TakeBackMigration command, DecisionContext context)
    {
        var unmet = new List<UnmetGuard>();
        TextRules.DemandName(command.Batch, "batch", unmet);
        if (unmet.Count > 0)
        {
            return Decision.Refuse(unmet);
        }

        MigrationRules.CheckActor(dossier, context, unmet);
        if (dossier.Migration is not { } migration || migration.Batch != command.Batch)
        {
            unmet.Add(new UnmetGuard(
                "batch",
                dossier.Migration is { Batch: var other } ? $"the dossier was moved last by the migration '{other}'" : "no migration moved the dossier, or it was taken back"));
            return Decision.Refuse(unmet);
        }

        if (migration is not { Before: { } before, After: { } moved })
        {
            unmet.Add(new UnmetGuard("not-gone-on", $"the dossier went on under {dossier.Procedure} since it was moved, so it stays there"));
            return Decision.Refuse(unmet);
        }

        if (Target(dossier, migration.FromVersion, context, unmet) is not { } procedure || unmet.Count > 0)
        {
            return Decision.Refuse(unmet);
        }

        var status = procedure.State(procedure.Table.State(before.State)).Status;
        return Decision.Accept(
        [
            new MigrationTakenBack(
                dossier.Procedure.Version.Number, migration.FromVersion, procedure.ContentHash, status, command.Batch, dossier.StateName,
                MigrationMoments.Restored(dossier, before, moved)),
        ]);
    }

    private static Procedure? Target(Dossier dossier, int number, DecisionContext context, List<UnmetGuard> unmet)
    {
        var version = new ProcedureVersion(dossier.Procedure.Code, number);
        if (version == dossier.Procedure.Version)
        {
            unmet.Add(new UnmetGuard("other-version", $"the dossier follows {version} already"));
            return null;
        }

        var target = context.Procedures(version);
        if (target is null)
        {
            unmet.Add(new UnmetGuard("procedure-exists", $"there is no procedure '{version}'; publish it first"));
        }

        return target;
    }
}
