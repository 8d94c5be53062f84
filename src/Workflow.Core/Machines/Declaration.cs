namespace Workflow.Core.Machines;

/// <summary>A transition as its state's configuration holds it.</summary>
internal sealed record Declaration<TContext>(int Trigger, int Destination, TransitionKind Kind, Guard<TContext>[] Guards);

/// <summary>An entry or exit action with the name that diagrams show.</summary>
internal sealed record StateAction<TContext>(string Name, Action<TContext> Run);
