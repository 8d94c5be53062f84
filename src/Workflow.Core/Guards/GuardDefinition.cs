namespace Workflow.Core.Guards;

/// <summary>A guard that is code: known by its name and version, which enter the content hash of each procedure that uses it.</summary>
/// <remarks>Immutable; <see cref="Holds"/> must be pure and safe to call from many threads at once.</remarks>
public sealed class GuardDefinition
{
    /// <summary>Creates a guard.</summary>
    /// <param name="name">Its name, such as <c>fees-paid</c>: letters, digits and hyphens.</param>
    /// <param name="version">Its version, from 1. A guard that would answer otherwise than before is a new version.</param>
    /// <param name="explanation">What is unmet when it does not hold, for people: "the fees are not paid".</param>
    /// <param name="holds">The condition. Pure.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not a guard's name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="version"/> is below 1.</exception>
    public GuardDefinition(string name, int version, string explanation, Func<IDossierFacts, bool> holds)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            throw new ArgumentException($"'{name}' is not a guard's name: use letters, digits and hyphens.", nameof(name));
        }

        Name = name;
        Version = version;
        Explanation = explanation;
        Holds = holds;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The version, from 1.</summary>
    public int Version { get; }

    /// <summary>What is unmet when the guard does not hold, for people.</summary>
    public string Explanation { get; }

    /// <summary>The condition.</summary>
    public Func<IDossierFacts, bool> Holds { get; }

    /// <summary>The name by which a procedure refers to exactly this guard: <c>fees-paid@1</c>.</summary>
    public string Reference => $"{Name}@{Version}";
}
