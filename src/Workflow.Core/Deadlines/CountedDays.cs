using Workflow.Core.Calendars;

namespace Workflow.Core.Deadlines;

/// <summary>Which days, and which hours of them, a time limit used up: the stretches during which it ran. Belongs to one explanation.</summary>
internal sealed class CountedDays(TimeLimit limit)
{
    private enum Measure
    {
        // Days after the day of From up to the day of To.
        Days,

        // Office hours between the two.
        Work,

        // All hours between the two.
        Clock,
    }

    // Ascending, without overlaps.
    private readonly List<Stretch> _stretches = [];

    /// <summary>The limit runs, or runs anew, from a receipt to its end.</summary>
    public void Begin(DateTimeOffset countedFrom, DeadlineClock clock, WorkingCalendar calendar)
    {
        _stretches.Clear();
        if (limit.Amount > 0)
        {
            Run(countedFrom, clock, calendar);
        }
    }

    /// <summary>The limit stood still, and what was left of it runs on to its new end.</summary>
    /// <param name="suspension">When it stood still.</param>
    /// <param name="before">How it ran until then.</param>
    /// <param name="after">How it runs on; with the same end, nothing was left or the suspension took nothing away.</param>
    /// <param name="calendar">The calendar of the resumption.</param>
    public void Interrupt(Suspension suspension, DeadlineClock before, DeadlineClock after, WorkingCalendar calendar)
    {
        if (after.UnrolledEnd != before.UnrolledEnd)
        {
            Cut(suspension.From);
            Run(suspension.To, after, calendar);
        }
    }

    /// <summary>What counts on a day: a whole day, or some time.</summary>
    public (DayCount Count, TimeSpan Time) On(DateOnly day)
    {
        var time = TimeSpan.Zero;
        foreach (var stretch in _stretches)
        {
            if (stretch.Measure == Measure.Days)
            {
                if (CountsWhole(stretch, day))
                {
                    return (DayCount.Whole, TimeSpan.Zero);
                }

                continue;
            }

            var (from, to) = (Later(stretch.From, Midnight(day)), Earlier(stretch.To, Midnight(day.AddDays(1))));
            if (from < to)
            {
                time += stretch.Measure == Measure.Clock ? to - from : Worked(stretch.Calendar, day, from, to);
            }
        }

        return time > TimeSpan.Zero ? (DayCount.Part, time) : (DayCount.None, TimeSpan.Zero);
    }

    private void Run(DateTimeOffset from, DeadlineClock clock, WorkingCalendar calendar)
    {
        var (end, due) = (clock.UnrolledEnd, clock.PromisedDue);
        if (limit.EndsWithDay || (limit.HasFractionAfterDays && end < due))
        {
            _stretches.Add(new Stretch(Measure.Days, from, end, calendar));
            (from, end) = (end, due);
        }

        if (!limit.EndsWithDay)
        {
            _stretches.Add(new Stretch(limit.Unit == TimeLimitUnit.Hours ? Measure.Clock : Measure.Work, from, end, calendar));
        }
    }

    private bool CountsWhole(Stretch stretch, DateOnly day) =>
        day > WorkingCalendar.DayOf(stretch.From) && day <= WorkingCalendar.DayOf(stretch.To)
        && (limit.Unit != TimeLimitUnit.WorkingDays || stretch.Calendar.IsWorkingDay(day));

    // Takes away what lies after a moment. Of whole days the day of the moment stays; of working days with a fraction its hours do.
    private void Cut(DateTimeOffset at)
    {
        _stretches.RemoveAll(s => s.From >= at);
        if (_stretches.Count == 0 || _stretches[^1].To <= at)
        {
            return;
        }

        var last = _stretches[^1];
        if (last.Measure != Measure.Days || limit.EndsWithDay || limit.Unit == TimeLimitUnit.Days)
        {
            _stretches[^1] = last with { To = at };
            return;
        }

        var day = WorkingCalendar.DayOf(at);
        _stretches[^1] = last with { To = WorkingCalendar.EndOf(day.AddDays(-1)) };
        if (day > WorkingCalendar.DayOf(last.From))
        {
            _stretches.Add(new Stretch(Measure.Work, Midnight(day), at, last.Calendar));
        }
    }

    private static TimeSpan Worked(WorkingCalendar calendar, DateOnly day, DateTimeOffset from, DateTimeOffset to) =>
        calendar.IsWorkingDay(day)
            ? (to == Midnight(day.AddDays(1)) ? calendar.OfficeHours.PerDay : calendar.OfficeHours.PassedAt(WorkingCalendar.TimeOf(to)))
                - calendar.OfficeHours.PassedAt(WorkingCalendar.TimeOf(from))
            : TimeSpan.Zero;

    private static DateTimeOffset Midnight(DateOnly day) => WorkingCalendar.At(day, TimeOnly.MinValue);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private sealed record Stretch(Measure Measure, DateTimeOffset From, DateTimeOffset To, WorkingCalendar Calendar);
}
