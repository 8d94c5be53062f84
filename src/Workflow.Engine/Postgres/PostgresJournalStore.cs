using System.Runtime.CompilerServices;
using System.Text;
using Npgsql;
using Workflow.Engine.Journal;
using Workflow.Engine.Leases;

namespace Workflow.Engine.Postgres;

/// <summary>A journal in a PostgreSQL database, version 15 or newer, which any number of hosts may share.</summary>
/// <remarks>
/// Commits are as durable as the server's settings make them: keep <c>fsync</c> and <c>synchronous_commit</c> on. Tables are made in
/// the first schema of the connection's search path.
/// </remarks>
public sealed partial class PostgresJournalStore : IJournalStore
{
    private const int HeadsAtOnce = 1_000;

    private readonly PostgresConnections _connections;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile PostgresAppends? _appends;
    private volatile bool _disposed;

    /// <summary>Names the database; nothing is opened yet.</summary>
    /// <param name="connectionString">Host, Port, Database, Username, Password and whatever else Npgsql knows. What is not given: a pool of 20 and prepared statements.</param>
    /// <param name="time">The clock of recorded_at.</param>
    /// <exception cref="ArgumentException"><paramref name="connectionString"/> is no connection string; <see cref="PostgresConnectionString.WhyNot(string)"/> says why.</exception>
    public PostgresJournalStore(string connectionString, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        ArgumentNullException.ThrowIfNull(time);
        _connections = new PostgresConnections(connectionString);
        _time = time;
    }

    /// <inheritdoc/>
    /// <remarks>Never: other hosts may write to the same database.</remarks>
    public bool IsExclusive => false;

    /// <inheritdoc/>
    /// <remarks>Two: each takes a process of the server, and while one flushes the other works.</remarks>
    public int AppendsAtOnce => 2;

    private PostgresAppends Appends
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _appends ?? throw new InvalidOperationException("The store is not open: call OpenAsync first.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask OpenAsync(CancellationToken ct)
    {
        await _opening.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_appends is not null)
            {
                throw new InvalidOperationException("The store is open already.");
            }

            await _connections.UsePatientlyAsync(c => PostgresOpening.OpenAsync(c, _connections, ct), Patience, ct).ConfigureAwait(false);
            _appends = new PostgresAppends(_connections, _time);
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
        return Appends.AppendAsync(batch, results, ct);
    }

    /// <inheritdoc/>
    public ValueTask<StoredDossier?> LoadAsync(string code, CancellationToken ct) => FirstAsync(
        c => new NpgsqlCommand(PostgresReads.Load, c).Add(code),
        PostgresRows.Dossier,
        ct);

    /// <inheritdoc/>
    public async ValueTask<StoredCommand?> FindCommandAsync(string code, string caller, string commandId, CancellationToken ct) =>
        await FirstAsync(
            c => new NpgsqlCommand(PostgresReads.FindCommand, c).Add(code).Add(caller).Add(commandId),
            PostgresRows.JournalRow,
            ct).ConfigureAwait(false) is { } row ? new StoredCommand(row) : null;

    /// <inheritdoc/>
    public async ValueTask<StoredSubmission?> FindSubmissionAsync(string caller, string commandId, CancellationToken ct) =>
        await FirstAsync(
            c => new NpgsqlCommand("SELECT code FROM submission WHERE caller = $1 AND command_id = $2", c).Add(caller).Add(commandId),
            r => r.GetString(0),
            ct).ConfigureAwait(false) is { } code ? new StoredSubmission(code) : null;

    /// <inheritdoc/>
    public async ValueTask<long> ReserveNumbersAsync(string unit, DateOnly day, int count, CancellationToken ct)
    {
        Storable.RequireKey(unit, nameof(unit));
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var last = await AllAsync(
            c => new NpgsqlCommand(
                """
                INSERT INTO code_counter AS k (unit, day, last) VALUES ($1, $2, $3)
                ON CONFLICT (unit, day) DO UPDATE SET last = k.last + excluded.last RETURNING last
                """,
                c).Add(unit).Add(day).Add((long)count),
            r => r.GetInt64(0),
            ct).ConfigureAwait(false);
        return last[0] - count + 1;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalRow>> ReadHistoryAsync(string code, int fromVersion, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return ListAsync(
            c => new NpgsqlCommand(PostgresReads.History, c).Add(code).Add(fromVersion).Add(limit),
            PostgresRows.JournalRow,
            ct);
    }

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
    public ValueTask<IReadOnlyList<WakeUp>> ReadDueAsync(DateTimeOffset upTo, WakeUp? after, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return ListAsync(
            c => after is { } last
                ? new NpgsqlCommand("SELECT code, wake_at FROM dossier WHERE wake_at <= $1 AND (wake_at, code) > ($2, $3) ORDER BY wake_at, code LIMIT $4", c)
                    .Add(StoredTime.Clamp(upTo)).Add(StoredTime.Clamp(last.WakeAt)).Add(last.Code).Add(limit)
                : new NpgsqlCommand("SELECT code, wake_at FROM dossier WHERE wake_at <= $1 ORDER BY wake_at, code LIMIT $2", c).Add(StoredTime.Clamp(upTo)).Add(limit),
            r => new WakeUp(r.GetString(0), r.Time(1)),
            ct);
    }

    /// <inheritdoc/>
    public async ValueTask<DateTimeOffset?> NextWakeUpAsync(CancellationToken ct)
    {
        var next = await AllAsync(
            c => new NpgsqlCommand("SELECT wake_at FROM dossier WHERE wake_at IS NOT NULL ORDER BY wake_at LIMIT 1", c), r => r.Time(0), ct).ConfigureAwait(false);
        return next.Count == 0 ? null : next[0];
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

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PublishedDefinition>> ReadDefinitionsAsync(string kind, CancellationToken ct)
    {
        var table = Table(kind);
        return ListAsync(
            c => new NpgsqlCommand($"SELECT code, version, content_hash, known_from, content FROM {table} ORDER BY known_from, code, version", c),
            r => new PublishedDefinition(kind, r.GetString(0), r.GetString(1), r.GetString(2), r.Time(3), r.Bytes(4)),
            ct);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChainHead> ReadChainHeadsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        // No code is empty, so the first page starts behind the empty text.
        var last = string.Empty;
        List<ChainHead> heads;
        do
        {
            var after = last;
            heads = await AllAsync(
                c => new NpgsqlCommand(PostgresReads.ChainHeads, c).Add(after).Add(HeadsAtOnce),
                r => new ChainHead(r.GetString(0), r.GetInt32(1), r.Bytes(2)),
                ct).ConfigureAwait(false);
            foreach (var head in heads)
            {
                yield return head;
            }

            last = heads.Count > 0 ? heads[^1].Code : last;
        }
        while (heads.Count == HeadsAtOnce);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WorkItem>> QueryWorkListAsync(WorkListQuery query, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        return ListAsync(c => PostgresLists.WorkList(query, c), PostgresRows.WorkItem, ct);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ReadOpenAsync(OpenDossiers which, string? afterCode, int limit, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(which);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return ListAsync(c => PostgresLists.Open(which, afterCode, limit, c), r => r.GetString(0), ct);
    }

    /// <inheritdoc/>
    public async ValueTask<JournalTotals> CountAsync(CancellationToken ct) =>
        (await AllAsync(
            c => new NpgsqlCommand(PostgresReads.Count, c),
            r => new JournalTotals(r.GetInt64(0), r.GetInt64(1)),
            ct).ConfigureAwait(false))[0];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _opening.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (!_disposed)
            {
                _disposed = true;
                await _connections.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _opening.Release();
        }
    }

    private static string Table(string kind) => DefinitionKinds.Require(kind) == DefinitionKinds.Units ? "unit_tree" : kind;

    private static NpgsqlCommand AddCursor(NpgsqlCommand command, JournalCursor cursor) =>
        command.Add(cursor.Epoch).Add(cursor.Transaction.ToString(System.Globalization.CultureInfo.InvariantCulture)).Add(cursor.Position);

    private async ValueTask<IReadOnlyList<T>> ListAsync<T>(Func<NpgsqlConnection, NpgsqlCommand> command, Func<NpgsqlDataReader, T> read, CancellationToken ct) =>
        await AllAsync(command, read, ct).ConfigureAwait(false);

    private async ValueTask<T?> FirstAsync<T>(Func<NpgsqlConnection, NpgsqlCommand> command, Func<NpgsqlDataReader, T> read, CancellationToken ct)
        where T : class
    {
        var rows = await AllAsync(command, read, ct).ConfigureAwait(false);
        return rows.Count == 0 ? null : rows[0];
    }

    private ValueTask<List<T>> AllAsync<T>(Func<NpgsqlConnection, NpgsqlCommand> command, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        _ = Appends;
        return _connections.UseAsync(
            async connection =>
            {
                var rows = new List<T>();
                try
                {
                    using var given = command(connection);
                    var reader = await given.ExecuteReaderAsync(ct).ConfigureAwait(false);
                    await using var _ = reader.ConfigureAwait(false);
                    while (await reader.ReadAsync(ct).ConfigureAwait(false))
                    {
                        rows.Add(read(reader));
                    }
                }
                catch (Exception e) when (e is EncoderFallbackException or PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire })
                {
                    // Asked for with a text that cannot be stored, so nothing stored has it.
                }

                return rows;
            },
            ct);
    }

    private ValueTask<int> ExecuteAsync(Func<NpgsqlConnection, NpgsqlCommand> command, CancellationToken ct)
    {
        _ = Appends;
        return _connections.UseAsync(
            async connection =>
            {
                using var given = command(connection);
                return await given.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
            },
            ct);
    }
}
