namespace Workflow.Core.Machines;

/// <summary>The kinds of defects of a machine definition.</summary>
public enum MachineDefectCode
{
    /// <summary>No state was named as the initial one.</summary>
    NoInitialState,

    /// <summary>A state is mentioned (as destination, parent, initial state) and was never configured.</summary>
    UnknownState,

    /// <summary>The name of a state, trigger, guard or action is empty.</summary>
    EmptyName,

    /// <summary>The name of a state, trigger, guard or action has more than 200 characters.</summary>
    NameTooLong,

    /// <summary>A state is, through its parents, a substate of itself.</summary>
    SubstateCycle,

    /// <summary>A state has more than 63 superstates above it.</summary>
    NestedTooDeep,

    /// <summary>One state has two unguarded transitions for one trigger.</summary>
    DuplicateTransition,

    /// <summary>A plain transition leads to the state that declares it.</summary>
    TransitionToItself,

    /// <summary>An initial transition does not lead to a direct substate.</summary>
    InitialTransitionNotToSubstate,

    /// <summary>A final state declares a transition that leaves it.</summary>
    FinalStateLeft,

    /// <summary>Something that a machine or state has at most one of was given twice, differently.</summary>
    Contradiction,
}

/// <summary>One defect of a machine definition.</summary>
/// <param name="Code">Its kind.</param>
/// <param name="State">The state it is about; null when it is about the machine or a trigger's name.</param>
/// <param name="Trigger">The trigger it is about; null when it is about none.</param>
/// <param name="Message">What is wrong and how to mend it, one line.</param>
public sealed record MachineDefect(MachineDefectCode Code, string? State, string? Trigger, string Message);

/// <summary>A machine could not be built; bears every defect of its definition.</summary>
public sealed class MachineDefinitionException : Exception
{
    internal MachineDefinitionException(IReadOnlyList<MachineDefect> defects)
        : base("The machine has " + (defects.Count == 1 ? "a defect" : $"{defects.Count} defects") + ": "
            + string.Join(" ", defects.Select(defect => defect.Message)))
    {
        Defects = defects;
    }

    /// <summary>Every defect; never empty.</summary>
    public IReadOnlyList<MachineDefect> Defects { get; }
}
