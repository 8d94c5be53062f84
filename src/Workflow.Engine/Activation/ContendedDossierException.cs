using Workflow.Core.Dossiers;

namespace Workflow.Engine.Activation;

/// <summary>A command was decided again and again and other writers were faster each time. Nothing was done; it may be given again.</summary>
/// <param name="code">The dossier.</param>
public sealed class ContendedDossierException(DossierCode code)
    : Exception($"Dossier {code} is being changed by other hosts all the time: give the command again, and see why so many commands meet on one dossier.")
{
    /// <summary>The dossier.</summary>
    public DossierCode Code { get; } = code;
}
