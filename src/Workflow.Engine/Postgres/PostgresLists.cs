using System.Text;
using Npgsql;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Postgres;

/// <summary>The statements of work lists and passes: one per combination of filters, so that each can follow its index.</summary>
internal static class PostgresLists
{
    public static NpgsqlCommand WorkList(WorkListQuery query, NpgsqlConnection connection)
    {
        var command = new NpgsqlCommand { Connection = connection };
        var filters = new StringBuilder();
        Filter("unit", "=", query.Unit);
        Filter("state", "=", query.State);
        Filter("role", "=", query.Role);
        Filter("assignee", "=", query.Assignee);
        if (query.DueBefore is { } before)
        {
            command.Add(StoredTime.Clamp(before));
            filters.Append($" AND due < ${command.Parameters.Count}");
        }

        // Dossiers without a due moment stand last, so behind one of those there are only such.
        if (query.After is { Due: { } due } dated)
        {
            command.Add(StoredTime.Clamp(due)).Add(dated.Code);
            filters.Append($" AND ((due, code) > (${command.Parameters.Count - 1}, ${command.Parameters.Count}) OR due IS NULL)");
        }
        else if (query.After is { } undated)
        {
            Filter("code", ">", undated.Code);
            filters.Append(" AND due IS NULL");
        }

        command.Add(query.Limit);
        var open = Part(closed: false);
        command.CommandText = query.OpenOnly
            ? open
            : $"SELECT * FROM (({open}) UNION ALL ({Part(closed: true)})) lists ORDER BY due NULLS LAST, code LIMIT ${command.Parameters.Count}";
        return command;

        string Part(bool closed) => $"""
            SELECT {PostgresRows.WorkItemColumns} FROM dossier WHERE closed = {(closed ? "true" : "false")}{filters}
            ORDER BY due NULLS LAST, code LIMIT ${command.Parameters.Count}
            """;

        void Filter(string column, string comparison, string? value)
        {
            if (value is not null)
            {
                command.Add(value);
                filters.Append($" AND {column} {comparison} ${command.Parameters.Count}");
            }
        }
    }

    public static NpgsqlCommand Open(OpenDossiers which, string? afterCode, int limit, NpgsqlConnection connection)
    {
        var command = new NpgsqlCommand { Connection = connection };
        command.Add(afterCode ?? string.Empty);
        var sql = new StringBuilder("SELECT code FROM dossier WHERE NOT closed AND code > $1");
        Filter("procedure", which.Procedure);
        Filter("procedure_version", which.ProcedureVersion);
        Filter("unit", which.Unit);
        command.Add(limit);
        command.CommandText = sql.Append($" ORDER BY code LIMIT ${command.Parameters.Count}").ToString();
        return command;

        void Filter(string column, string? value)
        {
            if (value is not null)
            {
                command.Add(value);
                sql.Append($" AND {column} = ${command.Parameters.Count}");
            }
        }
    }
}
