using Npgsql;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Postgres;

public sealed partial class PostgresJournalStore
{
    /// <inheritdoc/>
    public ValueTask<int> ArchiveAsync(DateTimeOffset closedBefore, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        _ = Appends;
        return _connections.UseAsync(connection => PostgresArchive.ArchiveAsync(connection, closedBefore, limit, ct), ct);
    }

    /// <inheritdoc/>
    public async ValueTask<long> CountClosedAsync(DateTimeOffset closedBefore, CancellationToken ct) =>
        (await AllAsync(
            c => new NpgsqlCommand("SELECT count(*) FROM dossier WHERE closed_at < $1", c).Add(StoredTime.Floor(StoredTime.Clamp(closedBefore))),
            r => r.GetInt64(0),
            ct).ConfigureAwait(false))[0];
}
