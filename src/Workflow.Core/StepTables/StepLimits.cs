using Workflow.Core.Deadlines;

namespace Workflow.Core.StepTables;

/// <summary>The times of a plan as time limits: decimals that add up as the fractions do.</summary>
internal static class StepLimits
{
    /// <summary>A limit for each of the plan's times; null for one that rounds to nothing.</summary>
    public static IReadOnlyList<TimeLimit?> Of(StepPlan plan, TimeLimitUnit tableUnit)
    {
        var amounts = plan.Groups.Select(g => Amount(g, plan.Reading, tableUnit)).ToList();
        var sums = new Dictionary<TimeLimitUnit, Fraction>();
        var limits = new List<TimeLimit?>();
        foreach (var (days, unit) in amounts)
        {
            // Thirds have no decimal: what one step is cut by the next one gets.
            var before = sums.GetValueOrDefault(unit);
            var after = before + days;
            sums[unit] = after;
            var amount = after.ToDecimal() - before.ToDecimal();
            limits.Add(amount > 0 ? new TimeLimit(amount, unit) : null);
        }

        return limits;
    }

    /// <summary>One limit for what may consist of several amounts.</summary>
    public static TimeLimit Of(IReadOnlyList<StepAmount> amounts, StepReading reading, TimeLimitUnit tableUnit)
    {
        var (amount, unit) = Amount(amounts, reading, tableUnit);
        return new TimeLimit(amount.ToDecimal(), unit);
    }

    private static (Fraction Amount, TimeLimitUnit Unit) Amount(IReadOnlyList<StepAmount> amounts, StepReading reading, TimeLimitUnit tableUnit)
    {
        var unit = (amounts[0].Unit, tableUnit) switch
        {
            (TimeLimitUnit.Hours, TimeLimitUnit.WorkingDays or TimeLimitUnit.WorkingHours) => TimeLimitUnit.WorkingHours,
            (TimeLimitUnit.Hours, TimeLimitUnit.Days) => TimeLimitUnit.Days,
            (var own, _) => own,
        };
        return (reading.In(unit, reading.Days(amounts)), unit);
    }
}
