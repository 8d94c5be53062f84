using Workflow.Core.Definitions;

namespace Workflow.Core.Procedures;

/// <summary>Whether every state can be reached and can reach an end. Guards are taken to be able to hold.</summary>
internal static class ProcedureReach
{
    // What the machine builder allows, and so the deepest nesting worth walking.
    private const int MaxSuperstates = 63;

    public static void Check(ProcedureContent content, DefectList defects)
    {
        var parents = Parents(content);
        var declared = content.Transitions.Where(t => !t.Stays).ToLookup(t => t.From, t => t.To, StringComparer.Ordinal);
        var outgoing = content.States.ToDictionary(s => s.Name, s => SelfAndAbove(s.Name, parents).SelectMany(at => declared[at]).ToList(), StringComparer.Ordinal);
        var reached = Reach([content.Initial!], name => outgoing[name]);

        // A superstate is occupied through its substates; only one that is entered itself has to lead on by itself.
        var entered = reached.ToHashSet(StringComparer.Ordinal);
        foreach (var name in entered)
        {
            for (var at = parents[name]; at is not null && reached.Add(at); at = parents[at])
            {
            }
        }

        var incoming = outgoing.SelectMany(o => o.Value.Select(to => (From: o.Key, To: to))).ToLookup(e => e.To, e => e.From, StringComparer.Ordinal);
        var ending = Reach(content.States.Where(s => s.IsFinal).Select(s => s.Name), name => incoming[name]);
        foreach (var state in content.States)
        {
            if (!reached.Contains(state.Name))
            {
                defects.Error(DefectCodes.UnreachableState, state.Place, $"no path from '{content.Initial}' reaches the state '{state.Name}'", "add a transition to it or remove it");
            }
            else if (!state.IsFinal && outgoing[state.Name].Count == 0 && entered.Contains(state.Name))
            {
                defects.Error(DefectCodes.DeadEnd, state.Place, $"nothing leads out of the state '{state.Name}', and it is not final", "add a transition or mark it with 'final: true'");
            }
            else if (!ending.Contains(state.Name) && entered.Contains(state.Name))
            {
                defects.Error(DefectCodes.NoWayOut, state.Place, $"no final state can be reached from '{state.Name}'", "add a transition that leads towards an end");
            }
        }
    }

    /// <summary>The superstate of every state; of two states with one name, the first's.</summary>
    public static Dictionary<string, string?> Parents(ProcedureContent content)
    {
        var parents = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var state in content.States)
        {
            parents.TryAdd(state.Name, state.Parent);
        }

        return parents;
    }

    /// <summary>A state, then its superstates, whose transitions it has as well. The walk is bounded: a circle of superstates is the machine builder's to report.</summary>
    public static IEnumerable<string> SelfAndAbove(string name, Dictionary<string, string?> parents)
    {
        string? at = name;
        for (var steps = 0; at is not null && steps <= MaxSuperstates; steps++)
        {
            yield return at;
            at = parents.GetValueOrDefault(at);
        }
    }

    /// <summary>The states to which transitions of a kind lead from some states, those included.</summary>
    public static HashSet<string> From(ProcedureContent content, IEnumerable<string> states, Func<TransitionDefinition, bool> taken)
    {
        var parents = Parents(content);
        var leaving = content.Transitions.Where(t => !t.Stays && taken(t)).ToLookup(t => t.From, t => t.To, StringComparer.Ordinal);
        return Reach(states, name => SelfAndAbove(name, parents).SelectMany(at => leaving[at]));
    }

    private static HashSet<string> Reach(IEnumerable<string> from, Func<string, IEnumerable<string>> next)
    {
        var seen = new HashSet<string>(from, StringComparer.Ordinal);
        var open = new Queue<string>(seen);
        while (open.TryDequeue(out var name))
        {
            foreach (var to in next(name).Where(seen.Add))
            {
                open.Enqueue(to);
            }
        }

        return seen;
    }
}
