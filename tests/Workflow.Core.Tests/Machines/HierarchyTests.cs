using Workflow.Core.Machines;

namespace Workflow.Core.Tests.Machines;

public class HierarchyTests
{
    private readonly TransitionTable<TraceContext> _office = TraceMachines.Office();

    [Theory]
    [InlineData("Draft", "Draft", true)]
    [InlineData("Draft", "Desk", true)]
    [InlineData("Draft", "Office", true)]
    [InlineData("Desk", "Draft", false)]
    [InlineData("Draft", "Review", false)]
    [InlineData("Withdrawn", "Office", false)]
    public void IsIn_States_FollowsTheSuperstates(string state, string outer, bool expected) =>
        Assert.Equal(expected, _office.IsIn(_office.State(state), _office.State(outer)));

    [Fact]
    public void Parent_OutermostState_IsNull()
    {
        Assert.Null(_office.Parent(_office.State("Office")));
        Assert.Equal(_office.State("Desk"), _office.Parent(_office.State("Draft")));
    }

    [Fact]
    public void InitialSubstate_StateWithoutOne_IsNull()
    {
        Assert.Equal(_office.State("Draft"), _office.InitialSubstate(_office.State("Desk")));
        Assert.Null(_office.InitialSubstate(_office.State("Draft")));
    }

    [Fact]
    public void Fire_TriggerOfSuperstate_IsInherited()
    {
        Firing firing = _office.Fire("Draft", "withdraw");

        Assert.Equal(FiringOutcome.Moved, firing.Outcome);
        Assert.Equal(_office.State("Withdrawn"), firing.Destination);
        Assert.Equal(_office.State("Office"), _office.Transitions[firing.TransitionIndex].Source);
    }

    [Fact]
    public void Fire_TriggerOfBothLevels_TakesTheInnerOne() =>
        Assert.Equal(FiringOutcome.Ignored, _office.Fire("Draft", "comment").Outcome);

    [Fact]
    public void Fire_DestinationWithInitialTransition_EndsInTheSubstate() =>
        Assert.Equal(_office.State("Draft"), _office.Fire("Intake", "assign").Destination);

    [Fact]
    public void Fire_InheritedTransitionToTheStateItself_IsIgnored()
    {
        var context = new TraceContext();

        Firing firing = _office.Fire("Intake", "recall", context);

        Assert.Equal(FiringOutcome.Ignored, firing.Outcome);
        Assert.Empty(context.Ran);
    }

    [Fact]
    public void Fire_TriggerDeclaredNowhere_IsNotPermitted()
    {
        Firing firing = _office.Fire("Withdrawn", "withdraw");

        Assert.Equal(new Firing(FiringOutcome.NotPermitted, firing.Source, firing.Trigger, firing.Source, -1), firing);
        Assert.False(firing.IsAccepted);
    }

    [Fact]
    public void Evaluate_ForeignIds_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _office.Evaluate(new StateId(99), new TriggerId(0), new TraceContext()));
        Assert.Throws<ArgumentOutOfRangeException>(() => _office.Evaluate(new StateId(0), new TriggerId(-1), new TraceContext()));
        Assert.Throws<ArgumentException>(() => _office.Exited(new Firing(FiringOutcome.Moved, default, default, default, 99)).Length);
    }
}
