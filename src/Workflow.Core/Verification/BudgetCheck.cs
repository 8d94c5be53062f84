using Workflow.Core.Definitions;

namespace Workflow.Core.Verification;

/// <summary>WF0305: is every budget used, by steps without a limit of their own, and no larger than the legal limit?</summary>
internal static class BudgetCheck
{
    public static void Check(ProcedureView view, DefectList defects)
    {
        foreach (var state in view.States.Where(s => s.Budget is not null && s.Limit is not null))
        {
            defects.Warn(
                DefectCodes.Budget,
                state.Place,
                $"the state '{state.Name}' has a limit of {state.Limit} and shares the budget '{state.Budget}'",
                "keep one of the two");
        }

        foreach (var budget in view.Content.Budgets)
        {
            if (!Array.Exists(view.States, s => s.Budget == budget.Name))
            {
                defects.Warn(DefectCodes.Budget, budget.Place, $"no state uses the budget '{budget.Name}'", "write 'budget: ' and its name in the states that share it, or remove it");
            }

            var limits = LegalLimit.Of(view).ToList();
            if (limits.Count > 0 && limits.TrueForAll(l => TimeSum.Of(budget.Limit).In(l.Limit) == Fit.Exceeds))
            {
                var largest = limits.MaxBy(l => TimeSum.Of(l.Limit).Weight)!;
                defects.Warn(DefectCodes.Budget, budget.Place, $"the budget '{budget.Name}' is {budget.Limit}, and {largest.Text}", "correct the budget or the limit");
            }
        }
    }
}
