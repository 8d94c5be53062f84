using Workflow.Core.Machines;

namespace Workflow.Core.Tests.Machines;

public class MachineBuilderTests
{
    [Fact]
    public void Configure_SameName_IsTheSameConfiguration()
    {
        var builder = new MachineBuilder<int>();

        Assert.Same(builder.Configure("A"), builder.Configure("A"));
        Assert.NotSame(builder.Configure("A"), builder.Configure("a"));
    }

    [Fact]
    public void Build_Names_AreNumberedInTheOrderOfTheirFirstMention()
    {
        var builder = new MachineBuilder<int>();
        builder.Configure("B").Permit("second", "C").Permit("first", "A");
        builder.Configure("A").Permit("first", "B");
        builder.Configure("C");
        TransitionTable<int> table = builder.StartIn("A").Build();

        Assert.Equal(["B", "C", "A"], table.States);
        Assert.Equal(["second", "first"], table.Triggers);
        Assert.Equal("A", table.NameOf(table.Initial));
        Assert.Equal(2, table.State("A").Index);
        Assert.Equal("first", table.NameOf(table.Trigger("first")));
    }

    [Fact]
    public void Build_Transitions_AreListedForIntrospection()
    {
        var builder = new MachineBuilder<int>().StartIn("A");
        builder.Configure("A").PermitIf("go", "B", new Guard<int>("g", _ => true), new Guard<int>("h", _ => true)).PermitReentry("redo");
        builder.Configure("B").InternalTransition("note").Ignore("go").AsFinal();
        TransitionTable<int> table = builder.Build();

        Assert.Equal(
            ["A go B Move g,h", "A redo A Reentry ", "B note B Internal ", "B go B Ignore "],
            table.Transitions.Select(each => $"{table.NameOf(each.Source)} {table.NameOf(each.Trigger)} "
                + $"{table.NameOf(each.Destination)} {each.Kind} {string.Join(',', each.Guards)}"));
        Assert.True(table.IsFinal(table.State("B")));
        Assert.False(table.IsFinal(table.State("A")));
    }

    [Fact]
    public void Build_Frozen_RefusesEveryFurtherCall()
    {
        var builder = new MachineBuilder<int>().StartIn("A");
        StateConfiguration<int> state = builder.Configure("A");
        builder.Build();
        Action[] calls =
        [
            () => builder.Configure("A"), () => builder.StartIn("A"), () => builder.Build(),
            () => state.Permit("t", "A"), () => state.PermitIf("t", "A", "g", _ => true),
            () => state.PermitReentry("t"), () => state.PermitReentryIf("t", "g", _ => true),
            () => state.InternalTransition("t"), () => state.InternalTransitionIf("t", "g", _ => true),
            () => state.Ignore("t"), () => state.IgnoreIf("t", "g", _ => true),
            () => state.SubstateOf("A"), () => state.InitialTransition("A"),
            () => state.OnEntry("e", _ => { }), () => state.OnExit("x", _ => { }), () => state.AsFinal(),
        ];

        Assert.All(calls, call => Assert.Throws<InvalidOperationException>(call));
    }

    [Fact]
    public void Build_DefectMended_Builds()
    {
        var builder = new MachineBuilder<int>();
        builder.Configure("A").Permit("go", "B");
        Assert.Throws<MachineDefinitionException>(builder.Build);

        builder.Configure("B");
        TransitionTable<int> table = builder.StartIn("A").Build();

        Assert.Equal(FiringOutcome.Moved, table.Evaluate(table.Initial, table.Trigger("go"), 0).Outcome);
    }

    [Fact]
    public void Lookup_UnknownNames_AreNamedInTheRefusal()
    {
        var builder = new MachineBuilder<int>().StartIn("A");
        builder.Configure("A");
        TransitionTable<int> table = builder.Build();

        Assert.Contains("'Nowhere'", Assert.Throws<ArgumentException>(() => table.State("Nowhere")).Message, StringComparison.Ordinal);
        Assert.Contains("'never'", Assert.Throws<ArgumentException>(() => table.Trigger("never")).Message, StringComparison.Ordinal);
        Assert.False(table.TryGetState("Nowhere", out _));
        Assert.False(table.TryGetTrigger("never", out _));
    }

    [Fact]
    public void Configuration_NullArguments_AreRefusedAtOnce()
    {
        StateConfiguration<int> state = new MachineBuilder<int>().Configure("A");

        Assert.Throws<ArgumentNullException>(() => state.Permit(null!, "A"));
        Assert.Throws<ArgumentNullException>(() => state.Permit("t", null!));
        Assert.Throws<ArgumentNullException>(() => state.OnEntry("e", null!));
        Assert.Throws<ArgumentException>(() => state.PermitIf("t", "A", [null!]));
    }
}
