using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Workflow.Host.Loading;
using Workflow.Testing;

namespace Workflow.Benchmarks.Postgres;

/// <summary>The baseline: a table of rows of 1 KB, of which each transaction changes one by a prepared statement.</summary>
internal sealed partial class Pgbench(PostgresTools tools, PrivatePostgres server, int rows, int seconds)
{
    private const int Threads = 8;
    private const string Update = "UPDATE bench SET n = n + 1 WHERE id = ";

    /// <summary>Fills the table.</summary>
    public async Task PrepareAsync()
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();

        // The same room on each page as the engine's table, so that neither touches an index.
        string[] statements =
        [
            "CREATE TABLE bench (id integer PRIMARY KEY, n bigint NOT NULL, payload text NOT NULL) WITH (fillfactor = 60)",
            $"INSERT INTO bench SELECT i, 0, (SELECT string_agg(md5((32 * i + k)::text), '') FROM generate_series(1, 32) k) FROM generate_series(1, {rows}) i",
            "VACUUM ANALYZE bench",
        ];
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>pgbench with so many clients.</summary>
    public Measured Run(int clients)
    {
        var script = Path.Combine(Path.GetTempPath(), $"workflow-pgbench-{Environment.ProcessId}.sql");
        File.WriteAllText(script, $"\\set id random(1, {rows})\n{Update}:id;\n");
        try
        {
            var said = tools.Run(
                "pgbench", "-h", server.SocketFolder, "-U", "workflow", "-n", "-M", "prepared", "-f", script, "-c", Text(clients), "-j", Text(Math.Min(clients, Threads)), "-T", Text(seconds), "postgres");
            return new Measured(Number(Rate().Match(said)), Number(Latency().Match(said)), null);
        }
        finally
        {
            File.Delete(script);
        }
    }

    /// <summary>One caller that changes a row at a time through the driver of the engine.</summary>
    public async Task<Measured> RunRawAsync()
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Update + "$1", connection);
        var id = new NpgsqlParameter<int>();
        command.Parameters.Add(id);
        await command.PrepareAsync();
        var latencies = new Latencies();
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        long done = 0;
        for (; clock.GetElapsedTime(started).TotalSeconds < seconds; done++)
        {
            id.TypedValue = (int)(done * 7919 % rows) + 1;
            var before = clock.GetTimestamp();
            await command.ExecuteNonQueryAsync();
            latencies.Add(clock.GetElapsedTime(before));
        }

        return new Measured(done / clock.GetElapsedTime(started).TotalSeconds, latencies.Percentile(0.5), latencies.Percentile(0.99));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static double Number(Match match) => match.Success
        ? double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)
        : throw new InvalidOperationException("pgbench said nothing of its rate: is it of PostgreSQL 15 or newer?");

    [GeneratedRegex(@"^tps = (?<number>[0-9.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rate();

    [GeneratedRegex(@"^latency average = (?<number>[0-9.]+) ms", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Latency();
}
