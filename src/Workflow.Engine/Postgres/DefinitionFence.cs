using Npgsql;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Postgres;

/// <summary>The count of publications, and the order between them and appends.</summary>
/// <remarks>
/// An append locks the table of the revision as a writer does, which costs nothing and does not keep appends from each other. A publication waits
/// for those that have the lock and keeps later ones waiting until it is committed. PostgreSQL locks tables before it takes a statement's
/// snapshot, so an append sees every publication that it waited for: what is committed after a publication was decided with it.
/// </remarks>
internal static class DefinitionFence
{
    /// <summary>What an append's statement holds as a part of its WITH: the lock, and nothing that is written.</summary>
    public const string Part = "fence AS (UPDATE definition_revision SET revision = revision WHERE false)";

    // Longer than a session waits for a dossier, so that no append that waits for one can keep a publication away, and short, because all appends wait
    // behind it: where somebody's transaction stays open, the publication makes room for them and comes again.
    private const string Lock = "SET LOCAL lock_timeout = '500ms'; LOCK TABLE definition_revision IN SHARE ROW EXCLUSIVE MODE; SET LOCAL lock_timeout TO DEFAULT";

    /// <summary>Keeps publications away until the transaction ends, and returns the revision. One round trip.</summary>
    public static async ValueTask<long> EnterAsync(NpgsqlConnection connection)
    {
        // A publication is waited for, however short the session's patience with locks is: it concerns all appends alike.
        using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand("SET LOCAL lock_timeout = 0"),
                new NpgsqlBatchCommand($"WITH {Part} SELECT revision FROM definition_revision"),
                new NpgsqlBatchCommand("SET LOCAL lock_timeout TO DEFAULT"),
            },
        };
        return (long)(await batch.ExecuteScalarAsync().ConfigureAwait(false))!;
    }

    /// <summary>Waits for the appends under way, and keeps later ones waiting until the transaction ends.</summary>
    /// <exception cref="PostgresException">A lock was not to be had in time: the transaction is to be run again after a pause.</exception>
    public static async ValueTask CloseAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        using var command = new NpgsqlCommand(Lock, connection);
        await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Publishes in a transaction of its own and counts it; false when the version is taken or the revision is another one.</summary>
    public static async ValueTask<bool> PublishAsync(NpgsqlConnection connection, string table, PublishedDefinition definition, long? revision, CancellationToken ct)
    {
        var transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        await CloseAsync(connection, ct).ConfigureAwait(false);
        using var publishing = new NpgsqlCommand(
            $"""
            WITH added AS (
                INSERT INTO {table} (code, version, content_hash, known_from, content)
                SELECT $1, $2, $3, $4, $5 WHERE $6 < 0 OR $6 = (SELECT revision FROM definition_revision)
                ON CONFLICT DO NOTHING RETURNING 1
            )
            UPDATE definition_revision SET revision = revision + 1 WHERE EXISTS (SELECT FROM added)
            """,
            connection);
        publishing.Add(definition.Code).Add(definition.Version).Add(definition.ContentHash).Add(StoredTime.Floor(definition.KnownFrom)).Add(definition.Content)
            .Add(revision ?? -1);
        var added = await publishing.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
        return added == 1;
    }
}
