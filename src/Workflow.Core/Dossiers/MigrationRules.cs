using Workflow.Core.Definitions;
using Workflow.Core.Procedures;

namespace Workflow.Core.Dossiers;

/// <summary>What keeps a dossier from moving to another version of its procedure.</summary>
internal static class MigrationRules
{
    public static void CheckContent(MigrateDossier command, List<UnmetGuard> unmet)
    {
        TextRules.CheckText(command.Ground, "ground", unmet);
        TextRules.DemandName(command.Batch, "batch", unmet);
        TextRules.DemandName(command.FromState, "fromState", unmet);
        TextRules.CheckName(command.ToState, "toState", unmet);
    }

    /// <summary>The engine on behalf of its operator, or an officer of one of the dossier's units or of a unit above one.</summary>
    public static void CheckActor(Dossier dossier, DecisionContext context, List<UnmetGuard> unmet)
    {
        var actor = context.Actor;
        if (actor.IsSystem || dossier.Procedure.Content.Roles.Count == 0
            || (actor.Unit is { } unit && (IsOver(dossier.Unit) || IsOver(dossier.ReceivingUnit) || IsOver(dossier.CompetentUnit))))
        {
            return;
        }

        unmet.Add(new UnmetGuard("unit", $"this is for officers of the unit that has the dossier, '{dossier.Unit}', or of a unit above it"));

        bool IsOver(string below) => below == unit || context.Units.IsWithin(below, unit);
    }

    /// <summary>The state that the mapping names; null when none can be entered by that name.</summary>
    public static StateDefinition? TargetState(Dossier dossier, Procedure target, MigrateDossier command, List<UnmetGuard> unmet)
    {
        if (command.ToState is not { } name)
        {
            unmet.Add(new UnmetGuard("state-mapped", $"no state of {target} is named for '{dossier.StateName}'; map it under 'states', or list it under 'blocked'"));
            return null;
        }

        if (!target.Table.TryGetState(name, out var id))
        {
            var mend = Spelling.Nearest(name, target.Table.States) is { } nearest ? $"; did you mean '{nearest}'?" : string.Empty;
            unmet.Add(new UnmetGuard("state-known", $"{target} has no state '{name}'{mend}"));
            return null;
        }

        var state = target.State(id);
        if (state.IsFinal)
        {
            unmet.Add(new UnmetGuard("state-open", $"'{name}' is final, and a migration ends no dossier"));
            return null;
        }

        if (target.Content.Initial != name && !target.Content.Transitions.Any(t => t.To == name && !t.Stays))
        {
            unmet.Add(new UnmetGuard("state-known", $"no dossier stands in the superstate '{name}' itself; map to one of its substates"));
            return null;
        }

        return state;
    }

    /// <summary>What the target state takes for granted and what the dossier has behind it must agree: acceptance, the decision, the legs.</summary>
    public static void CheckFacts(Dossier dossier, Procedure target, StateDefinition state, List<UnmetGuard> unmet)
    {
        CheckSide(dossier.AcceptedAt is not null, Act.Accept, "acceptance", "was accepted", "was not accepted", target, state, unmet);
        CheckSide(dossier.HasDecision, Act.Sign, "decision", "has a signed decision", "has no signed decision", target, state, unmet);

        // What was started stays started, and what the state waits for must be what was started.
        var old = dossier.Procedure.State(dossier.State);
        if (!Legs(dossier.Procedure, old).SequenceEqual(Legs(target, state)))
        {
            unmet.Add(new UnmetGuard("legs", $"the legs that '{state.Name}' waits for are not those that '{old.Name}' started"));
        }
    }

    /// <summary>Values keep their place: what is not personal stands in the journal for all time, so no field of the dossier can become personal.</summary>
    public static void CheckFields(Dossier dossier, Procedure target, List<UnmetGuard> unmet)
    {
        var personal = dossier.Personal?.Fields ?? [];
        SubmissionRules.CheckParts(target, [.. dossier.Fields.Concat(personal).Where(f => target.Field(f.Name) is not null)], [], unmet);
        foreach (var field in dossier.Fields.Where(f => target.Field(f.Name) is { Personal: true }))
        {
            unmet.Add(new UnmetGuard("field-personal", $"the field '{field.Name}' is personal in {target}, and the dossier keeps its value in the part that is not; give the new field another name"));
        }

        foreach (var field in target.Content.Fields.Where(f => f.Required && string.IsNullOrWhiteSpace(dossier.Field(f.Name))))
        {
            unmet.Add(new UnmetGuard("field", $"the field '{field.Name}' is missing, and {target} requires it"));
        }
    }

    private static void CheckSide(
        bool isBehind, Act act, string guard, string has, string lacks, Procedure target, StateDefinition state, List<UnmetGuard> unmet)
    {
        var content = target.Content;
        var acts = ProcedureTriggers.All(content).Where(t => t.Act == act).Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        var parents = ProcedureReach.Parents(content);
        var taken = content.Transitions.Where(t => acts.Contains(t.Trigger))
            .SelectMany(t => t.Stays ? content.States.Select(s => s.Name).Where(s => ProcedureReach.SelfAndAbove(s, parents).Contains(t.From)) : [t.To]).ToList();
        if (taken.Count == 0)
        {
            return;
        }

        // Either side of the act: what is reached without it, and what is reached after it. A state may be on both.
        var reached = isBehind
            ? ProcedureReach.From(content, taken, _ => true)
            : ProcedureReach.From(content, [content.Initial!], t => !acts.Contains(t.Trigger));
        if (!reached.Contains(state.Name))
        {
            unmet.Add(new UnmetGuard(guard, $"the dossier {(isBehind ? has : lacks)}, and in {target} '{state.Name}' comes {(isBehind ? "before" : "after")} that"));
        }
    }

    private static IEnumerable<string> Legs(Procedure procedure, StateDefinition state) =>
        state.Legs.Select(name => procedure.Content.Legs.FirstOrDefault(l => l.Name == name)).Select(leg => $"{leg?.Name} {leg?.Procedure}");
}
