using Npgsql;
using NpgsqlTypes;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Postgres;

/// <summary>One statement that writes many appends, or nothing at all.</summary>
/// <remarks>
/// Rows of dossiers and submissions go in the order of their keys, so that the batches of two hosts wait for each other rather than
/// deadlock; journal rows go in the order of the batch, which is that of their positions. What any key refuses makes the counts
/// differ, and a division by zero then takes the whole statement back.
/// </remarks>
internal static class AppendStatement
{
    /// <summary>The SQLSTATE by which the statement says that a key or a version was not as expected.</summary>
    public const string Fence = PostgresErrorCodes.DivisionByZero;

    private const string Sql = """
        WITH submitted AS (
            INSERT INTO submission (caller, command_id, code)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[])
            ON CONFLICT DO NOTHING RETURNING 1
        ), made AS (
            INSERT INTO dossier (code, version, hash, procedure, procedure_version, unit, state, portal_status, role, assignee, due, wake_at, closed, data, personal)
            SELECT code, version, hash, procedure, procedure_version, unit, state, portal_status, role, assignee, due, wake_at, closed, data, personal
            FROM unnest($4::text[], $5::int[], $6::int[], $7::bytea[], $8::text[], $9::text[], $10::text[], $11::text[], $12::int[], $13::text[], $14::text[],
                $15::timestamptz[], $16::timestamptz[], $17::bool[], $18::bytea[], $19::bytea[])
                AS s (code, expected, version, hash, procedure, procedure_version, unit, state, portal_status, role, assignee, due, wake_at, closed, data, personal)
            WHERE expected = 0
            ON CONFLICT DO NOTHING RETURNING 1
        ), moved AS (
            UPDATE dossier d SET version = s.version, hash = s.hash, procedure = s.procedure, procedure_version = s.procedure_version, unit = s.unit,
                state = s.state, portal_status = s.portal_status, role = s.role, assignee = s.assignee, due = s.due, wake_at = s.wake_at,
                closed = s.closed, data = s.data, personal = s.personal
            FROM unnest($4::text[], $5::int[], $6::int[], $7::bytea[], $8::text[], $9::text[], $10::text[], $11::text[], $12::int[], $13::text[], $14::text[],
                $15::timestamptz[], $16::timestamptz[], $17::bool[], $18::bytea[], $19::bytea[])
                AS s (code, expected, version, hash, procedure, procedure_version, unit, state, portal_status, role, assignee, due, wake_at, closed, data, personal)
            WHERE d.code = s.code AND d.version = s.expected AND s.expected > 0
            RETURNING 1
        ), recorded AS (
            INSERT INTO dossier_event (epoch, recorded_at, code, version, occurred_at, actor, caller, command_id, command_digest, salt, data, personal,
                personal_digest, hash, trace_context)
            SELECT $20, $21, code, version, occurred_at, actor, caller, command_id, command_digest, salt, data, personal, personal_digest, hash, trace_context
            FROM unnest($22::text[], $23::int[], $24::timestamptz[], $25::text[], $26::text[], $27::text[], $28::bytea[], $29::bytea[], $30::bytea[], $31::bytea[],
                $32::bytea[], $33::bytea[], $34::text[]) WITH ORDINALITY
                AS e (code, version, occurred_at, actor, caller, command_id, command_digest, salt, data, personal, personal_digest, hash, trace_context, place)
            ORDER BY place
            ON CONFLICT DO NOTHING RETURNING position
        )
        SELECT position, 1 / (CASE WHEN (SELECT count(*) FROM submitted) = $35 AND (SELECT count(*) FROM made) + (SELECT count(*) FROM moved) = $36
            AND (SELECT count(*) FROM recorded) = $37 THEN 1 ELSE 0 END)
        FROM (SELECT position FROM recorded UNION ALL SELECT 0) rows ORDER BY position
        """;

    /// <summary>Writes the appends and tells their positions, in order.</summary>
    /// <param name="connection">In a transaction or not.</param>
    /// <param name="appends">In the order of the batch; of each dossier consecutive versions, ascending. Not empty.</param>
    /// <param name="epoch">The journal's epoch.</param>
    /// <param name="recordedAt">The time of writing.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <exception cref="PostgresException">With <see cref="Fence"/> when a key or a version was not as expected: nothing is written.</exception>
    public static async ValueTask<long[]> ExecuteAsync(
        NpgsqlConnection connection, IReadOnlyList<JournalAppend> appends, int epoch, DateTimeOffset recordedAt, CancellationToken ct)
    {
        using var command = new NpgsqlCommand(Sql, connection);
        var parameters = command.Parameters;
        var submissions = appends.Where(a => a.Version == 1).OrderBy(a => a.Caller, StringComparer.Ordinal).ThenBy(a => a.CommandId, StringComparer.Ordinal).ToArray();
        AddTexts(parameters, submissions, a => a.Caller);
        AddTexts(parameters, submissions, a => a.CommandId);
        AddTexts(parameters, submissions, a => a.Code);
        var dossiers = AddDossiers(parameters, appends);
        parameters.Add(new NpgsqlParameter<int> { TypedValue = epoch });
        parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = Utc(recordedAt), NpgsqlDbType = NpgsqlDbType.TimestampTz });
        AddEvents(parameters, appends);
        parameters.Add(new NpgsqlParameter<long> { TypedValue = submissions.Length });
        parameters.Add(new NpgsqlParameter<long> { TypedValue = dossiers });
        parameters.Add(new NpgsqlParameter<long> { TypedValue = appends.Count });

        var positions = new long[appends.Count];
        var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        await using var _ = reader.ConfigureAwait(false);
        await reader.ReadAsync(ct).ConfigureAwait(false);
        for (var i = 0; i < positions.Length && await reader.ReadAsync(ct).ConfigureAwait(false); i++)
        {
            positions[i] = reader.GetInt64(0);
        }

        // The fence may have stood behind the last row that was read.
        await reader.ReadAsync(ct).ConfigureAwait(false);
        return positions;
    }

    // One row per dossier: its last state, on the version before its first append here.
    private static int AddDossiers(NpgsqlParameterCollection parameters, IReadOnlyList<JournalAppend> appends)
    {
        var last = new SortedDictionary<string, (int Expected, JournalAppend Append)>(StringComparer.Ordinal);
        foreach (var append in appends)
        {
            last[append.Code] = (last.TryGetValue(append.Code, out var earlier) ? earlier.Expected : append.Version - 1, append);
        }

        var rows = last.Values.ToArray();
        AddTexts(parameters, rows, r => r.Append.Code);
        Add(parameters, rows, r => r.Expected, NpgsqlDbType.Integer);
        Add(parameters, rows, r => r.Append.Version, NpgsqlDbType.Integer);
        AddBytes(parameters, rows, r => r.Append.Hash);
        AddTexts(parameters, rows, r => r.Append.Snapshot.Procedure);
        AddTexts(parameters, rows, r => r.Append.Snapshot.ProcedureVersion);
        AddTexts(parameters, rows, r => r.Append.Snapshot.Unit);
        AddTexts(parameters, rows, r => r.Append.Snapshot.State);
        Add(parameters, rows, r => r.Append.Snapshot.PortalStatus, NpgsqlDbType.Integer);
        AddTexts(parameters, rows, r => r.Append.Snapshot.Role);
        AddTexts(parameters, rows, r => r.Append.Snapshot.Assignee);
        Add(parameters, rows, r => r.Append.Snapshot.Due is { } due ? Utc(StoredTime.Floor(due)) : (DateTime?)null, NpgsqlDbType.TimestampTz);
        Add(parameters, rows, r => r.Append.Snapshot.WakeAt is { } wakeAt ? Utc(StoredTime.Ceiling(wakeAt)) : (DateTime?)null, NpgsqlDbType.TimestampTz);
        Add(parameters, rows, r => r.Append.Snapshot.Closed, NpgsqlDbType.Boolean);
        AddBytes(parameters, rows, r => r.Append.Snapshot.Data);
        AddBytes(parameters, rows, r => r.Append.Snapshot.Personal);
        return rows.Length;
    }

    private static void AddEvents(NpgsqlParameterCollection parameters, IReadOnlyList<JournalAppend> appends)
    {
        AddTexts(parameters, appends, a => a.Code);
        Add(parameters, appends, a => a.Version, NpgsqlDbType.Integer);
        Add(parameters, appends, a => Utc(StoredTime.Floor(a.OccurredAt)), NpgsqlDbType.TimestampTz);
        AddTexts(parameters, appends, a => a.Actor);
        AddTexts(parameters, appends, a => a.Caller);
        AddTexts(parameters, appends, a => a.CommandId);
        AddBytes(parameters, appends, a => a.CommandDigest);
        AddBytes(parameters, appends, a => a.Salt);
        AddBytes(parameters, appends, a => a.Data);
        AddBytes(parameters, appends, a => a.Personal);
        AddBytes(parameters, appends, a => a.PersonalDigest);
        AddBytes(parameters, appends, a => a.Hash);
        AddTexts(parameters, appends, a => a.TraceContext);
    }

    private static DateTime Utc(DateTimeOffset time) => time.UtcDateTime;

    private static void AddTexts<TRow>(NpgsqlParameterCollection parameters, IReadOnlyList<TRow> rows, Func<TRow, string?> text) =>
        Add(parameters, rows, text, NpgsqlDbType.Text);

    private static void AddBytes<TRow>(NpgsqlParameterCollection parameters, IReadOnlyList<TRow> rows, Func<TRow, byte[]?> bytes) =>
        Add(parameters, rows, bytes, NpgsqlDbType.Bytea);

    private static void Add<TRow, T>(NpgsqlParameterCollection parameters, IReadOnlyList<TRow> rows, Func<TRow, T> value, NpgsqlDbType type)
    {
        var values = new T[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value(rows[i]);
        }

        parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type });
    }
}
