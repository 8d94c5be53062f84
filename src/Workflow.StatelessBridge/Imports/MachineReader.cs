using Stateless;
using Stateless.Reflection;
using Workflow.Core.Guards;

namespace Workflow.StatelessBridge.Imports;

/// <summary>Reads a machine through what Stateless shows of it, and writes down what a procedure cannot hold.</summary>
internal sealed class MachineReader<TState, TTrigger>(StateMachine<TState, TTrigger> machine, Func<object, string> nameOf, GuardNaming guards, List<NotCarried> findings)
    where TState : notnull
    where TTrigger : notnull
{
    private readonly Dictionary<object, string> _states = [];
    private readonly Dictionary<object, string> _triggers = [];

    /// <exception cref="ArgumentException">Two states, or two triggers, have one name.</exception>
    public ImportedMachine Read()
    {
        var info = machine.GetInfo();
        var initial = StateName(info.InitialState.UnderlyingState);
        var states = info.States.Select(Read).ToList();
        if (!states.Exists(s => s.Name == initial))
        {
            states.Add(new ImportedState(initial, null, null, []));
        }

        return new ImportedMachine(states, initial);
    }

    private ImportedState Read(StateInfo state)
    {
        var name = StateName(state.UnderlyingState);
        ReadActions(state, name);
        var transitions = new List<ImportedTransition>();
        foreach (var declared in state.FixedTransitions)
        {
            Add(transitions, name, declared, StateName(declared.DestinationState.UnderlyingState), declared.IsInternalTransition);
        }

        foreach (var ignored in state.IgnoredTriggers)
        {
            Add(transitions, name, ignored, name, stays: true);
        }

        foreach (var chosen in state.DynamicTransitions)
        {
            ReadDynamic(chosen, name);
        }

        var parent = state.Superstate is { } superstate ? StateName(superstate.UnderlyingState) : null;
        return new ImportedState(name, parent, InitialOf(state, name), transitions);
    }

    private void Add(List<ImportedTransition> transitions, string state, TransitionInfo declared, string to, bool stays)
    {
        var trigger = TriggerName(declared.Trigger.UnderlyingTrigger);
        if (declared.IsInternalTransition)
        {
            Find(NotCarriedKind.InternalAction, state, trigger, "what the internal transition does", "it is code, and Stateless does not show it; do it where the dossier's event is told");
        }

        var held = new List<ExpressionText>();
        var isWhole = true;
        foreach (var guard in declared.GuardConditionsMethodDescriptions.Where(g => !declared.IsInternalTransition || !GuardNaming.AlwaysHolds(g)))
        {
            isWhole &= Read(guard, state, trigger) is { } text && Added(held, text);
        }

        // With fewer guards it would be permitted more often than it was.
        if (isWhole)
        {
            transitions.Add(new ImportedTransition(state, trigger, to, held, stays));
        }
    }

    private ExpressionText? Read(InvocationInfo guard, string state, string trigger)
    {
        if (GuardNaming.TakesParameters(guard))
        {
            Find(NotCarriedKind.Parameters, state, trigger, "the parameters of the trigger", "a command brings fields instead; declare them and let the guard ask for them");
        }

        if (GuardNaming.DescriptionOf(guard) is not { } description)
        {
            var (what, why) = GuardNaming.IsAroundAny(guard)
                ? ("the asynchronous internal transition", "Stateless shows neither whether it has a guard nor which: declare it as one that is not asynchronous")
                : ("a guard without a name, and the transition with it", "a guard is known by its name: describe it where it is declared");
            Find(NotCarriedKind.UnnamedGuard, state, trigger, what, why);
            return null;
        }

        if (guards.Find(description, out var because) is not { } text)
        {
            Find(NotCarriedKind.GuardName, state, trigger, $"the guard '{description}', and the transition with it", because!);
            return null;
        }

        if (!guards.IsKnown(text))
        {
            Find(NotCarriedKind.MissingGuard, state, trigger, $"the guard '{description}'", $"Stateless does not give its code away: register it as '{text}'");
        }

        return text;
    }

    private void ReadDynamic(DynamicTransitionInfo chosen, string state)
    {
        var possible = chosen.PossibleDestinationStates is { Count: > 0 } destinations ? $" ({string.Join(", ", destinations.Select(d => d.DestinationState))})" : string.Empty;
        Find(
            NotCarriedKind.DynamicTransition,
            state,
            TriggerName(chosen.Trigger.UnderlyingTrigger),
            $"the transition that {Called(chosen.DestinationStateSelectorDescription)} leads somewhere{possible}",
            "its destination is chosen by code: declare a guarded transition to each");
    }

    private void ReadActions(StateInfo state, string name)
    {
        const string Why = "a procedure runs no code: do it where the dossier's event is told";
        foreach (var entry in state.EntryActions)
        {
            var from = entry.FromTrigger is null ? null : NameOfText(entry.FromTrigger);
            Find(NotCarriedKind.EntryAction, name, from, $"the {Manner(entry.Method)}entry action {Called(entry.Method)}", Why);
        }

        Each(state.ExitActions, NotCarriedKind.ExitAction, "exit");
        Each(state.ActivateActions, NotCarriedKind.ActivateAction, "activate");
        Each(state.DeactivateActions, NotCarriedKind.DeactivateAction, "deactivate");

        void Each(IEnumerable<InvocationInfo> actions, NotCarriedKind kind, string what)
        {
            foreach (var action in actions)
            {
                Find(kind, name, null, $"the {Manner(action)}{what} action {Called(action)}", Why);
            }
        }
    }

    private string? InitialOf(StateInfo state, string name)
    {
        if (!state.Substates.Any() || InitialTransitionProbe.Of(machine, (TState)state.UnderlyingState) is not { } told)
        {
            return null;
        }

        var named = state.Substates.Where(s => told.LeadsTo(s.UnderlyingState)).ToList();
        if (named.Count == 1)
        {
            return StateName(named[0].UnderlyingState);
        }

        Find(NotCarriedKind.InitialTransition, name, null, "the initial transition", $"it leads to no direct substate that could be told by its text ({told.Text}); lead to the substate instead");
        return null;
    }

    private string StateName(object state) => Name(_states, state, "states");

    private string TriggerName(object trigger) => Name(_triggers, trigger, "triggers");

    // An entry action shows its trigger as text alone.
    private string NameOfText(string trigger) => _triggers.FirstOrDefault(t => t.Key.ToString() == trigger).Value ?? trigger;

    private string Name(Dictionary<object, string> names, object value, string what)
    {
        if (!names.TryGetValue(value, out var name))
        {
            name = nameOf(value);
            if (names.ContainsValue(name))
            {
                throw new ArgumentException($"Two {what} of the machine have the name '{name}'; give each its own by {nameof(StatelessImportOptions.NameOf)}.");
            }

            names.Add(value, name);
        }

        return name;
    }

    private void Find(NotCarriedKind kind, string state, string? trigger, string what, string why) => findings.Add(new NotCarried(kind, state, trigger, what, why));

    private static bool Added(List<ExpressionText> held, ExpressionText text)
    {
        held.Add(text);
        return true;
    }

    private static string Manner(InvocationInfo action) => action.IsAsync ? "asynchronous " : string.Empty;

    private static string Called(InvocationInfo code) => GuardNaming.DescriptionOf(code) is { } description ? $"'{description}'" : "without a name";
}
