using Workflow.Core.Machines;

namespace Workflow.Core.Tests.Machines;

/// <summary>A context whose guards are bits and whose actions write down what ran.</summary>
internal sealed class TraceContext(int holding = 0)
{
    public List<string> Ran { get; } = [];

    public static Guard<TraceContext> Bit(int bit) => new($"g{bit}", context => (context.Holding & (1 << bit)) != 0);

    private int Holding { get; } = holding;
}

internal static class TraceMachines
{
    public static StateConfiguration<TraceContext> Traced(this StateConfiguration<TraceContext> state, string name) =>
        state.OnEntry($"enter {name}", context => context.Ran.Add("+" + name))
            .OnExit($"leave {name}", context => context.Ran.Add("-" + name));

    public static Firing Fire(this TransitionTable<TraceContext> table, string state, string trigger, TraceContext? context = null) =>
        table.Fire(table.State(state), table.Trigger(trigger), context ?? new TraceContext());

    public static string[] Names(this TransitionTable<TraceContext> table, ReadOnlySpan<StateId> states)
    {
        var names = new List<string>();
        foreach (StateId state in states)
        {
            names.Add(table.NameOf(state));
        }

        return [.. names];
    }

    public static IEnumerable<string> Permitted(this TransitionTable<TraceContext> table, string state, int holding = 0) =>
        table.PermittedTriggers(table.State(state), new TraceContext(holding)).Select(table.NameOf);

    /// <summary>
    /// A dossier that is at work in an office (Intake, then Review inside Desk) and can be withdrawn from anywhere in it:
    /// Office { Intake, Desk { Draft, Review } }, Withdrawn.
    /// </summary>
    public static TransitionTable<TraceContext> Office()
    {
        var builder = new MachineBuilder<TraceContext>().StartIn("Intake");
        builder.Configure("Office").Traced("Office")
            .Permit("withdraw", "Withdrawn")
            .Permit("recall", "Intake")
            .Permit("assign", "Desk")
            .PermitReentry("restart")
            .InternalTransition("comment")
            .InitialTransition("Intake");
        builder.Configure("Intake").Traced("Intake").SubstateOf("Office").Permit("close", "Office");
        builder.Configure("Desk").Traced("Desk").SubstateOf("Office")
            .InitialTransition("Draft")
            .Permit("expert", "Review");
        builder.Configure("Draft").Traced("Draft").SubstateOf("Desk").Permit("ready", "Review").Ignore("comment");
        builder.Configure("Review").Traced("Review").SubstateOf("Desk").Permit("back", "Desk").PermitReentry("again");
        builder.Configure("Withdrawn").Traced("Withdrawn").AsFinal();
        return builder.Build();
    }
}
