using Npgsql;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Postgres;

/// <summary>Appends a batch in one transaction. Safe to call from many threads.</summary>
/// <remarks>
/// As a rule every append of a batch is accepted, so first the whole batch is offered in one statement, which is one round trip. Where
/// a key or a version was not as expected, it is looked at with the dossiers locked, what is refused is told and the rest is written.
/// </remarks>
internal sealed class PostgresAppends(PostgresConnections connections, int epoch, TimeProvider time)
{
    /// <summary>The epoch of the journal that is written now.</summary>
    public int Epoch => epoch;

    // Each attempt that fails means that another host committed.
    private const int MostAttempts = 50;

    /// <exception cref="StorageException">The transaction failed; see <see cref="IJournalStore.AppendAsync"/>.</exception>
    public async ValueTask AppendAsync(IReadOnlyList<JournalAppend> batch, AppendResult[] results, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var places = new List<int>(batch.Count);
        for (var i = 0; i < batch.Count; i++)
        {
            if (Storable.WhyNot(batch[i]) is { } reason)
            {
                results[i] = AppendResult.Unstorable(reason);
            }
            else
            {
                places.Add(i);
            }
        }

        if (places.Count > 0)
        {
            await AppendAsync(batch, places, results).ConfigureAwait(false);
        }
    }

    private async ValueTask AppendAsync(IReadOnlyList<JournalAppend> batch, IReadOnlyList<int> places, AppendResult[] results)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (attempt > 1 || !AppendCheck.MayAllFollow(batch, places) || !await TryAtOnceAsync(batch, places, results).ConfigureAwait(false))
                {
                    await AppendCarefullyAsync(batch, places, results).ConfigureAwait(false);
                }

                return;
            }
            catch (PostgresException lost) when (attempt < MostAttempts && (lost.SqlState == AppendStatement.Fence || PostgresFaults.IsTransient(lost)))
            {
                // Another host was faster: look again.
            }
            catch (PostgresException refused) when (PostgresFaults.IsOfAValue(refused) && refused.SqlState != AppendStatement.Fence)
            {
                await SplitAsync(batch, places, results, refused).ConfigureAwait(false);
                return;
            }
            catch (PostgresException fault)
            {
                throw PostgresFaults.Translate(fault, connections.Where);
            }
        }
    }

    private ValueTask<bool> TryAtOnceAsync(IReadOnlyList<JournalAppend> batch, IReadOnlyList<int> places, AppendResult[] results) =>
        connections.UseRawAsync(
            async connection =>
            {
                try
                {
                    await WriteAsync(connection, batch, places, results).ConfigureAwait(false);
                    return true;
                }
                catch (PostgresException lost) when (lost.SqlState == AppendStatement.Fence)
                {
                    return false;
                }
            },
            CancellationToken.None);

    private ValueTask<bool> AppendCarefullyAsync(IReadOnlyList<JournalAppend> batch, IReadOnlyList<int> places, AppendResult[] results) =>
        connections.UseRawAsync(
            async connection =>
            {
                var transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
                await using var _ = transaction.ConfigureAwait(false);
                var check = await AppendCheck.ReadAsync(connection, batch, places).ConfigureAwait(false);
                var accepted = new List<int>(places.Count);
                foreach (var place in places)
                {
                    if (check.Refuse(batch[place]) is { } refusal)
                    {
                        results[place] = refusal;
                    }
                    else
                    {
                        accepted.Add(place);
                    }
                }

                if (accepted.Count > 0)
                {
                    await WriteAsync(connection, batch, accepted, results).ConfigureAwait(false);
                }

                await transaction.CommitAsync().ConfigureAwait(false);
                return true;
            },
            CancellationToken.None);

    // One value that the server refuses fails its own append, not its neighbours. Each half is a transaction of its own: an append is
    // durable or not by itself, and who gave it is answered after all of them.
    private async ValueTask SplitAsync(IReadOnlyList<JournalAppend> batch, IReadOnlyList<int> places, AppendResult[] results, PostgresException refused)
    {
        if (places.Count == 1)
        {
            results[places[0]] = AppendResult.Unstorable($"The server keeps no such value (SQLSTATE {refused.SqlState}).");
            return;
        }

        var half = places.Count / 2;
        await AppendAsync(batch, [.. places.Take(half)], results).ConfigureAwait(false);
        await AppendAsync(batch, [.. places.Skip(half)], results).ConfigureAwait(false);
    }

    private async ValueTask WriteAsync(NpgsqlConnection connection, IReadOnlyList<JournalAppend> batch, IReadOnlyList<int> places, AppendResult[] results)
    {
        var appends = new JournalAppend[places.Count];
        for (var i = 0; i < appends.Length; i++)
        {
            appends[i] = batch[places[i]];
        }

        var positions = await AppendStatement.ExecuteAsync(connection, appends, epoch, StoredTime.Floor(time.GetUtcNow()), CancellationToken.None).ConfigureAwait(false);
        for (var i = 0; i < appends.Length; i++)
        {
            results[places[i]] = AppendResult.Committed(positions[i], appends[i].Version);
        }
    }
}
