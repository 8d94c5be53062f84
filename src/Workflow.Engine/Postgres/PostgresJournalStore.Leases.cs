using Npgsql;
using Workflow.Engine.Journal;
using Workflow.Engine.Leases;

namespace Workflow.Engine.Postgres;

/// <content>Leases and claims, by the clock of the database's server.</content>
public sealed partial class PostgresJournalStore
{
    /// <inheritdoc/>
    public async ValueTask<bool> TakeLeaseAsync(string name, string holder, TimeSpan duration, CancellationToken ct)
    {
        Lease.Require(name, holder, duration);
        return await ExecuteAsync(
            c => new NpgsqlCommand(
                """
                INSERT INTO lease AS l (name, holder, until) VALUES ($1, $2, clock_timestamp() + $3)
                ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
                WHERE l.holder = excluded.holder OR l.until <= clock_timestamp()
                """,
                c).Add(name).Add(holder).Add(duration),
            ct).ConfigureAwait(false) == 1;
    }

    /// <inheritdoc/>
    public async ValueTask GiveLeaseBackAsync(string name, string holder, CancellationToken ct)
    {
        Lease.Require(name, holder, TimeSpan.MaxValue);
        await ExecuteAsync(c => new NpgsqlCommand("DELETE FROM lease WHERE name = $1 AND holder = $2", c).Add(name).Add(holder), ct).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<WakeUp>> ClaimAsync(IReadOnlyList<WakeUp> due, string holder, TimeSpan duration, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(due);
        Lease.Require(holder, duration);
        _ = Appends;
        if (due.Count == 0)
        {
            return [];
        }

        var claimed = await _connections.UseAsync(connection => PostgresClaims.ClaimAsync(connection, due, holder, duration, ct), ct).ConfigureAwait(false);
        return [.. due.Where(claimed.Remove)];
    }
}
