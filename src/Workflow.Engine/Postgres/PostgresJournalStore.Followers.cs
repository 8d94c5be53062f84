using Npgsql;
using Workflow.Engine.Journal;
using Workflow.Engine.Leases;

namespace Workflow.Engine.Postgres;

/// <content>The journal of all dossiers, and how far followers have read it.</content>
public sealed partial class PostgresJournalStore
{
    /// <inheritdoc/>
    /// <remarks>What a transaction under way may still write stays hidden with everything behind it: a row may be shown late, never left out.</remarks>
    public ValueTask<IReadOnlyList<JournalRow>> ReadJournalAsync(JournalCursor after, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return ListAsync(
            c => AddCursor(new NpgsqlCommand(PostgresReads.Journal, c), after).Add(limit),
            PostgresRows.JournalRow,
            ct);
    }

    /// <inheritdoc/>
    public async ValueTask<JournalCursor?> ReadCursorAsync(string follower, CancellationToken ct)
    {
        var cursor = await AllAsync(
            c => new NpgsqlCommand("SELECT epoch, transaction_id::text, position FROM follower WHERE name = $1", c).Add(follower), r => r.Cursor(0), ct).ConfigureAwait(false);
        return cursor.Count == 0 ? null : cursor[0];
    }

    /// <inheritdoc/>
    public async ValueTask<bool> SaveCursorAsync(string follower, JournalCursor cursor, LeaseHold? under, CancellationToken ct)
    {
        Storable.RequireKey(follower, nameof(follower));
        return await ExecuteAsync(
            c => under is { } hold
                ? AddCursor(new NpgsqlCommand(SaveCursorUnderLeaseSql, c), cursor).Add(follower).Add(hold.Name).Add(hold.Holder)
                : AddCursor(new NpgsqlCommand(SaveCursorSql, c), cursor).Add(follower),
            ct).ConfigureAwait(false) == 1;
    }

    private static NpgsqlCommand AddCursor(NpgsqlCommand command, JournalCursor cursor) =>
        command.Add(cursor.Epoch).Add(cursor.Transaction.ToString(System.Globalization.CultureInfo.InvariantCulture)).Add(cursor.Position);
}
