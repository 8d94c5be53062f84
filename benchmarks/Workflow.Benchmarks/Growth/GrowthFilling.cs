using System.Globalization;
using Workflow.Core.Dossiers;

namespace Workflow.Benchmarks.Growth;

/// <summary>Multiplies dossiers that the engine made, in the database, spread over units, due moments and years.</summary>
/// <remarks>
/// Of every hundred, five are open (what a province has in hand) and the others closed over the last two years. The copies are what the
/// store would hold but for their hashes: nothing that is measured reads those.
/// </remarks>
internal static class GrowthFilling
{
    private const int OpenPercent = 5;

    /// <summary>Fills the store with copies of one open and one closed dossier.</summary>
    public static void Fill(string connectionString, DossierCode open, DossierCode closed, int count, bool archived)
    {
        var inHand = count / 100 * OpenPercent;
        Copy(connectionString, open, "O", inHand, ("dossier", "dossier_event"));
        Copy(connectionString, closed, "C", count - inHand, archived ? ("archived_dossier", "archived_event") : ("dossier", "dossier_event"));
        GrowthServer.Execute(connectionString, "VACUUM ANALYZE");
        GrowthServer.Execute(connectionString, "CHECKPOINT");
    }

    // In the order of their making, as years of work leave them: the rows of many dossiers between those of one.
    private static void Copy(string connectionString, DossierCode template, string prefix, int count, (string Dossiers, string Events) into)
    {
        var units = string.Join(", ", Enumerable.Range(0, GrowthOffice.Communes).Select(n => $"'{GrowthOffice.UnitOf(n)}'"));
        var code = string.Create(CultureInfo.InvariantCulture, $"'{prefix}-' || lpad(n::text, 8, '0')");
        GrowthServer.Execute(connectionString, $"""
            INSERT INTO {into.Dossiers} (code, version, hash, procedure, procedure_version, unit, state, portal_status, role, assignee, due, wake_at, closed, data, personal, closed_at)
            SELECT {code}, version, hash, procedure, procedure_version, (ARRAY[{units}])[1 + n % {GrowthOffice.Communes}], state, portal_status, role,
                CASE WHEN n % 4 > 0 THEN 'officer-' || n % 900 END, due + (n % 20000 - 10000) * interval '1 minute', wake_at + n % 20000 * interval '1 minute', closed, data, personal,
                closed_at - n % 1000000 * interval '1 minute'
            FROM dossier, generate_series(1, {count}) n WHERE code = '{template.Value}';
            INSERT INTO {into.Events} (position, epoch, transaction_id, code, version, occurred_at, recorded_at, actor, caller, command_id, command_digest, salt, data, personal,
                personal_digest, hash, trace_context)
            SELECT nextval(pg_get_serial_sequence('dossier_event', 'position')), epoch, transaction_id, {code}, version, occurred_at, recorded_at, actor, caller,
                'portal-' || n || '-' || version, command_digest, salt, data, personal, personal_digest, hash, trace_context
            FROM (SELECT * FROM dossier_event WHERE code = '{template.Value}') e, generate_series(1, {count}) n ORDER BY n + version * 300;
            INSERT INTO submission (caller, command_id, code) SELECT 'portal', 'filled-{prefix}-' || n, {code} FROM generate_series(1, {count}) n;
            """);
    }
}
