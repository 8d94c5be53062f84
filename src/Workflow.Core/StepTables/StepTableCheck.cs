using Workflow.Core.Deadlines;
using Workflow.Core.Definitions;

namespace Workflow.Core.StepTables;

/// <summary>Whether the steps of a table add up to the total that it states, in the first of its readings in which they do.</summary>
internal sealed class StepTableCheck(string file, DefectList defects)
{
    public StepPlan Check(StepTable table)
    {
        var plans = StepReading.Of(table).Select(r => StepPlan.Of(table.Steps, r)).ToList();
        var plan = table.HasTotal ? plans.Find(p => p.Days == p.Reading.Days(table.Total)) ?? plans[0] : plans[0];
        var place = new SourcePlace(file, table.Steps[0].Row.Line, 1);
        foreach (var step in plan.Untimed)
        {
            defects.Warn(DefectCodes.NoStepTime, new SourcePlace(file, step.Row.Line, 1), $"no time is stated for step '{step.Row.Seq}' of {table.Described}, nor above it; it was taken for none", "state its time, or 'Không tính thời gian'");
        }

        WarnOfUnits(table, place);
        if (!table.HasTotal)
        {
            return plan;
        }

        var total = plan.Reading.Days(table.Total);
        if (plan.Days != total)
        {
            var unit = UnitOf(table);
            defects.Error(
                DefectCodes.StepsDoNotAddUp,
                place,
                $"the steps of {table.Described} add up to {Shown(plan, plan.Days, unit)}, and its stated total is {Shown(plan, total, unit)}",
                "compare the table with the signed decision, and mend the steps or the total");
        }
        else if (plan.Reading != plans[0].Reading)
        {
            defects.Warn(DefectCodes.AssumedReading, place, $"the steps of {table.Described} add up when {Assumed(plan.Reading)}", "write the times so that they can be read in one way alone");
        }

        return plan;
    }

    /// <summary>The unit of the stated total, else of the first step that has one.</summary>
    public static TimeLimitUnit UnitOf(StepTable table) =>
        table.Total.Concat(table.Steps.SelectMany(s => s.Time.Parts)).Select(a => (TimeLimitUnit?)a.Unit).FirstOrDefault() ?? TimeLimitUnit.WorkingDays;

    private static string Shown(StepPlan plan, Fraction days, TimeLimitUnit unit) => $"{plan.Reading.In(unit, days)} {Words(unit)}";

    private static string Words(TimeLimitUnit unit) => unit switch
    {
        TimeLimitUnit.WorkingDays => "working days",
        TimeLimitUnit.WorkingHours => "working hours",
        TimeLimitUnit.Hours => "hours",
        TimeLimitUnit.Months => "months",
        _ => "days",
    };

    private static string Assumed(StepReading reading)
    {
        var words = new List<string>();
        if (reading.Thousands)
        {
            words.Add("a separator before three digits is that of thousands");
        }

        if (reading.Repeats)
        {
            words.Add("a mark for the time above is that time once more");
        }

        if (reading.Headings)
        {
            words.Add("the time of a step with sub-steps is the sum of theirs");
        }

        if (reading.HoursOfDay != StepReading.Ordinary.HoursOfDay)
        {
            words.Add($"a day has {reading.HoursOfDay} hours");
        }

        return string.Join(" and ", words);
    }

    // Days off fall into some of them and not into others, so their sum has no meaning in law.
    private void WarnOfUnits(StepTable table, SourcePlace place)
    {
        var units = table.Steps.SelectMany(s => s.Time.Parts).Concat(table.Total).Select(a => a.Unit).Distinct().Order().ToList();
        var kinds = units.Select(u => u switch { TimeLimitUnit.WorkingHours => TimeLimitUnit.WorkingDays, TimeLimitUnit.Hours when !units.Contains(TimeLimitUnit.Days) => TimeLimitUnit.WorkingDays, _ => u }).Distinct();
        if (units.Count > 1 && kinds.Count() > 1)
        {
            defects.Warn(DefectCodes.MixedUnits, place, $"{table.Described} counts in {string.Join(" and in ", units.Select(Words))}, which cannot be added; a day was taken for a day, 8 hours for one", "state all times in the unit of the total");
        }
    }
}
