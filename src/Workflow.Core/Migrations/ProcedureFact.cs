namespace Workflow.Core.Migrations;

/// <summary>One thing that a definition says, at its path.</summary>
/// <param name="Path">Where, unique within a definition.</param>
/// <param name="Value">What it says; what stands for a part is a short text about it.</param>
/// <param name="Weight">What a change of it weighs.</param>
internal sealed record ProcedureFact(string Path, string Value, DifferenceWeight Weight)
{
    /// <summary>The path of the part that it belongs to; null for what the definition itself says.</summary>
    public string? Part { get; init; }

    /// <summary>Whether it stands for a part as a whole: its members are facts of their own.</summary>
    public bool IsPart { get; init; }

    /// <summary>The parts in their order, when this fact is that order alone.</summary>
    public IReadOnlyList<string>? Keys { get; init; }

    public DifferenceWeight WhenAdded { get; init; } = Weight;

    public DifferenceWeight WhenRemoved { get; init; } = Weight;
}
