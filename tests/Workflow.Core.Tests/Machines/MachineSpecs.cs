using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Machines;

namespace Workflow.Core.Tests.Machines;

/// <summary>Generated machines: any shape without defects, with guards that are bits.</summary>
internal static class MachineSpecs
{
    /// <summary>How many guards there are: <c>g0</c> and so on.</summary>
    public const int Bits = 3;

    public static Arbitrary<MachineSpec> All() => Arb.From(
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
