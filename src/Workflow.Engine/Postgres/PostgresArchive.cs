using Npgsql;
using NpgsqlTypes;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Postgres;

/// <summary>Moves dossiers into the archive's tables and back, in the transaction of the connection.</summary>
/// <remarks>Who moves a dossier has locked its row before, by a statement of its own: only then the next one sees all its rows.</remarks>
internal static class PostgresArchive
{
    private const string DossierColumns = """
        code, version, hash, procedure, procedure_version, unit, state, portal_status, role, assignee, due, wake_at, closed, data, personal, closed_at
        """;

    private const string EventColumns = """
        position, epoch, transaction_id, code, version, occurred_at, recorded_at, actor, caller, command_id, command_digest, salt, data, personal,
        personal_digest, hash, trace_context
        """;

    private static readonly string s_away = Moving("dossier", "archived_dossier", "dossier_event", "archived_event");
    private static readonly string s_back = Moving("archived_dossier", "dossier", "archived_event", "dossier_event");

    /// <summary>Moves the earliest closed dossiers that nobody holds to the archive and returns how many.</summary>
    public static async ValueTask<int> ArchiveAsync(NpgsqlConnection connection, DateTimeOffset closedBefore, int limit, CancellationToken ct)
    {
        var transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        var codes = new List<string>();
        using (var command = new NpgsqlCommand(
            "SELECT code FROM dossier WHERE closed_at < $1 AND wake_at IS NULL ORDER BY closed_at, code LIMIT $2 FOR UPDATE SKIP LOCKED", connection))
        {
            var reader = await command.Add(StoredTime.Floor(StoredTime.Clamp(closedBefore))).Add(limit).ExecuteReaderAsync(ct).ConfigureAwait(false);
            await using var closing = reader.ConfigureAwait(false);
            while (await reader.ReadAsync(ct).ConfigureAwait(false))
            {
                codes.Add(reader.GetString(0));
            }
        }

        if (codes.Count > 0)
        {
            await MoveAsync(connection, s_away, [.. codes]).ConfigureAwait(false);
        }

        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        return codes.Count;
    }

    /// <summary>Moves archived dossiers, which the transaction has locked, back to those that are written to.</summary>
    public static ValueTask BringBackAsync(NpgsqlConnection connection, string[] codes) => MoveAsync(connection, s_back, codes);

    private static async ValueTask MoveAsync(NpgsqlConnection connection, string sql, string[] codes)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = codes, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private static string Moving(string fromDossiers, string toDossiers, string fromEvents, string toEvents) => $"""
        WITH gone AS (
            DELETE FROM {fromDossiers} WHERE code = ANY ($1) RETURNING {DossierColumns}
        ), forgotten AS (
            DELETE FROM {fromEvents} WHERE code = ANY ($1) RETURNING {EventColumns}
        ), kept AS (
            INSERT INTO {toDossiers} ({DossierColumns}) SELECT {DossierColumns} FROM gone ORDER BY code
        )
        INSERT INTO {toEvents} ({EventColumns}) SELECT {EventColumns} FROM forgotten ORDER BY epoch, transaction_id, position
        """;
}
