namespace Workflow.Core.Definitions;

/// <summary>A definition cannot be used. Carries every defect that was found, not the first alone.</summary>
public sealed class DefinitionException : Exception
{
    /// <summary>Creates the exception from the defects that were found.</summary>
    /// <param name="defects">The defects, errors among them. Never empty.</param>
    /// <exception cref="ArgumentException"><paramref name="defects"/> is empty.</exception>
    public DefinitionException(IReadOnlyList<Defect> defects)
        : base(Describe(defects)) => Defects = defects;

    /// <summary>Every defect, in the order of their places. Never empty.</summary>
    public IReadOnlyList<Defect> Defects { get; }

    private static string Describe(IReadOnlyList<Defect> defects)
    {
        if (defects.Count == 0)
        {
            throw new ArgumentException("A definition without a defect is no failure.", nameof(defects));
        }

        var first = defects.FirstOrDefault(d => d.Severity == DefectSeverity.Error) ?? defects[0];
        return defects.Count == 1 ? first.ToString() : $"{first} (and {defects.Count - 1} more)";
    }
}
