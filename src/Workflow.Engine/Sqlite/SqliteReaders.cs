using System.Collections.Concurrent;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Sqlite;

/// <summary>A few connections that read, each lent to one caller at a time.</summary>
/// <remarks>Reads run on the caller's thread: most are answered from the page cache within microseconds.</remarks>
internal sealed class SqliteReaders(string path, SqliteTuning tuning) : IAsyncDisposable
{
    private readonly ConcurrentBag<SqliteReader> _idle = [];
    private readonly SemaphoreSlim _free = new(tuning.Readers, tuning.Readers);
    private volatile bool _disposed;

    /// <exception cref="StorageException">The read failed.</exception>
    public async ValueTask<T> ReadAsync<T>(Func<SqliteReader, T> read, CancellationToken ct)
    {
        await _free.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(SqliteJournalStore));
            if (!_idle.TryTake(out var reader))
                reader = new SqliteReader(SqliteDatabase.OpenForReading(path, tuning));
            try
            {
                return read(reader);
            }
            finally
            {
                _idle.Add(reader);
            }
        }
        catch (Exception fault) when (SqliteFaults.IsFault(fault))
        {
            throw SqliteFaults.Translate(fault, path);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for the reads under way, then closes every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        for (var i = 0; i < tuning.Readers; i++)
            await _free.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        foreach (var reader in _idle)
            reader.Dispose();
        _free.Release(tuning.Readers);
    }
}
