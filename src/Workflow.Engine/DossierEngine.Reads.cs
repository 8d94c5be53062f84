using System.Runtime.CompilerServices;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Activation;
using Workflow.Engine.Audit;
using Workflow.Engine.Commits;
using Workflow.Engine.Followers;
using Workflow.Engine.Hosts;
using Workflow.Engine.Journal;

namespace Workflow.Engine;

public sealed partial class DossierEngine
{
    private const int JournalPage = 500;
    private const int LongestHistory = 1_000;

    /// <inheritdoc/>
    public async ValueTask<DossierSnapshot?> FindAsync(DossierCode code, CancellationToken cancellationToken = default) =>
        (await ReadAsync(code, cancellationToken).ConfigureAwait(false))?.ToSnapshot();

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<PermittedTrigger>?> PermittedAsync(DossierCode code, Actor actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return await ReadAsync(code, cancellationToken).ConfigureAwait(false) is { } dossier ? PermittedNow(dossier, actor) : null;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fromVersion"/> is below 1, or <paramref name="limit"/> not 1 to 1000.</exception>
    public async ValueTask<IReadOnlyList<HistoryEntry>> HistoryAsync(
        DossierCode code, int fromVersion = 1, int limit = LongestHistory, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromVersion, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, LongestHistory);
        ThrowIfDisposed();
        var rows = await _parts.Store.ReadHistoryAsync(code.Value, fromVersion, limit, cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(EntryOf)];
    }

    /// <summary>Streams the journal behind a place (excluded), in order, up to its end at the time it is reached.</summary>
    public async IAsyncEnumerable<JournalEntry> ReadJournalAsync(JournalCursor after = default, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        while (true)
        {
            var rows = await _parts.Store.ReadJournalAsync(after, JournalPage, cancellationToken).ConfigureAwait(false);
            if (rows.Count == 0)
            {
                yield break;
            }

            foreach (var row in rows)
            {
                yield return JournalEntry.Of(row);
            }

            after = rows[^1].Cursor;
        }
    }

    /// <summary>Counts the dossiers and the rows of the journal, those of the archive included. The cost grows with both.</summary>
    public ValueTask<JournalTotals> CountAsync(CancellationToken cancellationToken = default) => _parts.Store.CountAsync(cancellationToken);

    /// <summary>Returns SHA-256 over the end of every dossier's hash chain, ordered by code, in lower-case hexadecimal.</summary>
    /// <remarks>The same commands at the same times with the same salts give the same hash, however commits were shared.</remarks>
    public ValueTask<string> JournalHashAsync(CancellationToken cancellationToken = default) => JournalHash.OfAsync(_parts.Store, cancellationToken);

    private IReadOnlyList<PermittedTrigger> PermittedNow(Dossier dossier, Actor actor)
    {
        var now = _parts.Now;
        return DossierDecider.Permitted(dossier, _parts.Context(now < dossier.LastOccurredAt ? dossier.LastOccurredAt : now, actor));
    }

    private ValueTask<Dossier?> ReadAsync(DossierCode code, CancellationToken ct)
    {
        ThrowIfDisposed();
        return ReadOpenAsync(code, ct);
    }

    private ValueTask<Dossier?> ReadOpenAsync(DossierCode code, CancellationToken ct) => ReadOpenAsync(code, _directory.Peek(code), ct);

    // Memory is the truth where nobody else writes; elsewhere when the store confirms it. A mere read makes no dossier active.
    private async ValueTask<Dossier?> ReadOpenAsync(DossierCode code, Dossier? active, CancellationToken ct)
    {
        if (_parts.Store.IsExclusive)
        {
            return active ?? await LoadAsync().ConfigureAwait(false);
        }

        // What may be done with a dossier depends on what is published, so both are confirmed.
        var revision = _parts.Definitions.Revision;
        var asked = _parts.Confirmations.AskAsync(new Confirmation(code.Value)).WaitAsync(ct);
        var loaded = active is null ? await LoadAsync().ConfigureAwait(false) : null;
        var standing = await asked.ConfigureAwait(false);
        if (standing.Revision != revision)
        {
            await _parts.Definitions.CatchUpAsync(ct).ConfigureAwait(false);
        }

        return active is null ? loaded : active.Version == standing.Version ? active : await LoadAsync().ConfigureAwait(false);

        async ValueTask<Dossier?> LoadAsync() =>
            await _parts.Store.LoadAsync(code.Value, ct).ConfigureAwait(false) is { } stored ? await StoredForm.RestoreAsync(_parts, stored).ConfigureAwait(false) : null;
    }

    private static HistoryEntry EntryOf(JournalRow row)
    {
        var recorded = Recording.Read(row);
        return new HistoryEntry(row.Version, row.OccurredAt, row.RecordedAt, row.Actor, recorded.Unit, recorded.Events);
    }
}
