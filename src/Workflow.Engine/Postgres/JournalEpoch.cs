using Npgsql;

namespace Workflow.Engine.Postgres;

/// <summary>The count of how often the database was restored into another server or onto another timeline.</summary>
/// <remarks>
/// Brought back to an earlier moment, a database gives transaction ids that followers have seen before: the epoch tells them apart. It is the
/// database's, never a host's: a host that ran on while the server was replaced writes and reads by the epoch that another host began meanwhile.
/// </remarks>
internal static class JournalEpoch
{
    /// <summary>The epoch as of a statement's snapshot.</summary>
    public const string Now = "(SELECT max(epoch) FROM journal_epoch)";

    // The control file names the timeline of the last checkpoint, which after a promotion is that of before for a while.
    private const string Timeline = "('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::integer";

    /// <summary>Begins a new epoch where the database is not where it was; in a transaction that keeps other openers away.</summary>
    /// <returns>Whether one began.</returns>
    public static async ValueTask<bool> BeginAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        using (var asking = new NpgsqlCommand(
            $"""
            SELECT EXISTS (
                SELECT FROM (SELECT system_identifier, timeline FROM journal_epoch ORDER BY epoch DESC LIMIT 1) known, pg_control_system() s
                WHERE known.system_identifier = s.system_identifier AND known.timeline = {Timeline})
            """,
            connection))
        {
            if ((bool)(await asking.ExecuteScalarAsync(ct).ConfigureAwait(false))!)
            {
                return false;
            }
        }

        // Behind every append of the epoch before: once a new one is seen, nothing of an earlier one is still to come.
        await DefinitionFence.CloseAsync(connection, ct).ConfigureAwait(false);
        using var adding = new NpgsqlCommand(
            $"""
            INSERT INTO journal_epoch (epoch, system_identifier, timeline)
            SELECT coalesce({Now}, 0) + 1, s.system_identifier, {Timeline} FROM pg_control_system() s
            """,
            connection);
        await adding.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        return true;
    }
}
