using Workflow.Core.Dossiers;

namespace Workflow.Core.Simulation;

/// <summary>One dossier of a simulation and what fate has in store for it.</summary>
internal sealed class SimulatedCase(int index, Actor applicant, Dossier dossier)
{
    public int Index { get; } = index;

    public Actor Applicant { get; } = applicant;

    public Dossier Dossier { get; set; } = dossier;

    /// <summary>How many commands somebody gave; timers are not among them.</summary>
    public int Commands { get; set; } = 1;

    public bool IsRefusedAtIntake { get; init; }

    public bool IsReturnedAtAppraisal { get; set; }

    public bool IsRefusedAfterAppraisal { get; init; }

    public bool IsWithdrawn { get; init; }

    public bool IsNeglected { get; init; }

    public bool IsReappointed { get; set; }

    /// <summary>The share of its limit that a dossier lies on desks, beyond the work itself.</summary>
    public double LyingShare { get; init; }

    /// <summary>How many times officers have let it lie since acceptance.</summary>
    public int Rests { get; set; }
}
