using Npgsql;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Postgres;

/// <summary>A journal in a PostgreSQL database, version 15 or newer, which any number of hosts may share.</summary>
/// <remarks>
/// Commits are as durable as the server's settings make them: keep <c>fsync</c> and <c>synchronous_commit</c> on. Tables are made in
/// the first schema of the connection's search path.
/// </remarks>
public sealed partial class PostgresJournalStore : IJournalStore
{
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
}
