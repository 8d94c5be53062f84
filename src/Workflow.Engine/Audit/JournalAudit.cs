using Workflow.Engine.Journal;

namespace Workflow.Engine.Audit;

/// <summary>Verifies a whole store: every row, head, state, submission and definition, against itself and against anchors. Changes nothing; thread-safe.</summary>
/// <remarks>
/// The journal is streamed, so memory does not grow with it. Hosts may go on writing: a dossier that seems broken is read once more, and is
/// named only when it is broken then. What stands outside of the chains by design is verified less: that the places of a dossier's rows in the
/// journal of all dossiers ascend and are no other's, and by anchors that they are those of then; of when a row was recorded that it fits the
/// rows around it, as a pattern; of traces nothing.
/// </remarks>
public static class JournalAudit
{
    /// <summary>Verifies a store.</summary>
    /// <exception cref="StorageException">The store cannot be read.</exception>
    /// <exception cref="AnchorFormatException">The anchors are damaged; nothing was verified then.</exception>
    public static async ValueTask<AuditReport> VerifyAsync(IJournalStore store, AuditOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        foreach (var _ in options.Anchors?.Invoke() ?? [])
        {
            // All of them, before anything is said on the ground of some.
        }

        var run = new AuditRun(store, options, await DefinitionAudit.RunAsync(store, options, cancellationToken).ConfigureAwait(false));
        await run.DossiersAsync(cancellationToken).ConfigureAwait(false);
        await run.SubmissionsAsync(cancellationToken).ConfigureAwait(false);
        await run.OrderAsync(cancellationToken).ConfigureAwait(false);
        return run.Report();
    }
}
