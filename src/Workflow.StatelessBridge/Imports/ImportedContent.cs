using Workflow.Core.Procedures;

namespace Workflow.StatelessBridge.Imports;

/// <summary>Puts the states and transitions of a machine into a definition.</summary>
internal static class ImportedContent
{
    public static ProcedureContent Of(ImportedMachine machine, ProcedureContent rest, List<NotCarried> findings)
    {
        if (rest.Transitions.Count > 0)
        {
            throw new ArgumentException("The definition has transitions, and the machine says what they are; leave them out.", nameof(rest));
        }

        var given = rest.States.ToDictionary(s => s.Name, StringComparer.Ordinal);
        if (given.Keys.Except(machine.States.Select(s => s.Name), StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            throw new ArgumentException($"The definition has the state '{unknown}', and the machine has none of that name; correct the name.", nameof(rest));
        }

        var transitions = new InitialTransitions(machine, findings).Follow();
        var ends = Ends(machine, transitions);
        var carried = transitions.Where(t => !ends.Contains(t.From)).ToList();
        foreach (var lost in transitions.Where(t => ends.Contains(t.From)))
        {
            findings.Add(new NotCarried(
                NotCarriedKind.TriggerOfTheEnd, lost.From, lost.Trigger, "that the trigger is taken there", "nothing leads out of the state, so the dossier has ended and takes no trigger"));
        }

        foreach (var alternatives in transitions.Where(t => ends.Contains(t.From)).GroupBy(t => (t.From, t.Trigger)))
        {
            carried.AddRange(Inwards(machine, transitions, ends, alternatives.Key.From, [.. alternatives], findings));
        }

        return rest with
        {
            Initial = machine.Initial,
            States =
            [
                .. machine.States.Select(s => given.GetValueOrDefault(s.Name, new StateDefinition(s.Name)))
                    .Select(s => s with { Parent = machine[s.Name].Parent, IsFinal = s.IsFinal || ends.Contains(s.Name) }),
            ],
            Transitions = carried,
        };
    }

    // Substates that a dossier leaves again inherited what is lost with a superstate in which dossiers end.
    private static IEnumerable<TransitionDefinition> Inwards(
        ImportedMachine machine, IReadOnlyList<TransitionDefinition> all, HashSet<string> ends, string from, List<TransitionDefinition> lost, List<NotCarried> findings)
    {
        foreach (var inner in machine.States.Where(s => s.Parent == from).Select(s => s.Name))
        {
            var own = all.Where(t => t.From == inner && t.Trigger == lost[0].Trigger).ToList();
            if (own.Count == 0)
            {
                var taken = ends.Contains(inner) ? Inwards(machine, all, ends, inner, lost, findings) : lost.Select(t => t with { From = inner, To = inner });
                foreach (var transition in taken)
                {
                    yield return transition;
                }
            }
            else if (own.TrueForAll(t => t.Guards.Count > 0))
            {
                findings.Add(new NotCarried(
                    NotCarriedKind.TriggerOfTheEnd, inner, lost[0].Trigger, $"that '{from}' takes the trigger when no guard in '{inner}' holds",
                    $"'{from}' is an end, which declares no trigger: declare it in '{inner}' alone"));
            }
        }
    }

    // States that a dossier can be in and that neither they nor their superstates lead out of.
    private static HashSet<string> Ends(ImportedMachine machine, IReadOnlyList<TransitionDefinition> transitions)
    {
        var leaving = transitions.Where(t => !t.Stays).Select(t => t.From).ToHashSet(StringComparer.Ordinal);
        var entered = transitions.Where(t => !t.Stays).Select(t => t.To).Append(machine.Initial).ToHashSet(StringComparer.Ordinal);
        return machine.States.Select(s => s.Name)
            .Where(s => (entered.Contains(s) || !machine.HasSubstates(s)) && !machine.SelfAndAbove(s).Any(at => leaving.Contains(at.Name)))
            .ToHashSet(StringComparer.Ordinal);
    }
}
