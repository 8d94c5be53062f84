using Npgsql;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Postgres;

/// <summary>Appends a batch in one transaction. Safe to call from many threads.</summary>
/// <remarks>
/// As a rule every append of a batch is accepted, so first the whole batch is offered as it is, which is one round trip. Where a key or
/// a version was not as expected it is looked at with the dossiers locked, what is refused is told and the rest is written. Where the
/// server refuses a value, the appends are written one by one in their transaction, so that its neighbours do not suffer. Whose dossier is locked by
/// somebody else for longer than the session waits for a lock, is left out and told as held.
/// </remarks>
internal sealed class PostgresAppends(PostgresConnections connections, TimeProvider time)
{
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
            await AppendStorableAsync(batch, places, results).ConfigureAwait(false);
        }
    }

    private async ValueTask AppendStorableAsync(IReadOnlyList<JournalAppend> batch, List<int> places, AppendResult[] results)
    {
        var atOnce = AppendCheck.MayAllFollow(batch, places);
        var oneByOne = false;
        var waits = true;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var done = await connections.UseRawAsync(
                    connection => atOnce ? WriteAsync(connection, batch, places, results) : AppendCarefullyAsync(connection, batch, places, waits, oneByOne, results),
                    CancellationToken.None).ConfigureAwait(false);
                if (done)
                {
                    return;
                }
            }
            catch (PostgresException lost) when (attempt < MostAttempts && PostgresFaults.IsTransient(lost))
            {
                // Another host was faster: look again.
            }
            catch (PostgresException late) when (attempt < MostAttempts && PostgresFaults.IsOfALock(late))
            {
                // First those are left out whose rows are locked; what waits even so, waits for a key that somebody else is about to take.
                oneByOne |= !waits;
                waits = false;
            }
            catch (PostgresException refused) when (!oneByOne && PostgresFaults.IsOfAValue(refused))
            {
                oneByOne = true;
            }
            catch (PostgresException fault)
            {
                throw PostgresFaults.TranslateWrite(fault, connections.Where);
            }

            if (attempt >= MostAttempts)
            {
                throw new StorageUnavailableException($"{connections.Where} is written to by so many hosts that a commit lost {MostAttempts} times: give the commands again.");
            }

            atOnce = false;
        }
    }

    private async ValueTask<bool> AppendCarefullyAsync(
        NpgsqlConnection connection, IReadOnlyList<JournalAppend> batch, List<int> places, bool waits, bool oneByOne, AppendResult[] results)
    {
        var transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        if (!await AppendWithinAsync(transaction, batch, places, waits, oneByOne, results).ConfigureAwait(false))
        {
            return false;
        }

        await transaction.CommitAsync().ConfigureAwait(false);
        return true;
    }

    /// <summary>Appends what can be in a transaction, which is the caller's to commit, and tells of the rest why not.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="batch">The appends.</param>
    /// <param name="places">Which of them.</param>
    /// <param name="waits">Whether it waits for the locks of dossiers, rather than leave out those that others have locked.</param>
    /// <param name="oneByOne">Whether each is written by itself, so that one that the server refuses, or that waits for a lock, leaves the others be.</param>
    /// <param name="results">What became of each.</param>
    /// <returns>False when another host was faster in spite of the locks: it made a dossier, which nobody can lock before it is there.</returns>
    public async ValueTask<bool> AppendWithinAsync(
        NpgsqlTransaction transaction, IReadOnlyList<JournalAppend> batch, List<int> places, bool waits, bool oneByOne, AppendResult[] results)
    {
        var connection = transaction.Connection!;
        var check = await AppendCheck.ReadAsync(connection, batch, places, waits).ConfigureAwait(false);
        var accepted = new List<int>(places.Count);
        foreach (var place in places)
        {
            if (check.Refuse(batch[place]) is { } refusal)
            {
                results[place] = refusal;
            }
            else if (!oneByOne)
            {
                accepted.Add(place);
            }
            else if (!await TryAloneAsync(place).ConfigureAwait(false))
            {
                return false;
            }
        }

        return accepted.Count == 0 || await WriteCheckedAsync(accepted).ConfigureAwait(false);

        // Only what is accepted brings its dossier back from the archive.
        async ValueTask<bool> WriteCheckedAsync(List<int> checkedPlaces)
        {
            var archived = checkedPlaces.Select(place => batch[place].Code).Where(check.IsArchived).Distinct(StringComparer.Ordinal).ToArray();
            if (archived.Length > 0)
            {
                await PostgresArchive.BringBackAsync(connection, archived).ConfigureAwait(false);
            }

            if (!await WriteAsync(connection, batch, checkedPlaces, results).ConfigureAwait(false))
            {
                return false;
            }

            check.BroughtBack(archived);
            return true;
        }

        async ValueTask<bool> TryAloneAsync(int place)
        {
            await transaction.SaveAsync("alone").ConfigureAwait(false);
            try
            {
                return await WriteCheckedAsync([place]).ConfigureAwait(false);
            }
            catch (PostgresException refused) when (PostgresFaults.IsOfAValue(refused) || PostgresFaults.IsOfALock(refused))
            {
                await transaction.RollbackAsync("alone").ConfigureAwait(false);
                check.TakeBack(batch[place]);
                results[place] = PostgresFaults.IsOfALock(refused)
                    ? AppendResult.Held()
                    : AppendResult.Unstorable($"The server keeps no such value (SQLSTATE {refused.SqlState}).");
                return true;
            }
        }
    }

    // False when a key or a version was not as expected; then nothing is written.
    private async ValueTask<bool> WriteAsync(NpgsqlConnection connection, IReadOnlyList<JournalAppend> batch, List<int> places, AppendResult[] results)
    {
        var appends = new JournalAppend[places.Count];
        for (var i = 0; i < appends.Length; i++)
        {
            appends[i] = batch[places[i]];
        }

        if (await AppendStatement.ExecuteAsync(connection, appends, StoredTime.Floor(time.GetUtcNow())).ConfigureAwait(false) is not { } positions)
        {
            return false;
        }

        for (var i = 0; i < appends.Length; i++)
        {
            results[places[i]] = AppendResult.Committed(positions[i], appends[i].Version);
        }

        return true;
    }
}
