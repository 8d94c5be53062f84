using Orleans.Concurrency;
using Workflow.Grains.Calls;

namespace Workflow.Grains.Dossiers;

/// <summary>One dossier: the one place of a cluster where its commands are decided. Its key is <c>dossier/CODE</c>, see <see cref="DossierGrainKey"/>.</summary>
/// <remarks>
/// <para>Users call it through <see cref="GrainDossierEngine"/>, which calls again what a fallen silo leaves unanswered.</para>
/// <para>Commands take turns. Queries run beside them, and what they answer was confirmed in the store. What goes wrong in the engine is part of the answer.</para>
/// <para>Methods and aliases stay as they are: silos and clients of two releases call each other while a cluster is upgraded. What is new gets a method of its own.</para>
/// </remarks>
[Alias("workflow.IDossierGrain")]
public interface IDossierGrain : IGrainWithStringKey
{
    /// <summary>Gives the dossier a command. The answer comes after the commit.</summary>
    [Alias("Execute")]
    ValueTask<CommandAnswer> ExecuteAsync(DossierCall call);

    /// <summary>Returns the dossier as it is now.</summary>
    [Alias("Find")]
    [ReadOnly]
    [AlwaysInterleave]
    ValueTask<DossierAnswer> FindAsync();

    /// <summary>Says what a person may do with the dossier now.</summary>
    [Alias("Permitted")]
    [ReadOnly]
    [AlwaysInterleave]
    ValueTask<PermittedAnswer> PermittedAsync(PermittedCall call);

    /// <summary>Returns the accepted commands.</summary>
    [Alias("History")]
    [ReadOnly]
    [AlwaysInterleave]
    ValueTask<HistoryAnswer> HistoryAsync(HistoryCall call);
}
