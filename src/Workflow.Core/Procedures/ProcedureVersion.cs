namespace Workflow.Core.Procedures;

/// <summary>A version of a procedure. A dossier keeps the version under which it was received (Circular 01/2018 Art 8).</summary>
/// <param name="Code">The procedure's code, such as <c>1.001193</c>.</param>
/// <param name="Number">The version's number, from 1.</param>
public readonly record struct ProcedureVersion(string Code, int Number)
{
    /// <summary>Returns <c>code@number</c>.</summary>
    public override string ToString() => $"{Code}@{Number}";
}
