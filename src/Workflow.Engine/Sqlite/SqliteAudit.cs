using System.Text;
using Workflow.Engine.Audit;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Sqlite;

/// <summary>The pages of an audit. Texts are read by their bytes and pages go on behind bytes: what is no text must neither be taken for one nor be met twice.</summary>
internal static class SqliteAudit
{
    private const string RowColumns = """
        position, code, version, occurred_at, recorded_at, actor, caller, command_id,
        command_digest, salt, data, personal, personal_digest, hash, trace_context
        """;

    private const string DossierColumns =
        "code, version, hash, data, personal, procedure, procedure_version, unit, state, portal_status, role, assignee, due, wake_at, closed, closed_at";

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static List<((byte[] Code, long Version, long Position) Place, ScannedRow Item)> Rows(
        SqliteReader reader, string? code, (byte[] Code, long Version, long Position) after) =>
        Rows(reader, RowColumns, code, after, row => ((row.Bytes(1), row.Number(2), row.Number(0)), Row(row)));

    public static List<((byte[] Code, long Version, long Position) Place, JournalPlace Item)> Places(
        SqliteReader reader, string? code, (byte[] Code, long Version, long Position) after) => Rows(
        reader,
        "position, code, version",
        code,
        after,
        row => ((row.Bytes(1), row.Number(2), row.Number(0)), new JournalPlace(Lenient(row, 1), row.Number(2), JournalCursor.At(row.Number(0)))));

    public static List<(byte[] Place, ScannedDossier Item)> Dossiers(SqliteReader reader, string? code, byte[] after) => reader.Page(
        Both($"SELECT {DossierColumns} FROM dossier WHERE {(code is null ? string.Empty : "code = ?3 AND ")}code > CAST(?1 AS TEXT)") + " ORDER BY code LIMIT ?2",
        statement =>
        {
            statement.Add(after).Add((long?)Scanning.PageLength);
            if (code is not null)
                statement.Add(code);
        },
        row => (row.Bytes(0), Dossier(row)));

    public static List<((byte[] Caller, byte[] CommandId) Place, ScannedSubmission Item)> Submissions(SqliteReader reader, (byte[] Caller, byte[] CommandId) after) =>
        reader.Page(
            "SELECT caller, command_id, code FROM submission WHERE (caller, command_id) > (CAST(?1 AS TEXT), CAST(?2 AS TEXT)) ORDER BY caller, command_id LIMIT ?3",
            statement => statement.Add(after.Caller).Add(after.CommandId).Add((long?)Scanning.PageLength),
            row => ((row.Bytes(0), row.Bytes(1)), new ScannedSubmission(Lenient(row, 0), Lenient(row, 1), Lenient(row, 2))));

    public static List<(long Place, JournalMoment? Item)> Moments(SqliteReader reader, long after) => reader.Page(
        Both("SELECT position, code, version, actor, occurred_at, recorded_at FROM dossier_event WHERE position > ?1") + " ORDER BY position LIMIT ?2",
        statement => statement.Add((long?)after).Add((long?)Scanning.PageLength),
        row => (row.Number(0), Scanning.Tolerant<JournalMoment?>(
            () => new JournalMoment(JournalCursor.At(row.Number(0)), Lenient(row, 1), checked((int)row.Number(2)), Lenient(row, 3), row.Time(4), row.Time(5)), _ => null)));

    private static List<T> Rows<T>(
        SqliteReader reader, string columns, string? code, (byte[] Code, long Version, long Position) after, Func<SqliteStatement, T> read) => reader.Page(
        Both($"SELECT {columns} FROM dossier_event WHERE {(code is null ? string.Empty : "code = ?5 AND ")}(code, version, position) > (CAST(?1 AS TEXT), ?2, ?3)")
            + " ORDER BY code, version, position LIMIT ?4",
        statement =>
        {
            statement.Add(after.Code).Add(after.Version).Add(after.Position).Add((long?)Scanning.PageLength);
            if (code is not null)
                statement.Add(code);
        },
        read);

    private static ScannedRow Row(SqliteStatement row)
    {
        var (code, version) = (Lenient(row, 1), row.Number(2));
        return Scanning.Tolerant(
            () => new ScannedRow(
                code,
                version,
                new JournalRow
                {
                    Cursor = JournalCursor.At(row.Number(0)),
                    Code = Text(row, 1),
                    Version = checked((int)version),
                    OccurredAt = StoredTime.Parse(Text(row, 3)),
                    RecordedAt = StoredTime.Parse(Text(row, 4)),
                    Actor = Text(row, 5),
                    Caller = Text(row, 6),
                    CommandId = Text(row, 7),
                    CommandDigest = row.Bytes(8),
                    Salt = row.Bytes(9),
                    Data = row.Bytes(10),
                    Personal = row.BytesOrNull(11),
                    PersonalDigest = row.Bytes(12),
                    Hash = row.Bytes(13),
                    TraceContext = TextOrNull(row, 14),
                },
                null),
            why => new ScannedRow(code, version, null, why));
    }

    private static ScannedDossier Dossier(SqliteStatement row)
    {
        var code = Lenient(row, 0);
        return Scanning.Tolerant(
            () => new ScannedDossier(
                code,
                new StoredDossier(Text(row, 0), checked((int)row.Number(1)), row.Bytes(2), new StoredSnapshot
                {
                    Data = row.Bytes(3),
                    Personal = row.BytesOrNull(4),
                    Procedure = Text(row, 5),
                    ProcedureVersion = Text(row, 6),
                    Unit = Text(row, 7),
                    State = Text(row, 8),
                    PortalStatus = row.IsNull(9) ? null : checked((int)row.Number(9)),
                    Role = TextOrNull(row, 10),
                    Assignee = TextOrNull(row, 11),
                    Due = row.IsNull(12) ? null : StoredTime.Parse(Text(row, 12)),
                    WakeAt = row.IsNull(13) ? null : StoredTime.Parse(Text(row, 13)),
                    Closed = row.Number(14) switch { 0 => false, 1 => true, _ => throw new FormatException("closed is 0 or 1.") },
                }),
                row.IsNull(15) ? null : StoredTime.Parse(Text(row, 15)),
                null),
            why => new ScannedDossier(code, null, null, why));
    }

    private static string Both(string sql) => $"{sql} UNION ALL {sql
        .Replace("FROM dossier_event", "FROM archived_event", StringComparison.Ordinal).Replace("FROM dossier ", "FROM archived_dossier ", StringComparison.Ordinal)}";

    private static string Lenient(SqliteStatement row, int column) => Encoding.UTF8.GetString(row.Bytes(column));

    private static string Text(SqliteStatement row, int column) => s_strict.GetString(row.Bytes(column));

    private static string? TextOrNull(SqliteStatement row, int column) => row.IsNull(column) ? null : Text(row, column);
}
