using BenchmarkDotNet.Attributes;
using Workflow.Core.Machines;

namespace Workflow.Benchmarks;

/// <summary>What may fire now, of ten triggers of which half are guarded, against asking about each trigger in turn.</summary>
[MemoryDiagnoser]
public class PermittedTriggersBenchmarks
{
    private readonly TriggerId[] _room = new TriggerId[10];
    private TransitionTable<int> _table = null!;

    [GlobalSetup]
    public void Declare()
    {
        var builder = new MachineBuilder<int>().StartIn("Desk");
        builder.Configure("Office");
        builder.Configure("Done").AsFinal();
        builder.Configure("Desk").SubstateOf("Office");
        for (int trigger = 0; trigger < 10; trigger += 2)
        {
            int bit = 1 << trigger;
            builder.Configure("Office").Permit($"t{trigger}", "Done");
            builder.Configure("Desk").PermitIf($"t{trigger + 1}", "Done", $"g{trigger}", holding => (holding & bit) != 0);
        }

        _table = builder.Build();
    }

    [Benchmark(Baseline = true)]
    public int OneByOne()
    {
        int permitted = 0;
        for (int trigger = 0; trigger < 10; trigger++)
        {
            permitted += _table.Evaluate(_table.Initial, new TriggerId(trigger), 0b0101).IsAccepted ? 1 : 0;
        }

        return permitted;
    }

    [Benchmark]
    public int IntoSpan() => _table.PermittedTriggers(_table.Initial, 0b0101, _room);

    [Benchmark]
    public IReadOnlyList<TriggerId> AsList() => _table.PermittedTriggers(_table.Initial, 0b0101);
}
