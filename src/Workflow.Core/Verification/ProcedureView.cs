using Workflow.Core.Procedures;

namespace Workflow.Core.Verification;

/// <summary>A procedure as the checks look at it: states by index, and every way out of each.</summary>
internal sealed class ProcedureView
{
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _parents;
    private readonly Edge[][] _leaving;

    public ProcedureView(Procedure procedure, VerificationContext context)
    {
        (Procedure, Context) = (procedure, context);
        Guards = new GuardJudge(Content);
        States = [.. Content.States];
        for (var i = 0; i < States.Length; i++)
        {
            _index.Add(States[i].Name, i);
        }

        _parents = ProcedureReach.Parents(Content);
        Transitions = [.. Content.Transitions.Select(Declared)];
        var declared = Transitions.ToLookup(t => t.Definition.From, StringComparer.Ordinal);
        _leaving = [.. States.Select((state, i) => Leaving(state, i, declared))];
    }

    public Procedure Procedure { get; }

    public VerificationContext Context { get; }

    public GuardJudge Guards { get; }

    public ProcedureContent Content => Procedure.Content;

    public StateDefinition[] States { get; }

    public int Initial => _index[Content.Initial!];

    /// <summary>Every declared transition, in the order of the states.</summary>
    public IReadOnlyList<DeclaredTransition> Transitions { get; }

    public int Count => States.Length;

    /// <summary>The ways out of a state, its own first, then those of its superstates that it does not answer itself.</summary>
    public ReadOnlySpan<Edge> Leaving(int state) => _leaving[state];

    /// <summary>The superstate by its index; -1 for none.</summary>
    public int Above(int state) => _parents[States[state].Name] is { } parent ? _index[parent] : -1;

    /// <summary>The states that a dossier can be in: those that are entered, and with them their superstates.</summary>
    /// <param name="taken">Which edges count.</param>
    public bool[] Occupied(Func<Edge, bool> taken)
    {
        var occupied = Entered(taken);
        for (var i = 0; i < Count; i++)
        {
            for (var at = occupied[i] ? Above(i) : -1; at >= 0 && !occupied[at]; at = Above(at))
            {
                occupied[at] = true;
            }
        }

        return occupied;
    }

    /// <summary>The states that are entered themselves, from the initial one on.</summary>
    /// <param name="taken">Which edges count.</param>
    public bool[] Entered(Func<Edge, bool> taken)
    {
        var entered = new bool[Count];
        var open = new Stack<int>([Initial]);
        entered[Initial] = true;
        while (open.TryPop(out var at))
        {
            foreach (var edge in _leaving[at])
            {
                if (!entered[edge.To] && taken(edge))
                {
                    entered[edge.To] = true;
                    open.Push(edge.To);
                }
            }
        }

        return entered;
    }

    /// <summary>Whether the system fires the trigger in the state by itself, after a time or once its legs ended.</summary>
    public static bool SystemFires(StateDefinition state, string trigger) =>
        state.TimeoutTrigger == trigger || state.Join?.Fire == trigger || state.Join?.Otherwise == trigger;

    private DeclaredTransition Declared(TransitionDefinition transition)
    {
        var trigger = Procedure.Trigger(Procedure.Table.Trigger(transition.Trigger));
        var roles = ProcedureTriggers.RolesOf(transition, trigger, States[_index[transition.From]], Content);
        return new DeclaredTransition(transition, trigger.Act, roles, Guards.NeverHold(transition.Guards));
    }

    private Edge[] Leaving(StateDefinition state, int index, ILookup<string, DeclaredTransition> declared)
    {
        var edges = new List<Edge>();
        var answered = new HashSet<string>(StringComparer.Ordinal);
        foreach (var level in ProcedureReach.SelfAndAbove(state.Name, _parents))
        {
            var own = declared[level].Where(t => !answered.Contains(t.Definition.Trigger)).ToList();
            edges.AddRange(own.Select(t => new Edge(index, t.Definition.Stays ? index : _index[t.Definition.To], t, CanBeTaken(state, t))));
            answered.UnionWith(own.Where(t => t.Definition.Guards.Count == 0).Select(t => t.Definition.Trigger));
        }

        return [.. edges];
    }

    // Nobody but the timers holds the role of the system, and nobody but the one-stop shop may ask for a supplement (invariant I8).
    private bool CanBeTaken(StateDefinition state, DeclaredTransition transition)
    {
        if (transition.NeverHolds)
        {
            return false;
        }

        var roles = transition.Roles;
        if (roles.Count == 0)
        {
            return true;
        }

        return transition.Act == Act.RequestSupplement
            ? Content.Roles.Count == 0 || roles.Contains(ProcedureContent.OneStopRole)
            : roles.Any(r => r != ProcedureContent.SystemRole) || SystemFires(state, transition.Definition.Trigger);
    }
}
