using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Sqlite;

/// <summary>The one connection that writes, and the one thread that may touch it.</summary>
/// <remarks>
/// Work is queued and done in order on a thread of its own, because every commit blocks for a disk flush; callers never block.
/// Each piece of work is one transaction. Cancellation is heeded until its turn comes.
/// </remarks>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private readonly BlockingCollection<Action> _queue = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _path;
    private readonly SqliteTuning _tuning;
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;

    // The size of the log, in bytes, beyond which it is emptied.
    private long _logBound;

    /// <summary>Takes over an open connection, which is closed with the writer.</summary>
    public SqliteWriter(SqliteConnection connection, string path, SqliteTuning tuning)
    {
        _connection = connection;
        _path = path;
        _tuning = tuning;
        _logBound = tuning.MaxWalBytes;
        _begin = new SqliteStatement(connection, "BEGIN IMMEDIATE");
        _commit = new SqliteStatement(connection, "COMMIT");
        _rollback = new SqliteStatement(connection, "ROLLBACK");
        Archive = new SqliteArchive(connection);
        Appends = new AppendStatements(connection, Archive);
        Others = new UpkeepStatements(connection);
        Outbox = new OutboxStatements(connection);
        new Thread(Work) { IsBackground = true, Name = "workflow journal writer" }.Start();
    }

    /// <summary>For use inside <see cref="CommitAsync"/> alone.</summary>
    public AppendStatements Appends { get; }

    /// <summary>For use inside <see cref="CommitAsync"/> alone.</summary>
    public SqliteArchive Archive { get; }

    /// <summary>For use inside <see cref="CommitAsync"/> alone.</summary>
    public UpkeepStatements Others { get; }

    /// <summary>For use inside <see cref="CommitAsync"/> alone.</summary>
    public OutboxStatements Outbox { get; }

    /// <summary>Does the work in a transaction of its own on the writer's thread. Whatever it throws rolls it back.</summary>
    public Task<T> CommitAsync<T>(Func<SqliteWriter, T> work, CancellationToken ct)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            _queue.Add(() => Complete(done, work, ct), CancellationToken.None);
        }
        catch (InvalidOperationException ended)
        {
            throw new ObjectDisposedException("The store is disposed.", ended);
        }

        return done.Task;
    }

    /// <summary>Finishes what is queued, then closes the connection, which empties the log when it is the last.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.CompleteAdding();
        await _ended.Task.ConfigureAwait(false);
    }

    private void Work()
    {
        foreach (var work in _queue.GetConsumingEnumerable())
        {
            work();
            BoundLog();
        }

        Appends.Dispose();
        Archive.Dispose();
        Others.Dispose();
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
        _connection.Dispose();
        _queue.Dispose();
        _ended.SetResult();
    }

    private void Complete<T>(TaskCompletionSource<T> done, Func<SqliteWriter, T> work, CancellationToken ct)
    {
        if (ct.IsCancellationRequested)
        {
            done.SetCanceled(ct);
            return;
        }

        try
        {
            done.SetResult(Commit(work));
        }
        catch (Exception fault)
        {
            done.SetException(SqliteFaults.IsFault(fault) ? SqliteFaults.Translate(fault, _path) : fault);
        }
    }

    private T Commit<T>(Func<SqliteWriter, T> work)
    {
        _begin.Execute();
        try
        {
            var result = work(this);
            _commit.Execute();
            Appends.Committed();
            return result;
        }
        catch
        {
            Appends.RolledBack();
            // SQLite has rolled back by itself after some faults, a full disk among them.
            if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
                _rollback.Execute();
            throw;
        }
    }

    // Checkpoints run by themselves but cannot empty the log while readers overlap without a gap. A fault here is not the
    // batch's: it is committed, and the next commit meets the same fault and tells. When another program reads on and on,
    // the next try waits until the log has grown again, so that not every commit stands the wait.
    private void BoundLog()
    {
        if (new FileInfo(_path + "-wal") is not { Exists: true } log || log.Length <= _logBound)
            return;
        var code = raw.sqlite3_wal_checkpoint_v2(_connection.Handle, "main", raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _);
        _logBound = code == raw.SQLITE_OK ? _tuning.MaxWalBytes : log.Length + (_tuning.MaxWalBytes / 2);
    }
}
