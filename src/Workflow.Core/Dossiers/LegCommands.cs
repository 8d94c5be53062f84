using Workflow.Core.Procedures;

namespace Workflow.Core.Dossiers;

/// <summary>Whose leg a submitted dossier is.</summary>
/// <param name="Parent">The code of the dossier that waits for it.</param>
/// <param name="Number">The leg's number there.</param>
/// <param name="Owner">The account that it is for: the parent's owner, who supplements and pays it.</param>
public sealed record LegOrigin(string Parent, int Number, string Owner);

/// <summary>Tells a dossier that the dossier of one of its legs exists. Given by the engine alone.</summary>
/// <param name="Number">The leg's number.</param>
/// <param name="Code">The code of the leg's dossier.</param>
public sealed record OpenLeg(int Number, string Code) : DossierCommand;

/// <summary>Tells a dossier that an agency has taken up its leg. Given by the engine alone.</summary>
/// <param name="Number">The leg's number.</param>
/// <param name="At">When that was.</param>
public sealed record AcknowledgeLeg(int Number, DateTimeOffset At) : DossierCommand;

/// <summary>Tells a dossier how one of its legs ended. Given by the engine alone.</summary>
/// <param name="Number">The leg's number.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="At">When that was.</param>
public sealed record EndLeg(int Number, LegOutcome Outcome, DateTimeOffset At) : DossierCommand
{
    /// <summary>The number or code of its result, or null.</summary>
    public string? Result { get; init; }

    /// <summary>The state in which its dossier ended; null when it was never submitted.</summary>
    public string? State { get; init; }

    /// <summary>The portal status there, or null.</summary>
    public PortalStatus? Status { get; init; }

    /// <summary>The names of the guards for which its submission was refused; empty when it was submitted.</summary>
    public IReadOnlyList<string> Unmet { get; init; } = [];
}
