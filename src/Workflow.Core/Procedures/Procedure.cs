using System.Collections.Frozen;
using Workflow.Core.Deadlines;
using Workflow.Core.Definitions;
using Workflow.Core.Guards;
using Workflow.Core.Machines;

namespace Workflow.Core.Procedures;

/// <summary>A version of a procedure, checked and compiled: immutable, shared by all its dossiers and by all threads.</summary>
public sealed class Procedure
{
    private readonly StateDefinition[] _states;
    private readonly TriggerDefinition[] _triggers;
    private readonly IReadOnlyList<string>[] _roles;
    private readonly FrozenDictionary<string, FieldDefinition> _fields;
    private readonly FrozenDictionary<string, DocumentDefinition> _documents;
    private readonly FrozenDictionary<string, string> _explanations;

    private Procedure(ProcedureContent content, GuardRegistry registry, ProcedureGuards guards, TransitionTable<IDossierFacts> table, IReadOnlyList<TransitionDefinition> byIndex)
    {
        Content = content;
        Table = table;
        ContentHash = ProcedureHash.Of(content, registry);
        var states = content.States.ToDictionary(s => s.Name, StringComparer.Ordinal);
        var triggers = ProcedureTriggers.All(content).ToDictionary(t => t.Name, StringComparer.Ordinal);
        _states = [.. table.States.Select(name => states[name])];
        _triggers = [.. table.Triggers.Select(name => triggers[name])];
        _roles = [.. byIndex.Select(t => ProcedureTriggers.RolesOf(t, triggers[t.Trigger], states[t.From], content))];
        _fields = content.Fields.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);
        _documents = content.Documents.ToFrozenDictionary(d => d.Code, StringComparer.Ordinal);
        _explanations = content.Transitions.SelectMany(t => t.Guards).Select(guards.Find).DistinctBy(g => g.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Name, g => g.Explanation, StringComparer.Ordinal);
        Cases = new ProcedureCases(content);
        LimitText = content.Limit?.ToString();
        LegConditions = new LegConditions(content);
    }

    /// <summary>What its definition says, the transitions in the order of their states.</summary>
    public ProcedureContent Content { get; }

    /// <summary>The version.</summary>
    public ProcedureVersion Version => Content.Version;

    /// <summary>The code, such as <c>1.001193</c>.</summary>
    public string Code => Content.Version.Code;

    /// <summary>SHA-256 over the content in canonical form, guards by name and version, in lower-case hexadecimal.</summary>
    /// <remarks>The same content has the same hash, wherever and however it was written.</remarks>
    public string ContentHash { get; }

    /// <summary>The machine.</summary>
    public TransitionTable<IDossierFacts> Table { get; }

    /// <summary>The cases, compiled.</summary>
    internal ProcedureCases Cases { get; }

    /// <summary>The ordinary time limit as text, as events keep it; null when the law sets none.</summary>
    internal string? LimitText { get; }

    /// <summary>The conditions of its legs and joins.</summary>
    internal LegConditions LegConditions { get; }

    /// <summary>Checks and compiles a definition.</summary>
    /// <param name="content">The definition.</param>
    /// <param name="guards">The guards it may refer to; <see cref="GuardRegistry.Standard"/> when null.</param>
    /// <exception cref="DefinitionException">It has defects; all of them are named.</exception>
    public static Procedure Compile(ProcedureContent content, GuardRegistry? guards = null)
    {
        var registry = guards ?? GuardRegistry.Standard;
        var defects = ProcedureCheck.Of(content, registry);
        if (defects.Any(d => d.Severity == DefectSeverity.Error))
        {
            throw new DefinitionException(defects);
        }

        var ordered = Copied(content with { Transitions = InOrderOfStates(content) });
        var held = new ProcedureGuards(ordered, registry);
        var (table, byIndex) = ProcedureMachine.Build(ordered, held);
        return new Procedure(ordered, registry, held, table, byIndex);
    }

    /// <summary>The definition of a state.</summary>
    public StateDefinition State(StateId state) => _states[state.Index];

    /// <summary>The definition of a trigger.</summary>
    public TriggerDefinition Trigger(TriggerId trigger) => _triggers[trigger.Index];

    /// <summary>The roles that may take a transition, given by its index in the table; empty when anybody may.</summary>
    public IReadOnlyList<string> RolesOf(int transitionIndex) => _roles[transitionIndex];

    /// <summary>The definition of a field; null when the procedure has none of that name.</summary>
    public FieldDefinition? Field(string name) => _fields.GetValueOrDefault(name);

    /// <summary>The definition of a document; null when the procedure has none of that code.</summary>
    public DocumentDefinition? Document(string code) => _documents.GetValueOrDefault(code);

    /// <summary>The definition of a leg; null when the procedure has none of that name.</summary>
    public LegDefinition? Leg(string name)
    {
        for (var i = 0; i < Content.Legs.Count; i++)
        {
            if (Content.Legs[i].Name == name)
            {
                return Content.Legs[i];
            }
        }

        return null;
    }

    /// <summary>Whether some trigger of the procedure has this act.</summary>
    public bool HasAct(Act act) => Array.Exists(_triggers, t => t.Act == act);

    /// <summary>The legal time limit of a dossier: that of the first case that holds, else the ordinary one; null when the law sets none.</summary>
    public TimeLimit? LimitOf(IDossierFacts facts) => Cases.Limit(facts)?.Limit;

    /// <summary>The codes of the documents without which a dossier is incomplete, those of its case included.</summary>
    public IReadOnlyList<string> RequiredDocuments(IDossierFacts facts) => Cases.RequiredDocuments(facts);

    /// <summary>What each fee comes to for a dossier, in dong: 0 when its case does not hold.</summary>
    public IReadOnlyList<(FeeDefinition Fee, long Amount)> FeesOf(IDossierFacts facts) => Cases.Fees(facts);

    /// <summary>What acceptance assesses, in dong: the sum of <see cref="FeesOf"/>, at most 100,000,000,000,000.</summary>
    public long FeesTotal(IDossierFacts facts) => Cases.FeesTotal(facts);

    /// <summary>What is unmet when a guard of the procedure does not hold, for people.</summary>
    internal string ExplanationOf(string guard) => _explanations[guard];

    // The caller's lists stay the caller's: what it does to them later changes no procedure.
    private static ProcedureContent Copied(ProcedureContent content) => content with
    {
        Levels = [.. content.Levels],
        Channels = [.. content.Channels],
        Roles = [.. content.Roles],
        Fields = [.. content.Fields.Select(f => f with { Values = [.. f.Values] })],
        Documents = [.. content.Documents],
        Fees = [.. content.Fees],
        LimitCases = [.. content.LimitCases],
        Budgets = [.. content.Budgets],
        Guards = [.. content.Guards],
        Legs = [.. content.Legs.Select(l => l with { After = [.. l.After], Fields = [.. l.Fields], Documents = [.. l.Documents] })],
        States = [.. content.States.Select(s => s with { Legs = [.. s.Legs] })],
        Triggers = [.. content.Triggers.Select(t => t with { Roles = [.. t.Roles] })],
        Transitions = [.. content.Transitions.Select(t => t with { Guards = [.. t.Guards], Roles = [.. t.Roles] })],
        Sources = [.. content.Sources],
        Unverified = [.. content.Unverified],
    };

    // State by state, and within a state trigger by trigger, so that one meaning has one form, and one hash, however it was put together.
    // The order that matters stays: the first trigger of a state is its ordinary way on, and alternatives of a trigger are tried in turn.
    private static List<TransitionDefinition> InOrderOfStates(ProcedureContent content)
    {
        var leaving = content.Transitions.ToLookup(t => t.From, StringComparer.Ordinal);
        return [.. content.States.SelectMany(s => leaving[s.Name].GroupBy(t => t.Trigger, StringComparer.Ordinal).SelectMany(t => t))];
    }

    /// <summary>Returns <c>code@version</c>.</summary>
    public override string ToString() => Version.ToString();
}
