namespace Workflow.Core.Deadlines;

/// <summary>What becomes of a running time limit while the office waits for the applicant.</summary>
public enum ClockPolicy
{
    /// <summary>The suspended time does not count; the rest of the limit runs from the resumption (the formula of Decision 766/QĐ-TTg).</summary>
    Resume,

    /// <summary>The whole limit counts again from zero when the full dossier arrives (Decree 61/2018/NĐ-CP, Article 19.4).</summary>
    Restart,

    /// <summary>A suspension does not stop the clock.</summary>
    None,
}
