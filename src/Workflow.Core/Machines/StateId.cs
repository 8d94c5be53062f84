namespace Workflow.Core.Machines;

/// <summary>A state of one table: its position in <see cref="TransitionTable{TContext}.States"/>.</summary>
/// <remarks>An id means something in the table it was taken from alone. Equality is that of <paramref name="Index"/>.</remarks>
/// <param name="Index">The position, from 0 (included) to the number of states (excluded).</param>
public readonly record struct StateId(int Index);

/// <summary>A trigger of one table: its position in <see cref="TransitionTable{TContext}.Triggers"/>.</summary>
/// <remarks>An id means something in the table it was taken from alone. Equality is that of <paramref name="Index"/>.</remarks>
/// <param name="Index">The position, from 0 (included) to the number of triggers (excluded).</param>
public readonly record struct TriggerId(int Index);
