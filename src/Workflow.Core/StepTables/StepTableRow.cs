namespace Workflow.Core.StepTables;

/// <summary>A row as its file gives it: the cells by their columns, trimmed; empty where the file has no such column or cell.</summary>
internal sealed record StepTableRow(int Line, string Table, string Seq, string Time, string Unit, string Task, string Role, string Total, string TotalUnit, string Code, string Decision, string Name);
