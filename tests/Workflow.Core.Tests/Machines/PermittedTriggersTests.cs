using Workflow.Core.Machines;

namespace Workflow.Core.Tests.Machines;

public class PermittedTriggersTests
{
    private readonly TransitionTable<TraceContext> _table = Build();

    [Theory]
    [InlineData(0b000, "outer own skip")]
    [InlineData(0b001, "outer guarded own skip")]
    [InlineData(0b010, "outer guarded own skip")]
    [InlineData(0b011, "outer own skip")]
    [InlineData(0b100, "outer guarded own skip")]
    public void PermittedTriggers_OwnAndInherited_AreThoseThatWouldBeAccepted(int holding, string expected) =>
        Assert.Equal(expected, string.Join(' ', _table.Permitted("In", holding)));

    [Fact]
    public void PermittedTriggers_SubstateWithoutTransitions_AreThoseOfItsSuperstate() =>
        Assert.Equal(["outer"], _table.Permitted("Bare"));

    [Fact]
    public void PermittedTriggers_FinalState_AreNone() => Assert.Empty(_table.Permitted("End"));

    [Fact]
    public void PermittedTriggers_RoomForEach_IsEnough()
    {
        var room = new TriggerId[3];

        Assert.Equal(3, _table.PermittedTriggers(_table.State("In"), new TraceContext(), room));
        Assert.Equal(["outer", "own", "skip"], room.Select(_table.NameOf));
    }

    [Fact]
    public void PermittedTriggers_TooLittleRoom_IsRefused() =>
        Assert.Throws<ArgumentException>(() => _table.PermittedTriggers(_table.State("In"), new TraceContext(), new TriggerId[2]));

    [Fact]
    public void PermittedTriggers_ManyTriggers_AreAllFound()
    {
        var builder = new MachineBuilder<TraceContext>().StartIn("Hub");
        for (int i = 0; i < 300; i++)
        {
            builder.Configure("Hub").Permit($"t{i}", $"S{i}");
            builder.Configure($"S{i}").Permit($"back{i}", "Hub");
        }

        TransitionTable<TraceContext> table = builder.Build();

        Assert.Equal(Enumerable.Range(0, 300).Select(i => $"t{i}"), table.Permitted("Hub"));
        Assert.All(Enumerable.Range(0, 300), i => Assert.Equal(table.State($"S{i}"), table.Fire("Hub", $"t{i}").Destination));
        Assert.Equal(FiringOutcome.NotPermitted, table.Fire("Hub", "back299").Outcome);
    }

    private static TransitionTable<TraceContext> Build()
    {
        var builder = new MachineBuilder<TraceContext>().StartIn("In");
        builder.Configure("Out").Permit("outer", "End").PermitIf("guarded", "End", TraceContext.Bit(2));
        builder.Configure("In").SubstateOf("Out").Permit("own", "End").Ignore("skip")
            .PermitIf("guarded", "Bare", TraceContext.Bit(0))
            .PermitIf("guarded", "End", TraceContext.Bit(1));
        builder.Configure("Bare").SubstateOf("Out");
        builder.Configure("End").AsFinal();
        return builder.Build();
    }
}
