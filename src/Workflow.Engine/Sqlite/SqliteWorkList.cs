using System.Text;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Sqlite;

/// <summary>The statements of work lists: one per combination of filters, so that each can follow its index.</summary>
internal static class SqliteWorkList
{
    private const string Columns = """
        code, version, procedure, procedure_version, unit, state, portal_status, role, assignee, due, closed, due_order
        """;

    /// <summary>The statement for a query: the same text for the same filters. Parameters as <see cref="Bind"/> gives them.</summary>
    public static string Sql(WorkListQuery query)
    {
        // Open, closed and archived dossiers stand apart in the indexes: a list of all takes a page of each, not all of each.
        var open = Part(query, "dossier", "closed = 0");
        return query.OpenOnly
            ? open
            : $"""
            SELECT * FROM ({open}) UNION ALL SELECT * FROM ({Part(query, "dossier", "closed = 1")})
            UNION ALL SELECT * FROM ({Part(query, "archived_dossier", "true")}) ORDER BY due_order, code LIMIT ?8
            """;
    }

    /// <summary>Binds ?1 unit, ?2 state, ?3 role, ?4 assignee, ?5 due before, ?6 and ?7 the key of the page before, ?8 the limit.</summary>
    public static SqliteStatement Bind(SqliteStatement statement, WorkListQuery query) => statement
        .Add(query.Unit).Add(query.State).Add(query.Role).Add(query.Assignee)
        .Add(query.DueBefore is { } before ? StoredTime.Clamp(before) : null)
        .Add(query.After is { } after ? DueOrder(after.Due) : null).Add(query.After?.Code)
        .Add((long)query.Limit);

    public static WorkItem Item(SqliteStatement row) => new()
    {
        Code = row.Text(0),
        Version = (int)row.Number(1),
        Procedure = row.Text(2),
        ProcedureVersion = row.Text(3),
        Unit = row.Text(4),
        State = row.Text(5),
        PortalStatus = row.NumberOrNull(6),
        Role = row.TextOrNull(7),
        Assignee = row.TextOrNull(8),
        Due = row.TimeOrNull(9),
        Closed = row.Number(10) != 0,
    };

    // The column of that name in SqliteSchema: behind every digit when there is no due moment.
    private static string DueOrder(DateTimeOffset? due) => due is { } time ? StoredTime.Format(StoredTime.Clamp(time)) : "~";

    private static string Part(WorkListQuery query, string table, string which)
    {
        // Without statistics SQLite cannot know which index is the narrower one: an officer has fewer dossiers than a unit.
        var sql = new StringBuilder($"SELECT {Columns} FROM {table}");
        if (query.Assignee is not null)
            sql.Append($" INDEXED BY {table}_by_assignee");
        else if (query.Unit is not null)
            sql.Append($" INDEXED BY {table}_by_unit");

        sql.Append($" WHERE {which}");
        if (query.Unit is not null)
            sql.Append(" AND unit = ?1");
        if (query.State is not null)
            sql.Append(" AND state = ?2");
        if (query.Role is not null)
            sql.Append(" AND role = ?3");
        if (query.Assignee is not null)
            sql.Append(" AND assignee = ?4");
        if (query.DueBefore is not null)
            sql.Append(" AND due_order < ?5");
        if (query.After is not null)
            sql.Append(" AND (due_order, code) > (?6, ?7)");
        return sql.Append(" ORDER BY due_order, code LIMIT ?8").ToString();
    }
}
