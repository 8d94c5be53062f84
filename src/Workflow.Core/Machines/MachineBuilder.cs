namespace Workflow.Core.Machines;

/// <summary>Declares a machine, state by state, and freezes it into a table.</summary>
/// <remarks>
/// States and triggers are any text of 1 to 200 characters, compared ordinally; they are numbered in the order in which they are
/// first mentioned, as destination or parent too. Not thread-safe; the table is. When <see cref="Build"/> has returned, every
/// further call on the builder or on one of its configurations throws <see cref="InvalidOperationException"/>.
/// </remarks>
/// <typeparam name="TContext">What guards and actions are given.</typeparam>
public sealed class MachineBuilder<TContext>
{
    private readonly Dictionary<int, StateConfiguration<TContext>> _configurations = [];
    private readonly List<int> _initial = [];
    private bool _frozen;

    internal NameList States { get; } = new();

    internal NameList Triggers { get; } = new();

    // Every initial state that was named, without duplicates; a sound machine has one.
    internal IReadOnlyList<int> InitialStates => _initial;

    /// <summary>The configuration of a state; the same object whenever the name is the same.</summary>
    /// <param name="state">The state.</param>
    /// <exception cref="ArgumentNullException"><paramref name="state"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The machine is built.</exception>
    public StateConfiguration<TContext> Configure(string state)
    {
        int index = MentionState(state);
        if (!_configurations.TryGetValue(index, out StateConfiguration<TContext>? configuration))
        {
            configuration = new StateConfiguration<TContext>(this, index);
            _configurations.Add(index, configuration);
        }

        return configuration;
    }

    /// <summary>Names the state a new machine is in.</summary>
    /// <param name="state">The state; another one than in an earlier call is a defect.</param>
    /// <exception cref="ArgumentNullException"><paramref name="state"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The machine is built.</exception>
    public MachineBuilder<TContext> StartIn(string state)
    {
        _initial.AddOnce(MentionState(state));
        return this;
    }

    /// <summary>Checks the machine and freezes it. A machine with defects is not frozen: it can be mended and built again.</summary>
    /// <exception cref="MachineDefinitionException">The machine has defects; the exception bears them all.</exception>
    /// <exception cref="InvalidOperationException">The machine is built already.</exception>
    public TransitionTable<TContext> Build()
    {
        ThrowIfFrozen();
        List<MachineDefect> defects = new MachineInspection<TContext>(this).Run();
        if (defects.Count > 0)
        {
            throw new MachineDefinitionException(defects);
        }

        var table = new TransitionTable<TContext>(
            States, Triggers, new StateId(_initial[0]), [.. Enumerable.Range(0, States.Count).Select(state => _configurations[state])]);
        _frozen = true;
        return table;
    }

    internal StateConfiguration<TContext>? Configured(int state) => _configurations.GetValueOrDefault(state);

    internal int MentionState(string state)
    {
        ThrowIfFrozen();
        ArgumentNullException.ThrowIfNull(state);
        return States.Mention(state);
    }

    internal int MentionTrigger(string trigger)
    {
        ThrowIfFrozen();
        ArgumentNullException.ThrowIfNull(trigger);
        return Triggers.Mention(trigger);
    }

    internal void ThrowIfFrozen()
    {
        if (_frozen)
        {
            throw new InvalidOperationException("The machine is built and can no longer be changed; declare everything before Build.");
        }
    }
}
