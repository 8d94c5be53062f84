using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Stateless;
using Workflow.Core.Guards;
using Workflow.Core.Machines;
using Workflow.Core.Procedures;
using Workflow.StatelessBridge;

namespace Workflow.Benchmarks;

/// <summary>One procedure of 12 states as a table and on Stateless: firing, what may fire, and building a machine.</summary>
/// <remarks>Eleven of the states are a ring, so that a machine that keeps its state is back where it was after a round.</remarks>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class StatelessBenchmarks
{
    private const int Ring = 11;

    private readonly GuardFacts _facts = new();
    private readonly TriggerId[] _room = new TriggerId[8];
    private Procedure _procedure = null!;
    private TransitionTable<IDossierFacts> _table = null!;
    private StateMachine<string, string> _machine = null!;
    private TriggerId _forward;
    private TriggerId _approve;

    [GlobalSetup]
    public void Build()
    {
        var builder = new ProcedureBuilder("9.000012");
        for (var step = 0; step < Ring; step++)
        {
            builder.Configure(Step(step)).Permit("forward", Step(step + 1)).PermitIf("approve", Step(step + 1), "fees-paid").Permit("withdraw-all", "done");
        }

        builder.Configure("done").AsFinal();
        _procedure = builder.Build();
        _table = _procedure.Table;
        _machine = _procedure.ToStateless(_facts);
        _forward = _table.Trigger("forward");
        _approve = _table.Trigger("approve");
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Ring)]
    [BenchmarkCategory("Fire")]
    public StateId TableFire() => Round(_forward);

    [Benchmark(OperationsPerInvoke = Ring)]
    [BenchmarkCategory("Fire")]
    public string StatelessFire() => Round("forward");

    [Benchmark(Baseline = true, OperationsPerInvoke = Ring)]
    [BenchmarkCategory("Guarded fire")]
    public StateId TableGuardedFire() => Round(_approve);

    [Benchmark(OperationsPerInvoke = Ring)]
    [BenchmarkCategory("Guarded fire")]
    public string StatelessGuardedFire() => Round("approve");

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Permitted triggers")]
    public int TablePermittedTriggers() => _table.PermittedTriggers(_table.Initial, _facts, _room);

    [Benchmark]
    [BenchmarkCategory("Permitted triggers")]
    public async Task<int> StatelessPermittedTriggers() => (await _machine.GetPermittedTriggersAsync().ConfigureAwait(false)).Count();

    /// <summary>A table is built once for all dossiers of a procedure.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Building")]
    public TransitionTable<IDossierFacts> TableBuilding()
    {
        var builder = new MachineBuilder<IDossierFacts>().StartIn(Step(0));
        for (var step = 0; step < Ring; step++)
        {
            builder.Configure(Step(step)).Permit("forward", Step(step + 1)).PermitIf("approve", Step(step + 1), "fees-paid", static f => f.FeesOutstanding <= 0).Permit("withdraw-all", "done");
        }

        builder.Configure("done").AsFinal();
        return builder.Build();
    }

    /// <summary>A machine is built for each dossier.</summary>
    [Benchmark]
    [BenchmarkCategory("Building")]
    public StateMachine<string, string> StatelessBuilding() => _procedure.ToStateless(_facts);

    private static string Step(int step) => $"step-{step % Ring}";

    private StateId Round(TriggerId trigger)
    {
        var state = _table.Initial;
        for (var i = 0; i < Ring; i++)
        {
            state = _table.Fire(state, trigger, _facts).Destination;
        }

        return state;
    }

    private string Round(string trigger)
    {
        for (var i = 0; i < Ring; i++)
        {
            _machine.Fire(trigger);
        }

        return _machine.State;
    }
}
