using Workflow.Core.Procedures;
using static Workflow.Core.Migrations.DifferenceWeight;

namespace Workflow.Core.Migrations;

// Legs, triggers, states and what leads from one to another.
internal sealed partial class ProcedureFacts
{
    private void AddLegs(ProcedureContent content)
    {
        Parts("legs", content.Legs, l => l.Name, Behaviour);
        foreach (var leg in content.Legs)
        {
            var part = Part("legs", leg.Name, leg.Procedure, Behaviour, Breaking);
            Add($"{part}.procedure", leg.Procedure, Breaking, part);
            Add($"{part}.unit", leg.Unit, Behaviour, part);
            Add($"{part}.if", leg.When?.Text, Behaviour, part);
            AddList($"{part}.after", leg.After, Behaviour, part);
            Add($"{part}.limit", leg.Limit?.ToString(), Behaviour, part);
            Add($"{part}.acknowledge", leg.Acknowledge?.ToString(), Behaviour, part);
            Add($"{part}.deemed-after", leg.DeemedAfter?.ToString(), Behaviour, part);
            Add($"{part}.lead", Flag(leg.IsLead), Behaviour, part);
            AddList($"{part}.fields", leg.Fields.Select(f => $"{Segment(f.To)} {Segment(f.From)}"), Behaviour, part);
            AddList($"{part}.documents", leg.Documents, Behaviour, part);
        }
    }

    private void AddMachine(ProcedureContent content)
    {
        var triggers = ProcedureTriggers.All(content);
        Parts("triggers", triggers, t => t.Name, ForPeople);
        foreach (var trigger in triggers)
        {
            var part = Part("triggers", trigger.Name, ActNames.Of(trigger.Act), Behaviour, Behaviour);
            Add($"{part}.act", ActNames.Of(trigger.Act), Behaviour, part);
            AddName($"{part}.label", trigger.Label, part);
            AddList($"{part}.by", trigger.Roles, Behaviour, part);
        }

        Add("initial", content.Initial, Behaviour);
        Parts("states", content.States, s => s.Name, ForPeople);
        var leaving = content.Transitions.ToLookup(t => t.From, StringComparer.Ordinal);
        foreach (var state in content.States)
        {
            var part = Part("states", state.Name, state.Label?.Display ?? state.Name, Behaviour, Breaking);
            AddState(state, part);
            AddTransitions(leaving[state.Name], part);
        }

        // What was not checked may leave states that are not there.
        foreach (var from in leaving.Where(l => !content.States.Any(s => s.Name == l.Key)))
        {
            AddTransitions(from, $"states.{Segment(from.Key)}");
        }
    }

    private void AddState(StateDefinition state, string part)
    {
        AddName($"{part}.label", state.Label, part);
        Add($"{part}.status", state.Status is { } status ? Number((int)status) : null, Behaviour, part);
        Add($"{part}.role", state.Role, Behaviour, part);
        Add($"{part}.parent", state.Parent, Behaviour, part);
        Add($"{part}.final", Flag(state.IsFinal), Breaking, part);
        Add($"{part}.limit", state.Limit?.ToString(), Behaviour, part);
        Add($"{part}.budget", state.Budget, Behaviour, part);
        Add($"{part}.clock", state.SuspendsClock ? "off" : "runs", Behaviour, part);
        AddList($"{part}.legs", state.Legs, Breaking, part);
        Add($"{part}.join.rule", state.Join?.Rule.ToString(), Behaviour, part);
        Add($"{part}.join.when", state.Join?.When?.Text, Behaviour, part);
        Add($"{part}.join.fire", state.Join?.Fire, Behaviour, part);
        Add($"{part}.join.otherwise", state.Join?.Otherwise, Behaviour, part);
        Add($"{part}.timeout.after", state.Timeout?.ToString(), Behaviour, part);
        Add($"{part}.timeout.fire", state.TimeoutTrigger, Behaviour, part);
    }

    // The first trigger of a state is its ordinary way on, and alternatives of a trigger are tried in turn: their order matters.
    private void AddTransitions(IEnumerable<TransitionDefinition> leaving, string state)
    {
        var byTrigger = leaving.GroupBy(t => t.Trigger, StringComparer.Ordinal).ToList();
        Parts($"{state}.on", byTrigger, t => t.Key, Behaviour, state);
        foreach (var alternatives in byTrigger)
        {
            var number = 0;
            foreach (var transition in alternatives)
            {
                var suffix = ++number == 1 ? string.Empty : $".{Number(number)}";
                var part = Part($"{state}.on", transition.Trigger, transition.To, Behaviour, Behaviour, state, suffix);
                Add($"{part}.to", transition.To, Behaviour, part);
                AddList($"{part}.if", transition.Guards.Select(g => _guards.Find(g.Text)?.Reference ?? g.Text), Behaviour, part);
                AddList($"{part}.by", transition.Roles, Behaviour, part);
                Add($"{part}.stays", Flag(transition.Stays), Behaviour, part);
            }
        }
    }
}
