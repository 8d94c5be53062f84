namespace Workflow.Core.Machines;

/// <summary>Declares one state of a machine. Every method returns this configuration.</summary>
/// <remarks>
/// Every method throws <see cref="ArgumentNullException"/> for a null argument and <see cref="InvalidOperationException"/> when the
/// machine is built. An <c>If</c> method that is given no guard declares an unguarded transition. Not thread-safe.
/// </remarks>
/// <typeparam name="TContext">What guards and actions are given.</typeparam>
public sealed class StateConfiguration<TContext>
{
    private readonly MachineBuilder<TContext> _builder;
    private readonly int _state;

    internal StateConfiguration(MachineBuilder<TContext> builder, int state)
    {
        _builder = builder;
        _state = state;
    }

    internal List<Declaration<TContext>> Transitions { get; } = [];

    // Without duplicates; a sound state has at most one of each.
    internal List<int> Parents { get; } = [];

    internal List<int> InitialSubstates { get; } = [];

    internal List<StateAction<TContext>> EntryActions { get; } = [];

    internal List<StateAction<TContext>> ExitActions { get; } = [];

    internal bool IsFinal { get; private set; }

    /// <summary>The trigger leads to another state.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <param name="destination">The other state; the state itself is a defect (see <see cref="PermitReentry"/>).</param>
    public StateConfiguration<TContext> Permit(string trigger, string destination) =>
        Declare(trigger, destination, TransitionKind.Move, []);

    /// <summary>The trigger leads to another state when every guard holds.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <param name="destination">The other state; the state itself is a defect (see <see cref="PermitReentry"/>).</param>
    /// <param name="guards">The guards, in the order in which unmet ones are named.</param>
    public StateConfiguration<TContext> PermitIf(string trigger, string destination, params Guard<TContext>[] guards) =>
        Declare(trigger, destination, TransitionKind.Move, guards);

    /// <summary>The trigger leads to another state when the condition holds.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <param name="destination">The other state; the state itself is a defect (see <see cref="PermitReentry"/>).</param>
    /// <param name="guardName">The name of the condition when it is unmet.</param>
    /// <param name="holds">The condition.</param>
    public StateConfiguration<TContext> PermitIf(string trigger, string destination, string guardName, Func<TContext, bool> holds) =>
        PermitIf(trigger, destination, new Guard<TContext>(guardName, holds));

    /// <summary>
    /// The trigger leaves this state and enters it again, and its initial transition is followed. Inherited by a substate, it
    /// leaves the substate and this state, enters this state, and so ends here rather than in the substate.
    /// </summary>
    /// <param name="trigger">The trigger.</param>
    public StateConfiguration<TContext> PermitReentry(string trigger) =>
        Declare(trigger, null, TransitionKind.Reentry, []);

    /// <summary>As <see cref="PermitReentry"/>, when every guard holds.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <param name="guards">The guards, in the order in which unmet ones are named.</param>
    public StateConfiguration<TContext> PermitReentryIf(string trigger, params Guard<TContext>[] guards) =>
        Declare(trigger, null, TransitionKind.Reentry, guards);

    /// <summary>As <see cref="PermitReentry"/>, when the condition holds.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <param name="guardName">The name of the condition when it is unmet.</param>
    /// <param name="holds">The condition.</param>
    public StateConfiguration<TContext> PermitReentryIf(string trigger, string guardName, Func<TContext, bool> holds) =>
        PermitReentryIf(trigger, new Guard<TContext>(guardName, holds));

    /// <summary>The trigger is taken and no state, not even a substate the machine is in, is left or entered.</summary>
    /// <param name="trigger">The trigger.</param>
    public StateConfiguration<TContext> InternalTransition(string trigger) =>
        Declare(trigger, null, TransitionKind.Internal, []);

    /// <summary>As <see cref="InternalTransition"/>, when every guard holds.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <param name="guards">The guards, in the order in which unmet ones are named.</param>
    public StateConfiguration<TContext> InternalTransitionIf(string trigger, params Guard<TContext>[] guards) =>
        Declare(trigger, null, TransitionKind.Internal, guards);

    /// <summary>As <see cref="InternalTransition"/>, when the condition holds.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <param name="guardName">The name of the condition when it is unmet.</param>
    /// <param name="holds">The condition.</param>
    public StateConfiguration<TContext> InternalTransitionIf(string trigger, string guardName, Func<TContext, bool> holds) =>
        InternalTransitionIf(trigger, new Guard<TContext>(guardName, holds));

    /// <summary>The trigger is accepted and has no effect; a superstate is not asked.</summary>
    /// <param name="trigger">The trigger.</param>
    public StateConfiguration<TContext> Ignore(string trigger) =>
        Declare(trigger, null, TransitionKind.Ignore, []);

    /// <summary>As <see cref="Ignore"/>, when every guard holds.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <param name="guards">The guards, in the order in which unmet ones are named.</param>
    public StateConfiguration<TContext> IgnoreIf(string trigger, params Guard<TContext>[] guards) =>
        Declare(trigger, null, TransitionKind.Ignore, guards);

    /// <summary>As <see cref="Ignore"/>, when the condition holds.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <param name="guardName">The name of the condition when it is unmet.</param>
    /// <param name="holds">The condition.</param>
    public StateConfiguration<TContext> IgnoreIf(string trigger, string guardName, Func<TContext, bool> holds) =>
        IgnoreIf(trigger, new Guard<TContext>(guardName, holds));

    /// <summary>This state inherits the transitions of its parent wherever its own do not hold.</summary>
    /// <param name="parent">The superstate; another one than in an earlier call is a defect.</param>
    public StateConfiguration<TContext> SubstateOf(string parent)
    {
        Parents.AddOnce(_builder.MentionState(parent));
        return this;
    }

    /// <summary>Whoever enters this state as a destination goes on into the substate.</summary>
    /// <param name="substate">A direct substate; another one than in an earlier call is a defect.</param>
    public StateConfiguration<TContext> InitialTransition(string substate)
    {
        InitialSubstates.AddOnce(_builder.MentionState(substate));
        return this;
    }

    /// <summary>Runs an action when the state is entered, after those declared before.</summary>
    /// <param name="name">The name that diagrams show.</param>
    /// <param name="action">The action; must be safe to call from several threads.</param>
    public StateConfiguration<TContext> OnEntry(string name, Action<TContext> action) => Act(EntryActions, name, action);

    /// <summary>Runs an action when the state is left, after those declared before.</summary>
    /// <param name="name">The name that diagrams show.</param>
    /// <param name="action">The action; must be safe to call from several threads.</param>
    public StateConfiguration<TContext> OnExit(string name, Action<TContext> action) => Act(ExitActions, name, action);

    /// <summary>Nothing leaves this state by its own declaration; it may still inherit transitions, take internal ones and ignore triggers.</summary>
    public StateConfiguration<TContext> AsFinal()
    {
        _builder.ThrowIfFrozen();
        IsFinal = true;
        return this;
    }

    private StateConfiguration<TContext> Declare(string trigger, string? destination, TransitionKind kind, Guard<TContext>[] guards)
    {
        ArgumentNullException.ThrowIfNull(guards);
        if (Array.Exists(guards, guard => guard is null))
        {
            throw new ArgumentException("A guard is null; leave it out instead.", nameof(guards));
        }

        if (kind == TransitionKind.Move)
        {
            ArgumentNullException.ThrowIfNull(destination);
        }

        int triggerIndex = _builder.MentionTrigger(trigger);
        int target = destination is null ? _state : _builder.MentionState(destination);
        Transitions.Add(new Declaration<TContext>(triggerIndex, target, kind, [.. guards]));
        return this;
    }

    private StateConfiguration<TContext> Act(List<StateAction<TContext>> actions, string name, Action<TContext> action)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(action);
        _builder.ThrowIfFrozen();
        actions.Add(new StateAction<TContext>(name, action));
        return this;
    }
}
