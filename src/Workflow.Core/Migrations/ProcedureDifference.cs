namespace Workflow.Core.Migrations;

/// <summary>How a part of a procedure differs between two definitions.</summary>
public enum DifferenceKind
{
    /// <summary>The second definition alone has it.</summary>
    Added,

    /// <summary>The first definition alone has it.</summary>
    Removed,

    /// <summary>Both have it, with different values.</summary>
    Changed,

    /// <summary>Both have the same parts in another order.</summary>
    Reordered,
}

/// <summary>How much a difference weighs. Ascending.</summary>
public enum DifferenceWeight
{
    /// <summary>Names, labels, sources: what people read.</summary>
    ForPeople,

    /// <summary>New dossiers are treated otherwise; running ones can be moved without losing anything.</summary>
    Behaviour,

    /// <summary>Running dossiers may rest on what is gone, or lack what is now demanded.</summary>
    Breaking,
}

/// <summary>One difference between two definitions of a procedure.</summary>
/// <param name="Kind">How they differ.</param>
/// <param name="Path">Where, in the keys of definition files, such as <c>states.signing.limit</c>; a name that holds a point or a quote is quoted.</param>
/// <param name="Before">What the first definition says there; null when nothing.</param>
/// <param name="After">What the second one says there; null when nothing.</param>
/// <param name="Weight">How much it weighs.</param>
public sealed record ProcedureDifference(DifferenceKind Kind, string Path, string? Before, string? After, DifferenceWeight Weight)
{
    /// <summary>Returns the path and both values in one line.</summary>
    public override string ToString() => $"{Path}: {Before ?? "(nothing)"} -> {After ?? "(nothing)"}";
}
