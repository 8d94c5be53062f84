using Microsoft.Data.Sqlite;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Sqlite;

/// <summary>Appends inside the writer's transaction: two prepared statements for a command, three for a submission.</summary>
/// <remarks>
/// The journal row goes first, since its two unique keys tell a repeat and a taken version without a query. What a later
/// statement refuses, which only a misnumbered append meets, is taken back by key: a savepoint per append costs more.
/// </remarks>
internal sealed class AppendStatements : IDisposable
{
    private const string SnapshotColumns =
        "version, hash, procedure, procedure_version, unit, state, portal_status, role, assignee, due, wake_at, closed, data, personal, closed_at";

    private readonly SqliteArchive _archive;
    private readonly SqliteStatement _insertEvent;
    private readonly SqliteStatement _deleteEvent;
    private readonly SqliteStatement _insertDossier;
    private readonly SqliteStatement _updateDossier;
    private readonly SqliteStatement _insertSubmission;
    private readonly SqliteStatement _deleteSubmission;
    private readonly SqliteStatement _findSubmission;
    private readonly SqliteStatement _findCommand;

    // The last position given, in this transaction and up to the last commit.
    private long _position;
    private long _committedPosition;

    /// <summary>Takes a connection and the archive on it, which stays the caller's.</summary>
    public AppendStatements(SqliteConnection connection, SqliteArchive archive)
    {
        _archive = archive;
        _committedPosition = _position = (long)SqliteDatabase.Scalar(
            connection,
            "SELECT max((SELECT ifnull(max(position), 0) FROM dossier_event), (SELECT ifnull(max(position), 0) FROM archived_event))")!;
        _insertEvent = new SqliteStatement(connection, """
            INSERT INTO dossier_event (position, code, version, occurred_at, recorded_at, actor, caller, command_id,
                command_digest, salt, data, personal, personal_digest, hash, trace_context)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """);
        _deleteEvent = new SqliteStatement(connection, "DELETE FROM dossier_event WHERE position = ?");
        _insertDossier = new SqliteStatement(connection, $"""
            INSERT INTO dossier ({SnapshotColumns}, code)
            SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?16 WHERE NOT EXISTS (SELECT 1 FROM archived_dossier WHERE code = ?16)
            ON CONFLICT DO NOTHING
            """);
        _updateDossier = new SqliteStatement(connection, $"""
            UPDATE dossier SET ({SnapshotColumns}) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE code = ? AND version = ?
            """);
        _insertSubmission = new SqliteStatement(
            connection, "INSERT INTO submission (caller, command_id, code) VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
        _deleteSubmission = new SqliteStatement(connection, "DELETE FROM submission WHERE caller = ? AND command_id = ?");
        _findSubmission = new SqliteStatement(connection, "SELECT code FROM submission WHERE caller = ? AND command_id = ?");
        _findCommand = new SqliteStatement(
            connection, "SELECT version FROM dossier_event WHERE code = ? AND caller = ? AND command_id = ?");
    }

    /// <summary>Writes one append, or nothing of it.</summary>
    public AppendResult Append(JournalAppend append, string recordedAt)
    {
        if (Storable.WhyNot(append) is { } reason)
            return AppendResult.Unstorable(reason);
        return Write(append, recordedAt) ?? WriteToArchived(append, recordedAt);
    }

    // Null when the dossier is not among those that are written to: then the archive may have it.
    private AppendResult? Write(JournalAppend append, string recordedAt)
    {
        var submits = append.Version == 1;
        if (submits && _insertSubmission.Add(append.Caller).Add(append.CommandId).Add(append.Code).Execute() == 0)
            return AppendResult.RepeatedSubmission(SubmittedCode(append));

        if (InsertEvent(append, recordedAt) == 0)
        {
            if (submits)
                DeleteSubmission(append);
            return EarlierVersion(append) is { } version ? AppendResult.Repeat(version) : AppendResult.Conflict();
        }

        if ((submits ? InsertDossier(append) : UpdateDossier(append)) == 0)
        {
            _deleteEvent.Add(_position + 1).Execute();
            if (submits)
                DeleteSubmission(append);
            return null;
        }

        return AppendResult.Committed(++_position, append.Version);
    }

    // Only what will be accepted brings the dossier back.
    private AppendResult WriteToArchived(JournalAppend append, string recordedAt)
    {
        if (_archive.Version(append.Code) is not { } version)
            return AppendResult.Conflict();
        if (_archive.VersionOf(append.Code, append.Caller, append.CommandId) is { } earlier)
            return AppendResult.Repeat(earlier);
        if (append.Version != version + 1)
            return AppendResult.Conflict();
        _archive.BringBack(append.Code);
        return Write(append, recordedAt) ?? AppendResult.Conflict();
    }

    public void Committed() => _committedPosition = _position;

    public void RolledBack() => _position = _committedPosition;

    public void Dispose()
    {
        _insertEvent.Dispose();
        _deleteEvent.Dispose();
        _insertDossier.Dispose();
        _updateDossier.Dispose();
        _insertSubmission.Dispose();
        _deleteSubmission.Dispose();
        _findSubmission.Dispose();
        _findCommand.Dispose();
    }

    private int InsertEvent(JournalAppend append, string recordedAt) => _insertEvent
        .Add(_position + 1).Add(append.Code).Add(append.Version).Add(append.OccurredAt).Add(recordedAt)
        .Add(append.Actor).Add(append.Caller).Add(append.CommandId)
        .Add(append.CommandDigest).Add(append.Salt).Add(append.Data).Add(append.Personal)
        .Add(append.PersonalDigest).Add(append.Hash).Add(append.TraceContext)
        .Execute();

    private int InsertDossier(JournalAppend append) => AddSnapshot(_insertDossier, append).Add(append.Code).Execute();

    private int UpdateDossier(JournalAppend append) =>
        AddSnapshot(_updateDossier, append).Add(append.Code).Add(append.Version - 1).Execute();

    private static SqliteStatement AddSnapshot(SqliteStatement statement, JournalAppend append)
    {
        var snapshot = append.Snapshot;
        return statement
            .Add(append.Version).Add(append.Hash).Add(snapshot.Procedure).Add(snapshot.ProcedureVersion)
            .Add(snapshot.Unit).Add(snapshot.State).Add(snapshot.PortalStatus).Add(snapshot.Role).Add(snapshot.Assignee)
            .Add(snapshot.Due).Add(snapshot.WakeAt is { } wakeAt ? StoredTime.Ceiling(wakeAt) : null)
            .Add(snapshot.Closed ? 1L : 0L).Add(snapshot.Data).Add(snapshot.Personal)
            .Add(snapshot.Closed ? append.OccurredAt : (DateTimeOffset?)null);
    }

    private void DeleteSubmission(JournalAppend append) => _deleteSubmission.Add(append.Caller).Add(append.CommandId).Execute();

    private string SubmittedCode(JournalAppend append)
    {
        _findSubmission.Add(append.Caller).Add(append.CommandId).Step();
        var code = _findSubmission.Text(0);
        _findSubmission.Reset();
        return code;
    }

    private int? EarlierVersion(JournalAppend append)
    {
        if (!_findCommand.Add(append.Code).Add(append.Caller).Add(append.CommandId).Step())
            return null;
        var version = (int)_findCommand.Number(0);
        _findCommand.Reset();
        return version;
    }
}
