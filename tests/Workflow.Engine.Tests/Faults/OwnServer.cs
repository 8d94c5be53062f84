using System.Diagnostics;
using Npgsql;

namespace Workflow.Engine.Tests.Faults;

/// <summary>A PostgreSQL server of one test, which may break it.</summary>
internal sealed class OwnServer : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly PrivatePostgres _server;

    private static string[] Settings => ["max_connections=100"];

    // The test is skipped where there is none.
    private static PostgresTools Tools
    {
        get
        {
            var tools = PostgresTools.Find();
            Assert.SkipWhen(tools is null, "PostgreSQL 15 or newer is not installed: install the package postgresql");
            return tools;
        }
    }

    private OwnServer(PrivatePostgres server) => _server = server;

    public string ConnectionString => _server.ConnectionString;

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => _server.IsRunning;

    /// <summary>What it has logged.</summary>
    public string Log => _server.Log;

    public static OwnServer Start() => new(PrivatePostgres.Start(Tools, Settings));

    /// <summary>As above, in an empty folder.</summary>
    public static OwnServer StartIn(string folder) => new(PrivatePostgres.StartIn(folder, Tools, Settings));

    /// <summary>With its write-ahead log in an empty folder of its own, of which it takes 48 megabytes while there is no more load than it keeps up with.</summary>
    public static OwnServer StartWithLogIn(string folder) => new(PrivatePostgres.StartIn(
        Directory.CreateTempSubdirectory("workflow-pg-").FullName, folder, Tools, [.. Settings, "min_wal_size=32MB", "max_wal_size=32MB"]));

    /// <summary>Lets the server's user have a folder.</summary>
    public static void Give(string folder) => Tools.GiveToServerUser(folder);

    /// <summary>Ends it and starts it again.</summary>
    /// <param name="mode"><c>fast</c>, or <c>immediate</c> for an end as in a crash.</param>
    public void Restart(string mode)
    {
        _server.Stop(mode);
        _server.Start();
    }

    /// <summary>Takes it as the primary of a new timeline.</summary>
    public void Promote() => _server.Promote();

    /// <summary>Starts it where it has ended by itself.</summary>
    public void Revive()
    {
        if (!_server.IsRunning)
        {
            _server.Start();
        }
    }

    /// <summary>Waits until the processes that served hosts have ended: one whose host was killed still does what it was sent.</summary>
    public async Task WaitUntilLeftAsync()
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var count = source.CreateCommand("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'workflow'");
        for (var waited = Stopwatch.StartNew(); (long)(await count.ExecuteScalarAsync())! > 0;)
        {
            Assert.True(waited.Elapsed < s_patience, "Connections of killed hosts are still served.");
        }
    }

    public void Dispose() => _server.Dispose();
}
