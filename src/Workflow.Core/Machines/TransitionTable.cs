namespace Workflow.Core.Machines;

/// <summary>A frozen state machine: which state a trigger leads to, for every state.</summary>
/// <remarks>
/// <para>Made by <see cref="MachineBuilder{TContext}.Build"/>. Immutable and safe to share between threads; one table serves any
/// number of machines, whose state their owner keeps. <see cref="Evaluate"/>, <see cref="Fire"/>, <see cref="Exited"/> and
/// <see cref="Entered"/> allocate nothing themselves.</para>
/// <para>A transition leaves the states that do not contain both ends and enters those that lead to the destination. So a state is not
/// left when one of its substates is entered, and is not entered again when the machine comes back to it from a substate; its
/// initial transition is followed in both cases where it is the destination.</para>
/// </remarks>
/// <typeparam name="TContext">What guards and actions are given.</typeparam>
public sealed class TransitionTable<TContext> : IStateMachine<TContext>
{
    private readonly NameList _states;
    private readonly NameList _triggers;
    private readonly StateTree _tree;
    private readonly TransitionRows<TContext> _rows;
    private readonly Transition[] _transitions;
    private readonly Guard<TContext>[][] _guards;
    private readonly bool[] _final;
    private readonly bool _hasActions;
    private readonly StateAction<TContext>[][] _entryActions;
    private readonly StateAction<TContext>[][] _exitActions;

    internal TransitionTable(NameList states, NameList triggers, StateId initial, StateConfiguration<TContext>[] configurations)
    {
        _states = states;
        _triggers = triggers;
        Initial = initial;
        States = states.AsReadOnly();
        Triggers = triggers.AsReadOnly();
        _tree = new StateTree(
            [.. configurations.Select(state => state.Parents is [int parent] ? parent : -1)],
            [.. configurations.Select(state => state.InitialSubstates is [int substate] ? substate : -1)]);
        _rows = new TransitionRows<TContext>(_tree, configurations);
        _transitions =
        [
            .. configurations.SelectMany((state, index) => state.Transitions.Select(declared => new Transition(
                new StateId(index), new TriggerId(declared.Trigger), new StateId(declared.Destination), declared.Kind,
                Array.AsReadOnly(Array.ConvertAll(declared.Guards, guard => guard.Name))))),
        ];
        Transitions = Array.AsReadOnly(_transitions);
        _guards = [.. configurations.SelectMany(state => state.Transitions.Select(declared => declared.Guards))];
        _final = [.. configurations.Select(state => state.IsFinal)];
        _entryActions = [.. configurations.Select(state => state.EntryActions.ToArray())];
        _exitActions = [.. configurations.Select(state => state.ExitActions.ToArray())];
        _hasActions = _entryActions.Concat(_exitActions).Any(actions => actions.Length > 0);
    }

    /// <summary>The names of the states, in the order of their first mention.</summary>
    public IReadOnlyList<string> States { get; }

    /// <summary>The names of the triggers, in the order of their first mention.</summary>
    public IReadOnlyList<string> Triggers { get; }

    /// <summary>Every transition, by the index of its source, then in the order of declaration.</summary>
    public IReadOnlyList<Transition> Transitions { get; }

    /// <inheritdoc/>
    public StateId Initial { get; }

    /// <summary>Finds a state by its name, compared ordinally.</summary>
    /// <param name="name">The name.</param>
    /// <param name="state">The state; meaningless when there is none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public bool TryGetState(string name, out StateId state)
    {
        bool found = _states.TryFind(name, out int index);
        state = new StateId(index);
        return found;
    }

    /// <summary>Finds a trigger by its name, compared ordinally.</summary>
    /// <param name="name">The name.</param>
    /// <param name="trigger">The trigger; meaningless when there is none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public bool TryGetTrigger(string name, out TriggerId trigger)
    {
        bool found = _triggers.TryFind(name, out int index);
        trigger = new TriggerId(index);
        return found;
    }

    /// <summary>The state of that name, compared ordinally.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">The table has no such state.</exception>
    public StateId State(string name) => TryGetState(name, out StateId state)
        ? state
        : throw new ArgumentException($"The table has no state '{name}'; see States for the names.", nameof(name));

    /// <summary>The trigger of that name, compared ordinally.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">The table has no such trigger.</exception>
    public TriggerId Trigger(string name) => TryGetTrigger(name, out TriggerId trigger)
        ? trigger
        : throw new ArgumentException($"The table has no trigger '{name}'; see Triggers for the names.", nameof(name));

    /// <summary>The name of a state.</summary>
    /// <param name="state">The state.</param>
    /// <exception cref="ArgumentOutOfRangeException">The state is not one of this table.</exception>
    public string NameOf(StateId state) => _states[Checked(state)];

    /// <summary>The name of a trigger.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <exception cref="ArgumentOutOfRangeException">The trigger is not one of this table.</exception>
    public string NameOf(TriggerId trigger) => _triggers[Checked(trigger)];

    /// <summary>Whether the state was declared final.</summary>
    /// <param name="state">The state.</param>
    /// <exception cref="ArgumentOutOfRangeException">The state is not one of this table.</exception>
    public bool IsFinal(StateId state) => _final[Checked(state)];

    /// <summary>Whether one state is the other, or a substate of it at any depth.</summary>
    /// <param name="state">The inner state.</param>
    /// <param name="ancestorOrSelf">The outer state.</param>
    /// <exception cref="ArgumentOutOfRangeException">A state is not one of this table.</exception>
    public bool IsIn(StateId state, StateId ancestorOrSelf) => _tree.IsIn(Checked(state), Checked(ancestorOrSelf));

    /// <summary>The superstate; null for an outermost state.</summary>
    /// <param name="state">The state.</param>
    /// <exception cref="ArgumentOutOfRangeException">The state is not one of this table.</exception>
    public StateId? Parent(StateId state) => _tree.Parent(Checked(state)) is >= 0 and int parent ? new StateId(parent) : null;

    /// <summary>The direct substate that the state's initial transition leads to; null when it has none.</summary>
    /// <param name="state">The state.</param>
    /// <exception cref="ArgumentOutOfRangeException">The state is not one of this table.</exception>
    public StateId? InitialSubstate(StateId state) =>
        _tree.InitialSubstate(Checked(state)) is >= 0 and int substate ? new StateId(substate) : null;

    /// <summary>The names of the actions that run when the state is entered, in that order.</summary>
    /// <param name="state">The state.</param>
    /// <exception cref="ArgumentOutOfRangeException">The state is not one of this table.</exception>
    public IReadOnlyList<string> EntryActions(StateId state) => Array.ConvertAll(_entryActions[Checked(state)], action => action.Name);

    /// <summary>The names of the actions that run when the state is left, in that order.</summary>
    /// <param name="state">The state.</param>
    /// <exception cref="ArgumentOutOfRangeException">The state is not one of this table.</exception>
    public IReadOnlyList<string> ExitActions(StateId state) => Array.ConvertAll(_exitActions[Checked(state)], action => action.Name);

    /// <summary>The guards of a transition, in the order of declaration; empty when it is unguarded.</summary>
    /// <param name="transitionIndex">Its position in <see cref="Transitions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The table has no such transition.</exception>
    public IReadOnlyList<Guard<TContext>> GuardsOf(int transitionIndex)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)transitionIndex, (uint)_guards.Length, nameof(transitionIndex));
        return Array.AsReadOnly(_guards[transitionIndex]);
    }

    /// <summary>Runs the entry actions of one state, none of its superstates: for a machine that keeps its own order of states.</summary>
    /// <param name="state">The state.</param>
    /// <param name="context">What the actions are given.</param>
    /// <exception cref="ArgumentOutOfRangeException">The state is not one of this table.</exception>
    public void RunEntryActions(StateId state, TContext context) => Run(_entryActions[Checked(state)], context);

    /// <summary>Runs the exit actions of one state, none of its superstates: for a machine that keeps its own order of states.</summary>
    /// <param name="state">The state.</param>
    /// <param name="context">What the actions are given.</param>
    /// <exception cref="ArgumentOutOfRangeException">The state is not one of this table.</exception>
    public void RunExitActions(StateId state, TContext context) => Run(_exitActions[Checked(state)], context);

    /// <summary>The states that a firing leaves, innermost first; empty unless it moved or reentered.</summary>
    /// <param name="firing">An answer of this table.</param>
    /// <exception cref="ArgumentException">The firing names a state or a transition that this table does not have.</exception>
    public ReadOnlySpan<StateId> Exited(Firing firing) =>
        ChangesState(firing) ? _tree.Left(Checked(firing.Source), Kept(firing)) : default;

    /// <summary>
    /// The states that a firing enters, outermost first down to the declared destination, then down its initial transitions;
    /// empty unless it moved or reentered.
    /// </summary>
    /// <param name="firing">An answer of this table.</param>
    /// <exception cref="ArgumentException">The firing names a state or a transition that this table does not have.</exception>
    public ReadOnlySpan<StateId> Entered(Firing firing) =>
        ChangesState(firing) ? _tree.Reached(Taken(firing).Destination.Index, Kept(firing)) : default;

    /// <inheritdoc/>
    public Firing Evaluate(StateId state, TriggerId trigger, TContext context)
    {
        Checked(state);
        Checked(trigger);
        return _rows.Evaluate(state, trigger, context);
    }

    /// <inheritdoc/>
    public Firing Fire(StateId state, TriggerId trigger, TContext context)
    {
        Firing firing = Evaluate(state, trigger, context);
        if (_hasActions && ChangesState(firing))
        {
            Run(_exitActions, Exited(firing), context);
            Run(_entryActions, Entered(firing), context);
        }

        return firing;
    }

    /// <inheritdoc/>
    public int PermittedTriggers(StateId state, TContext context, Span<TriggerId> permitted)
    {
        Checked(state);
        return _rows.Permitted(state, context, permitted);
    }

    /// <inheritdoc/>
    public IReadOnlyList<TriggerId> PermittedTriggers(StateId state, TContext context)
    {
        Checked(state);
        var permitted = new TriggerId[_rows.Declared(state)];
        int count = _rows.Permitted(state, context, permitted);
        return count == permitted.Length ? permitted : permitted[..count];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> UnmetGuards(StateId state, TriggerId trigger, TContext context)
    {
        Checked(state);
        Checked(trigger);
        return _rows.Unmet(state, trigger, context);
    }

    private static bool ChangesState(Firing firing) => firing.Outcome is FiringOutcome.Moved or FiringOutcome.Reentered;

    private static void Run(StateAction<TContext>[][] actions, ReadOnlySpan<StateId> states, TContext context)
    {
        foreach (StateId state in states)
        {
            Run(actions[state.Index], context);
        }
    }

    private static void Run(StateAction<TContext>[] actions, TContext context)
    {
        foreach (StateAction<TContext> action in actions)
        {
            action.Run(context);
        }
    }

    // How many states, counted from the outermost, stay active: a reentry leaves its own state too.
    private int Kept(Firing firing)
    {
        Transition taken = Taken(firing);
        return taken.Kind == TransitionKind.Reentry
            ? _tree.Depth(taken.Source.Index)
            : _tree.Shared(Checked(firing.Source), taken.Destination.Index);
    }

    private Transition Taken(Firing firing) => (uint)firing.TransitionIndex < (uint)_transitions.Length
        ? _transitions[firing.TransitionIndex]
        : throw new ArgumentException($"The table has no transition {firing.TransitionIndex}; pass an answer of this table.", nameof(firing));

    private int Checked(StateId state)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)state.Index, (uint)_final.Length, nameof(state));
        return state.Index;
    }

    private int Checked(TriggerId trigger)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)trigger.Index, (uint)_triggers.Count, nameof(trigger));
        return trigger.Index;
    }
}
