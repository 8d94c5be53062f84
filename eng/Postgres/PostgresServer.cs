using System.Globalization;
using Npgsql;

namespace Workflow.Testing;

/// <summary>The PostgreSQL server for the tests of this process: the one that WORKFLOW_TEST_POSTGRES names, or a private one that ends with it.</summary>
internal sealed class PostgresServer
{
    private static readonly Lazy<PostgresServer> s_shared = new(Start);
    private static int s_names;

    private readonly string? _missing;
    private readonly string _connectionString;

    private PostgresServer(string connectionString, string? missing = null) => (_connectionString, _missing) = (connectionString, missing);

    /// <summary>Whether it is a private one, on which a test may make roles and databases and set passwords.</summary>
    public bool IsPrivate { get; private init; }

    /// <summary>The server of this process, started at its first use. A test that needs it is skipped where there is none.</summary>
    public static PostgresServer Require()
    {
        if (s_shared.Value._missing is { } missing)
        {
            Assert.Skip(missing);
        }

        return s_shared.Value;
    }

    /// <summary>As <see cref="Require"/>, for a test that needs a server of which it is the owner.</summary>
    public static PostgresServer RequirePrivate()
    {
        var server = Require();
        if (!server.IsPrivate)
        {
            Assert.Skip("this test makes roles and databases, and leaves the server that WORKFLOW_TEST_POSTGRES names alone: unset that");
        }

        return server;
    }

    /// <summary>Creates an empty schema and returns the connection string whose tables stand there.</summary>
    public string CreateSchema()
    {
        var name = NewName();
        Execute(_connectionString, $"CREATE SCHEMA {name}");
        return new NpgsqlConnectionStringBuilder(_connectionString) { SearchPath = name }.ConnectionString;
    }

    /// <summary>Removes a schema that <see cref="CreateSchema"/> made, with everything in it.</summary>
    public void DropSchema(string connectionString) =>
        Execute(_connectionString, $"SET client_min_messages = warning; DROP SCHEMA {new NpgsqlConnectionStringBuilder(connectionString).SearchPath} CASCADE");

    /// <summary>Creates a database on a private server and returns its connection string. It goes with the server.</summary>
    public string CreateDatabase()
    {
        var name = NewName();
        Execute(_connectionString, $"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(_connectionString) { Database = name }.ConnectionString;
    }

    /// <summary>Creates a role on a private server and returns a connection string under its name. It goes with the server.</summary>
    /// <param name="connectionString">To what the connection leads.</param>
    /// <param name="options">Options of CREATE ROLE.</param>
    public string CreateRole(string connectionString, string options = "")
    {
        var name = NewName();
        Execute(_connectionString, $"CREATE ROLE {name} LOGIN {options}");
        return new NpgsqlConnectionStringBuilder(connectionString) { Username = name }.ConnectionString;
    }

    /// <summary>Runs a statement over a connection of its own.</summary>
    public static void Execute(string connectionString, string sql)
    {
        using var connection = Open(connectionString);
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>The first value of a query, over a connection of its own.</summary>
    public static object? Read(string connectionString, string sql)
    {
        using var connection = Open(connectionString);
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }

    private static NpgsqlConnection Open(string connectionString)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    private static string NewName() => string.Create(CultureInfo.InvariantCulture, $"test_{Environment.ProcessId}_{Interlocked.Increment(ref s_names)}");

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

        var server = PrivatePostgres.Start(tools, "max_connections=200");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return new PostgresServer(server.ConnectionString) { IsPrivate = true };
    }
}
