using Workflow.Grains.Calls;

namespace Workflow.Grains.Reception;

/// <summary>Where dossiers are submitted: in the silo that is called, as many at once as there are callers. Its key is <c>reception/UNIT</c>, see <see cref="ReceptionGrainKey"/>.</summary>
/// <remarks>Users call it through <see cref="Dossiers.GrainDossierEngine"/>.</remarks>
[Alias("workflow.IReceptionGrain")]
public interface IReceptionGrain : IGrainWithStringKey
{
    /// <summary>Submits a dossier. The answer comes after the commit.</summary>
    [Alias("Submit")]
    ValueTask<CommandAnswer> SubmitAsync(SubmissionCall call);
}
