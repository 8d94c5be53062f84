using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Units;
using Workflow.Engine;
using Workflow.Engine.Postgres;
using Workflow.Engine.Setup;
using Workflow.Host.Loading;

namespace Workflow.Benchmarks.Postgres;

/// <summary>The engine on PostgreSQL as the load command opens it, with its dossiers submitted.</summary>
internal sealed class LoadedEngine : IAsyncDisposable
{
    public const string Unit = "000.01.30.H28";

    private readonly PostgresJournalStore _store;
    private readonly DossierEngine _engine;
    private readonly LoadRun _run;
    private readonly DossierCode[] _codes;

    private LoadedEngine(PostgresJournalStore store, DossierEngine engine, LoadRun run, DossierCode[] codes) => (_store, _engine, _run, _codes) = (store, engine, run, codes);

    public static UnitTree Units { get; } = new([new Unit(Unit, new LocalizedName("Một cửa"), UnitLevel.Commune, null)]);

    public static async Task<LoadedEngine> OpenAsync(string connection, int dossiers)
    {
        var store = new PostgresJournalStore(connection, TimeProvider.System);
        await store.OpenAsync(CancellationToken.None);
        var options = new WorkflowEngineOptions();
        Configure(options);
        var engine = await DossierEngine.OpenAsync(store, new ProcedureSet(LoadRun.Procedure), Units, DurableCommandOffice.Calendar(), TimeProvider.System, options);
        var run = new LoadRun(engine, TimeProvider.System, Guid.NewGuid().ToString("N")[..12]);
        return new LoadedEngine(store, engine, run, await run.PrepareAsync(dossiers, Unit, _ => { }, CancellationToken.None));
    }

    /// <summary>As it is measured: it does nothing but what callers ask for.</summary>
    public static void Configure(WorkflowEngineOptions options) =>
        (options.BackgroundTimers, options.BackgroundFollowers, options.QueueLength, options.NumberBlock) = (false, false, 4_096, 1_000);

    /// <summary>So many callers, each of which waits for its answer.</summary>
    public Task<Measured> RunAsync(int callers, int seconds) => RunAsync(_run, _codes, callers, seconds);

    /// <summary>As above, on any engine.</summary>
    public static async Task<Measured> RunAsync(LoadRun run, DossierCode[] codes, int callers, int seconds)
    {
        await run.RunAsync(codes, callers, TimeSpan.FromSeconds(seconds), rate: null, _ => { }, CancellationToken.None);
        return run is { Rejected: 0, Busy: 0 }
            ? new Measured(run.Accepted / run.Elapsed.TotalSeconds, run.Percentile(0.5), run.Percentile(0.99))
            : throw new InvalidOperationException($"{run.Rejected} commands were rejected and {run.Busy} met a busy engine: the figures would not count.");
    }

    /// <summary>The mean size of a snapshot in bytes, personal part included.</summary>
    public async Task<double> SnapshotBytesAsync()
    {
        var sizes = new List<int>();
        foreach (var code in _codes.Take(100))
        {
            var snapshot = (await _store.LoadAsync(code.Value, CancellationToken.None))!.Snapshot;
            sizes.Add(snapshot.Data.Length + (snapshot.Personal?.Length ?? 0));
        }

        return sizes.Average();
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _store.DisposeAsync();
    }
}
