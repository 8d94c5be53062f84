namespace Workflow.Engine.Postgres;

/// <summary>The statements of an audit: pages over the rows of open and archived dossiers alike.</summary>
internal static class PostgresAudit
{
    private static readonly string s_rowColumns = PostgresRows.JournalColumns.Replace("::text", string.Empty, StringComparison.Ordinal);
    private static readonly string s_dossierColumns = $"{PostgresRows.WorkItemColumns}, hash, wake_at, data, personal, closed_at";

    /// <summary>$1 to $3 code, version and position before, $4 the limit.</summary>
    public static readonly string Rows = RowsOf("(code, version, position) > ($1, $2, $3)");

    /// <summary>As <see cref="Rows"/>; $5 the one code.</summary>
    public static readonly string RowsOfOne = RowsOf("code = $5 AND (code, version, position) > ($1, $2, $3)");

    /// <summary>As <see cref="Rows"/>, with where they stand alone.</summary>
    public static readonly string Places = PlacesOf("(code, version, position) > ($1, $2, $3)");

    /// <summary>As <see cref="Places"/>; $5 the one code.</summary>
    public static readonly string PlacesOfOne = PlacesOf("code = $5 AND (code, version, position) > ($1, $2, $3)");

    /// <summary>$1 the code before, $2 the limit.</summary>
    public static readonly string Dossiers = PostgresReads.Merged(s_dossierColumns, s_dossierColumns, "dossier", "code > $1", "code", "$2");

    /// <summary>As <see cref="Dossiers"/>; $3 the one code.</summary>
    public static readonly string DossiersOfOne = PostgresReads.Merged(s_dossierColumns, s_dossierColumns, "dossier", "code = $3 AND code > $1", "code", "$2");

    /// <summary>$1 and $2 caller and command id before, $3 the limit.</summary>
    public const string Submissions = "SELECT caller, command_id, code FROM submission WHERE (caller, command_id) > ($1, $2) ORDER BY caller, command_id LIMIT $3";

    /// <summary>$1 to $3 the cursor, $4 the limit.</summary>
    public static readonly string Moments = PostgresReads.Merged(
        "epoch, transaction_id::text, position, code, version, actor, occurred_at, recorded_at",
        "epoch, transaction_id, position, code, version, actor, occurred_at, recorded_at",
        "dossier_event",
        "(epoch, transaction_id, position) > ($1, $2::text::xid8, $3)",
        "epoch, transaction_id, position",
        "$4");

    private static string PlacesOf(string which) => PostgresReads.Merged(
        "epoch, transaction_id::text, position, code, version", "epoch, transaction_id, position, code, version", "dossier_event", which, "code, version, position", "$4");

    private static string RowsOf(string which) =>
        PostgresReads.Merged(PostgresRows.JournalColumns, s_rowColumns, "dossier_event", which, "code, version, position", "$4");
}
