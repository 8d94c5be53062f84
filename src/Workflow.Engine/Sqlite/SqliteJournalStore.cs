using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Workflow.Engine.Journal;
using Workflow.Engine.Leases;

namespace Workflow.Engine.Sqlite;

/// <summary>The embedded store: a journal in one SQLite file, <c>workflow.db</c>, in a data directory.</summary>
/// <remarks>
/// Commits are on the disk before they are told (WAL, synchronous=FULL). One process holds the directory, by an operating
/// system lock on <c>workflow.lock</c>, which makes it the only writer. Writes run on a thread of the store's own; reads run
/// on the caller's thread, over a few connections that never hold a transaction open.
/// </remarks>
public sealed partial class SqliteJournalStore : IJournalStore
{
    private const int HeadsAtOnce = 1_000;

    private readonly string _dataDirectory;
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly SqliteTuning _tuning;
    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile Opened? _opened;
    private volatile bool _disposed;

    /// <summary>Names the data directory, which is created on opening when there is none.</summary>
    /// <param name="dataDirectory">The directory, absolute or relative to the current one.</param>
    /// <param name="time">The clock of recorded_at.</param>
    public SqliteJournalStore(string dataDirectory, TimeProvider time)
        : this(dataDirectory, time, new SqliteTuning())
    {
    }

    internal SqliteJournalStore(string dataDirectory, TimeProvider time, SqliteTuning tuning)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(dataDirectory);
        ArgumentNullException.ThrowIfNull(time);
        _dataDirectory = Path.GetFullPath(dataDirectory);
        _path = Path.Combine(_dataDirectory, DataDirectory.DatabaseName);
        _time = time;
        _tuning = tuning;
        _leases = new MemoryLeases(time);
    }

    /// <inheritdoc/>
    public bool IsExclusive => _opened is not null && !_disposed;

    /// <inheritdoc/>
    public int AppendsAtOnce => 1;

    /// <inheritdoc/>
    public async ValueTask OpenAsync(CancellationToken ct)
    {
        await _opening.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_opened is not null)
                throw new InvalidOperationException("The store is open already.");
            _opened = await Task.Run(Open, ct).ConfigureAwait(false);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask AppendAsync(IReadOnlyList<JournalAppend> batch, AppendResult[] results, CancellationToken ct)
    {
        AppendBatch.Require(batch, results);
        return new(Writer.CommitAsync(
            writer =>
            {
                var recordedAt = StoredTime.Format(_time.GetUtcNow());
                for (var i = 0; i < batch.Count; i++)
                    results[i] = writer.Appends.Append(batch[i], recordedAt);
                return batch.Count;
            },
            ct));
    }

    /// <inheritdoc/>
    public ValueTask<StoredDossier?> LoadAsync(string code, CancellationToken ct) =>
        Readers.ReadAsync(reader => reader.Load(code), ct);

    /// <inheritdoc/>
    public ValueTask<StoredCommand?> FindCommandAsync(string code, string caller, string commandId, CancellationToken ct) =>
        Readers.ReadAsync(reader => reader.FindCommand(code, caller, commandId), ct);

    /// <inheritdoc/>
    public ValueTask<StoredSubmission?> FindSubmissionAsync(string caller, string commandId, CancellationToken ct) =>
        Readers.ReadAsync(reader => reader.FindSubmission(caller, commandId), ct);

    /// <inheritdoc/>
    public ValueTask<long> ReserveNumbersAsync(string unit, DateOnly day, int count, CancellationToken ct)
    {
        Storable.RequireKey(unit, nameof(unit));
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new(Writer.CommitAsync(writer => writer.Others.Reserve(unit, day, count), ct));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalRow>> ReadHistoryAsync(string code, int fromVersion, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return Readers.ReadAsync<IReadOnlyList<JournalRow>>(reader => reader.History(code, fromVersion, limit), ct);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalRow>> ReadJournalAsync(JournalCursor after, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return Readers.ReadAsync<IReadOnlyList<JournalRow>>(reader => reader.Journal(after.Position, limit), ct);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WakeUp>> ReadDueAsync(DateTimeOffset upTo, WakeUp? after, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return Readers.ReadAsync<IReadOnlyList<WakeUp>>(reader => reader.Due(upTo, after, limit), ct);
    }

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> NextWakeUpAsync(CancellationToken ct) =>
        Readers.ReadAsync(reader => reader.NextWakeUp(), ct);

    /// <inheritdoc/>
    public ValueTask<JournalCursor?> ReadCursorAsync(string follower, CancellationToken ct) =>
        Readers.ReadAsync(reader => reader.Cursor(follower), ct);

    /// <inheritdoc/>
    public ValueTask<bool> SaveCursorAsync(string follower, JournalCursor cursor, LeaseHold? under, CancellationToken ct)
    {
        Storable.RequireKey(follower, nameof(follower));
        return new(Writer.CommitAsync(
            writer =>
            {
                if (!_leases.Allow(under))
                    return false;
                writer.Others.SaveCursor(follower, cursor.Position);
                return true;
            },
            ct));
    }

    /// <inheritdoc/>
    public ValueTask PublishAsync(PublishedDefinition definition, CancellationToken ct)
    {
        Storable.RequireDefinition(definition);
        return new(Writer.CommitAsync(
            writer =>
            {
                writer.Others.Publish(definition);
                return definition;
            },
            ct));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PublishedDefinition>> ReadDefinitionsAsync(string kind, CancellationToken ct)
    {
        DefinitionKinds.Require(kind);
        return Readers.ReadAsync<IReadOnlyList<PublishedDefinition>>(reader => reader.Definitions(kind), ct);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChainHead> ReadChainHeadsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        // No code is empty, so the first page starts behind the empty text.
        var last = "";
        List<ChainHead> heads;
        do
        {
            heads = await Readers.ReadAsync(reader => reader.ChainHeads(last, HeadsAtOnce), ct).ConfigureAwait(false);
            foreach (var head in heads)
                yield return head;
            last = heads.Count > 0 ? heads[^1].Code : last;
        }
        while (heads.Count == HeadsAtOnce);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WorkItem>> QueryWorkListAsync(WorkListQuery query, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        return Readers.ReadAsync<IReadOnlyList<WorkItem>>(reader => reader.WorkList(query), ct);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ReadOpenAsync(OpenDossiers which, string? afterCode, int limit, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(which);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return Readers.ReadAsync<IReadOnlyList<string>>(reader => reader.Open(which, afterCode, limit), ct);
    }

    /// <inheritdoc/>
    public ValueTask<JournalTotals> CountAsync(CancellationToken ct) => Readers.ReadAsync(reader => reader.Count(), ct);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _opening.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (_disposed)
                return;
            _disposed = true;
            if (_opened is not { } opened)
                return;

            await opened.Readers.DisposeAsync().ConfigureAwait(false);
            await opened.Writer.DisposeAsync().ConfigureAwait(false);
            opened.Directory.Dispose();
        }
        finally
        {
            _opening.Release();
        }
    }

    private SqliteWriter Writer => Current.Writer;

    private SqliteReaders Readers => Current.Readers;

    private Opened Current
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _opened ?? throw new InvalidOperationException("The store is not open: call OpenAsync first.");
        }
    }

    private Opened Open()
    {
        var directory = DataDirectory.Hold(_dataDirectory);
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteDatabase.OpenForWriting(_path, _tuning);
            return new Opened(directory, new SqliteWriter(connection, _path, _tuning), new SqliteReaders(_path, _tuning));
        }
        catch (Exception fault)
        {
            connection?.Dispose();
            directory.Dispose();
            if (SqliteFaults.IsFault(fault))
                throw SqliteFaults.Translate(fault, _path);
            throw;
        }
    }

    private sealed record Opened(DataDirectory Directory, SqliteWriter Writer, SqliteReaders Readers);
}
