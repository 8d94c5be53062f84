using Workflow.Core.Deadlines;
using Workflow.Core.Procedures;

namespace Workflow.Core.Verification;

/// <summary>How long the legs of a state may take together.</summary>
internal static class LegPath
{
    /// <summary>
    /// The longest chain of legs that wait for one another; of a join that awaits any leg, the shortest. Empty when nothing bounds the legs'
    /// time, and when the join is an expression, which may need some of them only.
    /// </summary>
    /// <param name="state">The state that waits.</param>
    /// <param name="view">Its procedure.</param>
    /// <param name="isNeeded">Which legs are part of the case; the others take no time.</param>
    public static IReadOnlyList<Allowance> Awaited(StateDefinition state, ProcedureView view, Predicate<LegDefinition> isNeeded)
    {
        if (state.Join is not { Rule: JoinRule.All or JoinRule.Any } join)
        {
            return [];
        }

        var chains = new Dictionary<string, IReadOnlyList<Allowance>>(StringComparer.Ordinal);
        foreach (var leg in new LegOrder(state, view.Content).Ordered)
        {
            var before = leg.After.Where(chains.ContainsKey).Select(name => chains[name]).MaxBy(Weight) ?? [];
            chains.Add(leg.Name, isNeeded(leg) && LimitOf(leg, view) is { } limit ? [.. before, new Allowance($"leg {leg.Name}", limit, IsLeg: true)] : before);
        }

        return (join.Rule == JoinRule.Any ? chains.Values.MinBy(Weight) : chains.Values.MaxBy(Weight)) ?? [];
    }

    /// <summary>How long a leg may take: its limit, or the silence after which it is deemed to agree, or the legal limit of its procedure; null when nothing says.</summary>
    public static TimeLimit? LimitOf(LegDefinition leg, ProcedureView view) =>
        leg.Limit ?? leg.DeemedAfter ?? view.Context.Procedures?.Find(leg.Procedure)?.Content.Limit;

    private static double Weight(IReadOnlyList<Allowance> chain) => chain.Sum(a => TimeSum.Of(a.Limit).Weight);
}
