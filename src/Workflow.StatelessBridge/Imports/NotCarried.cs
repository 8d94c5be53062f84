namespace Workflow.StatelessBridge.Imports;

/// <summary>What a part of a Stateless machine is that a procedure cannot hold.</summary>
public enum NotCarriedKind
{
    /// <summary>Code that runs when a state is entered.</summary>
    EntryAction,

    /// <summary>Code that runs when a state is left.</summary>
    ExitAction,

    /// <summary>Code that runs when the machine is activated in a state.</summary>
    ActivateAction,

    /// <summary>Code that runs when the machine is deactivated in a state.</summary>
    DeactivateAction,

    /// <summary>Code that an internal transition runs; the transition itself is carried as one that stays.</summary>
    InternalAction,

    /// <summary>A transition whose destination is chosen by code.</summary>
    DynamicTransition,

    /// <summary>The parameters of a trigger, which a guard takes; the transition is carried, and its guard by name.</summary>
    Parameters,

    /// <summary>A guard without a description or a method's name, and with it the transition. An asynchronous internal transition may have one.</summary>
    UnnamedGuard,

    /// <summary>A guard whose description gives no name, or one that another description has; and with it the transition.</summary>
    GuardName,

    /// <summary>A guard that the given registry lacks. The transition is carried and names it; no procedure is compiled until it is registered.</summary>
    MissingGuard,

    /// <summary>An initial transition, or what it would do to a dossier that is in the state to which it leads.</summary>
    InitialTransition,

    /// <summary>A trigger that is ignored, or taken internally, in a state that nothing leads out of: there the dossier has ended and takes no trigger.</summary>
    TriggerOfTheEnd,
}

/// <summary>Something that a Stateless machine has and the procedure made of it has not.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="State">The state that declares it.</param>
/// <param name="Trigger">The trigger that it belongs to; null when to none in particular.</param>
/// <param name="What">Its own name or description, as far as it has one.</param>
/// <param name="Why">Why it is not carried and what to do about it, in one line.</param>
public sealed record NotCarried(NotCarriedKind Kind, string State, string? Trigger, string What, string Why)
{
    /// <summary>Returns the whole finding in one line.</summary>
    public override string ToString() => $"{Place}: {What}: {Why}";

    private string Place => Trigger is null ? $"state '{State}'" : $"trigger '{Trigger}' in state '{State}'";
}

/// <summary>A machine has parts that a procedure cannot hold, and the import was to be strict.</summary>
public sealed class NotCarriedException : Exception
{
    internal NotCarriedException(IReadOnlyList<NotCarried> notCarried)
        : base($"The machine has {(notCarried.Count == 1 ? "a part" : $"{notCarried.Count} parts")} that a procedure cannot hold: {string.Join("; ", notCarried)}") =>
        NotCarried = notCarried;

    /// <summary>All of them; never empty.</summary>
    public IReadOnlyList<NotCarried> NotCarried { get; }
}
