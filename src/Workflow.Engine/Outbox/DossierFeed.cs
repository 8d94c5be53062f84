using System.Runtime.CompilerServices;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using Workflow.Engine.Followers;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;

namespace Workflow.Engine.Outbox;

/// <summary>An entry of the journal, and the dossier before and after it where a subscriber asks for that.</summary>
internal readonly record struct DossierStep(JournalEntry Entry, Dossier? Before, Dossier? After);

/// <summary>Reads what a dossier has to tell, from its history, in order.</summary>
internal sealed class DossierFeed(IJournalStore store, KnownProcedures procedures)
{
    private const int Page = 100;

    /// <summary>Streams a dossier's entries from a version (included) up to a place in the journal (included).</summary>
    /// <param name="code">The dossier.</param>
    /// <param name="fromVersion">The first version.</param>
    /// <param name="upTo">The place; what stands behind it comes with a later page.</param>
    /// <param name="asksForDossier">Whether the dossier is given along; it is replayed from its first version then, since only its present state is stored.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <exception cref="MissingProcedureException">The host lacks the version of the procedure.</exception>
    public async IAsyncEnumerable<DossierStep> ReadAsync(
        string code, int fromVersion, JournalCursor upTo, bool asksForDossier, [EnumeratorCancellation] CancellationToken ct)
    {
        Dossier? dossier = null;
        var next = asksForDossier ? 1 : fromVersion;
        while (true)
        {
            var rows = await store.ReadHistoryAsync(code, next, Page, ct).ConfigureAwait(false);
            foreach (var row in rows)
            {
                if (row.Cursor > upTo)
                    yield break;
                var entry = JournalEntry.Of(row);
                var before = dossier;
                dossier = asksForDossier ? After(before, entry) : null;
                if (entry.Version >= fromVersion)
                    yield return new DossierStep(entry, before, dossier);
            }

            if (rows.Count < Page)
                yield break;
            next += Page;
        }
    }

    private Dossier After(Dossier? dossier, JournalEntry entry)
    {
        if (dossier is not null)
            return dossier.Apply(entry.Events, entry.OccurredAt, procedures.Finder);
        var submitted = (DossierSubmitted)entry.Events[0];
        return Dossier.Create(Find(new ProcedureVersion(submitted.Procedure, submitted.ProcedureVersion), entry.Code.Value), entry.Events, entry.OccurredAt);
    }

    private Procedure Find(ProcedureVersion version, string code) => procedures.Finder(version) ?? throw new MissingProcedureException(code, version);
}
