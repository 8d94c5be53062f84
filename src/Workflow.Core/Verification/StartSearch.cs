using Workflow.Core.Calendars;
using Workflow.Core.Deadlines;
using Workflow.Core.Definitions;

namespace Workflow.Core.Verification;

/// <summary>A receipt after which steps that use up their time end after the legal limit.</summary>
/// <param name="Accepted">The receipt.</param>
/// <param name="Due">The promised moment.</param>
/// <param name="End">When the steps end.</param>
internal sealed record LateStart(DateTimeOffset Accepted, DateTimeOffset Due, DateTimeOffset End);

/// <summary>Asks the calendar day by day whether steps that use up their time end in time.</summary>
internal static class StartSearch
{
    /// <summary>Finds the worst receipt without a holiday between it and the end, and the worst of all; null where there is none.</summary>
    /// <remarks>
    /// Every working day of the calendar is a day of receipt, as far as the calendar covers the end as well. In the day the last moment is
    /// the worst one that a limit of whole days knows: the end of the office's day, or the cut-off. Limits of hours are asked at the opening too.
    /// Of equally bad receipts the earliest is taken.
    /// </remarks>
    public static (LateStart? Ordinary, LateStart? Worst) Find(TimeLimit limit, IReadOnlyList<Run> runs, WorkingCalendar calendar, DaysOff daysOff)
    {
        LateStart? ordinary = null;
        LateStart? worst = null;
        var closing = calendar.OfficeHours.Periods[^1].To;
        var last = limit.CutOff is { } cutOff && cutOff < closing ? cutOff : closing;
        try
        {
            for (var day = calendar.RollForward(calendar.FirstDay); ; day = calendar.NextWorkingDay(day))
            {
                Ask(WorkingCalendar.At(day, last));
                if (!limit.EndsWithDay)
                {
                    Ask(WorkingCalendar.At(day, calendar.OfficeHours.Opening));
                }
            }
        }
        catch (ArgumentOutOfRangeException)
        {
            // The calendar ends here, and only it knows where: how far a limit reaches depends on its days off.
            return (ordinary, worst);
        }

        void Ask(DateTimeOffset accepted)
        {
            var due = Deadline.Due(limit, accepted, calendar);
            var end = End(runs, accepted, calendar);

            // A second counts to its end.
            if (end.UtcTicks < due.UtcTicks + TimeSpan.TicksPerSecond)
            {
                return;
            }

            var late = end - due;
            if (worst is null || late > worst.End - worst.Due)
            {
                worst = new LateStart(accepted, due, end);
            }

            if ((ordinary is null || late > ordinary.End - ordinary.Due) && daysOff.None(WorkingCalendar.DayOf(accepted), WorkingCalendar.DayOf(end)))
            {
                ordinary = new LateStart(accepted, due, end);
            }
        }
    }

    // Whole days are counted as days: the moments between them cost most of the search, and all end with their day.
    private static DateTimeOffset End(IReadOnlyList<Run> runs, DateTimeOffset accepted, WorkingCalendar calendar)
    {
        var (end, day, isDay) = (accepted, default(DateOnly), false);
        foreach (var run in runs)
        {
            if (run.WholeDays is not { } count)
            {
                end = Deadline.Due(run.Limit, isDay ? WorkingCalendar.EndOf(day) : end, calendar);
                isDay = false;
                continue;
            }

            day = isDay ? day : WorkingCalendar.DayOf(end);
            day = run.Limit.Unit == TimeLimitUnit.Days ? calendar.RollForward(day.AddDays(count)) : calendar.AddWorkingDays(day, count);
            isDay = true;
        }

        return isDay ? WorkingCalendar.EndOf(day) : end;
    }

    /// <summary>The counter-example, day by day: when each run ends, and how much time is left then.</summary>
    public static IReadOnlyList<ScheduleLine> Schedule(TimeLimit limit, IReadOnlyList<Run> runs, LateStart late, WorkingCalendar calendar)
    {
        var lines = new List<ScheduleLine> { new(WorkingCalendar.DayOf(late.Accepted), $"accepted at {late.Accepted:HH:mm}", string.Empty, limit.ToString()) };
        var at = late.Accepted;
        foreach (var run in runs)
        {
            at = Deadline.Due(run.Limit, at, calendar);
            lines.Add(new ScheduleLine(WorkingCalendar.DayOf(at), run.What, run.Limit.ToString(), Left(at, late.Due, calendar)));
        }

        var due = WorkingCalendar.DayOf(late.Due);
        var position = lines.FindIndex(l => l.Day > due);
        lines.Insert(position < 0 ? lines.Count : position, new ScheduleLine(due, "due", string.Empty, string.Empty));
        return lines;
    }

    // Working days between two days; hours when both are the same day.
    private static string Left(DateTimeOffset at, DateTimeOffset due, WorkingCalendar calendar)
    {
        var (from, to) = (WorkingCalendar.DayOf(at), WorkingCalendar.DayOf(due));
        var days = from <= to ? calendar.CountWorkingDays(from, to) : -calendar.CountWorkingDays(to, from);
        return days is 1 or -1 ? $"{days} working day" : $"{days} working days";
    }
}
