using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Procedures;
using Workflow.Host.Terminal;

namespace Workflow.Host.Loading;

/// <summary>Gives commands to an engine from many callers, each of which waits for one answer before it gives the next.</summary>
/// <remarks>Every caller has dossiers of its own and goes through them in turn, so that no two wait for each other.</remarks>
internal sealed class LoadRun(IDossierEngine engine, TimeProvider clock, string run)
{
    /// <summary>The procedure of the dossiers: work that can go on for ever.</summary>
    public static Procedure Procedure { get; } = new ProcedureBuilder("load")
        .Named("Hồ sơ đo tải", "Dossiers of the load command")
        .Configured("open", s => s.Permit("work", "working").Permit("close", "closed"))
        .Configured("working", s => s.Permit("rest", "open").Permit("close", "closed"))
        .Configured("closed", s => s.AsFinal())
        .Build();

    private readonly Latencies _latencies = new();
    private long _accepted;
    private long _rejected;
    private long _busy;

    public long Accepted => Interlocked.Read(ref _accepted);

    public long Rejected => Interlocked.Read(ref _rejected);

    public long Busy => Interlocked.Read(ref _busy);

    /// <summary>How long the callers gave commands.</summary>
    public TimeSpan Elapsed { get; private set; }

    public double Percentile(double share) => _latencies.Percentile(share);

    /// <summary>Submits the dossiers.</summary>
    public async Task<DossierCode[]> PrepareAsync(int dossiers, string unit, ProgressLine progress, CancellationToken cancellationToken)
    {
        var codes = new DossierCode[dossiers];
        var done = 0;
        await Parallel.ForAsync(0, dossiers, new ParallelOptions { MaxDegreeOfParallelism = 512, CancellationToken = cancellationToken }, async (i, ct) =>
        {
            var request = new CommandRequest(new CommandId($"{run}-submit-{i}"), new Actor("load", [], unit));
            codes[i] = await engine.SubmitAsync(new SubmitDossier(Procedure.Code, unit), request, ct).ConfigureAwait(false) switch
            {
                CommandResult.Accepted accepted => accepted.Code,
                CommandResult.Rejected refused => throw new UnusableInputException($"a dossier of the load was refused: {Faults.OneLine(refused.Unmet[0].ToString())}"),
                _ => throw new UnusableInputException("the engine is busy before the load began: stop what else uses it"),
            };
            progress.Report(Interlocked.Increment(ref done), dossiers, "dossiers");
        }).ConfigureAwait(false);
        return codes;
    }

    public async Task RunAsync(DossierCode[] codes, int callers, TimeSpan time, ProgressLine progress, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(caller), cancellationToken))).ConfigureAwait(false);
        Elapsed = clock.GetElapsedTime(started);

        async Task CallAsync(int caller)
        {
            var mine = codes.Where((_, i) => i % callers == caller).ToArray();
            var actor = new Actor($"load-{caller}", [], null);
            for (var given = 0; clock.GetElapsedTime(started) < time; given++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var turn = given / mine.Length;
                var command = new FireTrigger(turn % 2 == 0 ? "work" : "rest");
                var before = clock.GetTimestamp();
                var request = new CommandRequest(new CommandId($"{run}-{caller}-{given}"), actor);
                var result = await engine.ExecuteAsync(mine[given % mine.Length], command, request, cancellationToken).ConfigureAwait(false);
                if (result is CommandResult.Busy busy)
                {
                    Interlocked.Increment(ref _busy);
                    await Task.Delay(busy.RetryAfter, cancellationToken).ConfigureAwait(false);
                    given--;
                    continue;
                }

                Interlocked.Increment(ref result is CommandResult.Accepted ? ref _accepted : ref _rejected);
                _latencies.Add(clock.GetElapsedTime(before));
                progress.Report(Accepted, 0, "commands");
            }
        }
    }
}

/// <summary>Lets the procedure above be one expression.</summary>
internal static class ProcedureBuilding
{
    public static ProcedureBuilder Configured(this ProcedureBuilder builder, string state, Action<StateBuilder> configure)
    {
        configure(builder.Configure(state));
        return builder;
    }
}
