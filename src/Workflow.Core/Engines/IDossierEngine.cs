using Workflow.Core.Dossiers;

namespace Workflow.Core.Engines;

/// <summary>The engine as its users see it, wherever it runs: in process, over HTTP, in a cluster.</summary>
/// <remarks>
/// <para>A command is done exactly once for the life of its dossier: repeated under the same id it returns what it came to the first time.</para>
/// <para>A result is given after the commit, so what was accepted is durable. Safe to call from any number of threads.</para>
/// <para>When a call is cancelled the command may have been done or not; the same id tells.</para>
/// </remarks>
public interface IDossierEngine
{
    /// <summary>Submits a dossier, which gets its code here.</summary>
    ValueTask<CommandResult> SubmitAsync(SubmitDossier command, CommandRequest request, CancellationToken cancellationToken = default);

    /// <summary>Gives a command to a dossier.</summary>
    ValueTask<CommandResult> ExecuteAsync(DossierCode code, DossierCommand command, CommandRequest request, CancellationToken cancellationToken = default);

    /// <summary>Returns the dossier as it is now; null when there is none.</summary>
    ValueTask<DossierSnapshot?> FindAsync(DossierCode code, CancellationToken cancellationToken = default);

    /// <summary>Says what this person may do with the dossier now and, where not, why not; null when there is no such dossier.</summary>
    ValueTask<IReadOnlyList<PermittedTrigger>?> PermittedAsync(DossierCode code, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>Returns the accepted commands of a dossier from a version on, oldest first; empty when there is none.</summary>
    /// <param name="code">The dossier.</param>
    /// <param name="fromVersion">The first version to return, from 1.</param>
    /// <param name="limit">The most to return, 1 to 1000.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<HistoryEntry>> HistoryAsync(DossierCode code, int fromVersion = 1, int limit = 1000, CancellationToken cancellationToken = default);
}

/// <summary>One accepted command of a dossier.</summary>
/// <param name="Version">The version that it made.</param>
/// <param name="OccurredAt">The legal time.</param>
/// <param name="RecordedAt">When it was written.</param>
/// <param name="Actor">The acting account.</param>
/// <param name="Unit">The unit that it acted for, or null.</param>
/// <param name="Events">What happened.</param>
public sealed record HistoryEntry(int Version, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, string Actor, string? Unit, IReadOnlyList<DossierEvent> Events);
