using Stateless;
using Workflow.Core.Machines;

namespace Workflow.StatelessBridge.Machines;

/// <summary>Runs the transitions of a table on a machine of the Stateless package, with the same answers.</summary>
/// <remarks>
/// <para>Stateless decides which transition is taken, and in which order states are left and entered. It keeps a machine of its own, so an instance serves one thread
/// at a time, and no guard or action may call it. A table serves any number of threads and is faster: this machine is there to hold the two against each other.</para>
/// <para>Three answers are not taken from Stateless as it gives them. It follows no initial transition by itself: it is led on by a trigger for each, since where the
/// destination holds the state that is left, it would enter what it left again without running its actions. Unmet guards are those that it asked first,
/// of the innermost state, where it names those of the outermost. And an exception because of several transitions that hold is an answer.</para>
/// </remarks>
/// <typeparam name="TContext">What guards and actions are given.</typeparam>
public sealed class StatelessMachine<TContext> : IStateMachine<TContext>
{
    // Leads from a state to the substate of its initial transition; no trigger of the table.
    private static readonly TriggerId s_inwards = new(-1);

    private readonly TransitionTable<TContext> _table;
    private readonly StateMachine<StateId, TriggerId> _machine;
    private readonly ILookup<(StateId, TriggerId), int> _declared;

    // The transitions that had an unmet guard when Stateless last asked, with the guard, in the order of asking.
    private readonly List<(int Transition, string Guard)> _unmet = [];
    private StateId _state;
    private TContext _context = default!;
    private bool _acts;

    // Whether a guard threw: then an exception is the guard's and not Stateless's own.
    private bool _threw;

    /// <summary>Builds the machine.</summary>
    /// <param name="table">The table whose transitions it runs.</param>
    /// <exception cref="ArgumentNullException"><paramref name="table"/> is null.</exception>
    public StatelessMachine(TransitionTable<TContext> table)
    {
        ArgumentNullException.ThrowIfNull(table);
        _table = table;
        _state = table.Initial;
        _machine = new StateMachine<StateId, TriggerId>(() => _state, state => _state = state);
        _declared = Enumerable.Range(0, table.Transitions.Count).ToLookup(i => (table.Transitions[i].Source, table.Transitions[i].Trigger));
        for (var i = 0; i < table.States.Count; i++)
        {
            DeclareState(new StateId(i));
        }

        for (var i = 0; i < table.Transitions.Count; i++)
        {
            Declare(i);
        }
    }

    /// <inheritdoc/>
    public StateId Initial => _table.Initial;

    /// <inheritdoc/>
    public Firing Evaluate(StateId state, TriggerId trigger, TContext context) => Run(state, trigger, context, acts: false);

    /// <inheritdoc/>
    public Firing Fire(StateId state, TriggerId trigger, TContext context) => Run(state, trigger, context, acts: true);

    /// <inheritdoc/>
    public int PermittedTriggers(StateId state, TContext context, Span<TriggerId> permitted)
    {
        var count = 0;
        foreach (var trigger in PermittedTriggers(state, context))
        {
            if (count == permitted.Length)
            {
                throw new ArgumentException(
                    $"There is room for {permitted.Length} permitted triggers and there are more; give room for every trigger of the table.", nameof(permitted));
            }

            permitted[count++] = trigger;
        }

        return count;
    }

    /// <inheritdoc/>
    public IReadOnlyList<TriggerId> PermittedTriggers(StateId state, TContext context)
    {
        _table.NameOf(state);
        return [.. Enumerable.Range(0, _table.Triggers.Count).Select(i => new TriggerId(i)).Where(t => IsAccepted(Ask(state, t, context)))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> UnmetGuards(StateId state, TriggerId trigger, TContext context)
    {
        _table.NameOf(state);
        _table.NameOf(trigger);
        if (Ask(state, trigger, context) != FiringOutcome.GuardUnmet)
        {
            return [];
        }

        var innermost = _table.Transitions[_unmet[0].Transition].Source;
        return [.. _unmet.Where(u => _table.Transitions[u.Transition].Source == innermost).Select(u => u.Guard).Distinct(StringComparer.Ordinal)];
    }

    private static bool IsAccepted(FiringOutcome outcome) => outcome <= FiringOutcome.Ignored;

    private Firing Run(StateId state, TriggerId trigger, TContext context, bool acts)
    {
        _table.NameOf(state);
        _table.NameOf(trigger);
        var outcome = Ask(state, trigger, context);
        if (!IsAccepted(outcome))
        {
            return new Firing(outcome, state, trigger, state, -1);
        }

        var index = Taken(state, trigger);
        (_state, _context, _acts) = (state, context, acts);
        try
        {
            _machine.Fire(trigger);
            var taken = _table.Transitions[index];
            if (taken.Kind == TransitionKind.Internal)
            {
                return new Firing(FiringOutcome.Internal, state, trigger, state, index);
            }

            if (taken.Kind == TransitionKind.Ignore || (taken.Kind == TransitionKind.Move && taken.Destination == state))
            {
                return new Firing(FiringOutcome.Ignored, state, trigger, state, index);
            }

            while (_table.InitialSubstate(_state) is not null)
            {
                _machine.Fire(s_inwards);
            }

            return new Firing(_state == state ? FiringOutcome.Reentered : FiringOutcome.Moved, state, trigger, _state, index);
        }
        finally
        {
            (_context, _acts) = (default!, false);
        }
    }

    // Whether Stateless would take the trigger (moved, for whatever becomes of it) or, if not, why.
    private FiringOutcome Ask(StateId state, TriggerId trigger, TContext context)
    {
        _unmet.Clear();
        (_state, _context, _threw) = (state, context, false);
        try
        {
            return _machine.CanFire(trigger, out var unmet) ? FiringOutcome.Moved : unmet is { Count: > 0 } ? FiringOutcome.GuardUnmet : FiringOutcome.NotPermitted;
        }
        catch (InvalidOperationException) when (!_threw)
        {
            return FiringOutcome.Ambiguous;
        }
        finally
        {
            _context = default!;
        }
    }

    // Stateless does not say which transition it takes, but it asked every guard on the way: it is the innermost that had no unmet one.
    private int Taken(StateId state, TriggerId trigger)
    {
        for (StateId? level = state; level is { } at; level = _table.Parent(at))
        {
            foreach (var index in _declared[(at, trigger)])
            {
                if (!_unmet.Exists(u => u.Transition == index))
                {
                    return index;
                }
            }
        }

        throw new InvalidOperationException($"Stateless takes the trigger '{_table.NameOf(trigger)}' in state '{_table.NameOf(state)}', and every transition for it has an unmet guard.");
    }

    private void DeclareState(StateId id)
    {
        var state = _machine.Configure(id);
        if (_table.Parent(id) is { } parent)
        {
            state.SubstateOf(parent);
        }

        if (_table.InitialSubstate(id) is { } substate)
        {
            state.Permit(s_inwards, substate);
        }

        if (_table.EntryActions(id).Count > 0)
        {
            state.OnEntry(() => Act(_table.RunEntryActions, id));
        }

        if (_table.ExitActions(id).Count > 0)
        {
            state.OnExit(() => Act(_table.RunExitActions, id));
        }
    }

    private void Declare(int index)
    {
        var transition = _table.Transitions[index];
        var state = _machine.Configure(transition.Source);
        var guards = _table.GuardsOf(index).Select(g => Tuple.Create(new Func<bool>(() => Holds(index, g)), g.Name)).ToArray();
        _ = transition.Kind switch
        {
            TransitionKind.Move => state.PermitIf(transition.Trigger, transition.Destination, guards),
            TransitionKind.Reentry => state.PermitReentryIf(transition.Trigger, guards),
            // It takes one guard alone, which must ask all of them, so that each unmet one is known.
            TransitionKind.Internal => state.InternalTransitionIf(transition.Trigger, _ => Array.FindAll(guards, g => !g.Item1()).Length == 0, static () => { }),
            _ => state.IgnoreIf(transition.Trigger, guards),
        };
    }

    private bool Holds(int transition, Guard<TContext> guard)
    {
        _threw = true;
        var holds = guard.Holds(_context);
        _threw = false;
        if (!holds)
        {
            _unmet.Add((transition, guard.Name));
        }

        return holds;
    }

    private void Act(Action<StateId, TContext> run, StateId state)
    {
        if (_acts)
        {
            run(state, _context);
        }
    }
}
