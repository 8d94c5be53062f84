using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Machines;

namespace Workflow.Core.Tests.Machines;

public class TransitionTableProperties
{
    private const int Bits = 3;
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(400));

    [Fact]
    public void Table_AnyMachine_AnswersEveryQuestionAsTheNaiveInterpreter() =>
        Check.One(Runs, Prop.ForAll(Machines(), spec =>
        {
            TransitionTable<TraceContext> table = spec.Build();
            var naive = new NaiveMachine(spec);
            foreach (string state in spec.States.Select(each => each.Name))
            {
                for (int holding = 0; holding < 1 << Bits; holding++)
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
        Check.One(Runs, Prop.ForAll(Machines(), Walks(), (spec, walk) =>
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
        Check.One(Runs, Prop.ForAll(Machines(), Walks(), (spec, walk) =>
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
         from holding in Gen.Choose(0, (1 << Bits) - 1)
         select (step, holding)).ArrayOf(30).ToArbitrary();

    private static Arbitrary<MachineSpec> Machines() => Arb.From(
        from stateCount in Gen.Choose(1, 8)
        from triggerCount in Gen.Choose(1, 4)
        from parents in Gen.Choose(0, 99).ArrayOf(stateCount)
        from initials in Gen.Choose(0, 2).ArrayOf(stateCount)
        from transitionCount in Gen.Choose(0, 20)
        from transitions in TransitionOf(stateCount, triggerCount).ArrayOf(transitionCount)
        select Assemble(stateCount, triggerCount, parents, initials, transitions),
        Smaller);

    private static Gen<TransitionSpec> TransitionOf(int states, int triggers) =>
        from source in Gen.Choose(0, states - 1)
        from trigger in Gen.Choose(0, triggers - 1)
        from destination in Gen.Choose(0, states - 1)
        from kind in Gen.Frequency(
            (6, Gen.Constant(TransitionKind.Move)), (2, Gen.Constant(TransitionKind.Reentry)),
            (1, Gen.Constant(TransitionKind.Internal)), (1, Gen.Constant(TransitionKind.Ignore)))
        from guardCount in Gen.Choose(0, 2)
        from guards in Gen.Choose(0, Bits - 1).ArrayOf(guardCount)
        select new TransitionSpec(Name(source), $"t{trigger}", Name(kind == TransitionKind.Move ? destination : source), kind, guards);

    private static string Name(int state) => $"S{state}";

    // A state's parent is an earlier one, so there is no cycle; two in three have one. Defects are left out.
    private static MachineSpec Assemble(int stateCount, int triggerCount, int[] parents, int[] initials, TransitionSpec[] transitions)
    {
        string?[] parentOf = [.. parents.Select((draw, state) => state == 0 || draw % 3 == 0 ? null : Name(draw % state))];
        StateSpec[] states =
        [
            .. Enumerable.Range(0, stateCount).Select(state =>
            {
                int[] substates = [.. Enumerable.Range(0, stateCount).Where(each => parentOf[each] == Name(state))];
                return new StateSpec(Name(state), parentOf[state],
                    substates.Length > 0 && initials[state] > 0 ? Name(substates[initials[state] % substates.Length]) : null);
            }),
        ];
        var unguarded = new HashSet<(string, string)>();
        return new MachineSpec(states, [.. Enumerable.Range(0, triggerCount).Select(trigger => $"t{trigger}")],
            [
                .. transitions.Where(each => each.Kind != TransitionKind.Move || each.Source != each.Destination)
                    .Where(each => each.GuardBits.Count > 0 || unguarded.Add((each.Source, each.Trigger))),
            ]);
    }

    private static IEnumerable<MachineSpec> Smaller(MachineSpec spec) =>
        Enumerable.Range(0, spec.Transitions.Count)
            .Select(drop => spec with { Transitions = [.. spec.Transitions.Where((_, index) => index != drop)] })
            .Concat(spec.States.Where(state => state.Initial is not null).Select(state =>
                spec with { States = [.. spec.States.Select(each => each == state ? each with { Initial = null } : each)] }));
}
