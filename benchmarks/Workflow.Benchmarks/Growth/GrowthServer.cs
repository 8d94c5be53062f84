using Npgsql;
using Workflow.Testing;

namespace Workflow.Benchmarks.Growth;

/// <summary>The server that is filled: a given one, or a private one in a temporary folder, with the settings that make commits durable.</summary>
internal sealed class GrowthServer : IDisposable
{
    private readonly PrivatePostgres? _own;
    private readonly string _connection;

    public GrowthServer(string? given)
    {
        if (given is not null)
        {
            _connection = given;
            return;
        }

        var tools = PostgresTools.Find() ?? throw new InvalidOperationException("PostgreSQL 15 or newer is not installed: install the package postgresql, or give --postgres CONNECTION.");
        _own = PrivatePostgres.Start(tools, "shared_buffers=1GB", "max_wal_size=8GB", "checkpoint_timeout=15min");
        _connection = _own.ConnectionString;
    }

    /// <summary>Makes an empty schema and returns the connection string that leads there.</summary>
    public string CreateSchema(string name)
    {
        Execute(_connection, $"DROP SCHEMA IF EXISTS {name} CASCADE; CREATE SCHEMA {name}");
        return new NpgsqlConnectionStringBuilder(_connection) { SearchPath = name }.ConnectionString;
    }

    public void DropSchema(string name) => Execute(_connection, $"DROP SCHEMA {name} CASCADE");

    public static void Execute(string connectionString, string sql)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public void Dispose() => _own?.Dispose();
}
