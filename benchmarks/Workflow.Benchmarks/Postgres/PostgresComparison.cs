using System.Globalization;
using Npgsql;
using Workflow.Testing;

namespace Workflow.Benchmarks.Postgres;

/// <summary><c>postgres --pairs N --seconds S [--dossiers N]</c>: the engine beside pgbench and a raw commit, in turn on one private server, as markdown.</summary>
internal static class PostgresComparison
{
    private static readonly string[] s_names = ["pgbench, 64 clients", "engine, 64 callers", "engine, 256 callers", "raw commit, 1 caller", "engine, 1 caller"];

    public static async Task<int> RunAsync(string[] args)
    {
        if (!TryRead(args, out var pairs, out var seconds, out var dossiers))
        {
            await Console.Error.WriteLineAsync("postgres: give --pairs N, --seconds S and --dossiers N, each at least 1 (256 dossiers), such as: postgres --pairs 3 --seconds 10");
            return 2;
        }

        if (PostgresTools.Find() is not { } tools)
        {
            await Console.Error.WriteLineAsync("postgres: PostgreSQL 15 or newer is not installed: install the package postgresql");
            return 2;
        }

        // With the settings of a new cluster: fsync and synchronous_commit are on.
        using var server = PrivatePostgres.Start(tools);
        var baseline = new Pgbench(tools, server, dossiers, seconds);
        await baseline.PrepareAsync();
        await ReadAsync(server, "CREATE SCHEMA engine");
        await using var engine = await LoadedEngine.OpenAsync(server.ConnectionString + ";Search Path=engine", dossiers);
        Func<Task<Measured>>[] measurements =
        [
            () => Task.Run(() => baseline.Run(64)), () => engine.RunAsync(64, seconds), () => engine.RunAsync(256, seconds), baseline.RunRawAsync, () => engine.RunAsync(1, seconds),
        ];

        // Once without counting: code is compiled, statements are prepared, pages are in memory.
        await engine.RunAsync(64, Math.Min(seconds, 5));
        var results = measurements.Select(_ => new List<Measured>()).ToArray();
        for (var pair = 0; pair < pairs; pair++)
        {
            // Every other time backwards, so that nothing always follows the same thing.
            foreach (var i in pair % 2 == 0 ? Enumerable.Range(0, measurements.Length) : Enumerable.Range(0, measurements.Length).Reverse())
            {
                await ReadAsync(server, "CHECKPOINT");
                results[i].Add(await measurements[i]());
                await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"pair {pair + 1} of {pairs}: {s_names[i]} {results[i][^1].PerSecond:N0}/s"));
            }
        }

        await WriteAsync(server, engine, results, seconds, dossiers);
        return 0;
    }

    private static async Task WriteAsync(PrivatePostgres server, LoadedEngine engine, List<Measured>[] results, int seconds, int dossiers)
    {
        var medians = results.Select(Measured.MedianOf).ToArray();
        var settings = await ReadAsync(
            server,
            """
            SELECT 'PostgreSQL ' || current_setting('server_version') || ', ' || string_agg(s || '=' || current_setting(s), ', ' ORDER BY s)
            FROM unnest(ARRAY['fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method', 'shared_buffers', 'max_wal_size', 'max_connections']) s
            """);
        var size = await engine.SnapshotBytesAsync();
        Line($"{settings}; {Environment.ProcessorCount} cores shared by server and callers; .NET {Environment.Version}; {results[0].Count} interleaved rounds of {seconds} s each.");
        Line($"The engine: {dossiers:N0} dossiers, snapshots of {size:N0} B, every index in place. pgbench: {dossiers:N0} rows of 1 KB, one prepared one-row UPDATE per transaction.");
        Line($"");
        Line($"| | rounds, commits/s | median, commits/s | p50 ms | p99 ms |");
        Line($"| --- | --- | --- | --- | --- |");
        for (var i = 0; i < medians.Length; i++)
        {
            var p99 = medians[i].P99 is { } known ? known.ToString("N2", CultureInfo.InvariantCulture) : "";
            Line($"| {s_names[i]} | {string.Join(", ", results[i].Select(r => r.PerSecond.ToString("N0", CultureInfo.InvariantCulture)))} | {medians[i].PerSecond:N0} | {medians[i].P50:N2}{(i == 0 ? " (mean)" : "")} | {p99} |");
        }

        Line($"");
        Line($"| bar | measured | met |");
        Line($"| --- | --- | --- |");
        var (pgbench, at64, at256, raw, single) = (medians[0], medians[1], medians[2], medians[3], medians[4]);
        Bar("64 callers: more commands/s than pgbench, goal 1.3 times", at64.PerSecond / pgbench.PerSecond, " times", at64.PerSecond > pgbench.PerSecond);
        Bar("64 callers: at least 15,000 commands/s", at64.PerSecond, "/s", at64.PerSecond >= 15_000);
        Bar("64 callers: p99 at most 25 ms", at64.P99!.Value, " ms", at64.P99 <= 25);
        Bar("256 callers: at least 1.3 times the rate at 64", at256.PerSecond / at64.PerSecond, " times", at256.PerSecond >= 1.3 * at64.PerSecond);
        Bar("1 caller: at most 1.5 times the latency of a raw one-row commit (p50)", single.P50 / raw.P50, " times", single.P50 <= 1.5 * raw.P50);
    }

    private static void Bar(string bar, double value, string unit, bool met) => Line($"| {bar} | {(value >= 1_000 ? value.ToString("N0", CultureInfo.InvariantCulture) : value.ToString("N2", CultureInfo.InvariantCulture))}{unit} | {(met ? "yes" : "no")} |");

    private static void Line(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static bool TryRead(string[] args, out int pairs, out int seconds, out int dossiers)
    {
        (pairs, seconds, dossiers) = (3, 10, 20_000);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            switch (args[i])
            {
                case "--pairs": pairs = number; break;
                case "--seconds": seconds = number; break;
                case "--dossiers": dossiers = number; break;
                default: return false;
            }
        }

        return pairs >= 1 && seconds >= 1 && dossiers >= 256;
    }

    private static async Task<string?> ReadAsync(PrivatePostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() as string;
    }
}
