using Npgsql;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Postgres;

/// <content>What wants to be looked at, and when.</content>
public sealed partial class PostgresJournalStore
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WakeUp>> ReadDueAsync(DateTimeOffset upTo, WakeUp? after, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return ListAsync(
            c => after is { } last
                ? new NpgsqlCommand("SELECT code, wake_at FROM dossier WHERE wake_at <= $1 AND (wake_at, code) > ($2, $3) ORDER BY wake_at, code LIMIT $4", c)
                    .Add(StoredTime.Clamp(upTo)).Add(StoredTime.Clamp(last.WakeAt)).Add(last.Code).Add(limit)
                : new NpgsqlCommand("SELECT code, wake_at FROM dossier WHERE wake_at <= $1 ORDER BY wake_at, code LIMIT $2", c).Add(StoredTime.Clamp(upTo)).Add(limit),
            r => new WakeUp(r.GetString(0), r.Time(1)),
            ct);
    }

    /// <inheritdoc/>
    public async ValueTask<DateTimeOffset?> NextWakeUpAsync(CancellationToken ct)
    {
        var next = await AllAsync(
            c => new NpgsqlCommand("SELECT wake_at FROM dossier WHERE wake_at IS NOT NULL ORDER BY wake_at LIMIT 1", c), r => r.Time(0), ct).ConfigureAwait(false);
        return next.Count == 0 ? null : next[0];
    }
}
