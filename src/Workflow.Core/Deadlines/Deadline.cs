using Workflow.Core.Calendars;

namespace Workflow.Core.Deadlines;

/// <summary>Computes when a time limit ends.</summary>
public static class Deadline
{
    // "30 days = 240 hours" (Hanoi, Decision 1594/QĐ-TTPVHCC): fractions of a day are counted at eight hours, whatever the office hours.
    internal const decimal HoursPerDay = 8;

    /// <summary>Returns the last moment at which something is in time, when nothing suspends the limit.</summary>
    /// <remarks>
    /// <list type="bullet">
    /// <item>Whole days and months: the day of <paramref name="start"/> is not counted (Civil Code 2015, Article 147.2), and the limit ends
    /// at 23:59:59 of its last day (Article 148.6). A month ends on the same date, or on the last day of a month without that date.</item>
    /// <item>Calendar days, months and hours that would end on a day off end at 23:59:59 of the next working day (Article 148.5, which
    /// speaks of the last day of any period). So a limit of hours that ends on a Saturday may end later than a slightly longer one that
    /// ends on Monday morning.</item>
    /// <item>Hours count from <paramref name="start"/> itself (Article 147.1); working hours pass during office hours alone, and no working
    /// hours at all end at <paramref name="start"/>, or outside office hours as work begins again.</item>
    /// <item>A fraction of a day is working time, at eight hours a day: 0.25 of a day are two hours of work from <paramref name="start"/>.
    /// After whole days the fraction counts from the end of the last whole one: 1.5 working days from a Monday end on Wednesday, four
    /// hours of work after the opening.</item>
    /// <item>A limit with a cut-off that starts later than it, or on a day off, counts as started on the next working day: at its opening, or
    /// at <see cref="TimeLimit.MovedTo"/>. A limit without one counts from <paramref name="start"/> whatever the hour.</item>
    /// <item>Where reception hours are given, a limit with a cut-off that starts on a day off within them counts as started then, so that
    /// what is received on a Saturday morning counts from Saturday; before and between them, from the next opening of that day.</item>
    /// <item>No days at all end with the day of <paramref name="start"/>, or with the next working day.</item>
    /// </list>
    /// </remarks>
    /// <param name="limit">The time limit.</param>
    /// <param name="start">When it starts: the receipt of the complete dossier.</param>
    /// <param name="calendar">The working days, as known when the promise is made.</param>
    /// <param name="reception">When dossiers are received beside the office hours, of the same calendar; null for office hours alone.</param>
    /// <returns>The due moment at +07:00. The second that it names is still in time.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The calendar does not cover <paramref name="start"/> or the end of the limit.</exception>
    public static DateTimeOffset Due(TimeLimit limit, DateTimeOffset start, WorkingCalendar calendar, ReceptionHours? reception = null)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return Close(limit, End(limit, start, calendar, reception), calendar);
    }

    /// <summary>Explains <see cref="Due"/> day by day.</summary>
    /// <inheritdoc cref="Due"/>
    public static DeadlineExplanation Explain(TimeLimit limit, DateTimeOffset start, WorkingCalendar calendar, ReceptionHours? reception = null)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return DeadlineExplanation.Of(limit, ClockPolicy.Resume, start, [], _ => calendar, reception?.Name);
    }

    // Where the limit ends before days off move it; where its whole days end, when a fraction of a day follows them.
    internal static DateTimeOffset End(TimeLimit limit, DateTimeOffset start, WorkingCalendar calendar, ReceptionHours? reception)
    {
        start = CountedFrom(limit, start, calendar, reception);
        var day = WorkingCalendar.DayOf(start);
        var whole = (int)decimal.Truncate(limit.Amount);
        var fraction = limit.Amount - whole;
        return limit.Unit switch
        {
            TimeLimitUnit.WorkingDays or TimeLimitUnit.Days when whole == 0 && fraction > 0 => AddWorkingTime(start, Time(fraction * HoursPerDay), calendar),
            TimeLimitUnit.WorkingDays => WorkingCalendar.EndOf(calendar.AddWorkingDays(day, whole)),
            TimeLimitUnit.Days => WorkingCalendar.EndOf(day.AddDays(whole)),
            TimeLimitUnit.Months => WorkingCalendar.EndOf(day.AddMonths(whole)),
            TimeLimitUnit.WorkingHours => AddWorkingTime(start, Time(limit.Amount), calendar),
            _ => start + Time(limit.Amount),
        };
    }

    // The due moment of a limit that ends there.
    internal static DateTimeOffset Close(TimeLimit limit, DateTimeOffset end, WorkingCalendar calendar) => limit.HasFractionAfterDays
        ? calendar.AddWorkingTime(end, Time((limit.Amount - decimal.Truncate(limit.Amount)) * HoursPerDay))
        : Roll(end, calendar);

    // No working time from outside the office hours ends as work begins again, so that neither a little more of it nor a later start ends earlier.
    internal static DateTimeOffset AddWorkingTime(DateTimeOffset start, TimeSpan time, WorkingCalendar calendar) =>
        time == TimeSpan.Zero ? calendar.NextOfficeMoment(start) : calendar.AddWorkingTime(start, time);

    // Civil Code 2015, Article 148.5.
    internal static DateTimeOffset Roll(DateTimeOffset end, WorkingCalendar calendar)
    {
        var day = WorkingCalendar.DayOf(end);
        return calendar.IsWorkingDay(day) ? end : WorkingCalendar.EndOf(calendar.NextWorkingDay(day));
    }

    // When a receipt counts as received.
    internal static DateTimeOffset CountedFrom(TimeLimit limit, DateTimeOffset start, WorkingCalendar calendar, ReceptionHours? reception)
    {
        var day = WorkingCalendar.DayOf(start);
        var worked = calendar.IsWorkingDay(day);
        if (!limit.MovesLateReceipts)
        {
            return start.ToOffset(WorkingCalendar.Offset);
        }

        if (worked)
        {
            var cutOff = limit.CutsOffLastHour ? calendar.OfficeHours.LastHour : limit.CutOff!.Value;
            if (WorkingCalendar.TimeOf(start) <= cutOff)
            {
                return start.ToOffset(WorkingCalendar.Offset);
            }
        }
        else if (reception?.NextOpening(start) is { } open && WorkingCalendar.DayOf(open) == day)
        {
            return open;
        }

        return WorkingCalendar.At(calendar.NextWorkingDay(day), limit.MovedTo ?? calendar.OfficeHours.Opening);
    }

    internal static TimeSpan Time(decimal hours) => TimeSpan.FromTicks((long)decimal.Round(hours * TimeSpan.TicksPerHour));
}
