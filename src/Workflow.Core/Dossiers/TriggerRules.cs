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

    /// <summary>The roles that may fire the trigger here; empty when anybody may, or when the state does not know the trigger.</summary>
    /// <remarks>Where guards decide between transitions and none holds, the roles of all of them.</remarks>
    public static IReadOnlyList<string> Roles(Dossier dossier, Firing firing)
    {
        if (firing.TransitionIndex >= 0)
        {
            return dossier.Procedure.RolesOf(firing.TransitionIndex);
        }

        var table = dossier.Procedure.Table;
        for (StateId? at = dossier.State; at is { } state; at = table.Parent(state))
        {
            var roles = new List<string>();
            var declared = false;
            for (var i = 0; i < table.Transitions.Count; i++)
            {
                if (table.Transitions[i].Source != state || table.Transitions[i].Trigger != firing.Trigger)
                {
                    continue;
                }

                var more = dossier.Procedure.RolesOf(i);
                if (more.Count == 0)
                {
                    return [];
                }

                declared = true;
                roles.AddRange(more.Where(r => !roles.Contains(r)));
            }

            if (declared)
            {
                return roles;
            }
        }

        return [];
    }

    public static void CheckActor(Dossier dossier, IReadOnlyList<string> roles, DecisionContext context, List<UnmetGuard> unmet)
    {
        var actor = context.Actor;
        if (actor.IsSystem || roles.Count == 0)
        {
            return;
        }

        // One role that is held where it counts is enough.
        UnmetGuard? elsewhere = null;
        for (var i = 0; i < roles.Count; i++)
        {
            if (!actor.Has(roles[i]))
            {
                continue;
            }

            if (Standing(dossier, roles[i], actor) is not { } missing)
            {
                return;
            }

            elsewhere ??= missing;
        }

        unmet.Add(elsewhere ?? new UnmetGuard("role", $"this is for the role {string.Join(" or ", roles)}"));
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
    // shop's where the dossier was received. Null when the role is held where it counts.
    private static UnmetGuard? Standing(Dossier dossier, string role, Actor actor) => role switch
    {
        ProcedureContent.SystemRole => new UnmetGuard("system", "this is the timer's own, when its time has passed"),
        ProcedureContent.ApplicantRole =>
            actor.Id == dossier.Owner ? null : new UnmetGuard("owner", "this is for the person who submitted the dossier"),
        ProcedureContent.OneStopRole =>
            actor.Unit == dossier.ReceivingUnit ? null : new UnmetGuard("unit", $"this is for the one-stop shop that received the dossier, '{dossier.ReceivingUnit}'"),
        _ => actor.Unit == dossier.Unit ? null : new UnmetGuard("unit", $"this is for officers of the unit that has the dossier, '{dossier.Unit}'"),
    };

    private static bool IsOfItsUnits(Dossier dossier, Actor actor) =>
        actor.Unit is not null && (actor.Unit == dossier.Unit || actor.Unit == dossier.ReceivingUnit || actor.Unit == dossier.CompetentUnit);
}
