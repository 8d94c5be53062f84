using System.Diagnostics;
using System.Globalization;
using Workflow.Benchmarks.Postgres;
using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Units;
using Workflow.Engine;
using Workflow.Engine.Outbox;
using Workflow.Engine.Postgres;
using Workflow.Engine.Setup;
using Workflow.Testing;

namespace Workflow.Benchmarks.Subscribers;

/// <summary>What commands pay while a webhook catches up on a long journal: pairs of runs without and with it, in turn; then how fast it catches up when nobody calls.</summary>
/// <remarks>The receiver is in this process and does next to nothing. Each run with it begins at the journal's first row.</remarks>
internal sealed class SubscribersBesideCommands(SubscriberOptions options, string connectionString)
{
    private const string Secret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz";
    private const string Name = "benchmark";
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(3);

    private int _ids;

    public static async Task<int> RunAsync(string[] args)
    {
        if (SubscriberOptions.Read(args) is not { } options)
        {
            Console.Error.WriteLine(SubscriberOptions.Usage);
            return 2;
        }

        if (options.Postgres is null && PostgresTools.Find() is null)
        {
            Console.Error.WriteLine("PostgreSQL 15 or newer is not installed: install the package postgresql, or name a server with --postgres CONNECTION.");
            return 2;
        }

        using var server = options.Postgres is null
            ? PrivatePostgres.Start(PostgresTools.Find()!, "shared_buffers=512MB", "max_wal_size=8GB", "checkpoint_timeout=30min")
            : null;
        await new SubscribersBesideCommands(options, options.Postgres ?? server!.ConnectionString).RunAsync();
        return 0;
    }

    private async Task RunAsync()
    {
        var (codes, versions, rows) = await FillAsync();
        Console.WriteLine($"{rows:N0} rows of {options.Dossiers:N0} dossiers; {options.Callers} callers; {options.Format}, the receiver takes {options.Delay} ms; {options.Seconds} s each");
        Console.WriteLine();
        Console.WriteLine("| pair | subscriber | commands/s | p50 ms | p99 ms | deliveries/s |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
        var ratios = new List<(double P50, double P99)>();
        for (var pair = 1; pair <= options.Pairs; pair++)
        {
            var without = await MeasureAsync(pair, catchesUp: false, codes, versions);
            var with = await MeasureAsync(pair, catchesUp: true, codes, versions);
            ratios.Add((with.P50 / without.P50, with.P99!.Value / without.P99!.Value));
        }

        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"median ratio with to without: p50 {ratios.Select(r => r.P50).Order().ElementAt(options.Pairs / 2):F2}, p99 {ratios.Select(r => r.P99).Order().ElementAt(options.Pairs / 2):F2}"));
        await CatchUpAloneAsync();
    }

    private async Task<Measured> MeasureAsync(int pair, bool catchesUp, DossierCode[] codes, int[] versions)
    {
        await using var store = new PostgresJournalStore(connectionString, TimeProvider.System);
        await store.OpenAsync(CancellationToken.None);
        await using var receiver = new LocalReceiver(TimeSpan.FromMilliseconds(options.Delay));
        await using var engine = await OpenAsync(store, followers: true);
        using var end = new CancellationTokenSource();
        var latencies = new List<long>[options.Callers];
        var measuring = false;
        var calling = Enumerable.Range(0, options.Callers).Select(caller => Task.Run(async () =>
        {
            latencies[caller] = [];
            for (var n = caller; !end.IsCancellationRequested; n = n + options.Callers < codes.Length ? n + options.Callers : caller)
            {
                var began = Stopwatch.GetTimestamp();
                await MoveAsync(engine, codes, versions, n);
                if (Volatile.Read(ref measuring))
                {
                    latencies[caller].Add(Stopwatch.GetTimestamp() - began);
                }
            }
        })).ToArray();

        if (catchesUp)
        {
            await engine.Subscribers.AddAsync(Webhook(receiver), fromStart: true);
        }

        await Task.Delay(s_warmUp);
        var before = receiver.Taken;
        Volatile.Write(ref measuring, true);
        var watch = Stopwatch.StartNew();
        await Task.Delay(TimeSpan.FromSeconds(options.Seconds));
        Volatile.Write(ref measuring, false);
        watch.Stop();
        var delivered = receiver.Taken - before;
        await end.CancelAsync();
        await Task.WhenAll(calling);
        await engine.Subscribers.RemoveAsync(Name);

        var all = latencies.SelectMany(l => l).Order().ToArray();
        var measured = new Measured(all.Length / watch.Elapsed.TotalSeconds, Milliseconds(all, 0.5), Milliseconds(all, 0.99));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {pair} | {(catchesUp ? "catching up" : "none")} | {measured.PerSecond:F0} | {measured.P50:F2} | {measured.P99:F2} | {delivered / watch.Elapsed.TotalSeconds:F0} |"));
        return measured;
    }

    private async Task CatchUpAloneAsync()
    {
        await using var store = new PostgresJournalStore(connectionString, TimeProvider.System);
        await store.OpenAsync(CancellationToken.None);
        await using var receiver = new LocalReceiver(TimeSpan.FromMilliseconds(options.Delay));
        await using var engine = await OpenAsync(store, followers: false);
        await engine.Subscribers.AddAsync(Webhook(receiver), fromStart: true);
        var watch = Stopwatch.StartNew();
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(options.Seconds));
        try
        {
            await engine.DeliverAsync(Name, progress: null, end.Token);
        }
        catch (OperationCanceledException)
        {
            // What there was time for is the figure.
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"nobody calling: {receiver.Taken:N0} deliveries in {watch.Elapsed.TotalSeconds:F1} s on {receiver.Connections} connections, {receiver.Taken / watch.Elapsed.TotalSeconds:F0}/s"));
        await engine.Subscribers.RemoveAsync(Name);
    }

    private async Task<(DossierCode[] Codes, int[] Versions, long Rows)> FillAsync()
    {
        await using var store = new PostgresJournalStore(connectionString, TimeProvider.System);
        await store.OpenAsync(CancellationToken.None);
        await using var engine = await OpenAsync(store, followers: false);
        var (codes, versions) = (new DossierCode[options.Dossiers], new int[options.Dossiers]);
        var together = new ParallelOptions { MaxDegreeOfParallelism = 64 };
        await Parallel.ForAsync(0, options.Dossiers, together, async (n, _) => (codes[n], versions[n]) = await SubmitAsync(engine, n));
        for (var rows = 2L * options.Dossiers; rows < options.Rows; rows += options.Dossiers)
        {
            await Parallel.ForAsync(0, (int)Math.Min(options.Dossiers, options.Rows - rows), together, async (n, _) => await MoveAsync(engine, codes, versions, n));
        }

        return (codes, versions, await store.CountBehindAsync(default, long.MaxValue, CancellationToken.None));
    }

    private static async ValueTask<(DossierCode Code, int Version)> SubmitAsync(DossierEngine engine, int n)
    {
        var submission = new SubmitDossier("T.1", DurableCommandOffice.Unit) { Documents = [new SubmittedDocument("form", 1)] };
        var code = Accepted(await engine.SubmitAsync(submission, Request($"s{n}"))).Code;
        return (code, Accepted(await engine.ExecuteAsync(code, new FireTrigger("accept"), Request($"a{n}"))).Version);
    }

    // Sends a dossier forward or back.
    private async ValueTask MoveAsync(DossierEngine engine, DossierCode[] codes, int[] versions, int n)
    {
        var trigger = versions[n] % 2 == 0 ? "forward" : "back";
        versions[n] = Accepted(await engine.ExecuteAsync(codes[n], new FireTrigger(trigger), Request($"m{Interlocked.Increment(ref _ids)}"))).Version;
    }

    private WebhookSubscriber Webhook(LocalReceiver receiver) => new(Name, receiver.Url, [Secret]) { Format = options.Format };

    private static async Task<DossierEngine> OpenAsync(PostgresJournalStore store, bool followers) => await DossierEngine.OpenAsync(
        store,
        new ProcedureSet(DurableCommandOffice.Define()),
        new UnitTree([new Unit(DurableCommandOffice.Unit, new LocalizedName("Một cửa"), UnitLevel.Commune, null)]),
        DurableCommandOffice.Calendar(),
        TimeProvider.System,
        new WorkflowEngineOptions { BackgroundTimers = false, BackgroundFollowers = followers });

    private static CommandRequest Request(string id) => new(new CommandId(id), DurableCommandOffice.Clerk) { Caller = "portal" };

    private static CommandResult.Accepted Accepted(CommandResult result) =>
        result as CommandResult.Accepted ?? throw new InvalidOperationException($"A command came to {result}.");

    private static double Milliseconds(long[] sorted, double part) => sorted.Length == 0 ? double.NaN : sorted[(int)(part * (sorted.Length - 1))] * 1_000.0 / Stopwatch.Frequency;
}
