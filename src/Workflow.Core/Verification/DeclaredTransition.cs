using Workflow.Core.Procedures;

namespace Workflow.Core.Verification;

/// <summary>A transition as it was declared, with what is known about it.</summary>
/// <param name="Definition">The declaration.</param>
/// <param name="Act">What its trigger means in law.</param>
/// <param name="Roles">Who may fire it; empty when anybody may.</param>
/// <param name="NeverHolds">Whether its guards are proven never to hold together.</param>
internal sealed record DeclaredTransition(TransitionDefinition Definition, Act Act, IReadOnlyList<string> Roles, bool NeverHolds)
{
    public string Name => $"'{Definition.Trigger}' from '{Definition.From}' to '{Definition.To}'";
}

/// <summary>A transition as a state has it, by its own declaration or a superstate's.</summary>
/// <param name="From">The state, by its index.</param>
/// <param name="To">Where it leads, by its index.</param>
/// <param name="Transition">The declaration.</param>
/// <param name="CanBeTaken">False only when it is proven that it is never taken.</param>
internal sealed record Edge(int From, int To, DeclaredTransition Transition, bool CanBeTaken);
