using Npgsql;
using NpgsqlTypes;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Postgres;

/// <summary>Claims wake-ups in one round trip, and clears away as many that have ended.</summary>
internal static class PostgresClaims
{
    // In the order of the key, so that two hosts that claim the same wake-ups wait for each other rather than deadlock.
    private const string Claim = """
        INSERT INTO timer_claim AS t (code, wake_at, holder, until)
        SELECT code, wake_at, $3, clock_timestamp() + $4 FROM (SELECT DISTINCT * FROM unnest($1::text[], $2::timestamptz[])) AS due (code, wake_at)
        ORDER BY code, wake_at
        ON CONFLICT (code, wake_at) DO UPDATE SET holder = excluded.holder, until = excluded.until
        WHERE t.holder = excluded.holder OR t.until <= clock_timestamp()
        RETURNING code, wake_at
        """;

    private const string Clear = """
        DELETE FROM timer_claim WHERE (code, wake_at) IN (
            SELECT code, wake_at FROM timer_claim WHERE until <= clock_timestamp() ORDER BY until LIMIT $1 FOR UPDATE SKIP LOCKED)
        """;

    public static async ValueTask<HashSet<WakeUp>> ClaimAsync(
        NpgsqlConnection connection, IReadOnlyList<WakeUp> due, string holder, TimeSpan duration, CancellationToken ct)
    {
        using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Claim)
        {
            Parameters =
            {
                new NpgsqlParameter<string[]> { TypedValue = [.. due.Select(d => d.Code)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                new NpgsqlParameter<DateTime[]> { TypedValue = [.. due.Select(d => d.WakeAt.UtcDateTime)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
                new NpgsqlParameter<string> { TypedValue = holder, NpgsqlDbType = NpgsqlDbType.Text },
                new NpgsqlParameter<TimeSpan> { TypedValue = duration, NpgsqlDbType = NpgsqlDbType.Interval },
            },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Clear) { Parameters = { new NpgsqlParameter<int> { TypedValue = 2 * due.Count } } });

        var claimed = new HashSet<WakeUp>(due.Count);
        var reader = await batch.ExecuteReaderAsync(ct).ConfigureAwait(false);
        await using var _ = reader.ConfigureAwait(false);
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
        {
            claimed.Add(new WakeUp(reader.GetString(0), reader.Time(1)));
        }

        return claimed;
    }
}
