using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Machines;

namespace Workflow.Core.Tests.Machines;

public class TransitionTableProperties
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(400));

    [Fact]
    public void Table_AnyMachine_AnswersEveryQuestionAsTheNaiveInterpreter() =>
        Check.One(Runs, Prop.ForAll(MachineSpecs.All(), spec =>
        {
            TransitionTable<TraceContext> table = spec.Build();
            var naive = new NaiveMachine(spec);
            foreach (string state in spec.States.Select(each => each.Name))
            {
                for (int holding = 0; holding < 1 << MachineSpecs.Bits; holding++)
                {
                    Assert.Equal(naive.Permitted(state, holding), table.Permitted(state, holding));
                    foreach (string trigger in spec.Triggers)
                    {
                        Agree(table, naive, state, trigger, holding);
                    }
                }
            }
        }));

    [Fact]
    public void Table_AnyWalk_EndsWhereTheNaiveInterpreterEnds() =>
        Check.One(Runs, Prop.ForAll(MachineSpecs.All(), Walks(), (spec, walk) =>
        {
            TransitionTable<TraceContext> table = spec.Build();
            var naive = new NaiveMachine(spec);
            string state = table.NameOf(table.Initial);
            foreach ((int step, int holding) in walk)
            {
                state = Agree(table, naive, state, spec.Triggers[step % spec.Triggers.Count], holding);
            }
        }));

    [Fact]
    public void Evaluate_AnyFiring_LeavesAndEntersConsistently() =>
        Check.One(Runs, Prop.ForAll(MachineSpecs.All(), Walks(), (spec, walk) =>
        {
            TransitionTable<TraceContext> table = spec.Build();
            StateId state = table.Initial;
            foreach ((int step, int holding) in walk)
            {
                // The active states are the state and its superstates; what is left and entered must turn one set into the other.
                var active = new HashSet<StateId>(Active(table, state));
                Firing firing = table.Evaluate(state, new TriggerId(step % table.Triggers.Count), new TraceContext(holding));
                foreach (StateId left in table.Exited(firing))
                {
                    Assert.True(active.Remove(left));
                }

                foreach (StateId entered in table.Entered(firing))
                {
                    Assert.True(table.Parent(entered) is not { } parent || active.Contains(parent));
                    Assert.True(active.Add(entered));
                }

                state = firing.Destination;
                Assert.Equal(Active(table, state).ToHashSet(), active);
            }
        }));

    private static string Agree(TransitionTable<TraceContext> table, NaiveMachine naive, string state, string trigger, int holding)
    {
        NaiveAnswer expected = naive.Fire(state, trigger, holding);
        var context = new TraceContext(holding);

        Firing firing = table.Fire(state, trigger, context);

        Assert.Equal(expected.Outcome, firing.Outcome);
        Assert.Equal(expected.Destination, table.NameOf(firing.Destination));
        Assert.Equal(expected.Exited, table.Names(table.Exited(firing)));
        Assert.Equal(expected.Entered, table.Names(table.Entered(firing)));
        Assert.Equal(expected.Exited.Select(name => "-" + name).Concat(expected.Entered.Select(name => "+" + name)), context.Ran);
        Assert.Equal(naive.Unmet(state, trigger, holding), table.UnmetGuards(table.State(state), table.Trigger(trigger), context));
        return expected.Destination;
    }

    private static IEnumerable<StateId> Active(TransitionTable<TraceContext> table, StateId state)
    {
        for (StateId? level = state; level is { } active; level = table.Parent(active))
        {
            yield return active;
        }
    }

    private static Arbitrary<(int Step, int Holding)[]> Walks() =>
        (from step in Gen.Choose(0, 999)
         from holding in Gen.Choose(0, (1 << MachineSpecs.Bits) - 1)
         select (step, holding)).ArrayOf(30).ToArbitrary();
}
