using Npgsql;
using Workflow.Engine.Journal;
using Workflow.Engine.Leases;
using Workflow.Engine.Outbox;

namespace Workflow.Engine.Postgres;

public sealed partial class PostgresJournalStore
{
    private const string OnCursorConflict = "ON CONFLICT (name) DO UPDATE SET epoch = excluded.epoch, transaction_id = excluded.transaction_id, position = excluded.position";
    private const string SaveCursorSql = $"INSERT INTO follower (epoch, transaction_id, position, name) VALUES ($1, $2::text::xid8, $3, $4) {OnCursorConflict}";

    private const string SaveCursorUnderLeaseSql = $"""
        INSERT INTO follower (epoch, transaction_id, position, name)
        SELECT $1, $2::text::xid8, $3, $4 FROM (SELECT FROM lease WHERE name = $5 AND holder = $6 AND until > clock_timestamp() FOR SHARE) held
        {OnCursorConflict}
        """;

    /// <inheritdoc/>
    /// <remarks>Every transaction below the snapshot's xmin has ended, and positions start at 1.</remarks>
    public async ValueTask<JournalCursor> ReadEndAsync(CancellationToken ct)
    {
        var end = await AllAsync(
            c => new NpgsqlCommand($"SELECT {JournalEpoch.Now}, pg_snapshot_xmin(pg_current_snapshot())::text, 0::bigint", c), r => r.Cursor(0), ct).ConfigureAwait(false);
        return end[0];
    }

    /// <inheritdoc/>
    public async ValueTask<long> CountBehindAsync(JournalCursor after, long atMost, CancellationToken ct)
    {
        var count = await AllAsync(
            c => AddCursor(new NpgsqlCommand(PostgresReads.CountBehind, c), after).Add(atMost),
            r => r.GetInt64(0),
            ct).ConfigureAwait(false);
        return count[0];
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredSubscriber>> ReadSubscribersAsync(CancellationToken ct) =>
        ListAsync(c => new NpgsqlCommand(PostgresOutbox.Subscribers, c), PostgresOutbox.Subscriber, ct);

    /// <inheritdoc/>
    public ValueTask<bool> AddSubscriberAsync(StoredSubscriber subscriber, JournalCursor from, CancellationToken ct)
    {
        OutboxTexts.Require(subscriber);
        return TransactAsync(
            async c => await RunAsync(PostgresOutbox.Add(subscriber, StoredTime.Floor(_time.GetUtcNow()), c), ct).ConfigureAwait(false) == 1
                && await RunAsync(AddCursor(new NpgsqlCommand(SaveCursorSql, c), from).Add(IOutboxStore.CursorOf(subscriber.Name)), ct).ConfigureAwait(false) == 1,
            ct);
    }

    /// <inheritdoc/>
    public ValueTask<bool> RemoveSubscriberAsync(string name, CancellationToken ct) => TransactAsync(
        async c =>
        {
            // The row is locked first, so that no round is saved between the two deletions.
            var removed = await RunAsync(new NpgsqlCommand("UPDATE subscriber SET paused = 'removed' WHERE name = $1", c).Add(name), ct).ConfigureAwait(false) == 1;
            await RunAsync(new NpgsqlCommand("DELETE FROM delivery WHERE subscriber = (SELECT id FROM subscriber WHERE name = $1)", c).Add(name), ct).ConfigureAwait(false);
            await RunAsync(new NpgsqlCommand("DELETE FROM subscriber WHERE name = $1", c).Add(name), ct).ConfigureAwait(false);
            if (removed)
            {
                await RunAsync(new NpgsqlCommand("DELETE FROM follower WHERE name = $1", c).Add(IOutboxStore.CursorOf(name)), ct).ConfigureAwait(false);
            }

            return removed;
        },
        ct);

    /// <inheritdoc/>
    public async ValueTask<bool> SaveSecretsAsync(string name, IReadOnlyList<string> secrets, CancellationToken ct)
    {
        OutboxTexts.Require(secrets);
        return await ExecuteAsync(
            c => new NpgsqlCommand("UPDATE subscriber SET secrets = $1 WHERE name = $2", c).Add(StoredFilter.Join(secrets)).Add(name), ct).ConfigureAwait(false) == 1;
    }

    /// <inheritdoc/>
    public ValueTask<bool> SaveStandingAsync(long id, SubscriberStanding standing, LeaseHold? under, CancellationToken ct)
    {
        var kept = OutboxTexts.Kept(standing);
        return TransactAsync(
            async c => await HoldAsync(c, under, ct).ConfigureAwait(false)
                && await RunAsync(
                    new NpgsqlCommand("UPDATE subscriber SET paused = $1, rests_until = $2, failures = $3, last_error = $4 WHERE id = $5", c)
                        .Add(kept.Paused).Add(kept.RestsUntil).Add(kept.Failures).Add(kept.LastError).Add(id),
                    ct).ConfigureAwait(false) == 1,
            ct);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<OwedDossier>> ReadOwedAsync(string subscriber, string? afterCode, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return ListAsync(
            c => new NpgsqlCommand(
                """
                SELECT code, version, attempts, next_attempt_at, parked, last_error FROM delivery
                WHERE subscriber = (SELECT id FROM subscriber WHERE name = $1) AND code > $2 ORDER BY code LIMIT $3
                """,
                c).Add(subscriber).Add(afterCode ?? string.Empty).Add(limit),
            PostgresOutbox.Owed,
            ct);
    }

    /// <inheritdoc/>
    public ValueTask<bool> SaveRoundAsync(long id, IReadOnlyList<OwedChange> changes, JournalCursor? cursor, LeaseHold? under, CancellationToken ct)
    {
        var kept = OutboxTexts.Kept(changes);
        return TransactAsync(
            async c =>
            {
                if (!await HoldAsync(c, under, ct).ConfigureAwait(false))
                {
                    return false;
                }

                // Locked, so that it is not removed meanwhile; by key alone, so that its standing may change.
                string? name;
                var find = new NpgsqlCommand("SELECT name FROM subscriber WHERE id = $1 FOR KEY SHARE", c).Add(id);
                await using (find.ConfigureAwait(false))
                {
                    name = (string?)await find.ExecuteScalarAsync(ct).ConfigureAwait(false);
                }

                if (name is null)
                {
                    return false;
                }

                foreach (var change in kept)
                {
                    await RunAsync(PostgresOutbox.Change(id, change, c), ct).ConfigureAwait(false);
                }

                if (cursor is { } moved)
                {
                    await RunAsync(AddCursor(new NpgsqlCommand(SaveCursorSql, c), moved).Add(IOutboxStore.CursorOf(name)), ct).ConfigureAwait(false);
                }

                return true;
            },
            ct);
    }

    /// <inheritdoc/>
    public ValueTask<int> RetryOwedAsync(string subscriber, string? code, bool skip, CancellationToken ct) => ExecuteAsync(
        c => new NpgsqlCommand(
            """
            UPDATE delivery SET version = version + $1, attempts = 0, next_attempt_at = $2, parked = false
            WHERE subscriber = (SELECT id FROM subscriber WHERE name = $3) AND ($4 IS NULL OR code = $4)
            """,
            c).Add(skip ? 1 : 0).Add(OwedDossier.AtOnce).Add(subscriber).Add(code),
        ct);

    private ValueTask<bool> TransactAsync(Func<NpgsqlConnection, Task<bool>> work, CancellationToken ct)
    {
        _ = Appends;
        return _connections.UseAsync(
            async connection =>
            {
                var transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
                await using var _ = transaction.ConfigureAwait(false);
                var done = await work(connection).ConfigureAwait(false);
                await transaction.CommitAsync(ct).ConfigureAwait(false);
                return done;
            },
            ct);
    }

    // The row stays locked against whoever would take the lease until the transaction has ended.
    private static async Task<bool> HoldAsync(NpgsqlConnection connection, LeaseHold? under, CancellationToken ct)
    {
        if (under is not { } hold)
        {
            return true;
        }

        var held = new NpgsqlCommand("SELECT 1 FROM lease WHERE name = $1 AND holder = $2 AND until > clock_timestamp() FOR SHARE", connection).Add(hold.Name).Add(hold.Holder);
        await using var _ = held.ConfigureAwait(false);
        return await held.ExecuteScalarAsync(ct).ConfigureAwait(false) is not null;
    }

    private static async Task<int> RunAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using var _ = command.ConfigureAwait(false);
        return await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }
}
