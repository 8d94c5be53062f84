using Workflow.Core.Procedures;

namespace Workflow.Core.Verification;

/// <summary>The legs that a state starts, each after those that it waits for.</summary>
internal sealed class LegOrder
{
    public LegOrder(StateDefinition state, ProcedureContent content)
    {
        var started = state.Legs.ToHashSet(StringComparer.Ordinal);
        var legs = content.Legs.Where(l => started.Contains(l.Name)).DistinctBy(l => l.Name, StringComparer.Ordinal).ToList();
        var waiting = legs.ToDictionary(l => l.Name, l => l.After.Where(started.Contains).Distinct(StringComparer.Ordinal).Count(), StringComparer.Ordinal);
        var followers = legs.SelectMany(l => l.After.Distinct(StringComparer.Ordinal).Select(before => (before, Leg: l))).ToLookup(p => p.before, p => p.Leg, StringComparer.Ordinal);
        var open = new Queue<LegDefinition>(legs.Where(l => waiting[l.Name] == 0));
        var ordered = new List<LegDefinition>(legs.Count);
        while (open.TryDequeue(out var leg))
        {
            ordered.Add(leg);
            foreach (var follower in followers[leg.Name])
            {
                if (--waiting[follower.Name] == 0)
                {
                    open.Enqueue(follower);
                }
            }
        }

        Ordered = ordered;
        Waiting = [.. legs.Where(l => waiting[l.Name] > 0)];
    }

    /// <summary>The legs that start at some time.</summary>
    public IReadOnlyList<LegDefinition> Ordered { get; }

    /// <summary>The legs that never start, because they wait for themselves or for one that does.</summary>
    public IReadOnlyList<LegDefinition> Waiting { get; }
}
