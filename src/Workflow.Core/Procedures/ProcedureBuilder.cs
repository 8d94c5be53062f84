using Workflow.Core.Deadlines;
using Workflow.Core.Definitions;
using Workflow.Core.Guards;
using Workflow.Core.Units;

namespace Workflow.Core.Procedures;

/// <summary>Defines a procedure in code. Reads like Stateless: <c>Configure(state).Permit(trigger, destination)</c>.</summary>
/// <remarks>Not thread-safe. A trigger that bears the name of an act (<c>accept</c>, <c>pay</c>, ...) has that act unless it is declared otherwise.</remarks>
public sealed class ProcedureBuilder
{
    private readonly Dictionary<string, StateBuilder> _states = new(StringComparer.Ordinal);
    private readonly List<StateBuilder> _order = [];
    private readonly List<TriggerDefinition> _triggers = [];
    private readonly List<DocumentDefinition> _documents = [];
    private readonly List<FeeDefinition> _fees = [];
    private readonly List<FieldDefinition> _fields = [];
    private readonly List<LimitCase> _limitCases = [];
    private readonly List<BudgetDefinition> _budgets = [];
    private readonly List<NamedGuard> _guards = [];
    private readonly List<LegDefinition> _legs = [];
    private readonly List<string> _roles = [];
    private ProcedureContent _content;

    /// <summary>Starts the definition of a version of a procedure.</summary>
    public ProcedureBuilder(string code, int version = 1) =>
        _content = new ProcedureContent { Version = new ProcedureVersion(code, version), Name = new LocalizedName(code) };

    /// <summary>Names the procedure.</summary>
    public ProcedureBuilder Named(string vi, string? en = null) => With(c => c with { Name = new LocalizedName(vi, en) });

    /// <summary>Sets the legal time limit.</summary>
    /// <exception cref="FormatException"><paramref name="limit"/> is not a time limit such as <c>3 working days</c>.</exception>
    public ProcedureBuilder Limit(string limit) => With(c => c with { Limit = TimeLimit.Parse(limit) });

    /// <summary>Sets the time limit of one case; the first case that holds at acceptance takes the place of the general limit.</summary>
    /// <exception cref="FormatException"><paramref name="limit"/> is not a time limit.</exception>
    public ProcedureBuilder LimitIf(string expression, string limit)
    {
        _limitCases.Add(new LimitCase(expression, TimeLimit.Parse(limit)));
        return this;
    }

    /// <summary>Declares a limit that several steps share.</summary>
    /// <exception cref="FormatException"><paramref name="limit"/> is not a time limit.</exception>
    public ProcedureBuilder Budget(string name, string limit)
    {
        _budgets.Add(new BudgetDefinition(name, TimeLimit.Parse(limit)));
        return this;
    }

    /// <summary>Names an expression, so that transitions refer to it and a refusal can explain it.</summary>
    public ProcedureBuilder Guard(string name, string holds, string? unmetVi = null, string? unmetEn = null)
    {
        _guards.Add(new NamedGuard(name, holds) { Unmet = unmetVi is null ? null : new LocalizedName(unmetVi, unmetEn) });
        return this;
    }

    /// <summary>Adds a leg: another agency's part of the case.</summary>
    public ProcedureBuilder Leg(LegDefinition leg)
    {
        _legs.Add(leg);
        return this;
    }

    /// <summary>Says what a supplement does to the clock.</summary>
    public ProcedureBuilder Clock(ClockPolicy policy) => With(c => c with { Clock = policy });

    /// <summary>Names the reception hours of the calendar in which it is received beside the office hours.</summary>
    public ProcedureBuilder ReceivedIn(string reception) => With(c => c with { Reception = reception });

    /// <summary>Sets the level of the online service, 1 to 4.</summary>
    public ProcedureBuilder Online(int level) => With(c => c with { OnlineLevel = level });

    /// <summary>Sets the sector (lĩnh vực).</summary>
    public ProcedureBuilder InSector(string sector) => With(c => c with { Sector = sector });

    /// <summary>Sets the channels through which it may be filed.</summary>
    public ProcedureBuilder FiledBy(params Channel[] channels) => With(c => c with { Channels = channels });

    /// <summary>Sets how many supplements may be asked for, and how long after reception.</summary>
    /// <exception cref="FormatException"><paramref name="notice"/> is not a time limit.</exception>
    public ProcedureBuilder Supplements(int allowed, string notice) =>
        With(c => c with { SupplementsAllowed = allowed, SupplementNotice = TimeLimit.Parse(notice) });

    /// <summary>Says where the facts come from.</summary>
    public ProcedureBuilder Sources(params string[] sources) => With(c => c with { Sources = sources });

    /// <summary>Says in words what no source states.</summary>
    public ProcedureBuilder Unverified(params string[] words) => With(c => c with { Unverified = words });

    /// <summary>Sets the levels of units that settle the procedure.</summary>
    public ProcedureBuilder SettledAt(params UnitLevel[] levels) => With(c => c with { Levels = levels });

    /// <summary>Declares the roles that act in the procedure.</summary>
    public ProcedureBuilder Roles(params string[] roles)
    {
        _roles.AddRange(roles);
        return this;
    }

    /// <summary>Adds a document.</summary>
    public ProcedureBuilder Document(string code, string vi, string? en = null, bool required = true, int originals = 1, int copies = 0)
    {
        _documents.Add(new DocumentDefinition(code, new LocalizedName(vi, en)) { Required = required, Originals = originals, Copies = copies });
        return this;
    }

    /// <summary>Adds a document with all that can be said of one, such as its case.</summary>
    public ProcedureBuilder Document(DocumentDefinition document)
    {
        _documents.Add(document);
        return this;
    }

    /// <summary>Adds a fee with all that can be said of one, such as its case and how many times it is due.</summary>
    public ProcedureBuilder Fee(FeeDefinition fee)
    {
        _fees.Add(fee);
        return this;
    }

    /// <summary>Adds a field with all that can be said of one, such as its values or its range.</summary>
    public ProcedureBuilder Field(FieldDefinition field)
    {
        _fields.Add(field);
        return this;
    }

    /// <summary>Adds a fee, in dong.</summary>
    public ProcedureBuilder Fee(string code, string vi, string? en, long amount, string? per = null)
    {
        _fees.Add(new FeeDefinition(code, new LocalizedName(vi, en), amount) { Per = per });
        return this;
    }

    /// <summary>Adds a field.</summary>
    public ProcedureBuilder Field(string name, FieldType type, bool required = false, bool personal = false, string? vi = null, string? en = null)
    {
        _fields.Add(new FieldDefinition(name, type) { Required = required, Personal = personal, Label = vi is null ? null : new LocalizedName(vi, en) });
        return this;
    }

    /// <summary>Declares a trigger, where its name alone does not say its act or its roles.</summary>
    public ProcedureBuilder Trigger(string name, Act act, params string[] roles) => Trigger(new TriggerDefinition(name, act) { Roles = roles });

    /// <summary>Declares a trigger with its label.</summary>
    public ProcedureBuilder Trigger(TriggerDefinition trigger)
    {
        _triggers.Add(trigger);
        return this;
    }

    /// <summary>Opens a state; the same name gives the same state. The first one is the initial state unless <see cref="StartIn"/> says otherwise.</summary>
    public StateBuilder Configure(string state)
    {
        if (!_states.TryGetValue(state, out var builder))
        {
            builder = new StateBuilder(state);
            _states.Add(state, builder);
            _order.Add(builder);
        }

        return builder;
    }

    /// <summary>Names the initial state.</summary>
    public ProcedureBuilder StartIn(string state) => With(c => c with { Initial = state });

    /// <summary>What was defined so far.</summary>
    public ProcedureContent ToContent() => _content with
    {
        Roles = [.. _roles],
        Documents = [.. _documents],
        Fees = [.. _fees],
        Fields = [.. _fields],
        LimitCases = [.. _limitCases],
        Budgets = [.. _budgets],
        Guards = [.. _guards],
        Legs = [.. _legs],
        Triggers = [.. _triggers],
        Initial = _content.Initial ?? (_order.Count > 0 ? _order[0].Definition.Name : null),
        States = [.. _order.Select(s => s.Definition)],
        Transitions = [.. _order.SelectMany(s => s.Transitions)],
    };

    /// <summary>Checks and compiles the procedure.</summary>
    /// <param name="guards">The guards it may refer to; <see cref="GuardRegistry.Standard"/> when null.</param>
    /// <exception cref="DefinitionException">It has defects; all of them are named.</exception>
    public Procedure Build(GuardRegistry? guards = null) => Procedure.Compile(ToContent(), guards);

    private ProcedureBuilder With(Func<ProcedureContent, ProcedureContent> change)
    {
        _content = change(_content);
        return this;
    }
}
