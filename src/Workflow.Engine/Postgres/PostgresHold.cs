using Npgsql;
using Workflow.Engine.Hosts;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Postgres;

/// <summary>A transaction that has a dossier's row locked. Those who want it wait in the order of their coming, so everybody gets a turn.</summary>
internal sealed class PostgresHold : IDossierHold
{
    private readonly PostgresConnections _connections;
    private readonly PostgresAppends _appends;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private Action? _released;

    private PostgresHold(
        PostgresConnections connections, PostgresAppends appends, NpgsqlConnection connection, NpgsqlTransaction transaction, StoredDossier dossier, Action released)
    {
        (_connections, _appends, _connection, _transaction, Dossier, _released) = (connections, appends, connection, transaction, dossier, released);
    }

    public StoredDossier Dossier { get; }

    /// <summary>Locks a dossier; null when there is none, or somebody else has it locked for longer than a session waits.</summary>
    /// <exception cref="StorageException">The server cannot be reached or refuses.</exception>
    public static async ValueTask<PostgresHold?> TakeAsync(PostgresConnections connections, PostgresAppends appends, string code, Action released, CancellationToken ct)
    {
        NpgsqlConnection? connection = null;
        PostgresHold? hold = null;
        try
        {
            connection = await connections.OpenAsync(ct).ConfigureAwait(false);
            var transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);

            // First the table, then the row, as every append does: who has the row must not wait for a publication, nor a publication for who waits.
            await DefinitionFence.EnterAsync(connection).ConfigureAwait(false);
            if (await LockAsync(connection, code, ct).ConfigureAwait(false) is { } dossier)
            {
                hold = new PostgresHold(connections, appends, connection, transaction, dossier, released);
            }

            return hold;
        }
        catch (PostgresException late) when (PostgresFaults.IsOfALock(late))
        {
            // Then an ordinary append waits for it, which keeps nobody else away meanwhile.
            return null;
        }
        catch (Exception fault) when (PostgresFaults.IsFault(fault) && !ct.IsCancellationRequested)
        {
            throw PostgresFaults.Translate(fault, connections.Where);
        }
        finally
        {
            if (hold is null && connection is not null)
            {
                // What is open on a connection ends when it goes back to the pool.
                await connection.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    public async ValueTask<AppendResult> AppendAsync(JournalAppend append)
    {
        if (Storable.WhyNot(append) is { } reason)
        {
            return AppendResult.Unstorable(reason);
        }

        var results = new AppendResult[1];
        try
        {
            if (!await _appends.AppendWithinAsync(_transaction, [append], [0], waits: true, oneByOne: false, results).ConfigureAwait(false))
            {
                return AppendResult.Conflict();
            }

            await _transaction.CommitAsync().ConfigureAwait(false);
            return results[0];
        }
        catch (PostgresException lost) when (PostgresFaults.IsTransient(lost) || PostgresFaults.IsOfALock(lost))
        {
            return AppendResult.Conflict();
        }
        catch (PostgresException refused) when (PostgresFaults.IsOfAValue(refused))
        {
            return AppendResult.Unstorable($"The server keeps no such value (SQLSTATE {refused.SqlState}).");
        }
        catch (Exception fault) when (PostgresFaults.IsFault(fault))
        {
            throw PostgresFaults.TranslateWrite(fault, _connections.Where);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _released, null) is not { } released)
        {
            return;
        }

        try
        {
            await _connection.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            released();
        }
    }

    private static async ValueTask<StoredDossier?> LockAsync(NpgsqlConnection connection, string code, CancellationToken ct)
    {
        using var command = new NpgsqlCommand($"SELECT {PostgresRows.WorkItemColumns}, hash, wake_at, data, personal FROM dossier WHERE code = $1 FOR UPDATE", connection).Add(code);
        var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        await using var _ = reader.ConfigureAwait(false);
        return await reader.ReadAsync(ct).ConfigureAwait(false) ? PostgresRows.Dossier(reader) : null;
    }
}
