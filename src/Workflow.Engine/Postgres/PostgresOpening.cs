using Npgsql;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Postgres;

/// <summary>Makes a database ready: its server new enough, its tables ours and up to date, its epoch known.</summary>
internal static class PostgresOpening
{
    private const int OldestServer = 150_000;

    // Any number that no other program is likely to lock by: "WFLW" twice.
    private const long LockKey = 0x57464C5757464C57;

    /// <summary>Brings the schema up to date, in one transaction under a lock, and returns the journal's epoch.</summary>
    /// <exception cref="StorageTooNewException">A newer release made the tables.</exception>
    /// <exception cref="ForeignStorageException">The tables belong to another program, or the server is too old.</exception>
    public static async ValueTask<int> OpenAsync(NpgsqlConnection connection, string where, CancellationToken ct)
    {
        await RequireServerAsync(connection, where, ct).ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({LockKey})", ct).ConfigureAwait(false);
        var version = await ReadVersionAsync(connection, where, ct).ConfigureAwait(false);
        if (version > PostgresSchema.Migrations.Count)
        {
            throw new StorageTooNewException(
                $"{where} has tables of version {version}, and this release knows {PostgresSchema.Migrations.Count}: use the newer release that made them.");
        }

        for (var next = version; next < PostgresSchema.Migrations.Count; next++)
        {
            await ExecuteAsync(connection, PostgresSchema.Migrations[next], ct).ConfigureAwait(false);
        }

        await ExecuteAsync(connection, $"UPDATE workflow_schema SET version = {PostgresSchema.Migrations.Count}", ct).ConfigureAwait(false);
        var epoch = await ReadEpochAsync(connection, ct).ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
        return epoch;
    }

    private static async ValueTask RequireServerAsync(NpgsqlConnection connection, string where, CancellationToken ct)
    {
        var server = Convert.ToInt32(await ScalarAsync(connection, "SELECT current_setting('server_version_num')::int", ct).ConfigureAwait(false), null);
        if (server < OldestServer)
        {
            throw new ForeignStorageException($"{where} is of PostgreSQL {server / 10_000}, and 15 or newer is needed: move it to a newer server.");
        }
    }

    private static async ValueTask<int> ReadVersionAsync(NpgsqlConnection connection, string where, CancellationToken ct)
    {
        if (await ScalarAsync(connection, "SELECT to_regclass('workflow_schema')::text", ct).ConfigureAwait(false) is string)
        {
            return (int)(await ScalarAsync(connection, "SELECT version FROM workflow_schema", ct).ConfigureAwait(false))!;
        }

        foreach (var table in PostgresSchema.Tables)
        {
            if (await ScalarAsync(connection, $"SELECT to_regclass('{table}')::text", ct).ConfigureAwait(false) is string)
            {
                throw new ForeignStorageException($"{where} has a table '{table}' of another program: name an empty database, or another schema as its Search Path.");
            }
        }

        await ExecuteAsync(connection, "CREATE TABLE workflow_schema (version integer NOT NULL); INSERT INTO workflow_schema VALUES (0)", ct).ConfigureAwait(false);
        return 0;
    }

    // Restored into another server, or brought back to an earlier moment, a database gives transaction ids that followers have seen
    // before: the epoch tells them apart.
    private static async ValueTask<int> ReadEpochAsync(NpgsqlConnection connection, CancellationToken ct) =>
        (int)(await ScalarAsync(
            connection,
            """
            WITH here AS (
                SELECT s.system_identifier, c.timeline_id FROM pg_control_system() s, pg_control_checkpoint() c
            ), known AS (
                SELECT epoch, system_identifier, timeline FROM journal_epoch ORDER BY epoch DESC LIMIT 1
            ), added AS (
                INSERT INTO journal_epoch (epoch, system_identifier, timeline)
                SELECT coalesce((SELECT epoch FROM known), 0) + 1, here.system_identifier, here.timeline_id FROM here
                WHERE NOT EXISTS (SELECT FROM known WHERE known.system_identifier = here.system_identifier AND known.timeline = here.timeline_id)
                RETURNING epoch
            )
            SELECT coalesce((SELECT epoch FROM added), (SELECT epoch FROM known))
            """,
            ct).ConfigureAwait(false))!;

    private static async ValueTask<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(ct).ConfigureAwait(false);
    }

    private static async ValueTask ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }
}
