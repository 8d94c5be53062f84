using Npgsql;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Postgres;

/// <summary>Makes a database ready: its server new enough, its tables ours and up to date, its epoch known.</summary>
internal static class PostgresOpening
{
    private const int OldestServer = 150_000;

    // Any number that no other program is likely to lock by: "WFLW" twice.
    private const long LockKey = 0x57464C5757464C57;

    /// <summary>Brings the schema up to date, in one transaction under a lock, and tells whether a new epoch of the journal began.</summary>
    /// <exception cref="StorageTooNewException">A newer release made the tables.</exception>
    /// <exception cref="ForeignStorageException">The tables belong to another program, or the server is too old.</exception>
    /// <exception cref="StorageUnavailableException">The server has fewer connections than the pool may take.</exception>
    public static async ValueTask<bool> OpenAsync(NpgsqlConnection connection, PostgresConnections connections, CancellationToken ct)
    {
        var where = connections.Where;
        await RequireServerAsync(connection, connections, ct).ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        await ExecuteAsync(connection, $"SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock({LockKey})", ct).ConfigureAwait(false);
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

        if (version < PostgresSchema.Migrations.Count)
        {
            await ExecuteAsync(connection, $"UPDATE workflow_schema SET version = {PostgresSchema.Migrations.Count}", ct).ConfigureAwait(false);
        }

        var began = await JournalEpoch.BeginAsync(connection, ct).ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
        return began;
    }

    /// <summary>Tells what the schema holds in which the tables would be made, and changes nothing.</summary>
    public static async ValueTask<PostgresContents> LookAsync(NpgsqlConnection connection, CancellationToken ct) =>
        await ScalarAsync(connection, "SELECT to_regclass('workflow_schema')::text", ct).ConfigureAwait(false) is string ? PostgresContents.Journal
        : await FindForeignAsync(connection, ct).ConfigureAwait(false) is null ? PostgresContents.Nothing
        : PostgresContents.Other;

    /// <summary>Refuses a server that is too old.</summary>
    /// <param name="version">As the server tells it: 150004 is 15.4.</param>
    /// <param name="where">The database.</param>
    /// <exception cref="ForeignStorageException">It is.</exception>
    public static void RequireVersion(int version, string where)
    {
        if (version < OldestServer)
        {
            throw new ForeignStorageException($"{where} is of PostgreSQL {version / 10_000}, and {OldestServer / 10_000} or newer is needed: move it to a newer server.");
        }
    }

    private static async ValueTask RequireServerAsync(NpgsqlConnection connection, PostgresConnections connections, CancellationToken ct)
    {
        RequireVersion((int)(await ScalarAsync(connection, "SELECT current_setting('server_version_num')::int", ct).ConfigureAwait(false))!, connections.Where);
        var most = (int)(await ScalarAsync(
            connection, "SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int", ct).ConfigureAwait(false))!;
        if (most < connections.MostConnections)
        {
            throw new StorageUnavailableException(
                $"{connections.Where} is on a server with {most} connections, and this host may take {connections.MostConnections}: raise max_connections there, or add 'Maximum Pool Size={most}' or less to the connection string.");
        }
    }

    private static async ValueTask<int> ReadVersionAsync(NpgsqlConnection connection, string where, CancellationToken ct)
    {
        if (await ScalarAsync(connection, "SELECT to_regclass('workflow_schema')::text", ct).ConfigureAwait(false) is string)
        {
            // Through JSON, so that a table of that name which lacks the column is seen to be another program's.
            return await ScalarAsync(connection, "SELECT (to_jsonb(s) ->> 'version')::int FROM workflow_schema s", ct).ConfigureAwait(false) is int version
                ? version
                : throw Foreign(where, "workflow_schema");
        }

        if (await FindForeignAsync(connection, ct).ConfigureAwait(false) is { } table)
        {
            throw Foreign(where, table);
        }

        await ExecuteAsync(connection, "CREATE TABLE workflow_schema (version integer NOT NULL); INSERT INTO workflow_schema VALUES (0)", ct).ConfigureAwait(false);
        return 0;
    }

    // Tables that an extension brought are nobody's. Those of ours may be hidden in another schema of the search path.
    private static async ValueTask<string?> FindForeignAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        using var command = new NpgsqlCommand(
            """
            SELECT c.relname::text FROM pg_class c
            WHERE c.relkind IN ('r', 'p', 'f') AND (c.relnamespace = to_regnamespace(current_schema()::text) OR c.oid IN (SELECT to_regclass(t) FROM unnest($1::text[]) t))
                AND c.relname <> ALL ($2)
                AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
            ORDER BY 1 LIMIT 1
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. PostgresSchema.Tables] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. PostgresSchema.Neighbours] });
        return await command.ExecuteScalarAsync(ct).ConfigureAwait(false) as string;
    }

    private static ForeignStorageException Foreign(string where, string table) =>
        new($"{where} has a table '{table}' of another program: name an empty database, or another schema as its Search Path.");

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
