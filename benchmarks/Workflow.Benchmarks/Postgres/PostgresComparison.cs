using System.Globalization;
using Workflow.Testing;

namespace Workflow.Benchmarks.Postgres;

/// <summary><c>postgres --pairs N --seconds S [--dossiers N]</c>: the engine beside pgbench and a raw commit, in turn on one private server, as markdown.</summary>
internal static class PostgresComparison
{
    private static readonly string[] s_names = ["pgbench, 64 clients", "engine, 64 callers", "engine, 256 callers", "raw commit, 1 caller", "engine, 1 caller"];

    public static async Task<int> RunAsync(string[] args)
    {
        if (ComparisonOptions.Read("postgres", args) is not var (pairs, seconds, dossiers))
        {
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
        await Report.ReadAsync(server, "CREATE SCHEMA engine");
        await using var engine = await LoadedEngine.OpenAsync(server.ConnectionString + ";Search Path=engine", dossiers);
        Func<Task<Measured>>[] measurements =
        [
            () => Task.Run(() => baseline.Run(64)), () => engine.RunAsync(64, seconds), () => engine.RunAsync(256, seconds), baseline.RunRawAsync, () => engine.RunAsync(1, seconds),
        ];

        // Once without counting: code is compiled, statements are prepared, pages are in memory.
        await engine.RunAsync(64, Math.Min(seconds, 5));
        var results = await Rounds.RunAsync(server, s_names, measurements, pairs);
        await WriteAsync(server, engine, results, seconds, dossiers);
        return 0;
    }

    private static async Task WriteAsync(PrivatePostgres server, LoadedEngine engine, IReadOnlyList<Measured>[] results, int seconds, int dossiers)
    {
        var medians = results.Select(Measured.MedianOf).ToArray();
        var settings = await Report.SettingsAsync(server);
        var size = await engine.SnapshotBytesAsync();
        Report.Line($"{settings}; {Environment.ProcessorCount} cores shared by server and callers; .NET {Environment.Version}; {results[0].Count} interleaved rounds of {seconds} s each.");
        Report.Line($"The engine: {dossiers:N0} dossiers, snapshots of {size:N0} B, every index in place. pgbench: {dossiers:N0} rows of 1 KB, one prepared one-row UPDATE per transaction.");
        Report.Line($"");
        Report.Rates(s_names, results, means: 1);
        Report.Bars();
        var (pgbench, at64, at256, raw, single) = (medians[0], medians[1], medians[2], medians[3], medians[4]);
        Report.Bar("64 callers: more commands/s than pgbench, goal 1.3 times", at64.PerSecond / pgbench.PerSecond, " times", at64.PerSecond > pgbench.PerSecond);
        Report.Bar("64 callers: at least 15,000 commands/s", at64.PerSecond, "/s", at64.PerSecond >= 15_000);
        Report.Bar("64 callers: p99 at most 25 ms", at64.P99!.Value, " ms", at64.P99 <= 25);
        Report.Bar("256 callers: at least 1.3 times the rate at 64", at256.PerSecond / at64.PerSecond, " times", at256.PerSecond >= 1.3 * at64.PerSecond);
        Report.Bar("1 caller: at most 1.5 times the latency of a raw one-row commit (p50)", single.P50 / raw.P50, " times", single.P50 <= 1.5 * raw.P50);
    }
}
