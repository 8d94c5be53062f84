using Workflow.Core.Deadlines;
using Workflow.Core.Procedures;

namespace Workflow.Core.Verification;

/// <summary>What a state may take of the legal limit.</summary>
/// <param name="Allowances">The time that it may take, in order; empty when nothing bounds it, or the clock stands still.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Sure">What of the sum does not hang on the case in which a leg is needed.</param>
/// <param name="Budget">The budget that the time is part of, by its index; -1 for none.</param>
/// <param name="IsBounded">Whether something bounds the time here, or none is counted.</param>
/// <param name="Suspends">Whether the clock stands still here for a time.</param>
/// <param name="Stops">Whether the clock stands for good here.</param>
internal sealed record StateTime(IReadOnlyList<Allowance> Allowances, TimeSum Sum, TimeSum Sure, int Budget, bool IsBounded, bool Suspends, bool Stops);

/// <summary>Finds what each state may take of the legal limit.</summary>
internal static class StateTimes
{
    public static StateTime[] Of(ProcedureView view, LegalLimit limit) => [.. view.States.Select(s => Of(s, view, limit))];

    /// <summary>Whether the legal clock stands still in the state while the office waits for somebody else.</summary>
    public static bool Suspends(StateDefinition state, ProcedureContent content) =>
        state.SuspendsClock || state.Status switch
        {
            PortalStatus.SupplementRequested => content.Clock != ClockPolicy.None,
            PortalStatus.PaymentRequested => true,
            PortalStatus.Stopped => !state.IsFinal,
            _ => false,
        };

    private static StateTime Of(StateDefinition state, ProcedureView view, LegalLimit limit)
    {
        var stops = state.IsFinal || (state.Status is { } status && status != PortalStatus.Stopped && PortalStatuses.StopsClock(status));
        var suspends = !stops && Suspends(state, view.Content);
        if (stops || suspends)
        {
            return new StateTime([], default, default, -1, true, suspends, stops);
        }

        var budget = state.Limit is null && state.Budget is not null ? BudgetOf(state.Budget, view.Content) : -1;
        var own = Own(state, budget, view.Content);
        var legs = state.Legs.Count == 0 ? [] : LegPath.Awaited(state, view, l => l.When is not { } when || !limit.Excludes([when], view));
        var sum = Add(own);
        return Add(legs) is var together && legs.Count > 0 && together.Weight > sum.Weight
            ? new StateTime(legs, together, Add(LegPath.Awaited(state, view, l => l.When is null)), -1, true, false, false)
            : new StateTime(own, sum, sum, budget, own.Count > 0, false, false);
    }

    private static IReadOnlyList<Allowance> Own(StateDefinition state, int budget, ProcedureContent content)
    {
        Allowance? limit = state.Limit is { } own
            ? new Allowance(state.Name, own)
            : budget >= 0 ? new Allowance($"{state.Name} (budget {state.Budget})", content.Budgets[budget].Limit) : null;

        // The system ends the step after its timeout, whatever its limit says.
        if (state.Timeout is { } timeout && (limit is null || TimeSum.Of(timeout).Weight < TimeSum.Of(limit.Limit).Weight))
        {
            limit = new Allowance($"{state.Name} (until the timeout)", timeout);
        }

        return limit is null ? [] : [limit];
    }

    private static int BudgetOf(string name, ProcedureContent content)
    {
        for (var i = 0; i < content.Budgets.Count; i++)
        {
            if (content.Budgets[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    private static TimeSum Add(IReadOnlyList<Allowance> allowances)
    {
        TimeSum sum = default;
        foreach (var allowance in allowances)
        {
            sum += TimeSum.Of(allowance.Limit);
        }

        return sum;
    }
}
