using Workflow.Core.Deadlines;
using Workflow.Core.Definitions;
using Workflow.Core.Guards;

namespace Workflow.Core.Procedures;

/// <summary>Defines one state of a procedure. Not thread-safe.</summary>
public sealed class StateBuilder
{
    private readonly List<TransitionDefinition> _transitions = [];

    internal StateBuilder(string name) => Definition = new StateDefinition(name);

    internal StateDefinition Definition { get; private set; }

    internal IReadOnlyList<TransitionDefinition> Transitions => _transitions;

    /// <summary>Names the state for people.</summary>
    public StateBuilder Named(string vi, string? en = null) => With(d => d with { Label = new LocalizedName(vi, en) });

    /// <summary>Sets the portal status that a dossier shows here.</summary>
    public StateBuilder Shows(PortalStatus status) => With(d => d with { Status = status });

    /// <summary>Sets the role that has the dossier here.</summary>
    public StateBuilder HandledBy(string role) => With(d => d with { Role = role });

    /// <summary>Makes this a substate of another state.</summary>
    public StateBuilder SubstateOf(string parent) => With(d => d with { Parent = parent });

    /// <summary>Makes this a state in which dossiers end.</summary>
    public StateBuilder AsFinal() => With(d => d with { IsFinal = true });

    /// <summary>Limits the step, such as <c>0.5 working days</c>.</summary>
    /// <exception cref="FormatException"><paramref name="limit"/> is not a time limit.</exception>
    public StateBuilder Within(string limit) => With(d => d with { Limit = TimeLimit.Parse(limit) });

    /// <summary>Makes the step share a limit with others: <see cref="ProcedureBuilder.Budget"/>.</summary>
    public StateBuilder SharesBudget(string budget) => With(d => d with { Budget = budget });

    /// <summary>Stops the legal clock while a dossier is here, whatever the portal status.</summary>
    public StateBuilder SuspendsClock() => With(d => d with { SuspendsClock = true });

    /// <summary>Starts legs as the state is entered, and has the system leave it as the join says.</summary>
    public StateBuilder WaitsFor(JoinDefinition join, params string[] legs) => With(d => d with { Join = join, Legs = legs });

    /// <summary>Lets the system fire a trigger after a time here: silence has a consequence.</summary>
    /// <exception cref="FormatException"><paramref name="time"/> is not a time limit.</exception>
    public StateBuilder After(string time, string trigger) => With(d => d with { Timeout = TimeLimit.Parse(time), TimeoutTrigger = trigger });

    /// <summary>Permits a trigger, by the roles that the trigger or the state names.</summary>
    public StateBuilder Permit(string trigger, string destination) => PermitIf(trigger, destination);

    /// <summary>Permits a trigger while all the guards hold, each given by name, by <c>name@version</c> or as an expression.</summary>
    public StateBuilder PermitIf(string trigger, string destination, params string[] guards)
    {
        _transitions.Add(new TransitionDefinition(Definition.Name, trigger, destination) { Guards = Texts(guards) });
        return this;
    }

    /// <summary>Permits a trigger to this role alone.</summary>
    public StateBuilder PermitBy(string role, string trigger, string destination, params string[] guards) => PermitBy([role], trigger, destination, guards);

    /// <summary>Permits a trigger to these roles alone.</summary>
    public StateBuilder PermitBy(IReadOnlyList<string> roles, string trigger, string destination, params string[] guards)
    {
        _transitions.Add(new TransitionDefinition(Definition.Name, trigger, destination) { Guards = Texts(guards), Roles = roles });
        return this;
    }

    /// <summary>Takes a trigger while all the guards hold and leaves the dossier where it is, in a substate too: its timers run on.</summary>
    public StateBuilder Stay(string trigger, params string[] guards)
    {
        _transitions.Add(new TransitionDefinition(Definition.Name, trigger, Definition.Name) { Guards = Texts(guards), Stays = true });
        return this;
    }

    private static IReadOnlyList<ExpressionText> Texts(string[] guards) => [.. guards.Select(g => new ExpressionText(g))];

    private StateBuilder With(Func<StateDefinition, StateDefinition> change)
    {
        Definition = change(Definition);
        return this;
    }
}
