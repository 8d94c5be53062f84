using Npgsql;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Postgres;

/// <content>Lists and counts over all dossiers.</content>
public sealed partial class PostgresJournalStore
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WorkItem>> QueryWorkListAsync(WorkListQuery query, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        return ListAsync(c => PostgresLists.WorkList(query, c), PostgresRows.WorkItem, ct);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ReadOpenAsync(OpenDossiers which, string? afterCode, int limit, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(which);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return ListAsync(c => PostgresLists.Open(which, afterCode, limit, c), r => r.GetString(0), ct);
    }

    /// <inheritdoc/>
    public async ValueTask<JournalTotals> CountAsync(CancellationToken ct) =>
        (await AllAsync(
            c => new NpgsqlCommand(PostgresReads.Count, c),
            r => new JournalTotals(r.GetInt64(0), r.GetInt64(1)),
            ct).ConfigureAwait(false))[0];
}
