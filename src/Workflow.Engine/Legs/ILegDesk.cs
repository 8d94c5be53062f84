using Workflow.Core.Dossiers;
using Workflow.Core.Engines;

namespace Workflow.Engine.Legs;

/// <summary>What the engine does for the legs of dossiers: commands in its own name, which no queue refuses and whose ids no caller can take.</summary>
internal interface ILegDesk
{
    /// <summary>Submits a leg's dossier. Its place in the line for numbers is taken before the first await.</summary>
    ValueTask<CommandResult> SubmitAsync(SubmitDossier command, CommandId id);

    /// <summary>Gives a command to a dossier.</summary>
    ValueTask<CommandResult> ExecuteAsync(DossierCode code, DossierCommand command, CommandId id);

    /// <summary>Returns a dossier as it is, or as it was a moment ago; null when there is none.</summary>
    ValueTask<DossierSnapshot?> FindAsync(DossierCode code, CancellationToken ct);

    /// <summary>Returns what the system may do with a dossier; null when there is none.</summary>
    ValueTask<IReadOnlyList<PermittedTrigger>?> PermittedAsync(DossierCode code, CancellationToken ct);

    /// <summary>Returns the dossier that a leg was submitted as; null when it was not.</summary>
    ValueTask<DossierCode?> FindSubmittedAsync(CommandId id, CancellationToken ct);
}
