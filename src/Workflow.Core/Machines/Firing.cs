namespace Workflow.Core.Machines;

/// <summary>What became of a trigger.</summary>
public enum FiringOutcome
{
    /// <summary>Accepted: the machine ends in another state than it was in.</summary>
    Moved,

    /// <summary>Accepted: at least one state was left and entered again, and the machine ends where it was.</summary>
    Reentered,

    /// <summary>Accepted: an internal transition; no state was left or entered.</summary>
    Internal,

    /// <summary>Accepted and without effect: the trigger is declared as ignored, or an inherited transition leads to the state the machine is in.</summary>
    Ignored,

    /// <summary>Refused: neither the state nor any of its superstates declares the trigger.</summary>
    NotPermitted,

    /// <summary>Refused: the trigger is declared, and every transition for it has an unmet guard.</summary>
    GuardUnmet,

    /// <summary>Refused: two transitions of one state hold at once, and none is picked silently.</summary>
    Ambiguous,
}

/// <summary>The answer to one trigger in one state.</summary>
/// <param name="Outcome">What became of the trigger.</param>
/// <param name="Source">The state the machine was in, which may be a substate of the one that declares the transition.</param>
/// <param name="Trigger">The trigger.</param>
/// <param name="Destination">
/// The state the machine ends in, after the initial transitions of the destination that was declared.
/// Equal to <paramref name="Source"/> unless <paramref name="Outcome"/> is <see cref="FiringOutcome.Moved"/>.
/// </param>
/// <param name="TransitionIndex">
/// The position in <see cref="TransitionTable{TContext}.Transitions"/> of the transition that was taken; -1 when refused.
/// </param>
public readonly record struct Firing(
    FiringOutcome Outcome, StateId Source, TriggerId Trigger, StateId Destination, int TransitionIndex)
{
    /// <summary>Whether the trigger was taken: moved, reentered, internal or ignored.</summary>
    public bool IsAccepted => Outcome <= FiringOutcome.Ignored;
}
