using Workflow.Core.Guards;
using Workflow.Core.Procedures;

namespace Workflow.StatelessBridge.Imports;

/// <summary>A state as Stateless shows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parent">The superstate, or null.</param>
/// <param name="Initial">The direct substate that its initial transition leads to, or null.</param>
/// <param name="Transitions">What it declares, in Stateless's order.</param>
internal sealed record ImportedState(string Name, string? Parent, string? Initial, IReadOnlyList<ImportedTransition> Transitions);

/// <summary>A transition as Stateless shows it, before initial transitions are followed.</summary>
internal sealed record ImportedTransition(string From, string Trigger, string To, IReadOnlyList<ExpressionText> Guards, bool Stays)
{
    public TransitionDefinition Leading(string from, string to) => new(from, Trigger, to) { Guards = Guards };

    public TransitionDefinition Staying(string at) => new(at, Trigger, at) { Guards = Guards, Stays = true };
}

/// <summary>The states of a machine and where it begins.</summary>
internal sealed class ImportedMachine(IReadOnlyList<ImportedState> states, string initial)
{
    private readonly Dictionary<string, ImportedState> _byName = states.ToDictionary(s => s.Name, StringComparer.Ordinal);

    public IReadOnlyList<ImportedState> States => states;

    public string Initial => initial;

    public ImportedState this[string name] => _byName[name];

    public bool HasSubstates(string name) => states.Any(s => s.Parent == name);

    /// <summary>Where one ends that is led to the state: the end of its initial transitions.</summary>
    public string Landing(string name)
    {
        while (_byName[name].Initial is { } inner)
        {
            name = inner;
        }

        return name;
    }

    /// <summary>The state, then its superstates outwards.</summary>
    public IEnumerable<ImportedState> SelfAndAbove(string name)
    {
        for (string? at = name; at is not null; at = _byName[at].Parent)
        {
            yield return _byName[at];
        }
    }
}
