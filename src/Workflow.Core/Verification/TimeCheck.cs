using Workflow.Core.Calendars;
using Workflow.Core.Definitions;

namespace Workflow.Core.Verification;

/// <summary>WF0302, WF0303, WF0304 and WF0306: do the steps and the legs fit into the legal limit of each case?</summary>
/// <remarks>
/// Amounts of one unit are added up exactly. What only dates can tell is asked of the calendar, and told only with a receipt after which
/// it goes wrong. A loop is taken no time; a step without a limit counts for nothing.
/// </remarks>
internal static class TimeCheck
{
    public static void Check(ProcedureView view, DefectList defects)
    {
        foreach (var limit in LegalLimit.Of(view))
        {
            var times = StateTimes.Of(view, limit);
            if (!Array.Exists(times, t => t.Sum != default))
            {
                continue;
            }

            var ways = Ways.For(view, times, limit);
            if (ways.Exceeding is not null)
            {
                TellSum(view, times, limit, ways, defects);
            }
            else if (ways.Depending is { } way)
            {
                TellDates(view, times, limit, way, defects);
            }
        }
    }

    private static void TellSum(ProcedureView view, StateTime[] times, LegalLimit limit, Ways ways, DefectList defects)
    {
        var ordinary = ways.Ordinary!.Sum.In(limit.Limit) == Fit.Exceeds;
        var way = ordinary ? ways.Ordinary : ways.Exceeding!;
        var allowances = way.Allowances(times).ToList();
        var hasLegs = allowances.Exists(a => a.Allowance.IsLeg);
        var which = ways.AllExceed ? "on every way" : ordinary ? "on the ordinary way" : $"on the way {Between(view, way)}";
        defects.Add(
            hasLegs ? DefectCodes.LegsExceedLimit : DefectCodes.StepsExceedLimit,
            ways.AllExceed ? DefectSeverity.Error : DefectSeverity.Warning,
            view.States[Crossing(allowances, limit)].Place,
            $"{(hasLegs ? "steps and legs" : "the steps")} {which} may take {way.Sum.Text(limit.Limit)}, and {limit.Text}",
            hasLegs ? "shorten legs or steps, let legs run side by side, or correct the limit" : "shorten steps, let the clock stand where others are waited for, or correct the limit",
            way.Schedule(times, limit));
    }

    private static void TellDates(ProcedureView view, StateTime[] times, LegalLimit limit, Way way, DefectList defects)
    {
        var allowances = way.Allowances(times).ToList();
        if (view.Context is not { Calendar: { } calendar, DaysOff: { } daysOff } || Run.Of(allowances.Select(a => a.Allowance)) is not { } runs)
        {
            return;
        }

        var (ordinary, worst) = StartSearch.Find(limit.Limit, runs, calendar, daysOff);
        if (worst is null)
        {
            return;
        }

        var mixed = ordinary is not null && way.Sum.DiffersFrom(limit.Limit);
        var late = mixed ? ordinary! : worst;
        var accepted = WorkingCalendar.DayOf(late.Accepted);
        var end = WorkingCalendar.DayOf(late.End);
        var may = $"{Between(view, way)} may take {way.Sum.Text(limit.Limit)}, and {limit.Text}: accepted on {accepted:O} at {late.Accepted:HH:mm}, due on {WorkingCalendar.DayOf(late.Due):O}, ended on {end:O}";
        defects.Add(
            mixed ? DefectCodes.MixedTimeUnits : DefectCodes.WorstStart,
            DefectSeverity.Warning,
            view.States[allowances[^1].State].Place,
            mixed ? $"the units differ: the steps {may}" : $"the steps {may}{(daysOff.LongestName(accepted, end) is { } name ? $" ({name})" : string.Empty)}",
            mixed ? "count steps and limit in one unit, shorten the steps, or correct the limit" : "shorten the steps so that they fit on the worst day too, or count the limit in working days",
            StartSearch.Schedule(limit.Limit, runs, late, calendar));
    }

    // The state at which the limit is used up.
    private static int Crossing(List<(int State, Allowance Allowance)> allowances, LegalLimit limit)
    {
        TimeSum sum = default;
        foreach (var (state, allowance) in allowances)
        {
            sum += TimeSum.Of(allowance.Limit);
            if (sum.In(limit.Limit) == Fit.Exceeds)
            {
                return state;
            }
        }

        return allowances[^1].State;
    }

    private static string Between(ProcedureView view, Way way) => way.States.Length == 1
        ? $"in '{view.States[way.States[0]].Name}'"
        : $"from '{view.States[way.States[0]].Name}' to '{view.States[way.States[^1]].Name}'";
}
