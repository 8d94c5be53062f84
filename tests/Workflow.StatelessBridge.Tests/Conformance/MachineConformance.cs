using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Machines;
using Workflow.Core.Tests.Machines;

namespace Workflow.StatelessBridge.Tests.Conformance;

/// <summary>What every machine answers that runs the transitions of a table. Each machine inherits it.</summary>
public abstract class MachineConformance
{
    private readonly TransitionTable<TraceContext> _office = TraceMachines.Office();

    [Theory]
    [InlineData("Draft", "withdraw", "-Draft -Desk -Office +Withdrawn", FiringOutcome.Moved, "Withdrawn")]
    [InlineData("Draft", "ready", "-Draft +Review", FiringOutcome.Moved, "Review")]
    [InlineData("Intake", "assign", "-Intake +Desk +Draft", FiringOutcome.Moved, "Draft")]
    [InlineData("Draft", "recall", "-Draft -Desk +Intake", FiringOutcome.Moved, "Intake")]
    [InlineData("Office", "recall", "+Intake", FiringOutcome.Moved, "Intake")]
    [InlineData("Intake", "recall", "", FiringOutcome.Ignored, "Intake")]
    [InlineData("Draft", "assign", "-Draft +Draft", FiringOutcome.Reentered, "Draft")]
    [InlineData("Review", "back", "-Review +Draft", FiringOutcome.Moved, "Draft")]
    [InlineData("Intake", "close", "-Intake +Intake", FiringOutcome.Reentered, "Intake")]
    [InlineData("Review", "again", "-Review +Review", FiringOutcome.Reentered, "Review")]
    [InlineData("Review", "restart", "-Review -Desk -Office +Office +Intake", FiringOutcome.Moved, "Intake")]
    [InlineData("Intake", "restart", "-Intake -Office +Office +Intake", FiringOutcome.Reentered, "Intake")]
    [InlineData("Review", "comment", "", FiringOutcome.Internal, "Review")]
    [InlineData("Draft", "comment", "", FiringOutcome.Ignored, "Draft")]
    [InlineData("Withdrawn", "comment", "", FiringOutcome.NotPermitted, "Withdrawn")]
    public void Fire_Office_LeavesAndEntersInOrder(string state, string trigger, string ran, FiringOutcome outcome, string destination)
    {
        var context = new TraceContext();

        var firing = Machine(_office).Fire(_office.State(state), _office.Trigger(trigger), context);

        Assert.Equal(ran, string.Join(' ', context.Ran));
        Assert.Equal((outcome, _office.State(destination)), (firing.Outcome, firing.Destination));
    }

    [Fact]
    public void Fire_IntoTheDestinationThatHoldsTheState_RunsTheActionsOfWhatItLeft()
    {
        var builder = new MachineBuilder<TraceContext>().StartIn("Deep");
        builder.Configure("Out").Traced("Out").InitialTransition("In");
        builder.Configure("In").Traced("In").SubstateOf("Out").Permit("over", "Out");
        builder.Configure("Deep").Traced("Deep").SubstateOf("In");
        var table = builder.Build();
        var context = new TraceContext();

        Machine(table).Fire(table.State("Deep"), table.Trigger("over"), context);

        Assert.Equal(["-Deep", "-In", "+In"], context.Ran);
    }

    [Fact]
    public void Evaluate_Transition_RunsNoAction()
    {
        var context = new TraceContext();

        Machine(_office).Evaluate(_office.State("Draft"), _office.Trigger("withdraw"), context);

        Assert.Empty(context.Ran);
    }

    [Fact]
    public void UnmetGuards_StateAndSuperstateDeclareTheTrigger_AreThoseOfTheState()
    {
        var builder = new MachineBuilder<TraceContext>().StartIn("In");
        builder.Configure("Out").PermitIf("go", "End", TraceContext.Bit(2));
        builder.Configure("In").SubstateOf("Out").PermitIf("go", "End", TraceContext.Bit(0), TraceContext.Bit(1)).PermitIf("go", "Out", TraceContext.Bit(1));
        builder.Configure("End").AsFinal();
        var table = builder.Build();

        Assert.Equal(["g0", "g1"], Machine(table).UnmetGuards(table.Initial, table.Trigger("go"), new TraceContext()));
    }

    [Fact]
    public void Fire_ActionThatThrows_LetsTheExceptionThroughAndAnswersAgain()
    {
        var builder = new MachineBuilder<TraceContext>().StartIn("A");
        builder.Configure("A").Permit("go", "B").Permit("on", "C");
        builder.Configure("B").OnEntry("fail", _ => throw new InvalidDataException("told"));
        builder.Configure("C").Traced("C");
        var table = builder.Build();
        var machine = Machine(table);
        var context = new TraceContext();

        Assert.Throws<InvalidDataException>(() => machine.Fire(table.Initial, table.Trigger("go"), context));
        Assert.Equal(table.State("C"), machine.Fire(table.Initial, table.Trigger("on"), context).Destination);
        Assert.Equal(["+C"], context.Ran);
    }

    [Fact]
    public void Evaluate_GuardThatThrows_LetsTheExceptionThrough()
    {
        var builder = new MachineBuilder<TraceContext>().StartIn("A");
        builder.Configure("A").PermitIf("go", "B", "told", _ => throw new InvalidOperationException("told"));
        builder.Configure("B");
        var table = builder.Build();

        Assert.Equal("told", Assert.Throws<InvalidOperationException>(() => Machine(table).Evaluate(table.Initial, table.Trigger("go"), new TraceContext())).Message);
    }

    [Fact]
    public void AnyQuestion_WithForeignIds_IsRefused()
    {
        var machine = Machine(_office);

        Assert.Throws<ArgumentOutOfRangeException>(() => machine.Evaluate(new StateId(99), new TriggerId(0), new TraceContext()));
        Assert.Throws<ArgumentOutOfRangeException>(() => machine.Fire(_office.Initial, new TriggerId(-1), new TraceContext()));
        Assert.Throws<ArgumentOutOfRangeException>(() => machine.PermittedTriggers(new StateId(-1), new TraceContext()));
        Assert.Throws<ArgumentOutOfRangeException>(() => machine.UnmetGuards(_office.Initial, new TriggerId(99), new TraceContext()));
        Assert.Throws<ArgumentException>(() => machine.PermittedTriggers(_office.Initial, new TraceContext(), []));
    }

    [Fact]
    public void Machine_AnyMachine_AnswersEveryQuestionAsTheNaiveInterpreter() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(100)),
        Prop.ForAll(MachineSpecs.All(), spec =>
        {
            var table = spec.Build();
            var machine = Machine(table);
            var naive = new NaiveMachine(spec);
            Assert.Equal(table.Initial, machine.Initial);
            foreach (var state in spec.States.Select(s => s.Name))
            {
                for (var holding = 0; holding < 1 << MachineSpecs.Bits; holding++)
                {
                    var permitted = machine.PermittedTriggers(table.State(state), new TraceContext(holding));
                    Assert.Equal(naive.Permitted(state, holding), permitted.Select(table.NameOf));
                    foreach (var trigger in spec.Triggers)
                    {
                        Agree(table, machine, naive, state, trigger, holding);
                    }
                }
            }
        }));

    protected abstract IStateMachine<TContext> Machine<TContext>(TransitionTable<TContext> table);

    private static void Agree(
        TransitionTable<TraceContext> table, IStateMachine<TraceContext> machine, NaiveMachine naive, string state, string trigger, int holding)
    {
        var expected = naive.Fire(state, trigger, holding);
        var (from, by, context) = (table.State(state), table.Trigger(trigger), new TraceContext(holding));

        var firing = machine.Fire(from, by, context);

        Assert.Equal((expected.Outcome, expected.Destination), (firing.Outcome, table.NameOf(firing.Destination)));
        Assert.Equal(expected.Exited.Select(n => "-" + n).Concat(expected.Entered.Select(n => "+" + n)), context.Ran);
        Assert.Equal(table.Evaluate(from, by, context), machine.Evaluate(from, by, context));
        Assert.Equal(table.Evaluate(from, by, context), firing);
        Assert.Equal(naive.Unmet(state, trigger, holding), machine.UnmetGuards(from, by, context));
    }
}
