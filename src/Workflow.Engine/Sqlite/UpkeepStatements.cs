using System.Globalization;
using Microsoft.Data.Sqlite;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Sqlite;

/// <summary>What is written apart from dossiers: numbers, cursors, definitions. Inside the writer's transaction.</summary>
internal sealed class UpkeepStatements(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _reserve = new(connection, """
        INSERT INTO code_counter (unit, day, last) VALUES (?, ?, ?)
        ON CONFLICT (unit, day) DO UPDATE SET last = last + excluded.last RETURNING last
        """);

    private readonly SqliteStatement _saveCursor = new(connection, """
        INSERT INTO follower (name, position) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET position = excluded.position
        """);

    /// <summary>Returns the first number of the block.</summary>
    public long Reserve(string unit, DateOnly day, int count)
    {
        _reserve.Add(unit).Add(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Add((long)count).Step();
        var last = _reserve.Number(0);
        _reserve.Execute();
        return last - count + 1;
    }

    public void SaveCursor(string follower, long position) => _saveCursor.Add(follower).Add(position).Execute();

    /// <exception cref="DefinitionConflictException">The version is published with other content.</exception>
    public void Publish(PublishedDefinition definition)
    {
        var table = Table(definition.Kind);
        using var insert = new SqliteStatement(connection, $"""
            INSERT INTO {table} (code, version, content_hash, known_from, content) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """);
        if (insert.Add(definition.Code).Add(definition.Version).Add(definition.ContentHash)
            .Add(definition.KnownFrom).Add(definition.Content).Execute() == 1)
        {
            return;
        }

        using var find = new SqliteStatement(connection, $"SELECT content_hash FROM {table} WHERE code = ? AND version = ?");
        find.Add(definition.Code).Add(definition.Version).Step();
        if (find.Text(0) != definition.ContentHash)
            throw new DefinitionConflictException(definition.Kind, definition.Code, definition.Version);
    }

    /// <summary>The table that keeps a kind of definition.</summary>
    public static string Table(string kind) => DefinitionKinds.Require(kind) == DefinitionKinds.Units ? "unit_tree" : kind;

    public void Dispose()
    {
        _reserve.Dispose();
        _saveCursor.Dispose();
    }
}
