using Workflow.Core.Procedures;

namespace Workflow.StatelessBridge.Imports;

/// <summary>
/// Transitions of a procedure, which has no initial transitions: each leads where the initial transitions of its destination end.
/// </summary>
/// <remarks>
/// One thing is not the same then. In the state where they end, an inherited transition leads to the state itself and so is taken without leaving it,
/// where Stateless leaves the state and enters it again. There the alternatives of the trigger are declared anew, unless a state in between declares
/// the trigger too.
/// </remarks>
internal sealed class InitialTransitions(ImportedMachine machine, List<NotCarried> findings)
{
    public IReadOnlyList<TransitionDefinition> Follow()
    {
        var followed = machine.States.SelectMany(s => s.Transitions).Select(t => t.Stays ? t.Staying(t.From) : t.Leading(t.From, machine.Landing(t.To))).ToList();
        foreach (var alternatives in machine.States.SelectMany(s => s.Transitions.GroupBy(t => t.Trigger, StringComparer.Ordinal)))
        {
            var (from, trigger) = (alternatives.First().From, alternatives.Key);
            foreach (var end in alternatives.Where(IsFollowed).Select(t => machine.Landing(t.To)).Distinct(StringComparer.Ordinal).Where(end => end != from && IsIn(end, from)))
            {
                followed.AddRange(Anew([.. alternatives], from, trigger, end));
            }

            FindStart([.. alternatives], from, trigger);
        }

        return followed;
    }

    private IEnumerable<TransitionDefinition> Anew(List<ImportedTransition> alternatives, string from, string trigger, string end)
    {
        var between = machine.SelfAndAbove(end).TakeWhile(s => s.Name != from).SelectMany(s => s.Transitions).Where(t => t.Trigger == trigger).ToList();
        if (between.Exists(t => t.Guards.Count == 0))
        {
            return [];
        }

        var leadsThere = alternatives.Exists(t => !t.Stays && t.To == end);
        if (between.Count > 0 || (leadsThere && machine.HasSubstates(end)))
        {
            findings.Add(new NotCarried(
                NotCarriedKind.InitialTransition, from, trigger, $"the way from '{end}' through the initial transition back to '{end}'",
                $"a dossier that is there stays; declare the trigger as a re-entry in '{end}'"));
            return [];
        }

        return alternatives.Select(t => t.Stays || t.To == end ? t.Staying(end) : t.Leading(end, machine.Landing(t.To)));
    }

    // A machine that begins in a state is in that state itself, and a trigger that leads there is taken without effect.
    private void FindStart(List<ImportedTransition> alternatives, string from, string trigger)
    {
        if (alternatives.Exists(t => !t.Stays && t.To == machine.Initial && t.To != from && IsFollowed(t)) && IsIn(machine.Initial, from))
        {
            findings.Add(new NotCarried(
                NotCarriedKind.InitialTransition, from, trigger, $"that it has no effect while the machine is in '{machine.Initial}', where it began",
                $"a dossier goes on to '{machine.Landing(machine.Initial)}'; let the machine begin there"));
        }
    }

    private bool IsFollowed(ImportedTransition transition) => !transition.Stays && machine[transition.To].Initial is not null;

    private bool IsIn(string state, string ancestor) => machine.SelfAndAbove(state).Any(s => s.Name == ancestor);
}
