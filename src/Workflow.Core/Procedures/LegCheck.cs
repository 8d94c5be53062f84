using Workflow.Core.Definitions;

namespace Workflow.Core.Procedures;

/// <summary>What must hold of a procedure's legs and of the states that wait for them.</summary>
internal static class LegCheck
{
    public static void Check(ProcedureContent content, DefectList defects)
    {
        if (content.Legs.Count == 0 && content.States.All(s => s.Legs.Count == 0 && s.Join is null))
        {
            return;
        }

        var legs = content.Legs.DistinctBy(l => l.Name).ToDictionary(l => l.Name, StringComparer.Ordinal);
        foreach (var twice in content.Legs.GroupBy(l => l.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            defects.Error(DefectCodes.DuplicateCode, twice.Last().Place, $"two legs are called '{twice.Key}'", "give one of them another name");
        }

        foreach (var leg in content.Legs)
        {
            CheckLeg(leg, content, legs, defects);
        }

        var superstates = content.States.Select(s => s.Parent).ToHashSet();
        foreach (var state in content.States)
        {
            CheckState(state, content, legs, superstates.Contains(state.Name), defects);
        }

        foreach (var leg in legs.Values.Where(l => !content.States.Any(s => s.Legs.Contains(l.Name))))
        {
            defects.Warn(DefectCodes.UnknownLeg, leg.Place, $"no state waits for the leg '{leg.Name}'", "name it under the 'legs' of a state, or remove it");
        }
    }

    private static void CheckLeg(LegDefinition leg, ProcedureContent content, Dictionary<string, LegDefinition> legs, DefectList defects)
    {
        if (LegPlace.Parse(leg.Unit) is null)
        {
            defects.Error(
                DefectCodes.LegUnit,
                leg.Place,
                $"the unit of the leg '{leg.Name}' is '{leg.Unit}'",
                "write 'receiving', 'competent', 'above', 'province', 'district', 'commune' or a unit's code, and before it an agency, such as 'police of district'");
        }

        if (string.IsNullOrWhiteSpace(leg.Procedure))
        {
            defects.Error(DefectCodes.UnknownLeg, leg.Place, $"the leg '{leg.Name}' names no procedure", "add 'procedure: <code>'");
        }

        foreach (var after in leg.After.Where(a => !legs.ContainsKey(a)))
        {
            defects.Error(DefectCodes.UnknownLeg, leg.Place, $"the leg '{leg.Name}' comes after '{after}', which is not defined", Mend(after, [.. legs.Keys]));
        }

        if (leg.After.All(legs.ContainsKey) && IsCircle(leg, legs))
        {
            defects.Error(DefectCodes.Join, leg.Place, $"the leg '{leg.Name}' comes after itself", "break the circle of 'after'");
        }

        foreach (var field in leg.Fields.Where(f => !content.Fields.Any(d => d.Name == f.From)))
        {
            defects.Error(DefectCodes.Join, leg.Place, $"the leg '{leg.Name}' takes the field '{field.From}', which the procedure does not have", Mend(field.From, [.. content.Fields.Select(f => f.Name)]));
        }

        foreach (var document in leg.Documents.Where(c => !content.Documents.Any(d => d.Code == c)))
        {
            defects.Error(DefectCodes.Join, leg.Place, $"the leg '{leg.Name}' takes the document '{document}', which the procedure does not have", Mend(document, [.. content.Documents.Select(d => d.Code)]));
        }
    }

    private static void CheckState(StateDefinition state, ProcedureContent content, Dictionary<string, LegDefinition> legs, bool isSuperstate, DefectList defects)
    {
        if ((state.Legs.Count == 0) != (state.Join is null))
        {
            var (message, mend) = state.Join is null
                ? ($"the state '{state.Name}' has legs, and nothing says how it is left", "add 'join: { when: all, fire: <trigger> }'")
                : ($"the state '{state.Name}' has a join and no legs", "add 'legs: [...]', or remove 'join'");
            defects.Error(DefectCodes.Join, state.Place, message, mend);
        }

        if (state.Legs.Count > 0 && (state.IsFinal || isSuperstate))
        {
            defects.Error(DefectCodes.Join, state.Place, $"the state '{state.Name}' is {(state.IsFinal ? "final" : "a superstate")}, so it waits for nothing", "give its legs to a state in which a dossier is");
        }

        foreach (var name in state.Legs.Where(l => !legs.ContainsKey(l)))
        {
            defects.Error(DefectCodes.UnknownLeg, state.Place, $"the state '{state.Name}' waits for the leg '{name}', which is not defined", Mend(name, [.. legs.Keys]));
        }

        if (state.Legs.GroupBy(l => l, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            defects.Error(DefectCodes.DuplicateCode, state.Place, $"the state '{state.Name}' waits for the leg '{twice.Key}' twice", "name it once");
        }

        var own = state.Legs.Where(legs.ContainsKey).Select(l => legs[l]).ToList();
        foreach (var leg in own)
        {
            if (leg.After.FirstOrDefault(a => legs.ContainsKey(a) && !state.Legs.Contains(a)) is { } elsewhere)
            {
                defects.Error(DefectCodes.Join, state.Place, $"the leg '{leg.Name}' comes after '{elsewhere}', for which the state '{state.Name}' does not wait", $"add '{elsewhere}' to the legs of the state");
            }
        }

        if (own.Count(l => l.IsLead) > 1)
        {
            defects.Error(DefectCodes.Join, state.Place, $"more than one leg of the state '{state.Name}' leads", "keep 'lead: true' in one of them");
        }

        if (state.Join is { } join)
        {
            CheckTrigger(state, join.Fire, content, defects);
            if (join.Otherwise is { } otherwise)
            {
                CheckTrigger(state, otherwise, content, defects);
            }
        }
    }

    // The system fires it by itself: it has to be there, be nobody else's to hurry, and need nothing that the system lacks.
    private static void CheckTrigger(StateDefinition state, string trigger, ProcedureContent content, DefectList defects)
    {
        var parents = ProcedureReach.Parents(content);
        var level = ProcedureReach.SelfAndAbove(state.Name, parents).FirstOrDefault(s => content.Transitions.Any(t => t.From == s && t.Trigger == trigger));
        if (level is null)
        {
            defects.Error(DefectCodes.Join, state.Place, $"the join of '{state.Name}' fires '{trigger}', which the state does not permit", "permit the trigger in this state");
            return;
        }

        var definition = ProcedureTriggers.All(content).First(t => t.Name == trigger);
        var from = content.States.First(s => s.Name == level);
        if (content.Roles.Count > 0
            && content.Transitions.Where(t => t.From == level && t.Trigger == trigger)
                .Any(t => !ProcedureTriggers.RolesOf(t, definition, from, content).Contains(ProcedureContent.SystemRole)))
        {
            defects.Error(
                DefectCodes.Join,
                state.Place,
                $"the join of '{state.Name}' fires '{trigger}', which is not the system's, so somebody could fire it before the legs have ended",
                $"open it with 'by: [{ProcedureContent.SystemRole}]'");
        }

        if (content.Transitions.Any(t => t.From == level && t.Trigger == trigger && t.Stays))
        {
            defects.Error(DefectCodes.Join, state.Place, $"the join of '{state.Name}' fires '{trigger}', which stays, so the dossier would wait for legs that have ended", "lead to another state");
        }

        if (ProcedureCheck.MissingToSilence(definition.Act, content) is { } missing)
        {
            defects.Error(
                DefectCodes.Join,
                state.Place,
                $"the join of '{state.Name}' fires '{trigger}', which needs {missing}, and the system has none to give",
                "fire a trigger whose act needs nothing, such as a step");
        }
    }

    private static bool IsCircle(LegDefinition leg, Dictionary<string, LegDefinition> legs)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(leg.After);
        while (open.TryPop(out var name))
        {
            if (name == leg.Name)
            {
                return true;
            }

            if (seen.Add(name) && legs.TryGetValue(name, out var before))
            {
                foreach (var after in before.After)
                {
                    open.Push(after);
                }
            }
        }

        return false;
    }

    private static string Mend(string word, List<string> names) => Spelling.Nearest(word, names) is { } nearest
        ? $"did you mean '{nearest}'?"
        : names.Count is 0 or > 20 ? "correct the name, or define it" : $"use one of: {string.Join(", ", names)}";
}
