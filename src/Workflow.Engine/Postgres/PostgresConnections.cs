using System.Diagnostics;
using Npgsql;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Postgres;

/// <summary>The pool of connections to one database, and the named exceptions for what goes wrong on them.</summary>
internal sealed class PostgresConnections : IAsyncDisposable
{
    // A pool above the server's max_connections fails only under load, and one of this size keeps two cores busy.
    private const int PoolSize = 20;
    private const int PreparedStatements = 64;

    // Compiling a statement takes the server a second, running it a millisecond; estimates over arrays and small tables mislead it. A statement
    // that waited for a publication must see it. Appends wait for a locked dossier no longer than this, then go on without it. The rest ends the transactions, and with them the locks, of a host whose machine or network died.
    private const string SessionOptions =
        @"-c jit=off -c default_transaction_isolation=read\ committed -c idle_in_transaction_session_timeout=30s -c lock_timeout=300ms"
        + " -c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";

    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);

    // As long as a command waits for its answer. What is no append waits for locks as if the session did not limit that.
    private static readonly TimeSpan s_lockPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_longestLockPause = TimeSpan.FromMilliseconds(800);

    private readonly NpgsqlDataSource _source;

    /// <exception cref="ArgumentException">The text is no connection string.</exception>
    public PostgresConnections(string connectionString)
    {
        if (PostgresConnectionString.WhyNot(connectionString) is { } reason)
        {
            throw new ArgumentException($"This is no connection string for PostgreSQL: {reason}.", nameof(connectionString));
        }

        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var given = new NpgsqlConnectionStringBuilder(connectionString).Keys.Cast<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        SetUnlessGiven("Maximum Pool Size", PoolSize);
        SetUnlessGiven("Max Auto Prepare", PreparedStatements);
        SetUnlessGiven("Auto Prepare Min Usages", 2);
        SetUnlessGiven("Application Name", "workflow");
        SetUnlessGiven("Include Error Detail", false);

        // Nothing here leaves anything in a session, and to reset it costs as much as a command.
        SetUnlessGiven("No Reset On Close", true);
        SetUnlessGiven("Options", SessionOptions);
        Where = PostgresConnectionString.NameOf(connectionString);
        MostConnections = settings.Pooling ? settings.MaxPoolSize : 1;
        _source = new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();

        void SetUnlessGiven(string key, object value)
        {
            if (!given.Contains(key))
            {
                settings[key] = value;
            }
        }
    }

    /// <summary>The database as messages name it, without user and password.</summary>
    public string Where { get; }

    /// <summary>How many connections may be open at once.</summary>
    public int MostConnections { get; }

    /// <summary>As <see cref="UseAsync"/>, again and again while the server is away, until the patience is at its end.</summary>
    public async ValueTask<T> UsePatientlyAsync<T>(Func<NpgsqlConnection, ValueTask<T>> use, TimeSpan patience, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        for (var pause = s_firstPause; ; pause *= 2)
        {
            try
            {
                return await UseAsync(use, ct).ConfigureAwait(false);
            }
            catch (StorageUnavailableException away) when (PostgresFaults.IsAway(away.InnerException) && Stopwatch.GetElapsedTime(started) + pause <= patience)
            {
                await Task.Delay(pause, ct).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Runs reads or writes on a connection; again after a pause where a lock was not to be had in time.</summary>
    /// <remarks>Between two attempts those go on who wait behind it.</remarks>
    /// <exception cref="StorageException">The server cannot be reached or refuses.</exception>
    public async ValueTask<T> UseAsync<T>(Func<NpgsqlConnection, ValueTask<T>> use, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        for (var pause = s_firstPause; ; pause = pause * 2 < s_longestLockPause ? pause * 2 : s_longestLockPause)
        {
            try
            {
                return await UseRawAsync(use, ct).ConfigureAwait(false);
            }
            catch (PostgresException late) when (PostgresFaults.IsOfALock(late) && Stopwatch.GetElapsedTime(started) < s_lockPatience && !ct.IsCancellationRequested)
            {
                // Nothing of it is done.
            }
            catch (PostgresException fault) when (!ct.IsCancellationRequested)
            {
                throw PostgresFaults.Translate(fault, Where);
            }

            await Task.Delay(pause, ct).ConfigureAwait(false);
        }
    }

    /// <summary>As <see cref="UseAsync"/>, with what PostgreSQL itself refuses left as it is.</summary>
    public async ValueTask<T> UseRawAsync<T>(Func<NpgsqlConnection, ValueTask<T>> use, CancellationToken ct)
    {
        try
        {
            var connection = await _source.OpenConnectionAsync(ct).ConfigureAwait(false);
            await using var _ = connection.ConfigureAwait(false);
            return await use(connection).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not PostgresException && PostgresFaults.IsFault(fault) && !ct.IsCancellationRequested)
        {
            throw PostgresFaults.Translate(fault, Where);
        }
    }

    /// <summary>Opens a connection that the caller gives back by disposing of it. What goes wrong is left as it is.</summary>
    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken ct) => _source.OpenConnectionAsync(ct);

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
