using Workflow.Core.Definitions;
using Workflow.Core.Procedures;

namespace Workflow.Core.Verification;

/// <summary>Finds what is wrong with a procedure that compiles: ways that nobody can take, waits without end, and times that do not add up.</summary>
/// <remarks>
/// Pure: the same procedure and context give the same defects in the same order, by place. Nothing is claimed that is not proven; what
/// depends on guards that are code, or on what the context lacks, is left open. Safe to call from many threads at once.
/// </remarks>
public static class ProcedureVerifier
{
    /// <summary>Verifies a procedure.</summary>
    /// <param name="procedure">The procedure.</param>
    /// <param name="context">What it is verified against; <see cref="VerificationContext.None"/> when null.</param>
    /// <returns>Its defects by place; those that compiling it finds (<see cref="ProcedureReading.Defects"/>) are not repeated. Empty for a sound one.</returns>
    public static IReadOnlyList<Defect> Verify(Procedure procedure, VerificationContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(procedure);
        var view = new ProcedureView(procedure, context ?? VerificationContext.None);
        var defects = new DefectList();
        DeadGuardCheck.Check(view, defects);
        OverlapCheck.Check(view, defects);
        NobodyCheck.Check(view, defects);
        NeverReachedCheck.Check(view, defects);
        LivelockCheck.Check(view, new Endings(view), defects);
        RoleCheck.Check(view, defects);
        LegProcedureCheck.Check(view, defects);
        JoinCheck.Check(view, defects);
        LeadCheck.Check(view, defects);
        TimeCheck.Check(view, defects);
        BudgetCheck.Check(view, defects);
        WaitCheck.Check(view, defects);
        return [.. defects.All.Select(d => d with { Procedure = procedure.Code })];
    }
}
