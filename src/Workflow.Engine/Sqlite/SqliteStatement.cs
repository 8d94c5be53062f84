using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Sqlite;

/// <summary>A prepared statement that is bound, run and reset without allocating commands and named parameters.</summary>
/// <remarks>
/// Parameters are bound in order: <c>?1</c> first. For one thread at a time, like its connection. A statement is reset when
/// <see cref="Step"/> has said false and by <see cref="Execute"/>; whoever stops earlier calls <see cref="Reset"/>, because
/// a statement that is not reset keeps its read transaction open.
/// </remarks>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly byte[] _utf8 = new byte[4096];
    private int _bound;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        if (raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement) != raw.SQLITE_OK)
            throw Fault();
    }

    public SqliteStatement Add(string? text)
    {
        if (text is null)
            return AddNull();
        if (text.Length == 0 || Encoding.UTF8.GetMaxByteCount(text.Length) > _utf8.Length)
            return Bound(raw.sqlite3_bind_text(_statement, ++_bound, text));
        var length = Encoding.UTF8.GetBytes(text, _utf8);
        return Bound(raw.sqlite3_bind_text(_statement, ++_bound, _utf8.AsSpan(0, length)));
    }

    // An empty span has no address, which SQLite would take for NULL.
    public SqliteStatement Add(byte[]? bytes) => bytes switch
    {
        null => AddNull(),
        [] => Bound(raw.sqlite3_bind_zeroblob(_statement, ++_bound, 0)),
        _ => Bound(raw.sqlite3_bind_blob(_statement, ++_bound, bytes)),
    };

    public SqliteStatement Add(long? number) =>
        number is { } value ? Bound(raw.sqlite3_bind_int64(_statement, ++_bound, value)) : AddNull();

    public SqliteStatement Add(DateTimeOffset? time) => time is { } value ? Add(StoredTime.Format(value)) : AddNull();

    /// <summary>Moves to the next row; false when there is none, and the statement is reset.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
            return true;
        if (code != raw.SQLITE_DONE)
        {
            var fault = Fault();
            Reset();
            throw fault;
        }

        Reset();
        return false;
    }

    /// <summary>Runs the statement to its end and returns how many rows it changed.</summary>
    public int Execute()
    {
        while (Step())
        {
        }

        return raw.sqlite3_changes(_database);
    }

    /// <summary>Makes the statement ready to be bound again. What was bound is replaced then: no clearing.</summary>
    public void Reset()
    {
        raw.sqlite3_reset(_statement);
        _bound = 0;
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    public byte[]? BytesOrNull(int column) => IsNull(column) ? null : Bytes(column);

    public long Number(int column) => raw.sqlite3_column_int64(_statement, column);

    public int? NumberOrNull(int column) => IsNull(column) ? null : (int)Number(column);

    public DateTimeOffset Time(int column) => StoredTime.Parse(Text(column));

    public DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);

    public void Dispose() => _statement.Dispose();

    private SqliteStatement AddNull() => Bound(raw.sqlite3_bind_null(_statement, ++_bound));

    private SqliteStatement Bound(int code)
    {
        if (code == raw.SQLITE_OK)
            return this;
        var fault = Fault();
        Reset();
        throw fault;
    }

    private SqliteException Fault() => new(
        raw.sqlite3_errmsg(_database).utf8_to_string(), raw.sqlite3_errcode(_database), raw.sqlite3_extended_errcode(_database));
}
