using System.Globalization;
using Npgsql;

namespace Workflow.Engine.Tests.Postgres;

/// <summary>A PostgreSQL server for the tests of this process: the one that WORKFLOW_TEST_POSTGRES names, or a private one that ends with it.</summary>
/// <remarks>
/// A private server keeps its files in a temporary folder, listens on a socket there alone and runs with the durable settings. Started
/// as root it runs as the user of the distribution's package, because PostgreSQL refuses root.
/// </remarks>
internal sealed class PostgresServer
{
    private static readonly Lazy<PostgresServer> s_shared = new(Start);
    private static int s_schemas;

    private readonly string? _missing;
    private readonly string _connectionString;

    private PostgresServer(string connectionString, string? missing = null) => (_connectionString, _missing) = (connectionString, missing);

    /// <summary>The server of this process, started at its first use. A test that needs it is skipped where there is none.</summary>
    public static PostgresServer Require()
    {
        if (s_shared.Value._missing is { } missing)
        {
            Assert.Skip(missing);
        }

        return s_shared.Value;
    }

    /// <summary>Creates an empty schema and returns the connection string whose tables stand there.</summary>
    public string CreateSchema()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Environment.ProcessId}_{Interlocked.Increment(ref s_schemas)}");
        Execute(_connectionString, $"CREATE SCHEMA {name}");
        return new NpgsqlConnectionStringBuilder(_connectionString) { SearchPath = name }.ConnectionString;
    }

    /// <summary>Removes a schema that <see cref="CreateSchema"/> made, with everything in it.</summary>
    public void DropSchema(string connectionString) =>
        Execute(_connectionString, $"SET client_min_messages = warning; DROP SCHEMA {new NpgsqlConnectionStringBuilder(connectionString).SearchPath} CASCADE");

    /// <summary>Runs a statement over a connection of its own.</summary>
    public static void Execute(string connectionString, string sql)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static PostgresServer Start()
    {
        if (Environment.GetEnvironmentVariable("WORKFLOW_TEST_POSTGRES") is { Length: > 0 } given)
        {
            return new PostgresServer(given);
        }

        if (PostgresTools.Find() is not { } tools)
        {
            return new PostgresServer(string.Empty, "PostgreSQL 15 or newer is not installed: install the package postgresql, or name a server in WORKFLOW_TEST_POSTGRES");
        }

        var folder = Directory.CreateTempSubdirectory("workflow-pg-").FullName;
        tools.GiveToServerUser(folder);
        tools.Run("initdb", "-D", folder + "/data", "-U", "workflow", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        tools.Run("pg_ctl", "start", "-w", "-t", "60", "-D", folder + "/data", "-l", folder + "/log", "-o", $"-c listen_addresses='' -c unix_socket_directories='{folder}' -c max_connections=200");
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            tools.Run("pg_ctl", "stop", "-m", "immediate", "-D", folder + "/data");
            Directory.Delete(folder, recursive: true);
        };
        return new PostgresServer($"Host={folder};Username=workflow;Database=postgres");
    }
}
