using System.Globalization;
using Npgsql;
using Workflow.Engine.Journal;

namespace Workflow.Silo.Schema;

/// <summary>Tells whether the tables that stand in a database are those of Orleans, so that they can be taken over with what they hold.</summary>
internal static class SchemaAdoption
{
    private const int MostNamed = 5;

    /// <summary>Refuses whatever stands under the names of the tables and is not of their form.</summary>
    /// <param name="connection">In a transaction.</param>
    /// <param name="where">The database.</param>
    /// <param name="mayLack">Whether tables may be missing.</param>
    /// <param name="ct">Ends the call.</param>
    /// <exception cref="ForeignStorageException">Something does.</exception>
    public static async ValueTask RequireOurFormAsync(NpgsqlConnection connection, string where, bool mayLack, CancellationToken ct)
    {
        foreach (var form in SchemaTables.Forms)
        {
            var found = await connection.ReadAsync<string>(
                """
                SELECT CASE
                    WHEN c.relnamespace IS DISTINCT FROM to_regnamespace(quote_ident(current_schema())) THEN 'it stands in the schema ' || c.relnamespace::regnamespace
                    WHEN c.relkind NOT IN ('r', 'p') THEN 'it is no table'
                    ELSE '' END
                FROM pg_class c WHERE c.oid = to_regclass(($1::text[])[1])
                """,
                ct,
                [form.Table]).ConfigureAwait(false);
            var reason = found switch
            {
                null => mayLack ? null : throw new ForeignStorageException(
                    $"{where} lacks the table '{form.Table}' that '{SchemaTables.OfVersion}' says it has: restore it, or drop all tables of Orleans and '{SchemaTables.OfVersion}' to have them made anew."),
                "" => await FirstDifferenceAsync(connection, form, ct).ConfigureAwait(false),
                _ => found,
            };
            if (reason is not null)
            {
                throw new ForeignStorageException(
                    $"{where} has '{form.Table}', which is not as the scripts of Orleans 7 or newer make it ({reason}): upgrade it by Orleans' own migrations, or name another schema as its Search Path.");
            }
        }
    }

    /// <summary>Refuses grain storage in which a grain stands twice, and lets nobody write there until the transaction ends.</summary>
    /// <exception cref="ForeignStorageException">A grain does.</exception>
    public static async ValueTask RequireSingleStatesAsync(NpgsqlConnection connection, string where, CancellationToken ct)
    {
        await connection.RunAsync("LOCK TABLE orleansstorage IN SHARE ROW EXCLUSIVE MODE", ct).ConfigureAwait(false);
        var twice = await connection.ReadAsync<string[]>(
            """
            SELECT array_agg(
                format('%s of type %s (%s rows)', quote_literal(coalesce(grainidextensionstring, to_hex(grainidn0) || '-' || to_hex(grainidn1))), quote_literal(graintypestring), n)
                ORDER BY grainidextensionstring, grainidn0, grainidn1, graintypestring)
            FROM (SELECT grainidextensionstring, grainidn0, grainidn1, graintypestring, count(*) AS n FROM orleansstorage
                  GROUP BY serviceid, graintypehash, graintypestring, grainidhash, grainidn0, grainidn1, grainidextensionstring HAVING count(*) > 1) twice
            """,
            ct).ConfigureAwait(false);
        if (twice is { Length: > 0 })
        {
            var more = twice.Length > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" and {twice.Length - MostNamed} more") : string.Empty;
            throw new ForeignStorageException(
                $"{where} holds the state of one grain more than once in 'orleansstorage': {string.Join(", ", twice.Take(MostNamed))}{more}. Keep one row of each and delete the others, then start again.");
        }
    }

    // The first column or key in which a table is of another form; null when it is of this one. A column that must be given and that the
    // statements do not name is a difference as well.
    private static ValueTask<string?> FirstDifferenceAsync(NpgsqlConnection connection, TableForm form, CancellationToken ct) =>
        connection.ReadAsync<string>(
            """
            WITH wanted AS (SELECT split_part(w, ':', 1) AS name, split_part(w, ':', 2) AS type FROM unnest(string_to_array(($1::text[])[2], ' ')) w),
            given AS (
                SELECT attnum, attname::text AS name, attnotnull AND NOT atthasdef AND attidentity = '' AS must,
                    CASE format_type(atttypid, NULL)
                        WHEN 'character varying' THEN 'text'
                        WHEN 'timestamp with time zone' THEN 'timestamptz'
                        WHEN 'timestamp without time zone' THEN 'timestamp'
                        ELSE format_type(atttypid, NULL) END AS type
                FROM pg_attribute WHERE attrelid = to_regclass(($1::text[])[1]) AND attnum > 0 AND NOT attisdropped)
            SELECT reason FROM (
                SELECT CASE
                    WHEN g.name IS NULL THEN format('it has no column %s', w.name)
                    WHEN w.name IS NULL THEN format('its column %s is unknown and must be given', g.name)
                    ELSE format('its column %s is %s, not %s', g.name, g.type, w.type) END AS reason, coalesce(w.name, g.name) AS name
                FROM wanted w FULL JOIN given g USING (name)
                WHERE g.name IS NULL OR w.type <> g.type OR (w.name IS NULL AND g.must)
                UNION ALL
                SELECT format('it has no unique key of %s', ($1::text[])[3]), NULL
                WHERE ($1::text[])[3] <> '' AND NOT EXISTS (
                    SELECT FROM pg_index i WHERE i.indrelid = to_regclass(($1::text[])[1]) AND i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL
                        AND (SELECT array_agg(g.name ORDER BY g.name) FROM given g WHERE g.attnum = ANY (i.indkey[0:i.indnkeyatts - 1]))
                            = (SELECT array_agg(k ORDER BY k) FROM unnest(string_to_array(($1::text[])[3], ' ')) k))
            ) differences ORDER BY name NULLS LAST LIMIT 1
            """,
            ct,
            [form.Table, form.Columns, form.Key ?? string.Empty]);
}
