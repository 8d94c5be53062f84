using System.Globalization;
using Npgsql;
using Workflow.Testing;

namespace Workflow.Benchmarks.Postgres;

/// <summary>Results as markdown on standard output.</summary>
internal static class Report
{
    /// <summary>The server and the settings that decide what a commit costs.</summary>
    public static Task<string?> SettingsAsync(PrivatePostgres server) => ReadAsync(
        server,
        """
        SELECT 'PostgreSQL ' || current_setting('server_version') || ', ' || string_agg(s || '=' || current_setting(s), ', ' ORDER BY s)
        FROM unnest(ARRAY['fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method', 'shared_buffers', 'max_wal_size', 'max_connections']) s
        """);

    /// <summary>A table of rates and latencies.</summary>
    /// <param name="names">What was measured.</param>
    /// <param name="results">The rounds of each.</param>
    /// <param name="means">Of how many, from the first on, the mean latency alone is known.</param>
    public static void Rates(string[] names, IReadOnlyList<Measured>[] results, int means = 0)
    {
        Line($"| | rounds, commits/s | median, commits/s | p50 ms | p99 ms |");
        Line($"| --- | --- | --- | --- | --- |");
        for (var i = 0; i < names.Length; i++)
        {
            var median = Measured.MedianOf(results[i]);
            var p99 = median.P99 is { } known ? known.ToString("N2", CultureInfo.InvariantCulture) : "";
            Line($"| {names[i]} | {string.Join(", ", results[i].Select(r => r.PerSecond.ToString("N0", CultureInfo.InvariantCulture)))} | {median.PerSecond:N0} | {median.P50:N2}{(i < means ? " (mean)" : "")} | {p99} |");
        }
    }

    /// <summary>Begins the table of bars.</summary>
    public static void Bars()
    {
        Line($"");
        Line($"| bar | measured | met |");
        Line($"| --- | --- | --- |");
    }

    public static void Bar(string bar, double value, string unit, bool met) =>
        Line($"| {bar} | {(value >= 1_000 ? value.ToString("N0", CultureInfo.InvariantCulture) : value.ToString("N2", CultureInfo.InvariantCulture))}{unit} | {(met ? "yes" : "no")} |");

    public static void Line(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>Runs a statement and returns its first value.</summary>
    public static async Task<string?> ReadAsync(PrivatePostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() as string;
    }
}
