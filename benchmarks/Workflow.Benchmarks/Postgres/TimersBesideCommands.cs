using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Units;
using Workflow.Engine;
using Workflow.Engine.Postgres;
using Workflow.Engine.Setup;
using Workflow.Testing;

namespace Workflow.Benchmarks.Postgres;

/// <summary>How soon an engine is ready over many open timers, and what commands pay while past-due ones drain: pairs of runs without and with timers, in turn.</summary>
/// <remarks>
/// The timers' dossiers are copies of two that the engine made, with a table row each and no journal behind them. Each pair starts with the full
/// number of past-due ones; what a run leaves is drained after the last pair, when nobody calls.
/// </remarks>
internal sealed class TimersBesideCommands(string connectionString, int open, int due, int callers, int dossiers, TimeSpan measured)
{
    private const int Pairs = 3;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(3);
    private int _ids;

    public static async Task<int> RunAsync(string[] args)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["--open"] = "1000000", ["--due"] = "100000", ["--callers"] = "64", ["--dossiers"] = "20000", ["--seconds"] = "15",
        };
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length || (args[i] != "--postgres" && !options.ContainsKey(args[i])))
            {
                Console.Error.WriteLine("usage: timers [--postgres CONNECTION] [--open N] [--due N] [--callers N] [--dossiers N] [--seconds N]; the database must be empty");
                return 2;
            }

            options[args[i]] = args[i + 1];
        }

        if (!options.ContainsKey("--postgres") && PostgresTools.Find() is null)
        {
            Console.Error.WriteLine("PostgreSQL 15 or newer is not installed: install the package postgresql, or name a server with --postgres CONNECTION.");
            return 2;
        }

        using var server = options.ContainsKey("--postgres")
            ? null
            : PrivatePostgres.Start(PostgresTools.Find()!, "shared_buffers=512MB", "max_wal_size=8GB", "checkpoint_timeout=30min");
        var run = new TimersBesideCommands(
            options.GetValueOrDefault("--postgres") ?? server!.ConnectionString, Number("--open"), Number("--due"), Number("--callers"), Number("--dossiers"), TimeSpan.FromSeconds(Number("--seconds")));
        await run.RunAsync();
        return 0;

        int Number(string name) => int.Parse(options[name], CultureInfo.InvariantCulture);
    }

    private async Task RunAsync()
    {
        var codes = await FillAsync();
        Console.WriteLine($"{open:N0} open timers, {due:N0} of them past due; {callers} callers over {dossiers:N0} dossiers; {measured.TotalSeconds} s each");
        Console.WriteLine();
        Console.WriteLine("| pair | timers | ready ms | commands/s | p50 ms | p99 ms | fired/s | longest lateness s |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
        var ratios = new List<(double P50, double P99)>();
        for (var pair = 1; pair <= Pairs; pair++)
        {
            Execute("UPDATE dossier d SET version = t.version, hash = t.hash, state = t.state, due = t.due, wake_at = t.wake_at, data = t.data FROM dossier t WHERE t.code = 'template-due' AND d.code LIKE 'due-%' AND d.version > t.version");
            Execute("DELETE FROM dossier_event WHERE code LIKE 'due-%'");
            Execute("VACUUM ANALYZE dossier; CHECKPOINT");
            var without = await MeasureAsync(pair, timers: false, codes);
            var with = await MeasureAsync(pair, timers: true, codes);
            ratios.Add((with.P50 / without.P50, with.P99 / without.P99));
        }

        Console.WriteLine();
        Console.WriteLine($"median ratio with to without: p50 {ratios.Select(r => r.P50).Order().ElementAt(Pairs / 2):F2}, p99 {ratios.Select(r => r.P99).Order().ElementAt(Pairs / 2):F2}");
        await DrainAsync();
    }

    private async Task<(double P50, double P99)> MeasureAsync(int pair, bool timers, DossierCode[] codes)
    {
        await using var store = new PostgresJournalStore(connectionString, TimeProvider.System);
        await store.OpenAsync(CancellationToken.None);
        var opening = Stopwatch.StartNew();
        await using var engine = await OpenAsync(store, timers);
        var versions = new int[codes.Length];
        await MoveAsync(engine, codes, versions, 0);
        var ready = opening.Elapsed;

        using var end = new CancellationTokenSource();
        var latencies = new List<long>[callers];
        var measuring = false;
        var calling = Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            latencies[caller] = [];
            for (var n = caller; !end.IsCancellationRequested; n = n + callers < codes.Length ? n + callers : caller)
            {
                var began = Stopwatch.GetTimestamp();
                await MoveAsync(engine, codes, versions, n);
                if (Volatile.Read(ref measuring))
                {
                    latencies[caller].Add(Stopwatch.GetTimestamp() - began);
                }
            }
        })).ToArray();

        await Task.Delay(s_warmUp);
        var before = engine.CommitCounts.Commands;
        Volatile.Write(ref measuring, true);
        var watch = Stopwatch.StartNew();
        await Task.Delay(measured);
        Volatile.Write(ref measuring, false);
        watch.Stop();
        var committed = engine.CommitCounts.Commands - before;
        await end.CancelAsync();
        await Task.WhenAll(calling);

        var all = latencies.SelectMany(l => l).Order().ToArray();
        var (p50, p99) = (Milliseconds(all, 0.5), Milliseconds(all, 0.99));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {pair} | {(timers ? "draining" : "off")} | {ready.TotalMilliseconds:F0} | {all.Length / watch.Elapsed.TotalSeconds:F0} | {p50:F2} | {p99:F2} | {Math.Max(0, committed - all.Length) / watch.Elapsed.TotalSeconds:F0} | {engine.TimerLateness.Longest.TotalSeconds:F0} |"));
        return (p50, p99);
    }

    private async Task DrainAsync()
    {
        await using var store = new PostgresJournalStore(connectionString, TimeProvider.System);
        await store.OpenAsync(CancellationToken.None);
        await using var engine = await OpenAsync(store, timers: false);
        var watch = Stopwatch.StartNew();
        var fired = await engine.FireDueTimersAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the rest, nobody calling: {fired:N0} timers in {watch.Elapsed.TotalSeconds:F1} s, {fired / watch.Elapsed.TotalSeconds:F0}/s"));
    }

    private async Task<DossierCode[]> FillAsync()
    {
        await using var store = new PostgresJournalStore(connectionString, TimeProvider.System);
        await store.OpenAsync(CancellationToken.None);
        await using var engine = await OpenAsync(store, timers: false);
        var codes = new DossierCode[dossiers];
        await Parallel.ForAsync(0, dossiers, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (n, _) => codes[n] = await SubmitAsync(engine, $"s{n}", null));
        Copy(await SubmitAsync(engine, "future", null), "open", "now() + interval '1 day' + n * interval '1 second'", open - due);
        Copy(await SubmitAsync(engine, "past", DateTimeOffset.UtcNow.AddDays(-60)), "due", "t.wake_at", due);
        return codes;
    }

    private void Copy(DossierCode from, string name, string wakeAt, int count)
    {
        Execute($"UPDATE dossier_event SET code = 'template-{name}' WHERE code = '{from}'; UPDATE dossier SET code = 'template-{name}' WHERE code = '{from}'");
        Execute(
            $"""
            INSERT INTO dossier (code, version, hash, procedure, procedure_version, unit, state, portal_status, role, assignee, due, wake_at, closed, data, personal)
            SELECT '{name}-' || lpad(n::text, 8, '0'), t.version, t.hash, t.procedure, t.procedure_version, t.unit, t.state, t.portal_status, t.role, t.assignee, t.due, {wakeAt}, t.closed, t.data, t.personal
            FROM dossier t, generate_series(1, {count}) n WHERE t.code = 'template-{name}'
            """);
    }

    private static async Task<DossierCode> SubmitAsync(DossierEngine engine, string id, DateTimeOffset? at)
    {
        var submission = new SubmitDossier("T.1", DurableCommandOffice.Unit) { Documents = [new SubmittedDocument("form", 1)] };
        var code = Accepted(await engine.SubmitAsync(submission, Request(id, at))).Code;
        Accepted(await engine.ExecuteAsync(code, new FireTrigger("accept"), Request(id + "/accept", at)));
        return code;
    }

    // Sends a dossier forward or back; which of the two it does not know before the first time.
    private async ValueTask MoveAsync(DossierEngine engine, DossierCode[] codes, int[] versions, int n)
    {
        if (versions[n] == 0)
        {
            versions[n] = (await engine.FindAsync(codes[n]))!.Version;
        }

        var trigger = versions[n] % 2 == 0 ? "forward" : "back";
        versions[n] = Accepted(await engine.ExecuteAsync(codes[n], new FireTrigger(trigger), Request($"m{Interlocked.Increment(ref _ids)}", null))).Version;
    }

    private static async Task<DossierEngine> OpenAsync(PostgresJournalStore store, bool timers) => await DossierEngine.OpenAsync(
        store,
        new ProcedureSet(DurableCommandOffice.Define()),
        new UnitTree([new Unit(DurableCommandOffice.Unit, new LocalizedName("Một cửa"), UnitLevel.Commune, null)]),
        DurableCommandOffice.Calendar(),
        TimeProvider.System,
        new WorkflowEngineOptions { BackgroundTimers = timers });

    private static CommandRequest Request(string id, DateTimeOffset? at) => new(new CommandId(id), DurableCommandOffice.Clerk) { Caller = "portal", OccurredAt = at };

    private static CommandResult.Accepted Accepted(CommandResult result) =>
        result as CommandResult.Accepted ?? throw new InvalidOperationException($"A command came to {result}.");

    private static double Milliseconds(long[] sorted, double part) => sorted.Length == 0 ? double.NaN : sorted[(int)(part * (sorted.Length - 1))] * 1_000.0 / Stopwatch.Frequency;

    private void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        foreach (var statement in sql.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
            command.ExecuteNonQuery();
        }
    }
}
