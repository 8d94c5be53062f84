using System.Text;
using Npgsql;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Postgres;

/// <summary>The statements of work lists and passes: one per combination of filters, so that each can follow its index.</summary>
internal static class PostgresLists
{
    /// <summary>A page of a work list.</summary>
    /// <remarks>
    /// Open, closed and archived dossiers stand apart in the indexes, and those without a due moment behind all others: a page is made of
    /// one bounded scan of each that the query asks for.
    /// </remarks>
    public static NpgsqlCommand WorkList(WorkListQuery query, NpgsqlConnection connection)
    {
        var command = new NpgsqlCommand { Connection = connection };
        var filters = new StringBuilder();
        Filter("unit", query.Unit);
        Filter("state", query.State);
        Filter("role", query.Role);
        Filter("assignee", query.Assignee);
        if (query.DueBefore is { } before)
        {
            command.Add(StoredTime.Clamp(before));
            filters.Append($" AND due < ${command.Parameters.Count}");
        }

        List<string> spans = [string.Empty];
        if (query.After is { Due: { } due } dated)
        {
            // Together they would be a filter, and every page would begin with the first dossier.
            command.Add(StoredTime.Clamp(due)).Add(dated.Code);
            spans = [$" AND (due, code) > (${command.Parameters.Count - 1}, ${command.Parameters.Count})", " AND due IS NULL"];
        }
        else if (query.After is { } undated)
        {
            command.Add(undated.Code);
            spans = [$" AND due IS NULL AND code > ${command.Parameters.Count}"];
        }

        command.Add(query.Limit);
        List<string> places = ["dossier WHERE NOT closed"];
        if (!query.OpenOnly)
        {
            places.AddRange(["dossier WHERE closed", "archived_dossier WHERE true"]);
        }

        var limit = $"ORDER BY due NULLS LAST, code LIMIT ${command.Parameters.Count}";
        var parts = places.SelectMany(place => spans.Select(span => $"SELECT {PostgresRows.WorkItemColumns} FROM {place}{filters}{span} {limit}")).ToList();
        command.CommandText = parts.Count == 1
            ? parts[0]
            : $"SELECT * FROM ({string.Join(" UNION ALL ", parts.Select(part => $"({part})"))}) lists {limit}";
        return command;

        void Filter(string column, string? value)
        {
            if (value is not null)
            {
                command.Add(value);
                filters.Append($" AND {column} = ${command.Parameters.Count}");
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
