using Workflow.Core.Definitions;
using Workflow.Core.Procedures;

namespace Workflow.Core.StepTables;

/// <summary>What became of one table of timed steps. Immutable, safe to share between threads.</summary>
/// <param name="Table">The table's name in its file.</param>
/// <param name="Code">The code of the procedure that the table states; null when it states none.</param>
/// <param name="Place">Where the table begins.</param>
public sealed record ImportedTable(string Table, string? Code, SourcePlace Place)
{
    /// <summary>The procedure, not yet compiled; null exactly when the table has an error.</summary>
    public ProcedureContent? Procedure { get; init; }

    /// <summary>What is wrong with the table, in the order of its rows.</summary>
    public IReadOnlyList<Defect> Defects { get; init; } = [];
}
