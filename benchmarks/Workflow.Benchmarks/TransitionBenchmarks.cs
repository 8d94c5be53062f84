using BenchmarkDotNet.Attributes;
using Workflow.Core.Machines;

namespace Workflow.Benchmarks;

/// <summary>One transition of a shared table, against a lookup in a dictionary of names.</summary>
[MemoryDiagnoser]
public class TransitionBenchmarks
{
    private readonly Dictionary<(string State, string Trigger), string> _dictionary = [];
    private TransitionTable<int> _table = null!;
    private StateId _state;
    private StateId _substate;
    private TriggerId _plain;
    private TriggerId _guarded;
    private TriggerId _inherited;

    [GlobalSetup]
    public void Declare()
    {
        var builder = new MachineBuilder<int>().StartIn("Step 0");
        builder.Configure("Office").PermitIf("withdraw", "Withdrawn", "may be withdrawn", holding => (holding & 1) != 0);
        builder.Configure("Withdrawn").AsFinal();
        for (int step = 0; step < 20; step++)
        {
            string next = $"Step {(step + 1) % 20}";
            builder.Configure($"Step {step}").SubstateOf("Office")
                .Permit("forward", next)
                .PermitIf("approve", next, "is complete", holding => (holding & 1) != 0)
                .PermitIf("approve", "Withdrawn", "is refused", holding => (holding & 2) != 0)
                .Ignore("comment");
            _dictionary.Add(($"Step {step}", "forward"), next);
        }

        _table = builder.Build();
        _state = _table.State("Step 7");
        _substate = _table.State("Step 8");
        _plain = _table.Trigger("forward");
        _guarded = _table.Trigger("approve");
        _inherited = _table.Trigger("withdraw");
    }

    [Benchmark(Baseline = true)]
    public string Dictionary() => _dictionary[("Step 7", "forward")];

    [Benchmark]
    public StateId Transition() => _table.Fire(_state, _plain, 1).Destination;

    [Benchmark]
    public StateId GuardedTransition() => _table.Fire(_state, _guarded, 1).Destination;

    [Benchmark]
    public StateId InheritedGuardedTransition() => _table.Fire(_substate, _inherited, 1).Destination;

    [Benchmark]
    public FiringOutcome Refusal() => _table.Fire(_state, _guarded, 0).Outcome;

    [Benchmark]
    public int LeftAndEntered()
    {
        Firing firing = _table.Evaluate(_substate, _inherited, 1);
        return _table.Exited(firing).Length + _table.Entered(firing).Length;
    }
}
