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
/// <param name="store">The store.</param>
/// <param name="procedures">The procedures that this host knows.</param>
/// <param name="learn">Makes known what other hosts have published.</param>
internal sealed class DossierFeed(IJournalStore store, KnownProcedures procedures, Func<CancellationToken, ValueTask> learn)
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
                dossier = asksForDossier ? await AfterAsync(before, entry, ct).ConfigureAwait(false) : null;
                if (entry.Version >= fromVersion)
                    yield return new DossierStep(entry, before, dossier);
            }

            if (rows.Count < Page)
                yield break;
            next += Page;
        }
    }

    /// <summary>Whether rows tell all that is asked: the dossier before the first of them need not be known, or they begin with its first version.</summary>
    public static bool CanRead(IReadOnlyList<JournalRow> rows, bool asksForDossier) => !asksForDossier || rows[0].Version == 1;

    /// <summary>Streams the entries of rows of one dossier that were read already.</summary>
    /// <param name="rows">Its rows, ascending, for which <see cref="CanRead"/> holds.</param>
    /// <param name="asksForDossier">Whether the dossier is given along.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <exception cref="MissingProcedureException">The host lacks the version of the procedure.</exception>
    public async IAsyncEnumerable<DossierStep> ReadAsync(IReadOnlyList<JournalRow> rows, bool asksForDossier, [EnumeratorCancellation] CancellationToken ct)
    {
        Dossier? dossier = null;
        foreach (var row in rows)
        {
            var entry = JournalEntry.Of(row);
            var before = dossier;
            dossier = asksForDossier ? await AfterAsync(before, entry, ct).ConfigureAwait(false) : null;
            yield return new DossierStep(entry, before, dossier);
        }
    }

    private async ValueTask<Dossier> AfterAsync(Dossier? dossier, JournalEntry entry, CancellationToken ct)
    {
        foreach (var happened in entry.Events)
        {
            ProcedureVersion? needed = happened switch
            {
                DossierSubmitted e => new ProcedureVersion(e.Procedure, e.ProcedureVersion),
                DossierMigrated e => new ProcedureVersion(dossier!.Procedure.Code, e.ToVersion),
                MigrationTakenBack e => new ProcedureVersion(dossier!.Procedure.Code, e.ToVersion),
                _ => null,
            };
            if (needed is { } version && procedures.Finder(version) is null)
            {
                await learn(ct).ConfigureAwait(false);
                _ = procedures.Finder(version) ?? throw new MissingProcedureException(entry.Code.Value, version);
            }
        }

        if (dossier is not null)
            return dossier.Apply(entry.Events, entry.OccurredAt, procedures.Finder);
        var submitted = (DossierSubmitted)entry.Events[0];
        return Dossier.Create(procedures.Finder(new ProcedureVersion(submitted.Procedure, submitted.ProcedureVersion))!, entry.Events, entry.OccurredAt);
    }
}
