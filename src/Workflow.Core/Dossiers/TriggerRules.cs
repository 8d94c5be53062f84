using Workflow.Core.Machines;
using Workflow.Core.Procedures;

namespace Workflow.Core.Dossiers;

/// <summary>Whether the machine takes a trigger, and whether this person may give it.</summary>
internal static class TriggerRules
{
    public static void CheckFiring(Dossier dossier, Firing firing, DecisionFacts facts, List<UnmetGuard> unmet)
    {
        if (firing.IsAccepted)
        {
            return;
        }

        var table = dossier.Procedure.Table;
        var trigger = table.NameOf(firing.Trigger);
        switch (firing.Outcome)
        {
            case FiringOutcome.NotPermitted:
                unmet.Add(new UnmetGuard("permitted", $"'{trigger}' is not permitted in state '{dossier.StateName}'"));
                break;
            case FiringOutcome.Ambiguous:
                unmet.Add(new UnmetGuard("unambiguous", $"'{trigger}' leaves state '{dossier.StateName}' in more than one way at once"));
                break;
            default:
                foreach (var name in table.UnmetGuards(dossier.State, firing.Trigger, facts))
                {
                    unmet.Add(new UnmetGuard(name, dossier.Procedure.ExplanationOf(name)));
                }

                break;
        }
    }

    /// <summary>The roles that may take the transition; empty when anybody may or there is no transition.</summary>
    public static IReadOnlyList<string> Roles(Dossier dossier, Firing firing) =>
        firing.TransitionIndex >= 0 ? dossier.Procedure.RolesOf(firing.TransitionIndex) : [];

    public static void CheckActor(Dossier dossier, IReadOnlyList<string> roles, DecisionContext context, List<UnmetGuard> unmet)
    {
        var actor = context.Actor;
        if (actor.IsSystem || roles.Count == 0)
        {
            return;
        }

        for (var i = 0; i < roles.Count; i++)
        {
            if (actor.Has(roles[i]))
            {
                CheckStanding(dossier, roles[i], actor, unmet);
                return;
            }
        }

        unmet.Add(new UnmetGuard("role", $"this is for the role {string.Join(" or ", roles)}"));
    }

    /// <summary>An officer of a unit that has to do with the dossier.</summary>
    public static void CheckOfficer(Dossier dossier, DecisionContext context, List<UnmetGuard> unmet)
    {
        var actor = context.Actor;
        if (!actor.IsSystem && dossier.Procedure.Content.Roles.Count > 0 && !IsOfItsUnits(dossier, actor))
        {
            unmet.Add(new UnmetGuard("unit", $"this is for officers of the unit that has the dossier, '{dossier.Unit}'"));
        }
    }

    /// <summary>An officer as above, or the person who submitted the dossier.</summary>
    public static void CheckParty(Dossier dossier, DecisionContext context, List<UnmetGuard> unmet)
    {
        if (context.Actor.Id != dossier.Owner)
        {
            CheckOfficer(dossier, context, unmet);
        }
    }

    // The applicant's role is held on one's own dossiers alone; an officer's in the unit that has the dossier, and the one-stop
    // shop's where the dossier was received.
    private static void CheckStanding(Dossier dossier, string role, Actor actor, List<UnmetGuard> unmet)
    {
        if (role == ProcedureContent.ApplicantRole)
        {
            if (actor.Id != dossier.Owner)
            {
                unmet.Add(new UnmetGuard("owner", "this is for the person who submitted the dossier"));
            }
        }
        else if (role == ProcedureContent.OneStopRole)
        {
            if (actor.Unit != dossier.ReceivingUnit)
            {
                unmet.Add(new UnmetGuard("unit", $"this is for the one-stop shop that received the dossier, '{dossier.ReceivingUnit}'"));
            }
        }
        else if (actor.Unit != dossier.Unit)
        {
            unmet.Add(new UnmetGuard("unit", $"this is for officers of the unit that has the dossier, '{dossier.Unit}'"));
        }
    }

    private static bool IsOfItsUnits(Dossier dossier, Actor actor) =>
        actor.Unit is not null && (actor.Unit == dossier.Unit || actor.Unit == dossier.ReceivingUnit || actor.Unit == dossier.CompetentUnit);
}
