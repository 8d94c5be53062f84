namespace Workflow.Core.Machines;

/// <summary>A state machine that keeps no state of its own: it answers what a trigger does in a given state.</summary>
/// <remarks>
/// A trigger is looked up in the state itself. When none of the transitions there has all its guards met, the superstate is
/// asked, and so on outwards. Two transitions of one state that hold at once are refused as ambiguous.
/// </remarks>
/// <typeparam name="TContext">What guards and actions are given.</typeparam>
public interface IStateMachine<TContext>
{
    /// <summary>The state a new machine is in, as it was declared: its initial transition is not followed and its entry actions are not run.</summary>
    StateId Initial { get; }

    /// <summary>What the trigger would do. Pure: asks guards and runs no action.</summary>
    /// <param name="state">The state the machine is in.</param>
    /// <param name="trigger">The trigger.</param>
    /// <param name="context">What the guards are asked about.</param>
    /// <exception cref="ArgumentOutOfRangeException">The state or the trigger is not one of this machine.</exception>
    Firing Evaluate(StateId state, TriggerId trigger, TContext context);

    /// <summary>
    /// Evaluates the trigger and, when it was accepted, runs the exit actions of the states that are left, innermost first,
    /// then the entry actions of those that are entered, outermost first.
    /// </summary>
    /// <remarks>The caller keeps the state: when an action throws, the exception goes through and the caller's state still stands.</remarks>
    /// <param name="state">The state the machine is in.</param>
    /// <param name="trigger">The trigger.</param>
    /// <param name="context">What guards and actions are given.</param>
    /// <exception cref="ArgumentOutOfRangeException">The state or the trigger is not one of this machine.</exception>
    Firing Fire(StateId state, TriggerId trigger, TContext context);

    /// <summary>Writes the triggers that would be accepted now, by ascending index, and returns their number.</summary>
    /// <remarks>Ignored triggers are accepted, so they are among them; ambiguous ones are not.</remarks>
    /// <param name="state">The state the machine is in.</param>
    /// <param name="context">What the guards are asked about.</param>
    /// <param name="permitted">Where they are written; room for every trigger of the machine is always enough.</param>
    /// <exception cref="ArgumentOutOfRangeException">The state is not one of this machine.</exception>
    /// <exception cref="ArgumentException"><paramref name="permitted"/> has less room than there are permitted triggers.</exception>
    int PermittedTriggers(StateId state, TContext context, Span<TriggerId> permitted);

    /// <summary>The triggers that would be accepted now, by ascending index.</summary>
    /// <param name="state">The state the machine is in.</param>
    /// <param name="context">What the guards are asked about.</param>
    /// <exception cref="ArgumentOutOfRangeException">The state is not one of this machine.</exception>
    IReadOnlyList<TriggerId> PermittedTriggers(StateId state, TContext context);

    /// <summary>
    /// The names of the unmet guards that make the outcome <see cref="FiringOutcome.GuardUnmet"/>, those of the innermost state
    /// that declares the trigger, in the order of declaration and without duplicates. Empty for every other outcome.
    /// </summary>
    /// <param name="state">The state the machine is in.</param>
    /// <param name="trigger">The trigger.</param>
    /// <param name="context">What the guards are asked about.</param>
    /// <exception cref="ArgumentOutOfRangeException">The state or the trigger is not one of this machine.</exception>
    IReadOnlyList<string> UnmetGuards(StateId state, TriggerId trigger, TContext context);
}
