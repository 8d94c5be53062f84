using Workflow.Engine.Archive;
using Workflow.Engine.Journal;

namespace Workflow.Engine;

public sealed partial class DossierEngine
{
    /// <summary>Moves the dossiers that closed before a moment to the archive of the store, while commands go on.</summary>
    /// <remarks>
    /// In small transactions, and while commands are under way for a tenth of the time at most. An archived dossier answers everything as before; a command that it
    /// accepts brings it back. Several passes may run at once, also from several hosts. By itself an engine archives when
    /// <see cref="Setup.WorkflowEngineOptions.ArchiveAfter"/> says so.
    /// </remarks>
    /// <param name="closedBefore">The moment, excluded: a dossier closed at the legal time of the last command that left it closed.</param>
    /// <param name="progress">Told how many were moved, now and then; null for nobody.</param>
    /// <param name="cancellationToken">Ends the pass between transactions; what was moved stays so.</param>
    /// <exception cref="StorageException">The storage failed; what was moved stays so.</exception>
    /// <exception cref="ObjectDisposedException">The engine is disposed, or ends meanwhile.</exception>
    public async ValueTask<ArchivedDossiers> ArchiveAsync(DateTimeOffset closedBefore, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        // Not counted as under way: the end of the engine waits for a batch at most.
        ThrowIfDisposed();
        var archived = await _archiver.MoveAsync(closedBefore, GoOnAsync, progress, cancellationToken).ConfigureAwait(false);
        return new ArchivedDossiers(archived, await _parts.Store.CountClosedAsync(closedBefore, cancellationToken).ConfigureAwait(false));

        ValueTask<bool> GoOnAsync()
        {
            ThrowIfDisposed();
            return ValueTask.FromResult(true);
        }
    }
}
