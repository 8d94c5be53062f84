using Microsoft.Data.Sqlite;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Sqlite;

/// <summary>A connection that reads, with its prepared statements. For one caller at a time.</summary>
/// <remarks>Every read takes all its rows and resets its statement, so that no transaction stays open behind it.</remarks>
internal sealed partial class SqliteReader(SqliteConnection connection) : IDisposable
{
    private const string RowColumns = """
        position, code, version, occurred_at, recorded_at, actor, caller, command_id,
        command_digest, salt, data, personal, personal_digest, hash, trace_context
        """;

    private static readonly string CommandSql = Both($"SELECT {RowColumns} FROM dossier_event WHERE code = ?1 AND caller = ?2 AND command_id = ?3");

    private static readonly string HistorySql = Both($"SELECT {RowColumns} FROM dossier_event WHERE code = ?1 AND version >= ?2") + " ORDER BY version LIMIT ?3";

    /// <summary>The rows behind ?1, at most ?2.</summary>
    public static readonly string JournalSql = Both($"SELECT {RowColumns} FROM dossier_event WHERE position > ?1") + " ORDER BY position LIMIT ?2";

    // By their text: the work lists have a few dozen forms, everything else one each.
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    public StoredDossier? Load(string code) => First(
        Prepared("""
            SELECT version, hash, data, personal, procedure, procedure_version, unit, state, portal_status, role, assignee,
                due, wake_at, closed
            FROM dossier WHERE code = ?1
            UNION ALL
            SELECT version, hash, data, personal, procedure, procedure_version, unit, state, portal_status, role, assignee,
                due, wake_at, closed
            FROM archived_dossier WHERE code = ?1
            """).Add(code),
        row => new StoredDossier(code, (int)row.Number(0), row.Bytes(1), new StoredSnapshot
        {
            Data = row.Bytes(2),
            Personal = row.BytesOrNull(3),
            Procedure = row.Text(4),
            ProcedureVersion = row.Text(5),
            Unit = row.Text(6),
            State = row.Text(7),
            PortalStatus = row.NumberOrNull(8),
            Role = row.TextOrNull(9),
            Assignee = row.TextOrNull(10),
            Due = row.TimeOrNull(11),
            WakeAt = row.TimeOrNull(12),
            Closed = row.Number(13) != 0,
        }));

    public StoredCommand? FindCommand(string code, string caller, string commandId) => First(
        Prepared(CommandSql).Add(code).Add(caller).Add(commandId),
        row => new StoredCommand(Row(row)));

    public StoredSubmission? FindSubmission(string caller, string commandId) => First(
        Prepared("SELECT code FROM submission WHERE caller = ? AND command_id = ?").Add(caller).Add(commandId),
        row => new StoredSubmission(row.Text(0)));

    public List<JournalRow> History(string code, int fromVersion, int limit) => All(
        Prepared(HistorySql).Add(code).Add(fromVersion).Add(limit),
        Row);

    public List<JournalRow> Journal(long afterPosition, int limit) => All(
        Prepared(JournalSql).Add(afterPosition).Add(limit),
        Row);

    public List<WakeUp> Due(DateTimeOffset upTo, WakeUp? after, int limit) => All(
        after is { } last
            ? Prepared("SELECT code, wake_at FROM dossier WHERE wake_at <= ? AND (wake_at, code) > (?, ?) ORDER BY wake_at, code LIMIT ?")
                .Add(StoredTime.Clamp(upTo)).Add(StoredTime.Clamp(last.WakeAt)).Add(last.Code).Add(limit)
            : Prepared("SELECT code, wake_at FROM dossier WHERE wake_at <= ? ORDER BY wake_at, code LIMIT ?").Add(StoredTime.Clamp(upTo)).Add(limit),
        row => new WakeUp(row.Text(0), row.Time(1)));

    public DateTimeOffset? NextWakeUp() => First<DateTimeOffset?>(
        Prepared("SELECT wake_at FROM dossier WHERE wake_at IS NOT NULL ORDER BY wake_at LIMIT 1"), row => row.Time(0));

    public JournalCursor? Cursor(string follower) => First<JournalCursor?>(
        Prepared("SELECT position FROM follower WHERE name = ?").Add(follower), row => JournalCursor.At(row.Number(0)));

    public List<PublishedDefinition> Definitions(string kind) => All(
        Prepared($"""
            SELECT code, version, content_hash, known_from, content FROM {UpkeepStatements.Table(kind)} ORDER BY known_from, code, version
            """),
        row => new PublishedDefinition(kind, row.Text(0), row.Text(1), row.Text(2), row.Time(3), row.Bytes(4)));

    public List<ChainHead> ChainHeads(string afterCode, int limit) => All(
        Prepared("""
            SELECT code, version, hash FROM dossier WHERE code > ?1
            UNION ALL SELECT code, version, hash FROM archived_dossier WHERE code > ?1 ORDER BY code LIMIT ?2
            """).Add(afterCode).Add(limit),
        row => new ChainHead(row.Text(0), (int)row.Number(1), row.Bytes(2)));

    public List<WorkItem> WorkList(WorkListQuery query) =>
        All(SqliteWorkList.Bind(Prepared(SqliteWorkList.Sql(query)), query), SqliteWorkList.Item);

    public List<string> Open(OpenDossiers which, string? afterCode, int limit) =>
        All(SqliteOpenDossiers.Bind(Prepared(SqliteOpenDossiers.Sql(which)), which, afterCode, limit), row => row.Text(0));

    public JournalTotals Count() => First<JournalTotals?>(
        Prepared("""
            SELECT (SELECT count(*) FROM dossier) + (SELECT count(*) FROM archived_dossier),
                (SELECT count(*) FROM dossier_event) + (SELECT count(*) FROM archived_event)
            """),
        row => new JournalTotals(row.Number(0), row.Number(1)))!.Value;

    public long CountClosed(DateTimeOffset closedBefore) => First<long>(
        Prepared("SELECT count(*) FROM dossier WHERE closed_at < ?").Add(StoredTime.Clamp(closedBefore)), row => row.Number(0));

    /// <summary>Reads a page in a form of its reader's own.</summary>
    public List<T> Page<T>(string sql, Action<SqliteStatement> bind, Func<SqliteStatement, T> read)
    {
        var statement = Prepared(sql);
        bind(statement);
        return All(statement, read);
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        connection.Dispose();
    }

    // One statement, so that a dossier that moves meanwhile is met exactly once. In order, SQLite merges the two without sorting.
    private static string Both(string sql) => $"{sql} UNION ALL {sql.Replace("FROM dossier_event", "FROM archived_event", StringComparison.Ordinal)}";

    private static JournalRow Row(SqliteStatement row) => new()
    {
        Cursor = JournalCursor.At(row.Number(0)),
        Code = row.Text(1),
        Version = (int)row.Number(2),
        OccurredAt = row.Time(3),
        RecordedAt = row.Time(4),
        Actor = row.Text(5),
        Caller = row.Text(6),
        CommandId = row.Text(7),
        CommandDigest = row.Bytes(8),
        Salt = row.Bytes(9),
        Data = row.Bytes(10),
        Personal = row.BytesOrNull(11),
        PersonalDigest = row.Bytes(12),
        Hash = row.Bytes(13),
        TraceContext = row.TextOrNull(14),
    };

    private SqliteStatement Prepared(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
            _statements.Add(sql, statement = new SqliteStatement(connection, sql));
        return statement;
    }

    private static T? First<T>(SqliteStatement statement, Func<SqliteStatement, T> read)
    {
        try
        {
            return statement.Step() ? read(statement) : default;
        }
        finally
        {
            statement.Reset();
        }
    }

    private static List<T> All<T>(SqliteStatement statement, Func<SqliteStatement, T> read)
    {
        try
        {
            var rows = new List<T>();
            while (statement.Step())
                rows.Add(read(statement));
            return rows;
        }
        finally
        {
            statement.Reset();
        }
    }
}
