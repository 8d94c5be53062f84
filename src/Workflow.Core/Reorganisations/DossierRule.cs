using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;

namespace Workflow.Core.Reorganisations;

/// <summary>Which unit takes a dossier of a unit that is split: holds where every condition that is named does. Immutable.</summary>
/// <param name="To">The code of the unit.</param>
public sealed record DossierRule(string To)
{
    /// <summary>Dossiers of these procedures, by their codes; empty for any.</summary>
    public IReadOnlyList<string> Procedures { get; init; } = [];

    /// <summary>Dossiers in these states; empty for any.</summary>
    public IReadOnlyList<string> States { get; init; } = [];

    /// <summary>Dossiers that these units received; empty for any.</summary>
    public IReadOnlyList<string> ReceivedBy { get; init; } = [];

    /// <summary>These dossiers, by their codes; empty for any.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>Where it stands.</summary>
    public SourcePlace Place { get; init; } = SourcePlace.Code;

    internal bool IsUnconditional => Procedures.Count == 0 && States.Count == 0 && ReceivedBy.Count == 0 && Codes.Count == 0;

    internal bool Holds(Dossier dossier) =>
        Names(Procedures, dossier.Procedure.Code) && Names(States, dossier.StateName) && Names(ReceivedBy, dossier.ReceivingUnit) && Names(Codes, dossier.Code.Value);

    private static bool Names(IReadOnlyList<string> any, string value) => any.Count == 0 || any.Contains(value);
}
