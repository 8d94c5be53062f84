namespace Workflow.Core.Procedures;

/// <summary>Which triggers a procedure has and who may fire them, with what is left unsaid filled in.</summary>
internal static class ProcedureTriggers
{
    /// <summary>The declared triggers, then those that stand in transitions and timeouts alone, in that order.</summary>
    public static IReadOnlyList<TriggerDefinition> All(ProcedureContent content)
    {
        var triggers = new List<TriggerDefinition>(content.Triggers);
        var names = content.Triggers.Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var transition in content.Transitions)
        {
            if (names.Add(transition.Trigger))
            {
                triggers.Add(new TriggerDefinition(transition.Trigger, ActOf(transition.Trigger)) { Place = transition.Place });
            }
        }

        return triggers;
    }

    public static Act ActOf(string trigger) => ActNames.ByName.GetValueOrDefault(trigger, Act.Advance);

    public static IReadOnlyList<string> RolesOf(TransitionDefinition transition, TriggerDefinition trigger, StateDefinition state, ProcedureContent content)
    {
        if (transition.Roles.Count > 0)
        {
            return transition.Roles;
        }

        if (trigger.Roles.Count > 0)
        {
            return trigger.Roles;
        }

        // What the applicant does stays the applicant's, whoever has the dossier, and where nobody in particular has it.
        if (content.Roles.Count > 0 && trigger.Act is Act.Supplement or Act.Pay or Act.Withdraw)
        {
            return [ProcedureContent.ApplicantRole];
        }

        return state.Role is null ? [] : [state.Role];
    }
}
