using System.Text;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Sqlite;

/// <summary>The statements of passes over open dossiers: one per combination of filters.</summary>
internal static class SqliteOpenDossiers
{
    /// <summary>The statement for a filter. Parameters as <see cref="Bind"/> gives them.</summary>
    /// <remarks>
    /// Open dossiers of a unit stand together in the unit's index, which holds their codes. Everything else follows the key: each
    /// page goes on where the one before ended, without sorting. An index of its own would be written with every command.
    /// </remarks>
    public static string Sql(OpenDossiers which)
    {
        var sql = new StringBuilder("SELECT code FROM dossier");
        if (which.Unit is not null)
            sql.Append(" INDEXED BY dossier_by_unit");
        sql.Append(" WHERE closed = 0 AND code > ?1");
        if (which.Procedure is not null)
            sql.Append(" AND procedure = ?2");
        if (which.ProcedureVersion is not null)
            sql.Append(" AND procedure_version = ?3");
        if (which.Unit is not null)
            sql.Append(" AND unit = ?4");
        return sql.Append(" ORDER BY code LIMIT ?5").ToString();
    }

    /// <summary>Binds ?1 the code before the page, ?2 procedure, ?3 its version, ?4 unit, ?5 the limit.</summary>
    /// <remarks>No code is empty, so the first page starts behind the empty text.</remarks>
    public static SqliteStatement Bind(SqliteStatement statement, OpenDossiers which, string? afterCode, int limit) => statement
        .Add(afterCode ?? "").Add(which.Procedure).Add(which.ProcedureVersion).Add(which.Unit).Add((long)limit);
}
