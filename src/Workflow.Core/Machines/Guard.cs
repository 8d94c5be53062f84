namespace Workflow.Core.Machines;

/// <summary>A named condition of a transition.</summary>
/// <remarks>
/// The name is what a refusal shows as an unmet guard, so it is written for people. The function must be pure and safe to call
/// from several threads: a table may ask it any number of times, also for questions that fire nothing.
/// </remarks>
/// <typeparam name="TContext">What the condition is asked about.</typeparam>
public sealed class Guard<TContext>
{
    private readonly Func<TContext, bool> _holds;

    /// <summary>Names a condition.</summary>
    /// <param name="name">The name; an empty or overlong one is a defect when the machine is built.</param>
    /// <param name="holds">The condition.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public Guard(string name, Func<TContext, bool> holds)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(holds);
        Name = name;
        _holds = holds;
    }

    /// <summary>The name that a refusal shows.</summary>
    public string Name { get; }

    /// <summary>Whether the condition holds. What the function throws goes through.</summary>
    /// <param name="context">What the condition is asked about.</param>
    public bool Holds(TContext context) => _holds(context);
}
