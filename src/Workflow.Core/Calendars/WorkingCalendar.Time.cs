namespace Workflow.Core.Calendars;

/// <content>Moments and working time.</content>
public sealed partial class WorkingCalendar
{
    /// <summary>Returns the moment of <paramref name="date"/> at <paramref name="time"/>, Vietnam's legal time.</summary>
    public static DateTimeOffset At(DateOnly date, TimeOnly time) => new(date.ToDateTime(time), Offset);

    /// <summary>Returns the day that it is in Vietnam at <paramref name="moment"/>, whatever the moment's own offset.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="moment"/> is within hours of the end of the year 9999.</exception>
    public static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDayNumber((int)((moment.UtcTicks + Offset.Ticks) / TimeSpan.TicksPerDay));

    /// <summary>Returns whether the office works at <paramref name="moment"/>: a working day, and within <see cref="OfficeHours"/> (start included, end excluded).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The day of <paramref name="moment"/> is not covered.</exception>
    public bool IsOfficeTime(DateTimeOffset moment) => IsWorkingDay(DayOf(moment)) && OfficeHours.Contains(TimeOf(moment));

    /// <summary>Returns the first moment at or after <paramref name="moment"/> at which the office works.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The day of <paramref name="moment"/>, or the day sought, is not covered.</exception>
    public DateTimeOffset NextOfficeMoment(DateTimeOffset moment)
    {
        var day = DayOf(moment);
        return IsWorkingDay(day) && OfficeHours.Next(TimeOf(moment)) is { } time
            ? At(day, time)
            : At(NextWorkingDay(day), OfficeHours.Opening);
    }

    /// <summary>Returns the earliest moment by which <paramref name="time"/> of working time has passed since <paramref name="start"/>.</summary>
    /// <remarks>
    /// Working time passes during office hours alone. Eight hours from the opening of an eight-hour day end as that day's work
    /// ends, not at the next opening. No working time at all leaves <paramref name="start"/> as it is, inside office hours or not.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="time"/> is negative, the day of <paramref name="start"/> is not covered, or the result would lie after <see cref="LastDay"/>.
    /// </exception>
    public DateTimeOffset AddWorkingTime(DateTimeOffset start, TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        var passed = WorkedAt(start, nameof(start));
        if (time == TimeSpan.Zero)
        {
            return start.ToOffset(Offset);
        }

        var perDay = OfficeHours.PerDay.Ticks;
        var end = passed > long.MaxValue - time.Ticks ? long.MaxValue : passed + time.Ticks;
        var wholeDays = (end - 1) / perDay;
        return wholeDays < _workingDays.Length
            ? At(_workingDays[wholeDays], OfficeHours.WhenPassed(TimeSpan.FromTicks(end - (wholeDays * perDay))))
            : throw new ArgumentOutOfRangeException(
                nameof(time), time, $"{time} of working time after {start:O} lies outside what the calendar {Version} covers ({Coverage}).");
    }

    /// <summary>Returns how much working time passes from <paramref name="from"/> to <paramref name="to"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A moment's day is not covered, or <paramref name="to"/> lies before <paramref name="from"/>.</exception>
    public TimeSpan WorkingTimeBetween(DateTimeOffset from, DateTimeOffset to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        return TimeSpan.FromTicks(WorkedAt(to, nameof(to)) - WorkedAt(from, nameof(from)));
    }

    // The last second of a day that still belongs to it, as receipts print it.
    internal static DateTimeOffset EndOf(DateOnly date) => At(date, new TimeOnly(23, 59, 59));

    internal static TimeOnly TimeOf(DateTimeOffset moment) => new((moment.UtcTicks + Offset.Ticks) % TimeSpan.TicksPerDay);

    // The working time, in ticks, between the start of the coverage and a moment.
    private long WorkedAt(DateTimeOffset moment, string argument)
    {
        var index = Index(DayOf(moment), argument);
        var today = _workedBefore[index + 1] > _workedBefore[index] ? OfficeHours.PassedAt(TimeOf(moment)).Ticks : 0;
        return (_workedBefore[index] * OfficeHours.PerDay.Ticks) + today;
    }
}
