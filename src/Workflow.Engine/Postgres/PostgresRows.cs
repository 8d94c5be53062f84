using Npgsql;
using NpgsqlTypes;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Postgres;

/// <summary>Parameters and rows in the forms of the port.</summary>
internal static class PostgresRows
{
    public const string JournalColumns = """
        epoch, transaction_id::text, position, code, version, occurred_at, recorded_at, actor, caller, command_id, command_digest, salt, data, personal,
        personal_digest, hash, trace_context
        """;

    public const string WorkItemColumns = "code, version, procedure, procedure_version, unit, state, portal_status, role, assignee, due, closed";

    private static readonly TimeSpan s_vietnam = TimeSpan.FromHours(7);

    public static NpgsqlCommand Add(this NpgsqlCommand command, string? text) => command.Add(text, NpgsqlDbType.Text);

    public static NpgsqlCommand Add(this NpgsqlCommand command, int number) => command.Add(number, NpgsqlDbType.Integer);

    public static NpgsqlCommand Add(this NpgsqlCommand command, long number) => command.Add(number, NpgsqlDbType.Bigint);

    public static NpgsqlCommand Add(this NpgsqlCommand command, byte[] bytes) => command.Add(bytes, NpgsqlDbType.Bytea);

    public static NpgsqlCommand Add(this NpgsqlCommand command, DateOnly day) => command.Add(day, NpgsqlDbType.Date);

    public static NpgsqlCommand Add(this NpgsqlCommand command, TimeSpan duration) => command.Add(duration, NpgsqlDbType.Interval);

    public static NpgsqlCommand Add(this NpgsqlCommand command, DateTimeOffset? time) => command.Add(time?.UtcDateTime, NpgsqlDbType.TimestampTz);

    public static DateTimeOffset Time(this NpgsqlDataReader reader, int column) => new DateTimeOffset(reader.GetDateTime(column)).ToOffset(s_vietnam);

    public static DateTimeOffset? TimeOrNull(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.Time(column);

    public static string? TextOrNull(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static byte[]? BytesOrNull(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.Bytes(column);

    public static byte[] Bytes(this NpgsqlDataReader reader, int column) => reader.GetFieldValue<byte[]>(column);

    public static JournalCursor Cursor(this NpgsqlDataReader reader, int column) =>
        new(reader.GetInt32(column), ulong.Parse(reader.GetString(column + 1), null), reader.GetInt64(column + 2));

    public static JournalRow JournalRow(NpgsqlDataReader reader) => new()
    {
        Cursor = reader.Cursor(0),
        Code = reader.GetString(3),
        Version = reader.GetInt32(4),
        OccurredAt = reader.Time(5),
        RecordedAt = reader.Time(6),
        Actor = reader.GetString(7),
        Caller = reader.GetString(8),
        CommandId = reader.GetString(9),
        CommandDigest = reader.Bytes(10),
        Salt = reader.Bytes(11),
        Data = reader.Bytes(12),
        Personal = reader.BytesOrNull(13),
        PersonalDigest = reader.Bytes(14),
        Hash = reader.Bytes(15),
        TraceContext = reader.TextOrNull(16),
    };

    public static WorkItem WorkItem(NpgsqlDataReader reader) => new()
    {
        Code = reader.GetString(0),
        Version = reader.GetInt32(1),
        Procedure = reader.GetString(2),
        ProcedureVersion = reader.GetString(3),
        Unit = reader.GetString(4),
        State = reader.GetString(5),
        PortalStatus = reader.IsDBNull(6) ? null : reader.GetInt32(6),
        Role = reader.TextOrNull(7),
        Assignee = reader.TextOrNull(8),
        Due = reader.TimeOrNull(9),
        Closed = reader.GetBoolean(10),
    };

    public static StoredDossier Dossier(NpgsqlDataReader reader) => new(
        reader.GetString(0),
        reader.GetInt32(1),
        reader.Bytes(11),
        new StoredSnapshot
        {
            Procedure = reader.GetString(2),
            ProcedureVersion = reader.GetString(3),
            Unit = reader.GetString(4),
            State = reader.GetString(5),
            PortalStatus = reader.IsDBNull(6) ? null : reader.GetInt32(6),
            Role = reader.TextOrNull(7),
            Assignee = reader.TextOrNull(8),
            Due = reader.TimeOrNull(9),
            Closed = reader.GetBoolean(10),
            WakeAt = reader.TimeOrNull(12),
            Data = reader.Bytes(13),
            Personal = reader.BytesOrNull(14),
        });

    private static NpgsqlCommand Add(this NpgsqlCommand command, object? value, NpgsqlDbType type)
    {
        command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        return command;
    }
}
