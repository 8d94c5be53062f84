namespace Workflow.Core.Machines;

/// <summary>What a transition does to the state.</summary>
public enum TransitionKind
{
    /// <summary>Leads to another state.</summary>
    Move,

    /// <summary>Leaves the declaring state and enters it again.</summary>
    Reentry,

    /// <summary>Is taken without leaving or entering a state.</summary>
    Internal,

    /// <summary>Takes the trigger without any effect.</summary>
    Ignore,
}

/// <summary>A transition as it was declared, for diagrams and verifiers. Immutable; compared by reference.</summary>
public sealed class Transition
{
    internal Transition(StateId source, TriggerId trigger, StateId destination, TransitionKind kind, IReadOnlyList<string> guards)
    {
        Source = source;
        Trigger = trigger;
        Destination = destination;
        Kind = kind;
        Guards = guards;
    }

    /// <summary>The state that declares the transition; its substates inherit it.</summary>
    public StateId Source { get; }

    /// <summary>The trigger that it answers.</summary>
    public TriggerId Trigger { get; }

    /// <summary>The declared destination, before initial transitions; <see cref="Source"/> unless <see cref="Kind"/> is <see cref="TransitionKind.Move"/>.</summary>
    public StateId Destination { get; }

    /// <summary>What it does to the state.</summary>
    public TransitionKind Kind { get; }

    /// <summary>The names of its guards in the order of declaration; empty when it is unguarded.</summary>
    public IReadOnlyList<string> Guards { get; }
}
