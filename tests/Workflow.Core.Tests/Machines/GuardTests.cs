using Workflow.Core.Machines;

namespace Workflow.Core.Tests.Machines;

public class GuardTests
{
    private readonly TransitionTable<TraceContext> _table = Build();

    [Theory]
    [InlineData(0b0011, FiringOutcome.Moved, "B")]
    [InlineData(0b0100, FiringOutcome.Moved, "C")]
    [InlineData(0b0001, FiringOutcome.GuardUnmet, "A")]
    [InlineData(0b0111, FiringOutcome.Ambiguous, "A")]
    [InlineData(0b1000, FiringOutcome.Moved, "D")]
    [InlineData(0b1111, FiringOutcome.Ambiguous, "A")]
    public void Evaluate_GuardedTransitions_TakesTheOneWhoseGuardsAllHold(int holding, FiringOutcome outcome, string destination)
    {
        Firing firing = _table.Fire("A", "go", new TraceContext(holding));

        Assert.Equal(outcome, firing.Outcome);
        Assert.Equal(destination, _table.NameOf(firing.Destination));
        Assert.Equal(firing.IsAccepted, firing.TransitionIndex >= 0);
    }

    [Theory]
    [InlineData(0b0000, "g0 g1 g2")]
    [InlineData(0b0001, "g1 g2")]
    [InlineData(0b0011, "")]
    [InlineData(0b0111, "")]
    [InlineData(0b1000, "")]
    public void UnmetGuards_Refusal_NamesThoseOfTheInnermostStateInOrder(int holding, string expected) =>
        Assert.Equal(expected, string.Join(' ', Unmet("A", "go", holding)));

    [Fact]
    public void UnmetGuards_GuardSharedByTransitions_IsNamedOnce() =>
        Assert.Equal(["g5", "g4", "g6"], Unmet("A", "shared", 0));

    [Fact]
    public void UnmetGuards_InheritedTrigger_NamesThoseOfTheSuperstate() =>
        Assert.Equal(["g3"], Unmet("B", "go", 0));

    [Fact]
    public void UnmetGuards_UndeclaredTrigger_IsEmpty() => Assert.Empty(Unmet("D", "go", 0));

    [Fact]
    public void Evaluate_NamedCondition_IsAskedAboutTheContext()
    {
        var builder = new MachineBuilder<int>().StartIn("Open");
        builder.Configure("Open").PermitIf("pay", "Paid", "amount is positive", amount => amount > 0)
            .PermitReentryIf("redo", "amount is two", amount => amount == 2)
            .InternalTransitionIf("note", "amount is three", amount => amount == 3)
            .IgnoreIf("poke", "amount is four", amount => amount == 4);
        builder.Configure("Paid").AsFinal();
        TransitionTable<int> table = builder.Build();

        Assert.Equal(FiringOutcome.Moved, table.Evaluate(table.Initial, table.Trigger("pay"), 1).Outcome);
        Assert.Equal(FiringOutcome.Reentered, table.Evaluate(table.Initial, table.Trigger("redo"), 2).Outcome);
        Assert.Equal(FiringOutcome.Internal, table.Evaluate(table.Initial, table.Trigger("note"), 3).Outcome);
        Assert.Equal(FiringOutcome.Ignored, table.Evaluate(table.Initial, table.Trigger("poke"), 4).Outcome);
        Assert.Equal(["amount is positive"], table.UnmetGuards(table.Initial, table.Trigger("pay"), 0));
    }

    [Fact]
    public void GuardsOf_Transition_AreThoseThatWereDeclared()
    {
        int index = _table.Transitions.Index().First(each => each.Item.Guards.SequenceEqual(["g0", "g1"])).Index;

        IReadOnlyList<Guard<TraceContext>> guards = _table.GuardsOf(index);

        Assert.Equal(["g0", "g1"], guards.Select(guard => guard.Name));
        Assert.Equal([true, false], guards.Select(guard => guard.Holds(new TraceContext(0b01))));
        Assert.Throws<ArgumentOutOfRangeException>(() => _table.GuardsOf(_table.Transitions.Count));
    }

    private IReadOnlyList<string> Unmet(string state, string trigger, int holding) =>
        _table.UnmetGuards(_table.State(state), _table.Trigger(trigger), new TraceContext(holding));

    private static TransitionTable<TraceContext> Build()
    {
        var builder = new MachineBuilder<TraceContext>().StartIn("A");
        builder.Configure("Outer").PermitIf("go", "D", TraceContext.Bit(3));
        builder.Configure("A").SubstateOf("Outer")
            .PermitIf("go", "B", TraceContext.Bit(0), TraceContext.Bit(1))
            .PermitIf("go", "C", TraceContext.Bit(2))
            .PermitIf("shared", "B", TraceContext.Bit(5), TraceContext.Bit(4))
            .PermitIf("shared", "C", TraceContext.Bit(4), TraceContext.Bit(6));
        builder.Configure("B").SubstateOf("Outer");
        builder.Configure("C");
        builder.Configure("D");
        return builder.Build();
    }
}
