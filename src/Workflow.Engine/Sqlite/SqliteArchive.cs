using Microsoft.Data.Sqlite;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Sqlite;

/// <summary>Moves dossiers into the archive's tables and back. Inside the writer's transaction.</summary>
internal sealed class SqliteArchive : IDisposable
{
    private const string DossierColumns = """
        code, version, hash, procedure, procedure_version, unit, state, portal_status, role, assignee, due, wake_at, closed, data, personal, closed_at
        """;

    private const string EventColumns = """
        position, code, version, occurred_at, recorded_at, actor, caller, command_id,
        command_digest, salt, data, personal, personal_digest, hash, trace_context
        """;

    private readonly SqliteStatement _find;
    private readonly SqliteStatement _findCommand;
    private readonly SqliteStatement _closed;
    private readonly SqliteStatement[] _away;
    private readonly SqliteStatement[] _back;

    public SqliteArchive(SqliteConnection connection)
    {
        _find = new SqliteStatement(connection, "SELECT version FROM archived_dossier WHERE code = ?");
        _findCommand = new SqliteStatement(connection, "SELECT version FROM archived_event WHERE code = ? AND caller = ? AND command_id = ?");
        _closed = new SqliteStatement(connection, """
            SELECT code FROM dossier INDEXED BY dossier_by_closing WHERE closed_at < ? AND wake_at IS NULL ORDER BY closed_at, code LIMIT ?
            """);
        _away = Moving(connection, "dossier", "archived_dossier", "dossier_event", "archived_event");
        _back = Moving(connection, "archived_dossier", "dossier", "archived_event", "dossier_event");
    }

    /// <summary>The version of an archived dossier, or null when the archive has no such dossier.</summary>
    public int? Version(string code) => Number(_find.Add(code));

    /// <summary>The version that a command of an archived dossier made, or null when it has accepted no such command.</summary>
    public int? VersionOf(string code, string caller, string commandId) => Number(_findCommand.Add(code).Add(caller).Add(commandId));

    /// <summary>Moves the earliest closed dossiers to the archive and returns how many.</summary>
    public int Archive(DateTimeOffset closedBefore, int limit)
    {
        var codes = new List<string>();
        _closed.Add(StoredTime.Clamp(closedBefore)).Add((long)limit);
        while (_closed.Step())
            codes.Add(_closed.Text(0));
        foreach (var code in codes)
            Move(_away, code);
        return codes.Count;
    }

    /// <summary>Moves an archived dossier back.</summary>
    public void BringBack(string code) => Move(_back, code);

    public void Dispose()
    {
        _find.Dispose();
        _findCommand.Dispose();
        _closed.Dispose();
        foreach (var statement in _away.Concat(_back))
            statement.Dispose();
    }

    private static void Move(SqliteStatement[] statements, string code)
    {
        foreach (var statement in statements)
            statement.Add(code).Execute();
    }

    private static SqliteStatement[] Moving(SqliteConnection connection, string fromDossiers, string toDossiers, string fromEvents, string toEvents) =>
    [
        new(connection, $"INSERT INTO {toDossiers} ({DossierColumns}) SELECT {DossierColumns} FROM {fromDossiers} WHERE code = ?"),
        new(connection, $"INSERT INTO {toEvents} ({EventColumns}) SELECT {EventColumns} FROM {fromEvents} WHERE code = ? ORDER BY version"),
        new(connection, $"DELETE FROM {fromDossiers} WHERE code = ?"),
        new(connection, $"DELETE FROM {fromEvents} WHERE code = ?"),
    ];

    private static int? Number(SqliteStatement statement)
    {
        if (!statement.Step())
            return null;
        var number = (int)statement.Number(0);
        statement.Reset();
        return number;
    }
}
