using Stateless;

namespace Workflow.StatelessBridge.Imports;

/// <summary>What Stateless tells of a state's initial transition, which its description of a machine leaves out.</summary>
/// <remarks>
/// A state that has an initial transition refuses another one and names the one that it has; a state that has none refuses one to itself. So a state
/// is asked by declaring an initial transition to itself, which changes no machine.
/// </remarks>
/// <param name="Text">The refusal.</param>
internal sealed record InitialTransitionProbe(string Text)
{
    /// <summary>Asks a state of the machine; null when it has no initial transition.</summary>
    /// <exception cref="NotSupportedException">This version of Stateless answers otherwise.</exception>
    public static InitialTransitionProbe? Of<TState, TTrigger>(StateMachine<TState, TTrigger> machine, TState state)
    {
        try
        {
            machine.Configure(state).InitialTransition(state);
        }
        catch (ArgumentException)
        {
            return null;
        }
        catch (InvalidOperationException refusal)
        {
            return new InitialTransitionProbe(refusal.Message);
        }

        throw new NotSupportedException($"This version of Stateless lets state '{state}' have an initial transition to itself, so it cannot be asked for the one it has.");
    }

    /// <summary>Whether the initial transition leads to the state.</summary>
    public bool LeadsTo(object state) => Text.Contains($"({state})", StringComparison.Ordinal);
}
