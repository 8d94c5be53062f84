using FsCheck;
using FsCheck.Fluent;
using Stateless;
using Workflow.Core.Guards;
using Workflow.Core.Machines;
using Workflow.Core.Procedures;
using Workflow.Core.Tests.Machines;
using Workflow.StatelessBridge.Imports;

namespace Workflow.StatelessBridge.Tests.Imports;

/// <summary>Law: what is made of a machine does what the machine does, but for what is listed.</summary>
public class ImportedBehaviourProperties
{
    private static readonly GuardRegistry s_guards =
        GuardRegistry.Standard.With(Enumerable.Range(0, MachineSpecs.Bits).Select(bit => new GuardDefinition($"g{bit}", 1, "it does not hold", _ => true)));

    [Fact]
    public void From_AnyMachine_EndsWhereTheMachineEnds() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(300)), Prop.ForAll(MachineSpecs.All(), Agree));

    private static void Agree(MachineSpec spec)
    {
        var import = StatelessProcedure.From(Stateless(spec), "9.000001", options: new StatelessImportOptions { Guards = s_guards });
        var table = Table(import.Content);
        var naive = new NaiveMachine(spec);
        Assert.All(import.NotCarried, n => Assert.True(
            n.Kind is NotCarriedKind.InternalAction or NotCarriedKind.TriggerOfTheEnd or NotCarriedKind.InitialTransition, n.ToString()));

        // No dossier is in a state with an initial transition but where the machine began.
        foreach (var state in spec.States.Where((s, i) => s.Initial is null || i == 0).Select(s => s.Name).Where(s => !table.IsFinal(table.State(s))))
        {
            foreach (var trigger in spec.Triggers.Where(t => !import.NotCarried.Any(n => IsOtherwise(n, t))))
            {
                for (var holding = 0; holding < 1 << MachineSpecs.Bits; holding++)
                {
                    Agree(table, naive, state, trigger, holding);
                }
            }
        }
    }

    // What is listed, but for states in which a dossier has ended: those are not asked.
    private static bool IsOtherwise(NotCarried finding, string trigger) => finding.Trigger == trigger
        && (finding.Kind == NotCarriedKind.InitialTransition || (finding.Kind == NotCarriedKind.TriggerOfTheEnd && finding.What.StartsWith("that '", StringComparison.Ordinal)));

    private static void Agree(TransitionTable<TraceContext> table, NaiveMachine naive, string state, string trigger, int holding)
    {
        var expected = naive.Fire(state, trigger, holding);
        var context = new TraceContext(holding);
        if (!table.TryGetTrigger(trigger, out var known))
        {
            Assert.Equal(FiringOutcome.NotPermitted, expected.Outcome);
            return;
        }

        var firing = table.Evaluate(table.State(state), known, context);

        Assert.Equal((Of(expected.Outcome), expected.Destination), (Of(firing.Outcome), table.NameOf(firing.Destination)));
        Assert.Equal(naive.Unmet(state, trigger, holding).Order(StringComparer.Ordinal), table.UnmetGuards(table.State(state), known, context).Order(StringComparer.Ordinal));
    }

    // A dossier tells no difference between what is ignored and what is taken internally.
    private static FiringOutcome Of(FiringOutcome outcome) => outcome == FiringOutcome.Ignored ? FiringOutcome.Internal : outcome;

    private static StateMachine<string, string> Stateless(MachineSpec spec)
    {
        var machine = new StateMachine<string, string>(spec.States[0].Name);
        foreach (var state in spec.States)
        {
            machine.Configure(state.Name);
        }

        foreach (var state in spec.States)
        {
            var configuration = machine.Configure(state.Name);
            _ = state.Parent is null ? configuration : configuration.SubstateOf(state.Parent);
            _ = state.Initial is null ? configuration : configuration.InitialTransition(state.Initial);
        }

        foreach (var t in spec.Transitions)
        {
            Tuple<Func<bool>, string>[] guards = [.. t.GuardBits.Select(bit => Tuple.Create(new Func<bool>(() => true), $"g{bit}"))];
            var source = machine.Configure(t.Source);
            _ = t.Kind switch
            {
                TransitionKind.Move => source.PermitIf(t.Trigger, t.Destination, guards),
                TransitionKind.Reentry => source.PermitReentryIf(t.Trigger, guards),
                TransitionKind.Internal when guards.Length == 0 => source.InternalTransition(t.Trigger, () => { }),
                TransitionKind.Internal when guards.Length == 1 => source.InternalTransitionIf(t.Trigger, _ => true, () => { }, guards[0].Item2),
                _ => source.IgnoreIf(t.Trigger, guards),
            };
        }

        return machine;
    }

    private static TransitionTable<TraceContext> Table(ProcedureContent content)
    {
        var builder = new MachineBuilder<TraceContext>().StartIn(content.Initial!);
        foreach (var state in content.States)
        {
            var configuration = builder.Configure(state.Name);
            _ = state.Parent is null ? configuration : configuration.SubstateOf(state.Parent);
            _ = state.IsFinal ? configuration.AsFinal() : configuration;
        }

        foreach (var t in content.Transitions)
        {
            Guard<TraceContext>[] guards = [.. t.Guards.Select(g => TraceContext.Bit(g.Text[1] - '0'))];
            var source = builder.Configure(t.From);
            _ = t.Stays ? source.InternalTransitionIf(t.Trigger, guards) : t.To == t.From ? source.PermitReentryIf(t.Trigger, guards) : source.PermitIf(t.Trigger, t.To, guards);
        }

        return builder.Build();
    }
}
