namespace Workflow.Core.Dossiers;

// What happens to a dossier when its units are reorganised.
public static partial class DossierDecider
{
    private static Decision HandOver(Dossier dossier, HandOverDossier command, DecisionContext context)
    {
        var unmet = new List<UnmetGuard>();
        ContentRules.Check(command, unmet);
        if (unmet.Count > 0)
        {
            return Decision.Refuse(unmet);
        }

        TriggerRules.CheckOfficer(dossier, context, unmet);
        foreach (var unit in new[] { command.ReceivingUnit, command.CompetentUnit, command.Unit }.OfType<string>().Distinct(StringComparer.Ordinal))
        {
            UnitRules.Check(unit, context, unmet);
        }

        var handedOver = new DossierHandedOver(
            command.Plan,
            command.Ground,
            dossier.ReceivingUnit,
            command.ReceivingUnit ?? dossier.ReceivingUnit,
            dossier.CompetentUnit,
            command.CompetentUnit ?? dossier.CompetentUnit,
            dossier.Unit,
            command.Unit ?? dossier.Unit);
        if (handedOver is { ChangesReceivingUnit: false, ChangesCompetentUnit: false, ChangesUnit: false })
        {
            unmet.Add(new UnmetGuard("hand-over", "the dossier is with these units already; name one that is another"));
        }

        // The levels at which the procedure is settled are not asked for: the ground of the plan carries the competence over.
        return unmet.Count > 0 ? Decision.Refuse(unmet) : Decision.Accept([handedOver]);
    }
}
