using Workflow.Core.Machines;

namespace Workflow.Core.Tests.Machines;

public class EntryExitTests
{
    private readonly TransitionTable<TraceContext> _office = TraceMachines.Office();

    [Theory]
    [InlineData("Draft", "withdraw", "-Draft -Desk -Office +Withdrawn")]
    [InlineData("Draft", "ready", "-Draft +Review")]
    [InlineData("Intake", "assign", "-Intake +Desk +Draft")]
    [InlineData("Draft", "recall", "-Draft -Desk +Intake")]
    [InlineData("Office", "recall", "+Intake")]
    [InlineData("Desk", "expert", "+Review")]
    [InlineData("Draft", "assign", "-Draft +Draft")]
    [InlineData("Review", "back", "-Review +Draft")]
    [InlineData("Intake", "close", "-Intake +Intake")]
    [InlineData("Review", "again", "-Review +Review")]
    [InlineData("Review", "restart", "-Review -Desk -Office +Office +Intake")]
    [InlineData("Intake", "restart", "-Intake -Office +Office +Intake")]
    [InlineData("Review", "comment", "")]
    [InlineData("Draft", "comment", "")]
    [InlineData("Withdrawn", "comment", "")]
    public void Fire_Transition_LeavesInnermostFirstAndEntersOutermostFirst(string state, string trigger, string expected)
    {
        var context = new TraceContext();

        Firing firing = _office.Fire(state, trigger, context);

        Assert.Equal(expected, string.Join(' ', context.Ran));
        Assert.Equal(expected, string.Join(' ',
            _office.Names(_office.Exited(firing)).Select(name => "-" + name)
                .Concat(_office.Names(_office.Entered(firing)).Select(name => "+" + name))));
    }

    [Theory]
    [InlineData("Review", "again", FiringOutcome.Reentered, "Review")]
    [InlineData("Intake", "restart", FiringOutcome.Reentered, "Intake")]
    [InlineData("Review", "restart", FiringOutcome.Moved, "Intake")]
    [InlineData("Intake", "close", FiringOutcome.Reentered, "Intake")]
    [InlineData("Review", "back", FiringOutcome.Moved, "Draft")]
    [InlineData("Review", "comment", FiringOutcome.Internal, "Review")]
    [InlineData("Draft", "comment", FiringOutcome.Ignored, "Draft")]
    public void Fire_Transition_TellsWhereItEnds(string state, string trigger, FiringOutcome outcome, string destination)
    {
        Firing firing = _office.Fire(state, trigger);

        Assert.Equal(outcome, firing.Outcome);
        Assert.Equal(destination, _office.NameOf(firing.Destination));
        Assert.True(firing.IsAccepted);
    }

    [Fact]
    public void Fire_SeveralActionsOfOneState_RunInTheOrderOfDeclaration()
    {
        var builder = new MachineBuilder<TraceContext>().StartIn("A");
        builder.Configure("A").Permit("go", "B").OnExit("x1", context => context.Ran.Add("x1")).OnExit("x2", context => context.Ran.Add("x2"));
        builder.Configure("B").OnEntry("e1", context => context.Ran.Add("e1")).OnEntry("e2", context => context.Ran.Add("e2"));
        TransitionTable<TraceContext> table = builder.Build();
        var context = new TraceContext();

        table.Fire("A", "go", context);

        Assert.Equal(["x1", "x2", "e1", "e2"], context.Ran);
        Assert.Equal(["x1", "x2"], table.ExitActions(table.State("A")));
        Assert.Equal(["e1", "e2"], table.EntryActions(table.State("B")));
    }

    [Fact]
    public void Evaluate_Transition_RunsNoAction()
    {
        var context = new TraceContext();

        _office.Evaluate(_office.State("Draft"), _office.Trigger("withdraw"), context);

        Assert.Empty(context.Ran);
    }

    [Fact]
    public void RunActions_OfASubstate_RunThoseOfNoSuperstate()
    {
        var context = new TraceContext();

        _office.RunExitActions(_office.State("Draft"), context);
        _office.RunEntryActions(_office.State("Review"), context);

        Assert.Equal(["-Draft", "+Review"], context.Ran);
    }

    [Fact]
    public void Fire_ActionThatThrows_LetsTheExceptionThrough()
    {
        var builder = new MachineBuilder<TraceContext>().StartIn("A");
        builder.Configure("A").Permit("go", "B");
        builder.Configure("B").OnEntry("fail", _ => throw new InvalidDataException("told"));

        Assert.Throws<InvalidDataException>(() => builder.Build().Fire("A", "go"));
    }
}
