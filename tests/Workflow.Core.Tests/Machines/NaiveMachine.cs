using Workflow.Core.Machines;

namespace Workflow.Core.Tests.Machines;

/// <summary>A machine as plain data, from which both the table and the naive interpreter are made.</summary>
internal sealed record MachineSpec(IReadOnlyList<StateSpec> States, IReadOnlyList<string> Triggers, IReadOnlyList<TransitionSpec> Transitions)
{
    public TransitionTable<TraceContext> Build()
    {
        var builder = new MachineBuilder<TraceContext>();
        foreach (StateSpec state in States)
        {
            StateConfiguration<TraceContext> configuration = builder.Configure(state.Name).Traced(state.Name);
            if (state.Parent is not null)
            {
                configuration.SubstateOf(state.Parent);
            }

            if (state.Initial is not null)
            {
                configuration.InitialTransition(state.Initial);
            }
        }

        // A trigger that no transition uses is still one of the machine's: a state of its own declares them all.
        foreach (string trigger in Triggers)
        {
            builder.Configure("Elsewhere").Permit(trigger, States[0].Name);
        }

        foreach (TransitionSpec transition in Transitions)
        {
            Guard<TraceContext>[] guards = [.. transition.GuardBits.Select(TraceContext.Bit)];
            StateConfiguration<TraceContext> source = builder.Configure(transition.Source);
            _ = transition.Kind switch
            {
                TransitionKind.Move => source.PermitIf(transition.Trigger, transition.Destination, guards),
                TransitionKind.Reentry => source.PermitReentryIf(transition.Trigger, guards),
                TransitionKind.Internal => source.InternalTransitionIf(transition.Trigger, guards),
                _ => source.IgnoreIf(transition.Trigger, guards),
            };
        }

        return builder.StartIn(States[0].Name).Build();
    }
}

internal sealed record StateSpec(string Name, string? Parent, string? Initial);

internal sealed record TransitionSpec(string Source, string Trigger, string Destination, TransitionKind Kind, IReadOnlyList<int> GuardBits)
{
    public override string ToString() => $"{Source} --{Trigger}[{string.Join(',', GuardBits)}]--> {Destination} ({Kind})";
}

internal sealed record NaiveAnswer(FiringOutcome Outcome, string Destination, IReadOnlyList<string> Exited, IReadOnlyList<string> Entered);

/// <summary>The semantics spelt out the slow way: lists of names, walked anew for every question.</summary>
internal sealed class NaiveMachine(MachineSpec spec)
{
    private readonly Dictionary<string, StateSpec> _states = spec.States.ToDictionary(state => state.Name, StringComparer.Ordinal);

    public NaiveAnswer Fire(string state, string trigger, int holding)
    {
        bool declared = false;
        foreach (string level in Chain(state))
        {
            List<TransitionSpec> candidates = Candidates(level, trigger);
            declared |= candidates.Count > 0;
            List<TransitionSpec> met = candidates.FindAll(candidate => candidate.GuardBits.All(bit => (holding >> bit & 1) == 1));
            if (met.Count > 1)
            {
                return Stay(FiringOutcome.Ambiguous, state);
            }

            if (met.Count == 1)
            {
                return Take(state, met[0]);
            }
        }

        return Stay(declared ? FiringOutcome.GuardUnmet : FiringOutcome.NotPermitted, state);
    }

    public IEnumerable<string> Permitted(string state, int holding) =>
        spec.Triggers.Where(trigger => Fire(state, trigger, holding).Outcome
            is FiringOutcome.Moved or FiringOutcome.Reentered or FiringOutcome.Internal or FiringOutcome.Ignored);

    public IEnumerable<string> Unmet(string state, string trigger, int holding)
    {
        if (Fire(state, trigger, holding).Outcome != FiringOutcome.GuardUnmet)
        {
            return [];
        }

        string innermost = Chain(state).First(level => Candidates(level, trigger).Count > 0);
        return Candidates(innermost, trigger)
            .SelectMany(candidate => candidate.GuardBits)
            .Where(bit => (holding >> bit & 1) == 0)
            .Select(bit => $"g{bit}")
            .Distinct(StringComparer.Ordinal);
    }

    private NaiveAnswer Take(string state, TransitionSpec transition)
    {
        if (transition.Kind == TransitionKind.Internal)
        {
            return Stay(FiringOutcome.Internal, state);
        }

        if (transition.Kind == TransitionKind.Ignore || (transition.Kind == TransitionKind.Move && transition.Destination == state))
        {
            return Stay(FiringOutcome.Ignored, state);
        }

        // The states that stay active contain both ends; a reentry leaves and enters the state that declares it as well.
        List<string> kept = Chain(state).Intersect(Chain(transition.Destination), StringComparer.Ordinal).ToList();
        if (transition.Kind == TransitionKind.Reentry)
        {
            kept.Remove(transition.Source);
        }

        List<string> exited = Chain(state).Except(kept, StringComparer.Ordinal).ToList();
        List<string> entered = Enumerable.Reverse(Chain(transition.Destination)).Except(kept, StringComparer.Ordinal).ToList();
        string end = transition.Destination;
        while (_states[end].Initial is { } substate)
        {
            entered.Add(substate);
            end = substate;
        }

        return new NaiveAnswer(end == state ? FiringOutcome.Reentered : FiringOutcome.Moved, end, exited, entered);
    }

    private static NaiveAnswer Stay(FiringOutcome outcome, string state) => new(outcome, state, [], []);

    private List<TransitionSpec> Candidates(string state, string trigger) =>
        [.. spec.Transitions.Where(transition => transition.Source == state && transition.Trigger == trigger)];

    private List<string> Chain(string state)
    {
        var chain = new List<string>();
        for (string? level = state; level is not null; level = _states[level].Parent)
        {
            chain.Add(level);
        }

        return chain;
    }
}
