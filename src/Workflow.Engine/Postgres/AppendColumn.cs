using Npgsql;
using NpgsqlTypes;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Postgres;

/// <summary>What an append brings along for one column of the dossier's row, of the journal's row, or of both.</summary>
internal abstract class AppendColumn(string name, string type, string? dossier, string? row)
{
    /// <summary>Every column, the dossier's code first.</summary>
    public static IReadOnlyList<AppendColumn> All { get; } =
    [
        Text("code", a => a.Code, "code", "code"),
        new AppendColumn<int>("version", "int", NpgsqlDbType.Integer, a => a.Version, "version", "version"),
        Bytes("hash", a => a.Hash, "hash", "hash"),
        Text("procedure", a => a.Snapshot.Procedure, "procedure"),
        Text("procedure_version", a => a.Snapshot.ProcedureVersion, "procedure_version"),
        Text("unit", a => a.Snapshot.Unit, "unit"),
        Text("state", a => a.Snapshot.State, "state"),
        new AppendColumn<int?>("portal_status", "int", NpgsqlDbType.Integer, a => a.Snapshot.PortalStatus, "portal_status"),
        Text("role", a => a.Snapshot.Role, "role"),
        Text("assignee", a => a.Snapshot.Assignee, "assignee"),
        Time("due", a => a.Snapshot.Due is { } due ? StoredTime.Floor(due) : null, "due"),
        Time("wake_at", a => a.Snapshot.WakeAt is { } wakeAt ? StoredTime.Ceiling(wakeAt) : null, "wake_at"),
        new AppendColumn<bool>("closed", "bool", NpgsqlDbType.Boolean, a => a.Snapshot.Closed, "closed"),
        Bytes("snapshot", a => a.Snapshot.Data, "data"),
        Bytes("snapshot_personal", a => a.Snapshot.Personal, "personal"),
        Time("closed_at", a => a.Snapshot.Closed ? StoredTime.Floor(a.OccurredAt) : null, "closed_at"),
        Time("occurred_at", a => StoredTime.Floor(a.OccurredAt), null, "occurred_at"),
        Text("actor", a => a.Actor, null, "actor"),
        Text("caller", a => a.Caller, null, "caller"),
        Text("command_id", a => a.CommandId, null, "command_id"),
        Bytes("command_digest", a => a.CommandDigest, null, "command_digest"),
        Bytes("salt", a => a.Salt, null, "salt"),
        Bytes("events", a => a.Data, null, "data"),
        Bytes("events_personal", a => a.Personal, null, "personal"),
        Bytes("personal_digest", a => a.PersonalDigest, null, "personal_digest"),
        Text("trace_context", a => a.TraceContext, null, "trace_context"),
    ];

    /// <summary>The name in the statement.</summary>
    public string Name => name;

    /// <summary>The type of a value in PostgreSQL.</summary>
    public string Type => type;

    /// <summary>The column of table dossier, or null.</summary>
    public string? Dossier => dossier;

    /// <summary>The column of table dossier_event, or null.</summary>
    public string? Row => row;

    /// <summary>The values of many appends, as an array.</summary>
    public abstract NpgsqlParameter Many(JournalAppend[] appends);

    /// <summary>The value of one append.</summary>
    public abstract NpgsqlParameter One(JournalAppend append);

    private static AppendColumn<string?> Text(string name, Func<JournalAppend, string?> value, string? dossier, string? row = null) =>
        new(name, "text", NpgsqlDbType.Text, value, dossier, row);

    private static AppendColumn<byte[]?> Bytes(string name, Func<JournalAppend, byte[]?> value, string? dossier, string? row = null) =>
        new(name, "bytea", NpgsqlDbType.Bytea, value, dossier, row);

    private static AppendColumn<DateTime?> Time(string name, Func<JournalAppend, DateTimeOffset?> value, string? dossier, string? row = null) =>
        new(name, "timestamptz", NpgsqlDbType.TimestampTz, a => value(a)?.UtcDateTime, dossier, row);
}

/// <summary>A column with values of one type.</summary>
internal sealed class AppendColumn<T>(string name, string type, NpgsqlDbType kind, Func<JournalAppend, T> value, string? dossier, string? row = null)
    : AppendColumn(name, type, dossier, row)
{
    public override NpgsqlParameter Many(JournalAppend[] appends) =>
        new NpgsqlParameter<T[]> { TypedValue = Array.ConvertAll(appends, a => value(a)), NpgsqlDbType = NpgsqlDbType.Array | kind };

    public override NpgsqlParameter One(JournalAppend append) =>
        value(append) is { } given ? new NpgsqlParameter<T> { TypedValue = given, NpgsqlDbType = kind } : new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = kind };
}
