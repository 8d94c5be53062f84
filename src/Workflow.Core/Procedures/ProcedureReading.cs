using Workflow.Core.Definitions;

namespace Workflow.Core.Procedures;

/// <summary>What came of reading a procedure's file.</summary>
/// <param name="Content">What the file says; null when a part of it could not be read.</param>
/// <param name="Procedure">The compiled procedure; null exactly when <paramref name="Defects"/> holds an error.</param>
/// <param name="Defects">Every defect that was found, in the order of their places; empty for a sound file.</param>
public sealed record ProcedureReading(ProcedureContent? Content, Procedure? Procedure, IReadOnlyList<Defect> Defects);
