namespace Workflow.Engine.Postgres;

/// <summary>The statements that read dossiers wherever they stand.</summary>
/// <remarks>
/// One statement over both places sees one moment of the database, so that a dossier that moves meanwhile is met exactly once. Each
/// part is bounded by itself and follows its index.
/// </remarks>
internal static class PostgresReads
{
    private static readonly string s_rowColumns = PostgresRows.JournalColumns.Replace("::text", string.Empty, StringComparison.Ordinal);

    /// <summary>$1 code.</summary>
    public static readonly string Load = Either($"SELECT {PostgresRows.WorkItemColumns}, hash, wake_at, data, personal FROM dossier WHERE code = $1");

    /// <summary>$1 code, $2 caller, $3 command id.</summary>
    public static readonly string FindCommand =
        Either($"SELECT {PostgresRows.JournalColumns} FROM dossier_event WHERE code = $1 AND caller = $2 AND command_id = $3");

    /// <summary>$1 code, $2 the first version, $3 the limit.</summary>
    public static readonly string History = Merged(PostgresRows.JournalColumns, s_rowColumns, "dossier_event", "code = $1 AND version >= $2", "version", "$3");

    /// <summary>$1 to $3 the cursor, $4 the limit.</summary>
    public static readonly string Journal = Merged(
        PostgresRows.JournalColumns,
        s_rowColumns,
        "dossier_event",
        $"(epoch, transaction_id, position) > ($1, $2::text::xid8, $3) AND (epoch < {JournalEpoch.Now} OR transaction_id < pg_snapshot_xmin(pg_current_snapshot()))",
        "epoch, transaction_id, position",
        "$4");

    /// <summary>$1 the code before, $2 the limit.</summary>
    public static readonly string ChainHeads = Merged("code, version, hash", "code, version, hash", "dossier", "code > $1", "code", "$2");

    public const string Count = """
        SELECT (SELECT count(*) FROM dossier) + (SELECT count(*) FROM archived_dossier),
            (SELECT count(*) FROM dossier_event) + (SELECT count(*) FROM archived_event)
        """;

    /// <summary>$1 to $3 the cursor, $4 the most to count.</summary>
    public const string CountBehind = """
        SELECT count(*) FROM (
            SELECT 1 FROM dossier_event WHERE (epoch, transaction_id, position) > ($1, $2::text::xid8, $3)
            UNION ALL SELECT 1 FROM archived_event WHERE (epoch, transaction_id, position) > ($1, $2::text::xid8, $3) LIMIT $4
        ) AS behind
        """;

    // The archive is not looked into where the first has it.
    private static string Either(string select) => $"({select}) UNION ALL ({Archived(select)}) LIMIT 1";

    /// <summary>A page over both places; each part is ordered and bounded by itself.</summary>
    public static string Merged(string shown, string columns, string table, string which, string order, string limit)
    {
        var part = $"SELECT {columns} FROM {table} WHERE {which} ORDER BY {order} LIMIT {limit}";

        // Qualified: a bare name would mean the column as it is shown, and a transaction's number would be ordered as a text.
        var ordered = string.Join(", ", order.Split(", ").Select(column => $"rows.{column}"));
        return $"SELECT {shown} FROM (({part}) UNION ALL ({Archived(part)})) rows ORDER BY {ordered} LIMIT {limit}";
    }

    private static string Archived(string select) => select
        .Replace("FROM dossier_event", "FROM archived_event", StringComparison.Ordinal)
        .Replace("FROM dossier ", "FROM archived_dossier ", StringComparison.Ordinal);
}
