namespace Workflow.Core.StepTables;

/// <summary>A row of a table, read.</summary>
internal sealed record TableStep(StepTableRow Row, StepLabel Label, StepTime Time);

/// <summary>A table of timed steps, read.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Code">The code of its procedure; null when none is stated.</param>
/// <param name="Steps">The steps in their order. Never empty.</param>
/// <param name="Total">The amounts that the stated total consists of; empty when none is stated.</param>
internal sealed record StepTable(string Name, string? Code, IReadOnlyList<TableStep> Steps, IReadOnlyList<StepAmount> Total)
{
    /// <summary>Whether a total is stated. One of nought has no amounts.</summary>
    public bool HasTotal { get; init; }

    /// <summary>Whether a unit had to be assumed, since nothing states one.</summary>
    public bool LacksUnit { get; init; }

    /// <summary>Table and code, for messages.</summary>
    public string Described => Describe(Name, Code);

    public static string Describe(string name, string? code) => code is null ? $"table {name}" : $"table {name} ({code})";
}
